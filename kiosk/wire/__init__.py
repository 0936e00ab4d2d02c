"""The messages between the programs live here, as frozen and versioned msgspec structs.

A field may be added with a default and a new message may be added; each needs a frozen sample
under tests, and what has been sent once must decode for ever.
No rule, no sentence for the screen and no transport may come in.
"""

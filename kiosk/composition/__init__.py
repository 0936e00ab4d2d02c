"""The composition roots of the workstation live here, one module per program.

Wiring may be changed and is read aloud here: each collaborator is built once and passed by
constructor.
No rule, no page and no protocol may come in.
"""

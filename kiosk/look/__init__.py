"""The toolkit of every face lives here: tokens turned into a stylesheet, fonts, icons and parts.

Parts may be added or refined as long as each stands in the gallery and has an accessible name.
No colour literal, no page, no state of a session and no request to the hub may come in.
"""

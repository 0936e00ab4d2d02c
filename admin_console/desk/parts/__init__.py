"""The pieces of the console's pages live here: rail, top bar, sites, floor, panels.

A piece shows what it is given and tells wishes; it may be changed freely with its page's pictures.
No request, no decision, no colour literal and no clock may come in.
"""

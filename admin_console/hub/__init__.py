"""The server of the house lives here: use cases, store, web, sources of members, and paper.

Each of the five may be changed behind its ports, and composition.py alone knows them all.
No Qt may come in, and of the kiosk only its rules and its wire.
"""

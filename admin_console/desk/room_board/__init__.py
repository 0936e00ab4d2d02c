"""The board of a room: a screen that everybody sees, with tickets and seats and never a person.

Faces, words and the program of `creneau-desk --board`; what it shows comes from the models of the
desk. No name of a visitor, no card and no act of staff may come in.
"""

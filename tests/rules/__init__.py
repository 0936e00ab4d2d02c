"""The rules of the house, as functions of their arguments."""

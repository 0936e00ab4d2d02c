"""What opens a slot in a room: the card alone, or the card and its code.

Where no money moves, the card alone may do: a forgotten code never ends the day.
"""

from enum import StrEnum


class SignIn(StrEnum):
    """What is asked of whoever has a card."""

    CARD_AND_PIN = "card_and_pin"
    CARD = "card"

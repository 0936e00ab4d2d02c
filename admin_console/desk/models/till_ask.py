"""What a small form of the page *Caisse* asks."""

from dataclasses import dataclass

from kiosk.wire.hold import HoldView

CHOICE = "choice"
"""Under this name stands what was chosen, among the values of a form."""


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a form. `is_card` takes digits only, so that a card may be passed into it."""

    key: str
    label: str
    help: str = ""
    value: str = ""
    is_card: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A print job of which nobody knows whether it came out, and the name of its seat."""

    hold: HoldView
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a form asks.

    Attributes:
        title: the question.
        note: what is good to know before.
        do: the words of the button that does it.
        lines: the fields, in reading order.
        ready: sentences for the last field, ready to be taken.
        choices: value and words of what is chosen from; the first is chosen.
        choice_label: what is chosen.
        harms: whether something ends by it.
    """

    title: str
    note: str
    do: str
    lines: tuple[Line, ...] = ()
    ready: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    choice_label: str = ""
    harms: bool = False

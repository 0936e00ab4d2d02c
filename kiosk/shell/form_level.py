"""How the form of the lock draws together where room is short."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormLevel:
    """An arrangement of the lock, from roomy to tight; `box` is the edge of fields in pixels."""

    roomy: bool
    title: bool
    lead: bool
    picture: bool
    box: int
    gap: int
    button: int


LEVELS = (
    FormLevel(roomy=True, title=True, lead=True, picture=True, box=84, gap=28, button=80),
    FormLevel(roomy=True, title=True, lead=True, picture=True, box=76, gap=24, button=80),
    FormLevel(roomy=True, title=True, lead=True, picture=True, box=76, gap=18, button=76),
    FormLevel(roomy=False, title=True, lead=True, picture=False, box=72, gap=20, button=72),
    FormLevel(roomy=False, title=True, lead=False, picture=False, box=68, gap=16, button=72),
    FormLevel(roomy=False, title=False, lead=False, picture=False, box=64, gap=12, button=64),
)

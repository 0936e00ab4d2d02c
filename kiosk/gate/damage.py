"""What a journal that was hurt has lost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Damage:
    """What could not be read of the journal; facts go on after `floor`."""

    kept_number: int
    floor: int
    set_aside_bytes: int

"""The words of the nine seat states."""

from kiosk.look.language import Language
from kiosk.rules.seat import SeatState


def status_word(language: Language, state: SeatState) -> str:
    """Return the word that the house uses for a state: "Occupé"."""
    pgettext = language.pgettext
    return {
        SeatState.FREE: pgettext("seat", "Free"),
        SeatState.IN_USE: pgettext("seat", "In use"),
        SeatState.ENDING: pgettext("seat", "Ending soon"),
        SeatState.HELD: pgettext("seat", "Held"),
        SeatState.WORKSHOP: pgettext("seat", "Workshop"),
        SeatState.LOCKED: pgettext("seat", "Away"),
        SeatState.OFFLINE: pgettext("seat", "Offline"),
        SeatState.OUT_OF_ORDER: pgettext("seat", "Out of order"),
        SeatState.CLOSED: pgettext("seat", "Closed"),
    }[state]

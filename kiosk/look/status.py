"""The words of the nine seat states."""

from kiosk.look.language import Language
from kiosk.rules.seat import SeatState


def status_word(language: Language, state: SeatState) -> str:
    """Return the word that the house uses for a state: "Occupé"."""
    say = language.pgettext
    return {
        SeatState.FREE: say("seat", "Free"),
        SeatState.IN_USE: say("seat", "In use"),
        SeatState.ENDING: say("seat", "Ending soon"),
        SeatState.HELD: say("seat", "Held"),
        SeatState.WORKSHOP: say("seat", "Workshop"),
        SeatState.LOCKED: say("seat", "Away"),
        SeatState.OFFLINE: say("seat", "Offline"),
        SeatState.OUT_OF_ORDER: say("seat", "Out of order"),
        SeatState.CLOSED: say("seat", "Closed"),
    }[state]

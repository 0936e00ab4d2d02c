"""*Where can I go?*: the hub is asked each time, for free seats are true for a moment only."""

from kiosk.session.command import PlacesAnswered, PlacesUnanswered
from kiosk.session.effect import AskPlaces
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State
from kiosk.wire.face import Contact
from kiosk.wire.outing import PlacesFace, PlacesStage


def ask_places(state: State, moment: Moment) -> Decision:
    """Ask the hub; without it nothing is known of other rooms."""
    if state.contact is not Contact.LIVE:
        return Decision(state.but(places=PlacesFace(stage=PlacesStage.NO_ANSWER)))
    asked = state.but(places=PlacesFace(stage=PlacesStage.ASKING), places_ask=moment.fresh_id)
    return Decision(asked, effects=(AskPlaces(moment.fresh_id),))


def take_places(state: State, command: PlacesAnswered) -> Decision:
    """Show the answer; one that nobody waits for any more is dropped."""
    if state.places_ask != command.ask_id:
        return Decision(state)
    told = PlacesFace(stage=PlacesStage.TOLD, places=command.places)
    return Decision(state.but(places=told, places_ask=None))


def miss_places(state: State, command: PlacesUnanswered) -> Decision:
    """Say that no answer came."""
    if state.places_ask != command.ask_id:
        return Decision(state)
    missed = PlacesFace(stage=PlacesStage.NO_ANSWER)
    return Decision(state.but(places=missed, places_ask=None))

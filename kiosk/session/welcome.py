"""Somebody's first slot: the house's rules stand before everything else until they are read."""

from kiosk.session.kept import Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import State
from kiosk.session.trial import offered_seconds
from kiosk.wire.welcome import WelcomeFace


def welcome_face(state: State, sitting: Sitting, moment: Moment) -> WelcomeFace | None:
    """Return what is told somebody who never sat before, None once they have read it."""
    situation = state.kept.situation
    if not sitting.first_use or situation is None:
        return None
    seconds = offered_seconds(state, sitting, moment)
    return WelcomeFace(rules=situation.site.house_rules, trial_seconds=seconds)

"""What a minor starts is started for a minor, whatever has happened to the station meanwhile."""

from kiosk.rules.person import BrowserProfile
from kiosk.wire.face import LaunchAsked, SignInAsked
from tests.session.provided import SIGN_IN, known_card, provide, provisions, sit_alone
from tests.session.station import CARD, PIN, Station

MINOR, ADULT = BrowserProfile.MINOR, BrowserProfile.ADULT


def launch(station: Station) -> BrowserProfile:
    station.wish(LaunchAsked(application="internet"))
    return station.backend.profiles[-1]


def test_the_profile_of_the_card_goes_with_each_launch(station: Station) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    station.grant(profile=MINOR)
    assert launch(station) is MINOR
    station.restart()
    assert launch(station) is MINOR


def test_the_next_visitor_has_their_own(station: Station) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    station.grant(600, profile=MINOR)
    station.pass_time(721)
    station.wish(SignInAsked(card=CARD, pin=PIN))
    station.grant()
    assert launch(station) is ADULT


def test_a_minor_is_one_without_the_hub_and_after_a_power_cut_too(alone: Station) -> None:
    provide(alone, provisions(alone, known_card(alone, profile=MINOR)))
    sit_alone(alone)
    assert launch(alone) is MINOR
    alone.cut_power()
    # The card may be forgotten meanwhile; what was known of its holder is not.
    provide(alone, provisions(alone))
    alone.wish(SIGN_IN)
    assert launch(alone) is MINOR

"""Where the card alone opens a slot: with the hub, without it, and again after a pause."""

import pytest
from msgspec.structs import replace

from kiosk.rules.signin import SignIn
from kiosk.rules.slot import Ground
from kiosk.wire.change import RoomChanged
from kiosk.wire.event import SlotOpened, SlotOpenedAlone
from kiosk.wire.face import AwayAsked, LockFace, Shown, SignInAsked
from tests.session.provided import LOOKUP, SIGN_IN, known_card, provide, provisions, refusal_of
from tests.session.station import CARD, Station

SCANNED = SignInAsked(card=CARD)
OTHER = SignInAsked(card="20481000099999")


def want(station: Station, sign_in: SignIn) -> None:
    """The hub tells what opens a slot in the room from now on."""
    situation = station.session.state.kept.situation
    assert situation is not None
    station.hear(RoomChanged(room=replace(situation.room, sign_in=sign_in)))


def lock_of(station: Station) -> LockFace:
    assert station.shown.lock is not None
    return station.shown.lock


@pytest.fixture
def by_card(station: Station) -> Station:
    """A station in a room where the card alone opens."""
    want(station, SignIn.CARD)
    return station


def test_the_lock_asks_for_a_code_unless_the_room_wants_the_card_alone(station: Station) -> None:
    assert not lock_of(station).card_alone
    want(station, SignIn.CARD)
    assert lock_of(station).card_alone


def test_a_card_alone_asks_the_hub_and_opens(by_card: Station) -> None:
    by_card.wish(SCANNED)
    assert by_card.asked_openings[-1].pin is None
    by_card.grant()
    assert by_card.face() is Shown.SESSION
    assert len(by_card.told(SlotOpened)) == 1


def test_the_card_that_opened_opens_again_and_no_other(by_card: Station) -> None:
    by_card.wish(SCANNED)
    by_card.grant()
    by_card.wish(AwayAsked())
    assert lock_of(by_card).card_alone
    by_card.wish(OTHER)
    assert by_card.face() is Shown.AWAY
    by_card.wish(SCANNED)
    assert by_card.face() is Shown.SESSION


def test_whoever_typed_a_code_types_it_again_though_the_room_has_changed(station: Station) -> None:
    station.sit()
    want(station, SignIn.CARD)
    station.wish(AwayAsked())
    assert not lock_of(station).card_alone
    station.wish(SCANNED)
    assert station.face() is Shown.AWAY
    station.wish(SIGN_IN)
    assert station.face() is Shown.SESSION


def test_without_the_hub_a_known_card_opens_and_no_code_is_looked_at(by_card: Station) -> None:
    provide(by_card, provisions(by_card, known_card(by_card, verifier="")))
    by_card.disconnect()
    by_card.wish(SCANNED)
    assert by_card.checks == []
    assert by_card.face() is Shown.SESSION
    opened = by_card.told(SlotOpenedAlone)
    assert [one.lookup for one in opened if isinstance(one, SlotOpenedAlone)] == [LOOKUP]
    by_card.wish(AwayAsked())
    by_card.wish(SCANNED)
    assert by_card.face() is Shown.SESSION


def test_without_the_hub_a_card_that_nobody_knows_here_opens_nothing(by_card: Station) -> None:
    provide(by_card, provisions(by_card, known_card(by_card)))
    by_card.disconnect()
    by_card.wish(OTHER)
    assert by_card.face() is Shown.LOCK
    assert refusal_of(by_card).ground is Ground.NO_ANSWER


def test_a_card_without_a_code_opens_nothing_where_the_code_is_wanted(station: Station) -> None:
    provide(station, provisions(station, known_card(station)))
    station.disconnect()
    station.wish(SCANNED)
    ((_slot, _secret, _verifier),) = station.checks
    assert station.face() is Shown.LOCK


def test_after_a_power_cut_the_card_alone_gets_back_what_was_left(by_card: Station) -> None:
    by_card.wish(SCANNED)
    by_card.grant()
    by_card.pass_time(600)
    by_card.cut_power()
    assert lock_of(by_card).card_alone
    by_card.disconnect()
    by_card.wish(SCANNED)
    assert by_card.face() is Shown.SESSION
    assert by_card.shown.session is not None
    assert by_card.shown.session.remaining_seconds == pytest.approx(3000, abs=5)

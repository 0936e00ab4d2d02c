"""The disk refuses: the visitor's hour goes on from memory, and nobody new sits down."""

from kiosk.rules.slot import Ground
from kiosk.wire import event
from kiosk.wire.command import EndSlot
from kiosk.wire.face import EndAsked, RenewalAsked, Shown, SignInAsked
from kiosk.wire.station import Phase
from tests.session.station import CARD, PIN, Station


def fill_disk(station: Station) -> None:
    """Let the disk take nothing, and say so as the journal does."""
    station.slow_disk = True
    station.session.journal_failed()


def free_disk(station: Station) -> None:
    station.slow_disk = False
    station.sync()


def test_the_clock_on_the_screen_goes_on(station: Station) -> None:
    slot_id = station.sit()
    fill_disk(station)
    station.command(EndSlot(), "01890000-0000-7000-8000-00000000aaaa")
    station.pass_time(600)
    assert station.shown.session is not None
    assert station.shown.session.slot_id == slot_id
    assert station.shown.session.remaining_seconds == 3000


def test_the_hour_is_renewed_and_ended_all_the_same(station: Station) -> None:
    station.sit()
    station.pass_time(3300)
    fill_disk(station)
    station.wish(RenewalAsked())
    station.grant_renewal(7200)
    assert station.shown.session is not None
    assert station.shown.session.total_seconds == 7200
    station.wish(EndAsked())
    assert station.face() is Shown.GOODBYE
    assert station.told(event.SlotEnded) == []


def test_a_slot_that_waited_for_the_disk_opens_when_the_trouble_is_known(station: Station) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    station.slow_disk = True
    station.grant()
    assert station.shown.session is None
    station.session.journal_failed()
    station.settle()
    assert station.face() is Shown.SESSION


def test_nobody_new_sits_down_until_the_disk_takes_again(station: Station) -> None:
    fill_disk(station)
    assert station.face() is Shown.OUT_OF_ORDER
    assert station.session.report().phase is Phase.OUT_OF_ORDER
    station.wish(SignInAsked(card=CARD, pin=PIN))
    assert station.asked_openings == []
    assert station.session.state.refusal is not None
    assert station.session.state.refusal.ground is Ground.OUT_OF_ORDER
    station.session.journal_recovered()
    assert station.face() is Shown.LOCK


def test_what_happened_meanwhile_is_written_in_its_order(station: Station) -> None:
    station.sit()
    fill_disk(station)
    station.wish(EndAsked())
    station.pass_time(30)
    assert station.face() is Shown.OUT_OF_ORDER
    free_disk(station)
    assert station.face() is Shown.LOCK
    assert [entry.seq for entry in station.written] == list(range(1, len(station.written) + 1))
    assert len(station.told(event.SlotEnded)) == 1


def test_a_kill_in_the_trouble_loses_no_fact_of_the_hour(station: Station) -> None:
    station.sit()
    fill_disk(station)
    station.wish(EndAsked())
    station.slow_disk = False
    station.restart()
    station.connect()
    station.pass_time(30)
    assert station.face() is Shown.LOCK
    assert len(station.told(event.SlotEnded)) == 1

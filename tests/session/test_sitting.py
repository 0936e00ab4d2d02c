"""From the card to the goodbye, with the hub there."""

from kiosk.gate.fact import Residue, ResidueReason
from kiosk.rules.slot import Ground
from kiosk.rules.warning import Stage
from kiosk.session.command import OpeningAnswered, OpeningUnanswered
from kiosk.wire import event
from kiosk.wire.event import EndReason
from kiosk.wire.face import (
    Contact,
    EndAsked,
    GoodbyeSeen,
    HelpStage,
    HelpWished,
    LaunchAsked,
    RefusalRead,
    RenewalStage,
    Shown,
    SignInAsked,
)
from kiosk.wire.station import SlotGranted
from tests.session.station import CARD, PIN, Station


def erased(station: Station) -> bool:
    assert station.shown.goodbye is not None
    return station.shown.goodbye.clean


def help_stage(station: Station) -> HelpStage:
    return station.shown.help_stage


def test_a_granted_card_opens_the_session_with_its_full_hour(station: Station) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    assert station.shown.lock is not None
    assert station.shown.lock.busy
    station.grant()
    assert station.face() is Shown.SESSION
    assert station.shown.session is not None
    assert station.shown.session.remaining_seconds == 3600
    assert station.shown.session.first_name == "Jeanne"
    assert len(station.told(event.SlotOpened)) == 1


def test_a_refusal_names_its_ground_and_leaves_when_the_visitor_types_again(
    station: Station,
) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    station.refuse(Ground.WRONG_CARD_OR_CODE)
    assert station.shown.lock is not None
    assert station.shown.lock.refusal is not None
    assert station.shown.lock.refusal.tries_left == 2
    station.wish(RefusalRead())
    assert station.shown.lock is not None
    assert station.shown.lock.refusal is None


def test_a_second_sign_in_is_not_asked_while_the_first_is_under_way(station: Station) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    station.wish(SignInAsked(card=CARD, pin=PIN))
    assert len(station.asked_openings) == 1


def test_an_opening_without_an_answer_is_given_up_and_a_late_grant_opens_nothing(
    station: Station,
) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    ask = station.asked_openings[0]
    slot_id = ask.slot_id
    station.session.handle(OpeningUnanswered(ask))
    assert station.told(event.OpeningGivenUp) == [event.OpeningGivenUp(slot_id=slot_id)]
    late = SlotGranted(slot_id=slot_id, total_seconds=3600, grace_seconds=120)
    station.session.handle(OpeningAnswered(late))
    station.settle()
    assert station.face() is Shown.LOCK
    assert station.told(event.SlotOpened) == []


def test_without_the_hub_no_card_can_be_checked_and_the_screen_says_so(station: Station) -> None:
    station.disconnect()
    station.wish(SignInAsked(card=CARD, pin=PIN))
    assert station.asked_openings == []
    assert station.shown.contact is Contact.LOST
    assert station.shown.lock is not None
    assert station.shown.lock.refusal is not None
    assert station.shown.lock.refusal.ground is Ground.NO_ANSWER


def test_the_lock_says_beforehand_that_the_slot_will_be_short(station: Station) -> None:
    # It is 15:00 in Paris; the room closes at 15:37, and slot plus grace end at 15:27.
    station.connect(closes_at=15 * 60 + 37)
    station.session.tick()
    lock = station.shown.lock
    assert lock is not None
    assert lock.slot_seconds == 25 * 60
    assert lock.limit is Ground.CLOSING


def test_a_closed_room_shows_its_next_opening(station: Station) -> None:
    station.connect(closes_at=14 * 60)
    station.session.tick()
    assert station.face() is Shown.CLOSED
    assert station.shown.next_opening is not None


def test_the_end_closes_at_once_and_says_erased_only_after_the_audit(station: Station) -> None:
    station.sit()
    station.backend.residue = Residue(ResidueReason.PROCESSES, 1)
    station.wish(EndAsked())
    assert station.face() is Shown.GOODBYE
    assert not erased(station)
    station.backend.residue = None
    station.pass_time(1)
    assert erased(station)
    station.wish(GoodbyeSeen())
    assert station.face() is Shown.LOCK
    ended = station.told(event.SlotEnded)
    assert isinstance(ended[0], event.SlotEnded)
    assert ended[0].reason is EndReason.FINISHED


def test_the_goodbye_leaves_by_itself_after_twenty_seconds(station: Station) -> None:
    station.sit()
    station.wish(EndAsked())
    station.pass_time(21)
    assert station.face() is Shown.LOCK


def test_residue_takes_the_station_out_of_service(station: Station) -> None:
    station.sit()
    station.backend.residue = Residue(ResidueReason.FILES, 3)
    station.wish(EndAsked())
    station.pass_time(60)
    assert station.face() is Shown.OUT_OF_ORDER
    assert station.told(event.OutOfOrderSet)


def test_warnings_come_at_ten_five_and_two_minutes(station: Station) -> None:
    station.sit()
    seen = []
    for seconds in (2999, 1, 300, 180):
        station.pass_time(seconds)
        assert station.shown.session is not None
        seen.append(station.shown.session.stage)
    assert seen == [Stage.NONE, Stage.TEN, Stage.FIVE, Stage.TWO]


def test_at_the_end_the_visitor_has_two_minutes_to_save(station: Station) -> None:
    station.sit()
    station.pass_time(3600)
    assert station.face() is Shown.GRACE
    assert station.shown.session is not None
    assert station.shown.session.grace_remaining_seconds == 120
    assert station.shown.session.renewal.stage is RenewalStage.OFFERED
    station.pass_time(121)
    ended = station.told(event.SlotEnded)
    assert isinstance(ended[0], event.SlotEnded)
    assert ended[0].reason is EndReason.TIME


def test_a_program_is_launched_only_from_the_list_and_a_failure_is_shown(
    station: Station,
) -> None:
    station.sit()
    station.wish(LaunchAsked(application="terminal"))
    assert station.backend.launched == []
    station.wish(LaunchAsked(application="internet"))
    assert station.backend.launched == ["internet"]
    assert station.shown.session is not None
    assert station.shown.session.running_applications == 1
    station.backend.willing = False
    station.wish(LaunchAsked(application="internet"))
    assert station.shown.session is not None
    assert station.shown.session.launch_failed


def test_a_call_for_help_is_told_and_never_promises_what_did_not_leave(station: Station) -> None:
    station.wish(HelpWished())
    assert station.told(event.HelpAsked)
    assert help_stage(station) is HelpStage.ASKED
    station.disconnect()
    station.wish(HelpWished())
    assert help_stage(station) is HelpStage.UNREACHED


def test_effects_wait_until_their_events_are_on_the_disk(station: Station) -> None:
    station.slow_disk = True
    station.wish(SignInAsked(card=CARD, pin=PIN))
    station.grant()
    assert station.line.hello().slot_id is None
    station.slow_disk = False
    station.sync()
    station.settle()
    assert station.line.hello().slot_id == station.asked_openings[0].slot_id

"""Commands of the desk: once, in time, for their own slot."""

from kiosk.wire import command, event
from kiosk.wire.event import EndReason, Outcome
from kiosk.wire.face import EndAsked, HelpStage, MessageRead, Shown
from tests.session.station import Station

OTHER_SLOT = "01890000-0000-7000-8000-00000000aaaa"


def outcome(station: Station, command_id: str) -> tuple[Outcome, str | None] | None:
    for body in station.told(event.CommandAnswered):
        assert isinstance(body, event.CommandAnswered)
        if body.command_id == command_id:
            return body.outcome, body.code
    return None


def test_a_message_is_done_only_when_it_has_been_read(station: Station) -> None:
    slot_id = station.sit()
    command_id = station.command(command.ShowMessage(text="Bonjour"), slot_id)
    assert station.shown.session is not None
    assert station.shown.session.message is not None
    assert outcome(station, command_id) is None
    station.wish(MessageRead(command_id=command_id))
    assert outcome(station, command_id) == (Outcome.DONE, None)
    assert station.shown.session.message is None


def test_more_time_is_done_when_the_gate_has_it(station: Station) -> None:
    slot_id = station.sit()
    command_id = station.command(command.ExtendSlot(total_seconds=4500), slot_id)
    assert outcome(station, command_id) == (Outcome.DONE, None)
    extended = station.told(event.SlotExtended)
    assert isinstance(extended[0], event.SlotExtended)
    assert extended[0].total_seconds == 4500
    assert station.told(event.SlotRenewed) == []


def test_the_same_command_twice_is_applied_once(station: Station) -> None:
    slot_id = station.sit()
    station.command(command.ExtendSlot(total_seconds=4500), slot_id, n=77)
    station.command(command.ExtendSlot(total_seconds=4500), slot_id, n=77)
    assert len(station.told(event.SlotExtended)) == 1
    assert len(station.told(event.CommandReceived)) == 1


def test_a_command_for_a_slot_that_is_over_is_refused(station: Station) -> None:
    station.sit()
    command_id = station.command(command.ExtendSlot(total_seconds=4500), OTHER_SLOT)
    assert outcome(station, command_id) == (Outcome.REFUSED, "over")


def test_a_command_older_than_its_minute_has_expired(station: Station) -> None:
    slot_id = station.sit()
    command_id = station.command(command.EndSlot(), slot_id, lifetime=-1)
    assert outcome(station, command_id) == (Outcome.EXPIRED, None)
    assert station.face() is Shown.SESSION


def test_an_end_by_staff_leaves_two_minutes_to_save_and_no_renewal(station: Station) -> None:
    slot_id = station.sit()
    command_id = station.command(command.EndSlot(), slot_id)
    assert station.face() is Shown.GRACE
    assert station.shown.session is not None
    assert station.shown.session.ended_by_staff
    assert station.shown.session.grace_remaining_seconds == 120
    assert station.shown.session.remaining_seconds == 0
    assert outcome(station, command_id) == (Outcome.DONE, None)
    station.pass_time(121)
    ended = station.told(event.SlotEnded)
    assert isinstance(ended[0], event.SlotEnded)
    assert ended[0].reason is EndReason.STAFF


def test_out_of_order_waits_for_the_visitor_to_leave(station: Station) -> None:
    station.sit()
    station.command(command.SetOutOfOrder(reason="clavier"), None)
    assert station.face() is Shown.SESSION
    station.wish(EndAsked())
    station.pass_time(30)
    assert station.face() is Shown.OUT_OF_ORDER
    station.command(command.ClearOutOfOrder(), None)
    assert station.face() is Shown.LOCK


def test_identify_shows_the_number_for_ten_seconds(station: Station) -> None:
    station.command(command.Identify(), None)
    assert station.shown.identify
    station.pass_time(11)
    assert not station.shown.identify


def test_help_that_comes_is_said(station: Station) -> None:
    station.command(command.AnswerHelp(), None)
    assert station.shown.help_stage is HelpStage.COMING


def test_an_unread_message_is_refused_when_its_slot_ends(station: Station) -> None:
    slot_id = station.sit()
    command_id = station.command(command.ShowMessage(text="Bonjour"), slot_id)
    station.wish(EndAsked())
    assert outcome(station, command_id) == (Outcome.REFUSED, "over")

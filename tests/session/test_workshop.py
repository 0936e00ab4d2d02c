"""Seats that staff open without a card, and slots that they shorten for what they enter late."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.session.command import GateRefused, GateReported, ShorteningRefused
from kiosk.session.gatefact import GateSlotShortened
from kiosk.session.port import Answered
from kiosk.wire import command, event
from kiosk.wire.change import RoomChanged
from kiosk.wire.event import EndReason, Outcome
from kiosk.wire.face import (
    AwayAsked,
    CardPassed,
    EndAsked,
    RenewalAsked,
    RenewalStage,
    SessionFace,
    Shown,
)
from kiosk.wire.place import SeriesView
from kiosk.wire.station import RenewalKind
from tests.session.bench import situation
from tests.session.station import Station
from tests.session.test_order import outcome

SLOT = "01890000-0000-7000-8000-00000000b00c"
SERIES = "01890000-0000-7000-8000-0000000a7e11"


def session(station: Station) -> SessionFace:
    face = station.shown.session
    assert face is not None
    return face


def opening(station: Station, total: int = 7200, until: float = 7320) -> command.OpenWorkshop:
    return command.OpenWorkshop(
        slot_id=SLOT,
        series_id=SERIES,
        ground=Ground.WORKSHOP,
        title="Premiers pas",
        total_seconds=total,
        grace_seconds=120,
        until=station.clock.wall() + timedelta(seconds=until),
    )


def shortening(station: Station, total: int, starts_in: float = 2400) -> command.ShortenSlot:
    at = station.clock.wall() + timedelta(seconds=starts_in)
    return command.ShortenSlot(total_seconds=total, ground=Ground.WORKSHOP, at=at)


# ------------------------------------------------------------------------------- workshops


def test_a_seat_is_opened_without_a_card_and_says_for_what(station: Station) -> None:
    asked = station.command(opening(station), None)
    assert station.face() is Shown.SESSION
    assert outcome(station, asked) == (Outcome.DONE, None)
    found = session(station).workshop
    assert found is not None
    assert (found.ground, found.title) == (Ground.WORKSHOP, "Premiers pas")
    assert found.end == station.clock.wall() + timedelta(seconds=7320)
    assert session(station).first_name == ""
    assert [type(one) for one in station.told(event.SlotOpened)] == [event.SlotOpened]
    assert station.asked_openings == []


def test_slot_and_grace_end_with_the_workshop_however_long_the_command_took(
    station: Station,
) -> None:
    station.command(opening(station, total=7200, until=7300), None)
    assert session(station).total_seconds == 7300 - 120
    station.pass_time(7180)
    assert station.face() is Shown.GRACE
    station.pass_time(120)
    assert station.face() is Shown.GOODBYE
    assert isinstance(station.told(event.SlotWiped)[0], event.SlotWiped)


def test_a_workshop_is_not_renewed_nor_locked(station: Station) -> None:
    station.command(opening(station, total=600), None)
    station.pass_time(100)
    assert session(station).renewal.stage is RenewalStage.REFUSED
    assert not session(station).can_step_away
    for wish in (RenewalAsked(), AwayAsked(), CardPassed()):
        station.wish(wish)
    assert station.face() is Shown.SESSION
    assert station.asked_renewals == []
    station.pass_time(500)
    assert station.face() is Shown.GRACE


def test_staff_end_the_seat_of_a_workshop_with_its_grace(station: Station) -> None:
    station.command(opening(station), None)
    asked = station.command(command.EndSlot(), SLOT)
    assert station.face() is Shown.GRACE
    assert outcome(station, asked) == (Outcome.DONE, None)


def test_the_same_opening_twice_is_applied_once(station: Station) -> None:
    wish = opening(station)
    station.command(wish, None, n=70)
    station.command(wish, None, n=70)
    assert len(station.told(event.SlotOpened)) == 1


def test_a_seat_where_somebody_sits_is_not_opened(station: Station) -> None:
    slot_id = station.sit()
    asked = station.command(opening(station), None)
    assert outcome(station, asked) == (Outcome.REFUSED, Ground.SEAT_TAKEN)
    assert session(station).slot_id == slot_id
    assert station.told(event.OpeningGivenUp) == [event.OpeningGivenUp(slot_id=SLOT)]


def test_a_seat_out_of_order_or_a_workshop_that_is_over_is_not_opened(station: Station) -> None:
    asked = station.command(opening(station, until=100), None)
    assert outcome(station, asked) == (Outcome.REFUSED, Ground.OVER)
    station.command(command.SetOutOfOrder(reason="clavier"), None)
    asked = station.command(opening(station), None)
    assert outcome(station, asked) == (Outcome.REFUSED, Ground.OUT_OF_ORDER)
    assert station.told(event.SlotOpened) == []


def test_a_gate_that_will_not_open_is_told_to_the_desk(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        station.line, "open", lambda _slot, _seconds, _grace, answered: answered(False)
    )
    asked = station.command(opening(station), None)
    assert outcome(station, asked) == (Outcome.REFUSED, Ground.FAULT)
    assert station.face() is Shown.LOCK


def test_a_workshop_survives_a_killed_shell(station: Station) -> None:
    station.command(opening(station), None)
    before = session(station)
    station.restart()
    assert session(station).workshop == before.workshop
    assert session(station).slot_id == SLOT


# ------------------------------------------------------------------------------- late entries


def test_a_shortened_slot_says_at_once_until_when_and_why(station: Station) -> None:
    slot_id = station.sit()
    asked = station.command(shortening(station, 2280), slot_id)
    assert outcome(station, asked) == (Outcome.DONE, None)
    face = session(station)
    assert (face.total_seconds, face.shortened) == (2280, True)
    assert (face.limit, face.limit_at) == (
        Ground.WORKSHOP,
        station.clock.wall() + timedelta(seconds=2400),
    )
    told = station.told(event.SlotShortened)
    assert isinstance(told[0], event.SlotShortened)
    assert told[0].total_seconds == 2280
    assert told[0].ends_at == station.clock.wall() + timedelta(seconds=2280)


def test_a_quarter_of_an_hour_is_left_from_the_moment_it_is_told(station: Station) -> None:
    slot_id = station.sit()
    station.pass_time(600)
    station.command(shortening(station, 601), slot_id)
    assert session(station).remaining_seconds == 900


def test_the_last_quarter_of_an_hour_is_taken_from_nobody(station: Station) -> None:
    slot_id = station.sit()
    station.pass_time(2800)
    asked = station.command(shortening(station, 2801), slot_id)
    assert outcome(station, asked) == (Outcome.DONE, None)
    assert session(station).total_seconds == 3600
    assert not session(station).shortened


def test_a_slot_in_its_grace_is_not_shortened(station: Station) -> None:
    slot_id = station.sit()
    station.command(command.EndSlot(), slot_id)
    asked = station.command(shortening(station, 2000), slot_id)
    assert outcome(station, asked) == (Outcome.REFUSED, Ground.OVER)


def test_a_renewal_on_its_way_from_the_longer_total_is_dropped(station: Station) -> None:
    slot_id = station.sit()
    station.pass_time(2600)
    station.command(command.ExtendSlot(total_seconds=5400), slot_id)
    station.pass_time(2250)
    station.wish(RenewalAsked())
    assert [one.kind for one in station.asked_renewals] == [RenewalKind.ASKED]
    assert session(station).renewal.stage is RenewalStage.ASKING
    station.grant_renewal(total=9000)
    assert session(station).total_seconds == 9000
    station.command(shortening(station, 6000), slot_id)
    assert session(station).total_seconds == 6000


def test_a_shortening_waits_for_a_longer_total_on_its_way(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot_id = station.sit()
    asked: list[int] = []

    def swallow(_slot: str, total: int, answered: Answered) -> None:
        asked.append(total)
        answered(True)

    with monkeypatch.context() as lost:
        lost.setattr(station.line, "extend_to", swallow)
        station.command(command.ExtendSlot(total_seconds=5400), slot_id)
        late = station.command(shortening(station, 3000), slot_id)
        busy = station.command(shortening(station, 2000), slot_id)
        more = station.command(command.ExtendSlot(total_seconds=7200), slot_id)
    assert asked == [5400]
    assert outcome(station, late) is None
    assert outcome(station, busy) == (Outcome.REFUSED, "busy")
    assert outcome(station, more) == (Outcome.REFUSED, "busy")
    station.restart()
    assert outcome(station, late) == (Outcome.DONE, None)
    assert session(station).total_seconds == 3000


def test_a_shortening_that_the_gate_never_saw_is_taken_up_after_a_kill(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot_id = station.sit()
    with monkeypatch.context() as lost:
        lost.setattr(station.line, "shorten_to", lambda _slot, _total, answered: answered(True))
        asked = station.command(shortening(station, 3000), slot_id)
    station.restart()
    assert outcome(station, asked) == (Outcome.DONE, None)
    assert session(station).total_seconds == 3000


def test_a_shortening_is_asked_for_when_the_gate_would_not_extend(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot_id = station.sit()
    with monkeypatch.context() as lost:
        lost.setattr(station.line, "extend_to", lambda _slot, _total, answered: answered(True))
        station.command(command.ExtendSlot(total_seconds=5400), slot_id)
        asked = station.command(shortening(station, 3000), slot_id)
    station.session.handle(GateRefused(slot_id, opening=False))
    station.settle()
    assert outcome(station, asked) == (Outcome.DONE, None)
    assert session(station).total_seconds == 3000


def test_words_of_the_gate_about_another_slot_change_nothing(station: Station) -> None:
    station.sit()
    before = station.shown
    last = station.line.hello().last_fact
    station.session.handle(ShorteningRefused(SLOT))
    station.session.handle(GateReported(GateSlotShortened(last + 1, SLOT, 3000)))
    assert station.shown == before
    assert station.told(event.SlotShortened) == []


def test_a_shortening_that_nobody_here_remembers_is_told_all_the_same(station: Station) -> None:
    slot_id = station.sit()
    station.gate.shorten_to(slot_id, 3000)
    station.settle()
    assert session(station).total_seconds == 3000
    assert len(station.told(event.SlotShortened)) == 1


def test_an_opening_that_the_gate_never_saw_is_given_up_after_a_kill(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lost:
        lost.setattr(station.line, "open", lambda _slot, _seconds, _grace, answered: answered(True))
        asked = station.command(opening(station), None)
    station.restart()
    assert outcome(station, asked) == (Outcome.REFUSED, Ground.FAULT)
    assert station.told(event.OpeningGivenUp) == [event.OpeningGivenUp(slot_id=SLOT)]


def test_without_a_clock_to_trust_the_hubs_total_stands(station: Station) -> None:
    wish = opening(station, total=7200)
    station.clock.set_wall(station.clock.wall() - timedelta(hours=2))
    station.command(wish, None)
    assert session(station).total_seconds == 7200


def test_a_gate_with_nothing_to_shorten_is_told_to_the_desk(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot_id = station.sit()
    monkeypatch.setattr(station.line, "shorten_to", lambda _slot, _total, answered: answered(False))
    asked = station.command(shortening(station, 3000), slot_id)
    assert outcome(station, asked) == (Outcome.REFUSED, Ground.OVER)
    assert session(station).total_seconds == 3600


def test_a_shortening_of_a_visitor_who_leaves_comes_too_late(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot_id = station.sit()
    monkeypatch.setattr(station.line, "shorten_to", lambda _slot, _total, answered: answered(True))
    asked = station.command(shortening(station, 3000), slot_id)
    station.wish(EndAsked())
    assert outcome(station, asked) == (Outcome.REFUSED, Ground.OVER)
    ended = station.told(event.SlotEnded)
    assert isinstance(ended[0], event.SlotEnded)
    assert ended[0].reason is EndReason.FINISHED


def test_a_shortened_slot_is_not_renewed_past_the_workshop(station: Station) -> None:
    slot_id = station.sit()
    station.command(shortening(station, 1000, starts_in=1120), slot_id)
    station.pass_time(500)
    assert session(station).renewal.stage is RenewalStage.OFFERED
    assert session(station).limit is Ground.WORKSHOP


# ------------------------------------------------------------------------------- beforehand


def shows(station: Station, shown: Shown) -> bool:
    return station.face() is shown


def booked(station: Station, starts_in: float, ground: Ground = Ground.WORKSHOP) -> None:
    """The hub tells that this seat is booked for two hours, from so many minutes from now."""
    here = situation(station.clock)
    start = station.clock.wall().astimezone(ZoneInfo(here.room.hours.zone))
    minutes = start.hour * 60 + start.minute + int(starts_in)
    series = SeriesView(
        series_id=SERIES,
        ground=ground,
        title="Premiers pas",
        dates=(start.date(),),
        start=minutes,
        end=minutes + 120,
        seats=(here.seat.number,),
        entered_at=station.clock.wall(),
    )
    station.hear(RoomChanged(room=replace(here.room, bookings=(series,))))


def test_a_seat_says_beforehand_what_takes_it_and_then_until_when(station: Station) -> None:
    booked(station, 30)
    assert shows(station, Shown.LOCK)
    lock = station.shown.lock
    assert lock is not None
    assert (lock.slot_seconds, lock.limit) == (30 * 60 - 120, Ground.WORKSHOP)
    station.pass_time(30 * 60)
    assert shows(station, Shown.WORKSHOP)
    booking = station.shown.booking
    assert booking is not None
    assert (booking.ground, booking.title) == (Ground.WORKSHOP, "Premiers pas")
    assert booking.end - booking.start == timedelta(hours=2)
    station.pass_time(120 * 60)
    assert shows(station, Shown.LOCK)


def test_a_seat_that_the_trainer_opens_shows_the_session_and_then_the_workshop_again(
    station: Station,
) -> None:
    booked(station, -10, Ground.RESERVATION)
    assert shows(station, Shown.WORKSHOP)
    station.command(opening(station, total=1200, until=6600), None)
    assert shows(station, Shown.SESSION)
    station.pass_time(1400)
    assert shows(station, Shown.WORKSHOP)


def test_without_a_clock_to_trust_no_booking_is_known(station: Station) -> None:
    booked(station, -10)
    station.clock.set_wall(station.clock.wall() - timedelta(minutes=5))
    station.pass_time(1)
    assert shows(station, Shown.LOCK)

"""The corners: stray answers, refusals of the gate, news of the room, reports."""

import msgspec
import pytest

from kiosk.rules.slot import Ground
from kiosk.session.command import (
    CardChecked,
    ChangesRead,
    GateRefused,
    GateReported,
    Launched,
    OpeningAnswered,
    OpeningUnanswered,
    OutboxCounted,
    RenewalAnswered,
    RenewalUnanswered,
    SituationRead,
)
from kiosk.session.gatefact import GateGraceStarted, GateSlotEnded, GateSlotExtended
from kiosk.session.state import State
from kiosk.wire import command, event
from kiosk.wire.change import Change, ChangeBody, ChangesPage, RoomChanged, SeatChanged, SiteChanged
from kiosk.wire.event import EndReason, Outcome
from kiosk.wire.face import (
    EndAsked,
    GoodbyeSeen,
    HelpSeen,
    HelpStage,
    HelpWished,
    LaunchAsked,
    MessageRead,
    RenewalAsked,
    RenewalDeclined,
    RenewalStage,
    Shown,
    SignInAsked,
)
from kiosk.wire.station import OpenSlot, Phase, RenewSlot, SlotGranted, SlotRefused
from tests.session.bench import situation
from tests.session.station import CARD, PIN, Station

OTHER = "01890000-0000-7000-8000-00000000aaaa"


def news(station: Station, *bodies: ChangeBody, first: int = 100) -> None:
    changes = tuple(
        Change(n=first + place, at=station.clock.wall(), body=body)
        for place, body in enumerate(bodies)
    )
    cursor = changes[-1].n
    station.session.handle(ChangesRead(ChangesPage(changes=changes, cursor=cursor)))


def events_so_far(station: Station) -> int:
    return len(station.written)


def test_wishes_without_a_sitting_do_nothing(station: Station) -> None:
    before = events_so_far(station)
    for wish in (
        RenewalAsked(),
        RenewalDeclined(),
        EndAsked(),
        GoodbyeSeen(),
        MessageRead(command_id=OTHER),
        LaunchAsked(application="internet"),
    ):
        station.wish(wish)
    assert events_so_far(station) == before
    assert station.face() is Shown.LOCK


def test_answers_that_nobody_waits_for_do_nothing(station: Station) -> None:
    before = events_so_far(station)
    ask = RenewSlot(slot_id=OTHER, from_total_seconds=3600)
    granted = SlotGranted(slot_id=OTHER, total_seconds=3600, grace_seconds=120)
    for stray in (
        OpeningAnswered(granted),
        OpeningUnanswered(OpenSlot(slot_id=OTHER, card="2048", pin="4711")),
        CardChecked(OTHER, fits=True),
        RenewalUnanswered(ask),
        GateRefused(OTHER, opening=True),
        GateRefused(OTHER, opening=False),
        Launched(OTHER, started=True),
    ):
        station.session.handle(stray)
    assert events_so_far(station) == before


def test_facts_of_a_slot_that_is_not_ours_are_passed_on_or_passed_over(station: Station) -> None:
    number = station.session.state.kept.gate_fact
    station.session.handle(GateReported(GateSlotExtended(number + 1, OTHER, 7200)))
    station.session.handle(GateReported(GateGraceStarted(number + 2, OTHER, 120, 0.0)))
    assert station.told(event.SlotExtended) == []
    assert station.told(event.GraceStarted) == []
    ended = GateSlotEnded(number + 3, OTHER, EndReason.FAULT, 0, 0)
    station.session.handle(GateReported(ended))
    assert len(station.told(event.SlotEnded)) == 1
    station.session.handle(GateReported(ended))
    assert len(station.told(event.SlotEnded)) == 1


def test_a_renewal_answered_for_another_total_is_dropped(station: Station) -> None:
    station.sit()
    station.pass_time(3300)
    station.wish(RenewalAsked())
    ask = station.asked_renewals[0]
    old = RenewSlot(slot_id=ask.slot_id, from_total_seconds=1800)
    station.session.handle(RenewalUnanswered(old))
    assert station.shown.session is not None
    assert station.shown.session.renewal.stage is not RenewalStage.ASKING
    station.wish(RenewalAsked())
    other = RenewSlot(slot_id=OTHER, from_total_seconds=3600)
    station.session.handle(RenewalUnanswered(other))
    stray = event_free_renewal(other)
    station.session.handle(stray)
    assert station.told(event.SlotRenewed) == []


def event_free_renewal(ask: RenewSlot) -> RenewalAnswered:
    from kiosk.wire.station import RenewalGranted

    return RenewalAnswered(
        RenewalGranted(
            slot_id=ask.slot_id, from_total_seconds=ask.from_total_seconds, total_seconds=7200
        )
    )


def test_a_station_alone_refuses_when_the_room_closes(station: Station) -> None:
    # 15:00 in Paris, closing at 16:14: four minutes after the slot are too few.
    station.connect(closes_at=16 * 60 + 14)
    station.sit()
    station.pass_time(3300)
    station.disconnect()
    station.wish(RenewalAsked())
    assert station.shown.session is not None
    renewal = station.shown.session.renewal
    assert renewal.stage is RenewalStage.REFUSED
    assert renewal.refusal is not None
    assert renewal.refusal.ground is Ground.CLOSING


def test_a_gate_that_refuses_to_open_gives_the_slot_back(station: Station) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    station.grant(seconds=0)
    assert station.told(event.OpeningGivenUp)
    assert station.shown.lock is not None
    assert station.shown.lock.refusal is not None
    assert station.shown.lock.refusal.ground is Ground.FAULT


def test_a_gate_that_refuses_to_extend_is_told_to_the_desk_and_the_visitor(
    station: Station,
) -> None:
    slot_id = station.sit()
    station.pass_time(3300)
    station.slow_disk = True
    command_id = station.command(command.ExtendSlot(total_seconds=4500), slot_id)
    station.session.handle(GateRefused(slot_id, opening=False))
    station.slow_disk = False
    station.sync()
    answered = [
        body
        for body in station.told(event.CommandAnswered)
        if isinstance(body, event.CommandAnswered) and body.command_id == command_id
    ]
    assert answered[0].outcome is Outcome.REFUSED


def test_a_second_extension_waits_for_the_first(station: Station) -> None:
    slot_id = station.sit()
    station.slow_disk = True
    station.command(command.ExtendSlot(total_seconds=4500), slot_id)
    second = station.command(command.ExtendSlot(total_seconds=5400), slot_id)
    station.slow_disk = False
    station.sync()
    station.settle()
    codes = {
        body.command_id: body.code
        for body in station.told(event.CommandAnswered)
        if isinstance(body, event.CommandAnswered)
    }
    assert codes[second] == "busy"


def test_an_extension_that_adds_nothing_is_done_at_once(station: Station) -> None:
    slot_id = station.sit()
    station.command(command.ExtendSlot(total_seconds=1800), slot_id)
    assert station.told(event.CommandAnswered)
    assert station.told(event.SlotExtended) == []


def test_after_an_end_by_staff_no_time_can_be_added(station: Station) -> None:
    slot_id = station.sit()
    station.command(command.EndSlot(), slot_id)
    station.command(command.ExtendSlot(total_seconds=7200), slot_id)
    station.wish(RenewalAsked())
    assert station.asked_renewals == []
    assert station.face() is Shown.GRACE
    station.command(command.EndSlot(), slot_id)
    assert station.face() is Shown.GRACE
    last = station.told(event.CommandAnswered)[-1]
    assert isinstance(last, event.CommandAnswered)
    assert last.outcome is Outcome.DONE


def test_a_newer_message_takes_the_place_of_an_unread_one(station: Station) -> None:
    slot_id = station.sit()
    station.command(command.ShowMessage(text="un"), slot_id)
    station.command(command.ShowMessage(text="deux"), slot_id)
    assert station.shown.session is not None
    assert station.shown.session.message is not None
    assert station.shown.session.message.text == "deux"
    station.wish(MessageRead(command_id=OTHER))
    assert station.session.state.kept.sitting is not None
    assert station.session.state.kept.sitting.message is not None


def test_commands_for_a_visitor_are_refused_when_nobody_sits(station: Station) -> None:
    station.command(command.ShowMessage(text="Bonjour"), None)
    answered = station.told(event.CommandAnswered)[0]
    assert isinstance(answered, event.CommandAnswered)
    assert answered.outcome is Outcome.REFUSED


def test_news_of_its_room_and_site_are_taken_others_are_not(station: Station) -> None:
    now = situation(station.clock)
    seat = msgspec.structs.replace(now.seat, out_of_order="x")
    other_room = msgspec.structs.replace(now.room, room_id="elsewhere", name="Ailleurs")
    news(
        station,
        SiteChanged(site=msgspec.structs.replace(now.site, name="Nouveau nom")),
        RoomChanged(room=msgspec.structs.replace(now.room, name="Autre salle")),
        RoomChanged(room=other_room),
        SeatChanged(seat=seat),
    )
    assert station.shown.site_name == "Nouveau nom"
    assert station.shown.room_name == "Autre salle"
    news(station, RoomChanged(room=msgspec.structs.replace(now.room, name="Vieux")), first=50)
    assert station.shown.room_name == "Autre salle"


def test_help_reached_somebody_once_nothing_waits_any_more(station: Station) -> None:
    station.wish(HelpWished())
    station.session.handle(OutboxCounted(2))
    assert station.shown.help_stage is HelpStage.ASKED
    station.session.handle(OutboxCounted(0))
    stage: HelpStage = station.shown.help_stage
    assert stage is HelpStage.REACHED
    station.wish(HelpSeen())
    assert station.session.state.help_stage is HelpStage.QUIET


def test_out_of_order_refuses_a_card(station: Station) -> None:
    station.command(command.SetOutOfOrder(reason="écran"), None)
    station.wish(SignInAsked(card=CARD, pin=PIN))
    assert station.asked_openings == []
    assert station.session.report().phase is Phase.OUT_OF_ORDER


def test_a_delay_for_tries_passes_by_itself(station: Station) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    refused = SlotRefused(
        slot_id=station.asked_openings[-1].slot_id,
        ground=Ground.TOO_MANY_TRIES,
        retry_seconds=30,
    )
    station.session.handle(OpeningAnswered(refused))
    assert station.shown.lock is not None
    assert station.shown.lock.refusal is not None
    station.pass_time(31)
    assert station.shown.lock is not None
    assert station.shown.lock.refusal is None


def test_the_report_says_what_the_station_does(station: Station) -> None:
    phases = [station.session.report().phase]
    station.wish(SignInAsked(card=CARD, pin=PIN))
    phases.append(station.session.report().phase)
    station.grant()
    phases.append(station.session.report().phase)
    assert station.session.report().remaining_seconds == 3600
    station.pass_time(3600)
    phases.append(station.session.report().phase)
    station.gate.tick()
    station.session.handle(
        GateReported(
            GateSlotEnded(
                station.session.state.kept.gate_fact + 1,
                station.asked_openings[0].slot_id,
                EndReason.TIME,
                3600,
                0,
            )
        )
    )
    phases.append(station.session.report().phase)
    assert phases == [Phase.FREE, Phase.OPENING, Phase.OPEN, Phase.GRACE, Phase.WIPING]


def test_a_fresh_station_waits_for_the_hubs_word(station: Station) -> None:
    alone = State(windowed=True)
    with pytest.raises(ValueError, match="nobody"):
        alone.seating(total_seconds=1)
    news(station, SiteChanged(site=situation(station.clock).site))
    station.session.handle(SituationRead(situation(station.clock)))
    assert station.face() is Shown.LOCK


def test_the_room_is_as_the_hub_told_it_last(station: Station) -> None:
    told = situation(station.clock)
    room = msgspec.structs.replace(told.room, name="Grande salle")
    station.session.handle(SituationRead(msgspec.structs.replace(told, room=room)))
    assert station.session.room() == room
    station.session._state = station.session.state.keeping(situation=None)
    assert station.session.room() is None

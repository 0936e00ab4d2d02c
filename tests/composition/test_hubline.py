"""The line between a station's brain and the hub: contact, cursors, facts, silence."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from kiosk.session.command import (
    ChangesRead,
    CreditAnswered,
    CreditUnanswered,
    OpeningAnswered,
    OpeningUnanswered,
    OutboxCounted,
    PlacesAnswered,
    PlacesUnanswered,
    ProvisionsRead,
    RenewalAnswered,
    RenewalUnanswered,
    SituationRead,
    TicketAnswered,
    TicketUnanswered,
)
from kiosk.session.port import HubPort
from kiosk.wire.change import ProvisionsChanged, SeatChanged
from kiosk.wire.credit import ReadSeatCredit
from kiosk.wire.face import Contact
from kiosk.wire.provision import OpenByPass
from kiosk.wire.station import OpenSlot, RenewSlot
from kiosk.wire.ticket import ChangeTicket, TakeTicket, TicketAct
from tests.composition.hub import CREDIT, PLACES, StationHub, situation
from tests.composition.line import Wire, start
from tests.journal.sample import events, identifier

SLOT = identifier(9)
ASK = OpenSlot(slot_id=SLOT, card="20481000012345", pin="4711")


def write_facts(wire: Wire, number: int) -> None:
    """Let facts wait in the journal."""
    seq = wire.journal._next_seq
    assert seq is not None
    wire.journal.append(events(seq, number), b"", 1)


def test_it_is_the_hub_that_the_brain_expects(wire: Wire) -> None:
    port: HubPort = wire.line
    assert port is wire.line


def test_a_line_without_a_cursor_asks_for_everything_first(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    start(wire, qtbot)
    qtbot.waitUntil(lambda: bool(wire.brain.all(SituationRead)))
    hub.change(news())
    qtbot.waitUntil(lambda: news_heard(wire))
    assert hub.reads[0] == 40


def test_a_line_with_a_cursor_reads_on_from_it(wire: Wire, hub: StationHub, qtbot: QtBot) -> None:
    hub.change(news(), nudge=False)
    start(wire, qtbot, cursor=40)
    qtbot.waitUntil(lambda: bool(wire.brain.all(ChangesRead)))
    assert hub.situations == 0


def test_the_answer_to_a_report_shows_what_no_nudge_told(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    start(wire, qtbot, cursor=40)
    hub.change(news(), nudge=False)
    qtbot.waitUntil(lambda: news_heard(wire))


def test_changes_that_are_kept_no_longer_are_replaced_by_everything_anew(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    hub.lose_changes(60, "Salle")
    start(wire, qtbot, cursor=40)
    qtbot.waitUntil(lambda: bool(wire.brain.all(SituationRead)))
    assert hub.situations == 1


def test_a_hub_restored_from_an_older_copy_is_read_anew_even_if_it_stumbles(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    start(wire, qtbot, cursor=40)
    qtbot.waitUntil(lambda: 40 in hub.reads)
    hub.vanish()
    qtbot.waitUntil(lambda: wire.brain.contacts()[-1] is Contact.LOST)
    hub.lose_changes(3, "Atelier")
    hub.stumbles_on_situation = 1
    hub.come_back()
    qtbot.waitUntil(lambda: bool(wire.brain.all(SituationRead)))
    hub.change(news())
    qtbot.waitUntil(lambda: news_heard(wire))


def test_contact_is_lost_and_found_by_the_reports(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    start(wire, qtbot)
    hub.vanish()
    qtbot.waitUntil(lambda: wire.brain.contacts() == [Contact.LIVE, Contact.LOST])
    hub.come_back()
    qtbot.waitUntil(lambda: wire.brain.contacts() == [Contact.LIVE, Contact.LOST, Contact.LIVE])


def test_facts_written_without_the_hub_are_told_once_it_is_back_in_their_order(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    start(wire, qtbot)
    hub.vanish()
    qtbot.waitUntil(lambda: wire.brain.contacts()[-1] is Contact.LOST)
    write_facts(wire, 130)
    wire.line.tell()
    hub.come_back()
    qtbot.waitUntil(lambda: len(hub.told) == 130, timeout=10_000)
    numbers = [event.seq for event in hub.told]
    assert numbers == sorted(numbers)
    qtbot.waitUntil(lambda: OutboxCounted(0) in wire.brain.heard)


def test_facts_that_a_busy_hub_would_not_take_are_told_again_without_being_asked(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    start(wire, qtbot)
    hub.takes_facts = False
    write_facts(wire, 1)
    wire.line.tell()
    qtbot.waitUntil(lambda: any("/v1/events" in seen.path for seen in hub.seen))
    hub.takes_facts = True
    qtbot.waitUntil(lambda: len(hub.told) == 1)


def test_a_hub_that_judges_nothing_is_not_asked_without_pause(
    wire: Wire, hub: StationHub, qtbot: QtBot, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.composition.courier", "verdict")
    hub.judges = False
    write_facts(wire, 1)
    wire.courier.carry()
    qtbot.waitUntil(lambda: asked(hub, "/v1/events") == 1)
    asked_before = len(hub.seen)
    start(wire, qtbot)
    qtbot.waitUntil(lambda: len(hub.reports) >= 5)
    # No more often than the reports that look after it.
    assert asked(hub, "/v1/events") <= len(hub.reports) + 2
    assert len(hub.seen) > asked_before


def test_many_tellings_at_once_are_one_report_and_one_more(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    start(wire, qtbot)
    wire.line._timer.stop()
    before = len(hub.reports)
    for _ in range(20):
        wire.line.tell()
    qtbot.waitUntil(lambda: len(hub.reports) >= before + 2)
    qtbot.waitUntil(lambda: not wire.line._reporting)
    assert len(hub.reports) == before + 2


def test_an_opening_is_answered_or_known_to_be_unanswered(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    start(wire, qtbot)
    wire.line.ask_opening(ASK)
    qtbot.waitUntil(lambda: bool(wire.brain.all(OpeningAnswered)))
    hub.answers = False
    wire.line.ask_opening(ASK)
    qtbot.waitUntil(lambda: wire.brain.all(OpeningUnanswered) == [OpeningUnanswered(ASK)])


def test_a_guest_pass_is_answered_or_known_to_be_unanswered(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    ask = OpenByPass(slot_id=SLOT, digits="0007123456")
    start(wire, qtbot)
    wire.line.ask_pass(ask)
    qtbot.waitUntil(lambda: bool(wire.brain.all(OpeningAnswered)))
    assert hub.passes == [ask]
    hub.answers = False
    wire.line.ask_pass(ask)
    qtbot.waitUntil(lambda: wire.brain.all(OpeningUnanswered) == [OpeningUnanswered(ask)])


def test_what_lets_the_station_act_alone_is_fetched_at_the_contact_and_when_it_changed(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    start(wire, qtbot, cursor=40)
    qtbot.waitUntil(lambda: len(wire.brain.all(ProvisionsRead)) == 1)
    hub.change(ProvisionsChanged(room_id="trapeze.salle"))
    qtbot.waitUntil(lambda: len(wire.brain.all(ProvisionsRead)) == 2)
    assert wire.brain.all(ProvisionsRead)[-1] == ProvisionsRead(hub.provisions)
    hub.vanish()
    qtbot.waitUntil(lambda: wire.brain.contacts()[-1] is Contact.LOST)
    hub.come_back()
    qtbot.waitUntil(lambda: len(wire.brain.all(ProvisionsRead)) == 3)


def test_a_renewal_is_answered_or_known_to_be_unanswered(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    ask = RenewSlot(slot_id=SLOT, from_total_seconds=3600)
    start(wire, qtbot)
    wire.line.ask_renewal(ask)
    qtbot.waitUntil(lambda: bool(wire.brain.all(RenewalAnswered)))
    hub.answers = False
    wire.line.ask_renewal(ask)
    qtbot.waitUntil(lambda: wire.brain.all(RenewalUnanswered) == [RenewalUnanswered(ask)])


def test_a_ticket_is_answered_or_known_to_be_unanswered(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    ask = TakeTicket(ask_id=SLOT, card="29214545678")
    wire.line.start(wire.brain, 40)
    wire.line.ask_ticket(ask)
    qtbot.waitUntil(lambda: len(wire.brain.all(TicketAnswered)) == 1)
    assert hub.tickets == [ask]
    hub.answers = False
    wire.line.ask_ticket(ask)
    qtbot.waitUntil(lambda: wire.brain.all(TicketUnanswered) == [TicketUnanswered(SLOT)])


def test_a_ticket_is_changed_or_known_to_be_unchanged(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    ask = ChangeTicket(card="29214545678", act=TicketAct.LEAVE)
    wire.line.start(wire.brain, 40)
    wire.line.change_ticket(SLOT, ask)
    qtbot.waitUntil(lambda: len(wire.brain.all(TicketAnswered)) == 1)
    assert hub.changes_of_tickets == [ask]
    hub.answers = False
    wire.line.change_ticket(SLOT, ask)
    qtbot.waitUntil(lambda: wire.brain.all(TicketUnanswered) == [TicketUnanswered(SLOT)])


def test_where_one_can_go_is_answered_or_known_to_be_unanswered(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    wire.line.start(wire.brain, 40)
    wire.line.ask_places(SLOT)
    qtbot.waitUntil(lambda: wire.brain.all(PlacesAnswered) == [PlacesAnswered(SLOT, PLACES)])
    hub.answers = False
    wire.line.ask_places(SLOT)
    qtbot.waitUntil(lambda: wire.brain.all(PlacesUnanswered) == [PlacesUnanswered(SLOT)])


def test_credit_is_answered_or_known_to_be_unanswered(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    ask = ReadSeatCredit(slot_id=SLOT, number="7700000000011")
    wire.line.start(wire.brain, 40)
    wire.line.ask_credit(SLOT, ask)
    qtbot.waitUntil(lambda: wire.brain.all(CreditAnswered) == [CreditAnswered(SLOT, CREDIT)])
    assert hub.credits == [ask]
    hub.answers = False
    wire.line.ask_credit(SLOT, ask)
    qtbot.waitUntil(lambda: wire.brain.all(CreditUnanswered) == [CreditUnanswered(SLOT)])


def test_a_station_that_the_hub_knows_no_more_says_so_and_asks_no_further(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    lost = QSignalSpy(wire.line.enrolment_lost)
    start(wire, qtbot)
    hub.forget_station()
    qtbot.waitUntil(lambda: lost.count() == 1)
    assert wire.brain.contacts()[-1] is Contact.LOST
    assert_silent(hub, qtbot)
    wire.credential.token = hub.token
    wire.line.start(wire.brain, None)
    qtbot.waitUntil(lambda: wire.brain.contacts()[-1] is Contact.LIVE)
    assert lost.count() == 1


def test_an_opening_on_its_way_when_the_enrolment_is_lost_does_not_stay_open(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    lost = QSignalSpy(wire.line.enrolment_lost)
    start(wire, qtbot)
    hub.forget_station()
    wire.line.tell()
    wire.line.ask_opening(ASK)
    qtbot.waitUntil(lambda: lost.count() == 1)
    qtbot.waitUntil(lambda: wire.brain.all(OpeningUnanswered) == [OpeningUnanswered(ASK)])


def test_a_stopped_line_says_nothing_and_hears_nothing(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    start(wire, qtbot, cursor=40)
    write_facts(wire, 1)
    wire.line.tell()
    wire.line.ask_opening(ASK)
    hub.change(news())
    wire.line._read_on()
    wire.line.stop()
    wire.journal.close()
    heard = len(wire.brain.heard)
    assert_silent(hub, qtbot)
    assert len(wire.brain.heard) == heard


def test_the_clock_follows_the_hub(wire: Wire, hub: StationHub, qtbot: QtBot) -> None:
    hub.ahead = timedelta(hours=3)
    start(wire, qtbot)
    ahead = wire.clock.wall() - datetime.now(UTC)
    assert abs(ahead - timedelta(hours=3)) < timedelta(seconds=30)


def asked(hub: StationHub, path: str) -> int:
    return sum(seen.path.startswith(path) for seen in hub.seen)


def news() -> SeatChanged:
    return SeatChanged(seat=situation(0, "Salle").seat)


def news_heard(wire: Wire) -> bool:
    pages = [one.page for one in wire.brain.heard if isinstance(one, ChangesRead)]
    return any(page.changes for page in pages)


def assert_silent(hub: StationHub, qtbot: QtBot) -> None:
    """Nothing is asked in the time of several reports, once what was on its way has arrived."""
    passed = QSignalSpy((timer := QTimer()).timeout)
    timer.start(40)
    qtbot.waitUntil(lambda: passed.count() >= 4)
    before = len(hub.seen)
    qtbot.waitUntil(lambda: passed.count() >= 12)
    timer.stop()
    assert len(hub.seen) == before

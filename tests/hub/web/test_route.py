"""The routes answer with the types of the wire."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import httpx
import pytest

from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.web.application import make_application
from kiosk.wire.change import ChangesPage, CommandIssued, CursorTooOld
from kiosk.wire.codec import Message, decode, encode
from kiosk.wire.command import CommandState, CommandView, Identify, IssueCommand
from kiosk.wire.desk import (
    CardSeated,
    CardUnknown,
    Estate,
    ExtensionForecast,
    FindCard,
    Role,
    SeatDay,
    SignInStaff,
    StaffRefused,
)
from kiosk.wire.event import Event, EventBatch, EventsAnswer, SlotOpened, Verdict
from kiosk.wire.problem import ProblemCode
from kiosk.wire.station import (
    EnrolmentRefused,
    EnrolStation,
    OpenSlot,
    Phase,
    RenewalGranted,
    RenewSlot,
    ReportAnswer,
    SlotGranted,
    SlotRefused,
    StationReport,
    StationSituation,
)
from tests.helpers.process import wait_until
from tests.hub.web.house import (
    CARD,
    FIRST_NAME,
    PIN,
    House,
    decode_as,
    new_id,
    problem,
    running,
)

AGENT = Role.AGENT


def seat_somebody(house: House) -> SlotGranted:
    """Open a slot and tell that it runs."""
    ask = OpenSlot(slot_id=new_id(), card=CARD, pin=PIN)
    answer = house.ask("POST", "/v1/slots", ask, house.station)
    granted = decode_as(answer, SlotGranted)
    now = house.cases.clock.now()
    opened = SlotOpened(slot_id=ask.slot_id, total_seconds=granted.total_seconds, ends_at=now)
    event = Event(event_id=new_id(), seq=1, at=now, clock_trusted=True, body=opened)
    told = house.ask("POST", "/v1/events", EventBatch(events=(event,)), house.station)
    verdicts = decode_as(told, EventsAnswer)
    assert [one.verdict for one in verdicts.answers] == [Verdict.ACCEPTED]
    return granted


def test_a_visitor_is_seated_over_the_wire(house: House) -> None:
    granted = seat_somebody(house)

    assert granted.first_name == FIRST_NAME
    renewal = RenewSlot(slot_id=granted.slot_id, from_total_seconds=granted.total_seconds)
    path = f"/v1/slots/{granted.slot_id}/renewals"
    renewed = decode_as(house.ask("POST", path, renewal, house.station), RenewalGranted)
    assert renewed.total_seconds > granted.total_seconds
    estate = decode_as(house.ask("GET", "/v1/estate", token=house.staff[Role.OBSERVER]), Estate)
    slot = estate.sites[0].rooms[0].seats[0].slot
    assert slot is not None
    assert slot.slot_id == granted.slot_id
    assert [site.site.site_id for site in estate.sites] == ["north"]


def test_a_wrong_code_is_a_refusal_and_no_problem(house: House) -> None:
    ask = OpenSlot(slot_id=new_id(), card=CARD, pin="0000")

    answer = house.ask("POST", "/v1/slots", ask, house.station)

    assert answer.status_code == 200
    assert decode_as(answer, SlotRefused).slot_id == ask.slot_id


def test_an_unknown_enrolment_code_is_a_refusal(house: House) -> None:
    ask = EnrolStation(code="NOTHING", station_id=new_id(), hostname="pc")

    answer = house.ask("POST", "/v1/enrolments", ask)

    assert answer.status_code == 200
    assert decode_as(answer, EnrolmentRefused).code == "code"


def test_a_wrong_password_is_a_refusal(house: House) -> None:
    answer = house.ask("POST", "/v1/staff/sessions", SignInStaff(name="agent", password="x"))

    assert answer.status_code == 200
    assert decode_as(answer, StaffRefused).retry_seconds >= 0


def test_a_report_brings_the_seat_into_contact(house: House) -> None:
    report = StationReport(phase=Phase.FREE)

    answer = house.ask("POST", "/v1/reports", report, house.station)

    told = decode_as(answer, ReportAnswer)
    assert told.hub_time.utcoffset() is not None

    def in_contact() -> bool:
        situation = house.ask("GET", "/v1/situation", token=house.station)
        return decode_as(situation, StationSituation).seat.in_contact

    wait_until(in_contact)
    later = decode_as(house.ask("POST", "/v1/reports", report, house.station), ReportAnswer)
    assert later.cursor > told.cursor


def test_a_card_passed_at_the_desk_is_found_and_not_written_into_the_log(house: House) -> None:
    seat_somebody(house)

    found = house.ask("POST", "/v1/cards/search", FindCard(card=CARD), house.staff[AGENT])
    other = house.ask("POST", "/v1/cards/search", FindCard(card="4711" * 4), house.staff[AGENT])

    assert decode_as(found, CardSeated) == CardSeated(seat_id="north-1", site_id="north")
    assert decode_as(other, CardUnknown) == CardUnknown()
    wait_until(lambda: house.log.getvalue().count("/v1/cards/search") == 2)
    assert CARD not in house.log.getvalue()
    assert "4711" * 4 not in house.log.getvalue()


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.CASHIER])
def test_an_observer_learns_nothing_of_a_card(house: House, role: Role) -> None:
    refused = house.ask("POST", "/v1/cards/search", FindCard(card=CARD), house.staff[role])
    station = house.ask("POST", "/v1/cards/search", FindCard(card=CARD), house.station)

    assert (refused.status_code, problem(refused).code) == (403, ProblemCode.NOT_ALLOWED)
    assert (station.status_code, problem(station).code) == (403, ProblemCode.NOT_ALLOWED)


def test_a_command_is_read_by_its_station_alone(house: House) -> None:
    ask = IssueCommand(command_id=new_id(), seat_id="north-1", slot_id=None, body=Identify())
    situation = decode_as(house.ask("GET", "/v1/situation", token=house.station), StationSituation)

    issued = house.ask("POST", "/v1/commands", ask, house.staff[AGENT])

    view = decode_as(issued, CommandView)
    assert (view.command_id, view.state) == (ask.command_id, CommandState.SENT)
    again = house.ask("POST", "/v1/commands", ask, house.staff[AGENT])
    assert decode_as(again, CommandView) == view
    path = f"/v1/changes?after={situation.cursor}"
    for token, sees in ((house.station, True), (house.staff[AGENT], False)):
        page = decode_as(house.ask("GET", path, token=token), ChangesPage)
        assert any(isinstance(one.body, CommandIssued) for one in page.changes) is sees


def test_a_cursor_from_the_future_is_too_old(house: House) -> None:
    answer = house.ask("GET", f"/v1/changes?after={2**53}", token=house.station)

    assert answer.status_code == 200
    decode_as(answer, CursorTooOld)


def test_staff_see_what_more_time_would_do_and_the_day(house: House) -> None:
    granted = seat_somebody(house)

    path = f"/v1/slots/{granted.slot_id}/forecast?seconds=900"
    forecast = decode_as(house.ask("GET", path, token=house.staff[AGENT]), ExtensionForecast)
    day = decode_as(house.ask("GET", "/v1/seats/north-1/day", token=house.staff[AGENT]), SeatDay)

    assert forecast.added_seconds == 900
    assert len(day.slots) == 1


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (IssueCommand(command_id=new_id(), seat_id="no", slot_id=None, body=Identify()),
         ProblemCode.NOT_FOUND),
        (IssueCommand(command_id=new_id(), seat_id="south-1", slot_id=None, body=Identify()),
         ProblemCode.NOT_FOUND),
        (IssueCommand(command_id=new_id(), seat_id="north-2", slot_id=None, body=Identify()),
         ProblemCode.CONFLICT),
    ],
    ids=["no such seat", "the seat of another site", "a seat without a station"],
)  # fmt: skip
def test_a_command_to_nobody_is_a_problem(
    house: House, ask: IssueCommand, code: ProblemCode
) -> None:
    before = house.written()

    answer = house.ask("POST", "/v1/commands", ask, house.staff[AGENT])

    assert problem(answer).code is code
    assert house.written() == before


def test_health_says_version_and_database(house: House) -> None:
    answer = house.ask("GET", "/healthz")

    assert answer.json() == {"status": "ok", "version": "0.0", "database": True}


def test_health_is_failing_without_a_database(house: House) -> None:
    cases = replace(house.cases, database_answers=lambda: False)
    application = make_application(cases, "0.0", slow_threads=1)
    with running(application) as url:
        answer = httpx.get(f"{url}/healthz", trust_env=False)

    assert answer.status_code == 503
    assert answer.json() == {"status": "failing", "version": "0.0", "database": False}


@dataclass
class BrokenDays:
    """Fails as only a defect would, with a text that quotes somebody."""

    said: str

    def seat_day(self, staff: StaffIdentity, seat_id: str) -> SeatDay:
        raise LookupError(self.said)


def test_a_fault_is_told_to_the_log_by_a_number_and_to_nobody_else(
    house: House, expect_log: Callable[..., None]
) -> None:
    expect_log("creneau.hub", "fault", level=40)
    broken = replace(house.cases, days=BrokenDays(f"row of {FIRST_NAME}"))  # type: ignore[arg-type]
    application = make_application(broken, "0.0", slow_threads=1)
    with running(application) as url:
        answer = httpx.get(
            f"{url}/v1/seats/north-1/day",
            headers={"Authorization": f"Bearer {house.staff[AGENT]}"},
            trust_env=False,
        )

    assert answer.status_code == 500
    found = problem(answer)
    assert found.code is ProblemCode.FAULT
    incident = answer.headers["x-request-id"]
    assert incident in found.detail
    assert "Traceback" not in answer.text
    told = [line for line in house.log.getvalue().splitlines() if '"fault"' in line]
    assert len(told) == 1
    assert incident in told[0]
    assert "LookupError" in told[0]
    assert "seat_day" in told[0]
    assert FIRST_NAME not in house.log.getvalue()


def test_an_answer_is_kept_by_no_cache_on_the_way(house: House) -> None:
    answer = house.ask("GET", "/v1/situation", token=house.station)

    assert answer.headers["cache-control"] == "no-store"
    assert "server" not in answer.headers


def test_the_encoder_and_the_routes_write_the_same(house: House) -> None:
    answer = house.ask("GET", "/v1/situation", token=house.station)
    situation: Message = decode(answer.content, StationSituation)

    assert encode(situation) == answer.content

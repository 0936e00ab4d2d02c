"""No route by which staff change something is without its line in the journal."""

import pytest

from kiosk.wire.act import ActKind, ActsPage, CardShown, ReadActs, ShowCard
from kiosk.wire.desk import Role
from tests.hub.web.house import CARD, House, decode_as

READS = frozenset(
    {
        "/v1/acts/search", "/v1/cards/search", "/v1/people/search", "/v1/staff/sessions",
        "/v1/print-cards/search", "/v1/print-cards/statement",
    }
)  # fmt: skip
"""What staff ask by a body, and that changes nothing about a person, a seat or a setting."""

JOURNALLED = {
    "/v1/cards/show": {ActKind.CARD_SHOWN},
    "/v1/commands": {
        ActKind.MESSAGE_SENT, ActKind.SESSION_EXTENDED, ActKind.SESSION_ENDED,
        ActKind.SEAT_CLOSED, ActKind.SEAT_REOPENED, ActKind.HELP_ANSWERED,
    },
    "/v1/people": {ActKind.PERSON_REGISTERED},
    "/v1/people/change": {ActKind.PERSON_CHANGED},
    "/v1/people/pin": {ActKind.PIN_MADE},
    "/v1/people/import": {ActKind.MEMBERS_IMPORTED},
    "/v1/sites/{site_id:str}/passes": {ActKind.PASS_MADE},
    "/v1/sites/{site_id:str}/parked": {ActKind.FACTS_SEEN},
    "/v1/rooms/{room_id:str}/hours": {ActKind.HOURS_SET},
    "/v1/rooms/{room_id:str}/rule": {ActKind.RULE_SET},
    "/v1/sites/{site_id:str}/house-rules": {ActKind.HOUSE_RULES_SET, ActKind.TOP_UP_WORDS_SET},
    "/v1/rooms/{room_id:str}/series": {
        ActKind.SERIES_SET, ActKind.SERIES_REMOVED, ActKind.SESSION_SHORTENED,
    },
    "/v1/rooms/{room_id:str}/workshops": {ActKind.WORKSHOP_OPENED, ActKind.WORKSHOP_ENDED},
    "/v1/rooms/{room_id:str}/tickets": {ActKind.TICKET_TAKEN, ActKind.SEAT_GIVEN},
    "/v1/rooms/{room_id:str}/tickets/{number:int}": {
        ActKind.TICKET_LEFT, ActKind.TICKET_STEPPED_AWAY, ActKind.TICKET_CAME_BACK,
        ActKind.TICKET_CALLED_AGAIN,
    },
    "/v1/print-cards": {ActKind.PRINT_CARD_ISSUED},
    "/v1/print-cards/mark": {ActKind.PRINT_CARD_BLOCKED, ActKind.PRINT_CARD_UNBLOCKED},
    "/v1/print-cards/replace": {ActKind.PRINT_CARD_REPLACED},
    "/v1/top-ups": {ActKind.TOPPED_UP},
    "/v1/tills/open": {ActKind.TILL_OPENED},
    "/v1/tills/count": {ActKind.TILL_COUNTED},
    "/v1/tills/close": {ActKind.TILL_CLOSED},
    "/v1/receipts/copy": {ActKind.RECEIPT_COPIED},
    "/v1/postings/reverse": {ActKind.POSTING_REVERSED},
    "/v1/doubts/settle": {ActKind.DOUBT_SETTLED},
    "/v1/refunds": {ActKind.PAGES_REFUNDED},
    "/v1/prices": {ActKind.PRICES_WRITTEN},
}  # fmt: skip
"""What each route may write; the contract of the store shows that it does."""

BY_ITSELF = {ActKind.HOLIDAYS_ENTERED, ActKind.JOB_DOUBTED, ActKind.CREDIT_LAPSED}


def test_every_route_by_which_staff_change_something_is_journalled(house: House) -> None:
    changing = {
        route.path
        for route in house.application.litestar.routes
        for handler in getattr(route, "route_handlers", ())
        if "POST" in handler.http_methods and "staff" in (handler.tags or ())
    }

    assert changing - READS == set(JOURNALLED)
    assert set().union(*JOURNALLED.values()) | BY_ITSELF == set(ActKind)


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMIN])
def test_a_card_that_is_shown_stands_in_the_journal_that_an_administrator_reads(
    house: House, role: Role
) -> None:
    ask = ShowCard(card=CARD, room_id="north/room")
    decode_as(house.ask("POST", "/v1/cards/show", ask, house.staff[role]), CardShown)

    now = house.cases.clock.now()
    wanted = ReadActs(since=now.replace(year=now.year - 1), until=now.replace(year=now.year + 1))
    read = house.ask("POST", "/v1/acts/search", wanted, house.staff[Role.ADMIN])
    (line,) = decode_as(read, ActsPage).lines
    assert (line.kind, line.staff_name) == (ActKind.CARD_SHOWN, role.title())
    assert (line.card_end, line.site_id) == (CARD[-4:], "north")
    assert CARD not in read.text
    assert CARD not in house.log.getvalue()

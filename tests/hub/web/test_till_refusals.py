"""What cannot be meant at a till is refused with its ground, and no row is written anywhere."""

import json
from collections.abc import Iterator

import pytest

from admin_console.hub.service.money.record import Till
from kiosk.wire.codec import Message, decode
from kiosk.wire.desk import Role
from kiosk.wire.money import (
    CardMark,
    IssueCard,
    MarkCard,
    Means,
    MoneyFault,
    MoneyRefused,
    PrintCardView,
    ToppedUp,
    TopUp,
    TopUpAnswer,
)
from kiosk.wire.problem import ProblemCode
from kiosk.wire.till import CloseTill, OpenTill
from tests.hub.web.house import House, decode_as, new_id, open_house, problem

pytestmark = pytest.mark.leaks_allowed("a hub that tests share starts threads as it needs them")

GOOD, BLOCKED, UNKNOWN = "7700000000011", "7700000000029", "7700000000037"
OPEN, SHUT = "north.till", "north.other"
TOP_UP: dict[str, object] = {
    "till_id": OPEN, "number": GOOD, "amount_cents": 500, "means": "cash",
}  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as found:
        with found.store.begin(write=True) as work:
            for till_id in (OPEN, SHUT):
                work.money.tills.add(Till(till_id, "north", "Caisse"))
        token = found.staff[Role.CASHIER]

        def ask(path: str, wanted: Message) -> bytes:
            return found.ask("POST", path, wanted, token).content

        ask("/v1/tills/open", OpenTill(ask_id=new_id(), till_id=OPEN, float_cents=20_00))
        cards: dict[str, str] = {}
        for number in (GOOD, BLOCKED):
            issue = IssueCard(ask_id=new_id(), site_id="north", number=number)
            made: PrintCardView = decode(ask("/v1/print-cards", issue), PrintCardView)
            cards[number] = made.card_id
        block = MarkCard(
            ask_id=new_id(), site_id="north", card_id=cards[BLOCKED], mark=CardMark.BLOCK,
            reason="lost",
        )  # fmt: skip
        ask("/v1/print-cards/mark", block)
        yield found


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"amount_cents": 0}, MoneyFault.AMOUNT_NOT_POSITIVE),
        ({"amount_cents": -500}, MoneyFault.AMOUNT_NOT_POSITIVE),
        ({"amount_cents": 200_01}, MoneyFault.AMOUNT_TOO_LARGE),
        ({"amount_cents": 10**15}, MoneyFault.AMOUNT_TOO_LARGE),
        ({"till_id": SHUT}, MoneyFault.TILL_CLOSED),
        ({"till_id": "nowhere"}, MoneyFault.TILL_UNKNOWN),
        ({"number": BLOCKED}, MoneyFault.CARD_BLOCKED),
        ({"number": UNKNOWN}, MoneyFault.CARD_UNKNOWN),
        ({"given_cents": 499}, MoneyFault.GIVEN_TOO_LITTLE),
        ({"given_cents": -1}, MoneyFault.GIVEN_TOO_LITTLE),
        ({"paper": {"number": "B-1", "day": "2099-01-01"}}, MoneyFault.PAPER_DATE),
    ],
)
def test_a_top_up_that_cannot_be_meant_is_refused_and_no_line_written(
    house: House, change: dict[str, object], fault: MoneyFault
) -> None:
    before = house.written()
    body = json.dumps({"ask_id": new_id(), **TOP_UP, **change}).encode()

    answer = house.ask("POST", "/v1/top-ups", body, house.staff[Role.CASHIER])

    refused: TopUpAnswer = decode(answer.content, TopUpAnswer)
    assert isinstance(refused, MoneyRefused)
    assert refused.fault is fault
    assert house.written() == before


@pytest.mark.parametrize("cents", [7.505, 5.001, "5,00", "500", None, True, 1e3], ids=repr)
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/top-ups", "amount_cents"),
        ("/v1/tills/open", "float_cents"),
        ("/v1/tills/count", "card_cents"),
        ("/v1/tills/close", "kept_cents"),
    ],
)
def test_an_amount_is_a_whole_number_of_cents(
    house: House, path: str, name: str, cents: object
) -> None:
    bodies: dict[str, dict[str, object]] = {
        "/v1/top-ups": TOP_UP,
        "/v1/tills/open": {"till_id": SHUT},
        "/v1/tills/count": {"till_id": OPEN, "coins": []},
        "/v1/tills/close": {"till_id": OPEN, "reason": "x"},
    }
    before = house.written()
    body = json.dumps({"ask_id": new_id(), **bodies[path], name: cents}).encode()

    answer = house.ask("POST", path, body, house.staff[Role.CASHIER])

    assert answer.status_code == 400
    assert problem(answer).code is ProblemCode.INVALID
    assert house.written() == before


@pytest.mark.parametrize(
    ("path", "body", "fault"),
    [
        ("open", {"till_id": OPEN, "float_cents": 0}, MoneyFault.TILL_OPEN),
        ("open", {"till_id": SHUT, "float_cents": -1}, MoneyFault.COUNT_IMPOSSIBLE),
        ("open", {"till_id": SHUT, "float_cents": 10**12}, MoneyFault.COUNT_IMPOSSIBLE),
        ("count", {"till_id": SHUT, "coins": []}, MoneyFault.TILL_CLOSED),
        ("count", {"till_id": OPEN, "coins": [], "card_cents": -1}, MoneyFault.COUNT_IMPOSSIBLE),
        (
            "count",
            {"till_id": OPEN, "coins": [{"value_cents": 3, "pieces": 1}]},
            MoneyFault.COUNT_IMPOSSIBLE,
        ),
        ("close", {"till_id": SHUT, "kept_cents": 0}, MoneyFault.TILL_CLOSED),
        ("close", {"till_id": OPEN, "kept_cents": 0}, MoneyFault.TILL_NOT_COUNTED),
    ],
)
def test_an_act_at_a_till_that_cannot_be_meant_is_refused_and_nothing_written(
    house: House, path: str, body: dict[str, object], fault: MoneyFault
) -> None:
    before = house.written()
    raw = json.dumps({"ask_id": new_id(), **body}).encode()

    answer = house.ask("POST", f"/v1/tills/{path}", raw, house.staff[Role.CASHIER])

    assert decode_as(answer, MoneyRefused).fault is fault
    assert house.written() == before


def test_the_same_receipt_twice_is_one_receipt(house: House) -> None:
    ask = TopUp(ask_id=new_id(), till_id=OPEN, number=GOOD, amount_cents=500, means=Means.CASH)
    token = house.staff[Role.CASHIER]
    first = decode_as(house.ask("POST", "/v1/top-ups", ask, token), ToppedUp)
    before = house.written()

    again = decode_as(house.ask("POST", "/v1/top-ups", ask, token), ToppedUp)
    other = json.dumps({**TOP_UP, "ask_id": ask.ask_id, "amount_cents": 600}).encode()
    refused = decode_as(house.ask("POST", "/v1/top-ups", other, token), MoneyRefused)

    assert again == first
    assert refused.fault is MoneyFault.ASK_REUSED
    assert house.written() == before


def test_who_is_no_cashier_closes_no_till(house: House) -> None:
    ask = CloseTill(ask_id=new_id(), till_id=OPEN, kept_cents=0)
    before = house.written()

    answer = house.ask("POST", "/v1/tills/close", ask, house.staff[Role.AGENT])

    assert (answer.status_code, problem(answer).code) == (403, ProblemCode.NOT_ALLOWED)
    assert house.written() == before

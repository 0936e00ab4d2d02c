"""Money on its way to the hub: taken once whatever answer is lost; sheets come as they are."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from admin_console.desk.desk import Desk
from admin_console.desk.gallery_doubt import DOUBTS
from admin_console.desk.gallery_till import CARD, CLOSED, NUMBER, OPENED, TILL, a_receipt
from admin_console.desk.models.till_wish import (
    Close,
    Copy,
    Exchange,
    Export,
    ExportForm,
    FindCard,
    GiveBack,
    Issue,
    Mark,
    Open,
    Paper,
    ReadDoubtful,
    ReadMoves,
    ReadReceipts,
    ReadTills,
    Settle,
    Slip,
    Take,
    TakeBack,
    Tally,
    TillWish,
)
from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.codec import Message
from kiosk.wire.desk import Role
from kiosk.wire.hold import DoubtfulHolds
from kiosk.wire.money import (
    CardMark,
    Means,
    MoneyFault,
    MoneyRefused,
    StatementPage,
    ToppedUp,
)
from kiosk.wire.till import CoinCount, PaperForm, ReceiptPage, Tills
from tests.desk.house import NOW, a_town, an_id
from tests.desk.hub_double import PASSWORD
from tests.desk.till_double import TillHub

REFUSED = MoneyRefused(fault=MoneyFault.CARD_BLOCKED)
TAKE = Take(TILL, NUMBER, 500, Means.CASH, 1000)
DONE = ToppedUp(posting_id=an_id(1), at=NOW, amount_cents=500, means=Means.CASH, card=CARD)
PDF = b"%PDF-1.7 receipt"
DAY = date(2026, 10, 14)

ROUTES: list[tuple[TillWish, str, Message | bytes]] = [
    (FindCard(NUMBER), "/v1/print-cards/search", CARD),
    (ReadMoves(CARD.card_id), "/v1/print-cards/statement", StatementPage(card=CARD, lines=())),
    (Issue("perret", NUMBER), "/v1/print-cards", CARD),
    (Mark("perret", CARD.card_id, CardMark.BLOCK, "x"), "/v1/print-cards/mark", CARD),
    (Exchange("perret", CARD.card_id, NUMBER, "x"), "/v1/print-cards/replace", CARD),
    (GiveBack("perret", an_id(2), 1, "x"), "/v1/refunds", REFUSED),
    (ReadDoubtful("perret"), "/v1/sites/perret/doubts", DoubtfulHolds(holds=DOUBTS)),
    (Settle("perret", an_id(2), 0, "x"), "/v1/doubts/settle", DOUBTS[0]),
    (TAKE, "/v1/top-ups", DONE),
    (TakeBack(an_id(3), "x"), "/v1/postings/reverse", REFUSED),
    (Open(TILL, 3000), "/v1/tills/open", OPENED),
    (Tally(TILL, (CoinCount(value_cents=200, pieces=3),)), "/v1/tills/count", OPENED),
    (Close(TILL, 3000), "/v1/tills/close", CLOSED),
    (Copy(TILL, 2026, 38), "/v1/receipts/copy", a_receipt(38)),
    (ReadTills("perret"), "/v1/sites/perret/tills", Tills(tills=(OPENED,))),
    (
        ReadReceipts(TILL, 2026, 30),
        f"/v1/tills/{TILL}/receipts?year=2026&before=30",
        ReceiptPage(receipts=()),
    ),
    (
        Paper(TILL, 2026, 38, PaperForm.ROLL, prints=True),
        f"/v1/receipts/{TILL}/2026/38/paper?form=roll",
        PDF,
    ),
    (Slip(TILL, 212), f"/v1/tills/{TILL}/closings/212/paper", PDF),
    (
        Export("perret", ExportForm.CSV, DAY, DAY),
        "/v1/sites/perret/till-journal/export?form=csv&since=2026-10-14&until=2026-10-14",
        PDF,
    ),
]


@pytest.fixture
def hub() -> Iterator[TillHub]:
    """A hub with tills."""
    hub = TillHub(a_town())
    hub.told.roles = (Role.CASHIER,)
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture
def signed_in(desk: Desk, qtbot: QtBot) -> Desk:
    with qtbot.waitSignal(desk.opened):
        desk.sign_in("nadia", PASSWORD)
    return desk


def ask(desk: Desk, wish: TillWish, qtbot: QtBot) -> object:
    with qtbot.waitSignal(desk.till.answered) as told:
        desk.till.do(wish)
    assert told.args is not None
    assert told.args[0] == wish
    return told.args[1]


@pytest.mark.parametrize(("wish", "path", "answer"), ROUTES, ids=lambda one: type(one).__name__)
def test_each_wish_has_its_route_and_its_answer(
    wish: TillWish,
    path: str,
    answer: Message | bytes,
    signed_in: Desk,
    hub: TillHub,
    qtbot: QtBot,
) -> None:
    hub.money.answers[path.split("?", maxsplit=1)[0]] = answer

    assert ask(signed_in, wish, qtbot) == answer
    assert [one for one, _body in hub.money.asks] == [path]


def ids(hub: TillHub) -> list[str]:
    return [json.loads(body)["ask_id"] for path, body in hub.money.asks if path == "/v1/top-ups"]


def test_a_lost_answer_is_asked_for_again_as_the_same_top_up(
    signed_in: Desk, hub: TillHub, qtbot: QtBot
) -> None:
    hub.money.answers["/v1/top-ups"] = DONE
    hub.money.loses = 99
    failure = ask(signed_in, TAKE, qtbot)
    assert isinstance(failure, Failure)
    assert failure.reason is Reason.UNREACHABLE
    hub.money.loses = 0
    assert ask(signed_in, TAKE, qtbot) == DONE
    assert len(set(ids(hub))) == 1, "the hub takes it once"
    assert ask(signed_in, TAKE, qtbot) == DONE
    assert len(set(ids(hub))) == 2, "what was answered is over: the next five euros are others"


def test_whoever_has_looked_at_the_card_again_means_another_top_up(
    signed_in: Desk, hub: TillHub, qtbot: QtBot
) -> None:
    hub.money.loses = 99
    ask(signed_in, TAKE, qtbot)
    hub.money.loses = 0
    hub.money.answers |= {"/v1/print-cards/search": CARD, "/v1/top-ups": DONE}
    ask(signed_in, FindCard(NUMBER), qtbot)
    ask(signed_in, TAKE, qtbot)
    assert len(set(ids(hub))) == 2


def test_two_presses_take_once(signed_in: Desk, hub: TillHub, qtbot: QtBot) -> None:
    hub.money.answers["/v1/top-ups"] = DONE
    signed_in.till.do(TAKE)
    assert ask(signed_in, TAKE, qtbot) == DONE
    assert len(ids(hub)) == 1


def test_who_has_left_hears_of_no_money(signed_in: Desk, hub: TillHub, qtbot: QtBot) -> None:
    hub.money.answers["/v1/top-ups"] = DONE
    heard: list[object] = []
    signed_in.till.answered.connect(lambda *told: heard.append(told))
    signed_in.till.do(TAKE)
    signed_in.sign_out()
    qtbot.waitUntil(lambda: hub.sees("DELETE", "/v1/staff/sessions"))
    assert heard == []


def test_no_number_of_a_card_stands_in_what_is_written_of_a_wish() -> None:
    for wish, path, _answer in ROUTES:
        assert NUMBER not in f"{wish!r} {path}"

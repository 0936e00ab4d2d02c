"""The states of *Caisse* that the gallery shows."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec
from PySide6.QtWidgets import QWidget

from admin_console.desk.gallery_stage import Build, Stage, live
from admin_console.desk.house import House
from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.person import Person
from admin_console.desk.models.till_wish import (
    FindCard,
    Open,
    ReadMoves,
    ReadReceipts,
    ReadTills,
    Tally,
    TillWish,
)
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.till_page import TillPage
from admin_console.desk.sample import NOW, ZONE, a_town, an_id
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.phrase import Phrase
from kiosk.wire.desk import Role
from kiosk.wire.money import (
    CardState,
    Means,
    MoneyFault,
    MoneyRefused,
    PaperReceipt,
    PrintCardView,
    ReceiptView,
    StatementLine,
    StatementPage,
    ToppedUp,
)
from kiosk.wire.till import (
    ByMeans,
    CoinCount,
    DrawerView,
    ReceiptPage,
    TillClosed,
    Tills,
    TillView,
)

SITE = "landowski"
TILL = "landowski-till"
NUMBER = "29210000455678"
SITES = frozenset({"landowski", "trapeze", "bij", "perret", "besnard"})
CASHIER = Person("Nadia", frozenset({Role.AGENT, Role.CASHIER}), "nadia", SITES)
STEWARD = Person("Nadia", frozenset({Role.AGENT, Role.REGISSEUR}), "nadia", SITES)
AGENT = Person("Nadia", frozenset({Role.AGENT}), "nadia", SITES)
CARD = PrintCardView(
    card_id=an_id(9001), last_four="5678", state=CardState.ACTIVE, balance_cents=430, tied=True,
)  # fmt: skip
MORNING = NOW - timedelta(hours=4, minutes=30)
OPENED = TillView(
    till_id=TILL, site_id=SITE, name="Caisse de Landowski", regie="Régie 12, impressions",
    session=212, opened_at=MORNING, opened_by="Nadia", mine=True, float_cents=30_00, receipts=14,
)  # fmt: skip
SHUT = TillView(till_id=TILL, site_id=SITE, name="Caisse de Landowski", session=211)
THEIRS = msgspec.structs.replace(
    OPENED, opened_by="Hugo", mine=False, float_cents=0, receipts=0, regie=""
)
EXPECTED = ByMeans(cash_cents=71_00, card_cents=15_00, cheque_cents=10_00)
PIECES = {
    20_00: 1, 10_00: 1, 5_00: 3, 200: 6, 100: 7, 50: 7, 20: 10, 10: 8, 5: 3, 2: 2, 1: 1,
}  # fmt: skip
COINS = tuple(CoinCount(value_cents=value, pieces=count) for value, count in PIECES.items())


def a_drawer(cash_cents: int) -> DrawerView:
    """Return a counted drawer."""
    counted = msgspec.structs.replace(EXPECTED, cash_cents=cash_cents)
    return DrawerView(expected=EXPECTED, counted=counted, coins=COINS, counted_at=NOW)


COUNTED = msgspec.structs.replace(OPENED, drawer=a_drawer(70_50))


def a_receipt(number: int, cents: int = 500, **facts: object) -> ReceiptView:
    """Return a receipt of this morning."""
    plain = ReceiptView(
        till_id=TILL, year=2026, number=number, posting_id=an_id(7000 + number), at=NOW,
        town="Boulogne-Billancourt", site_name="Espace Landowski", till_name="Caisse de Landowski",
        agent="Nadia", amount_cents=cents, means=Means.CASH, last_four="5678",
        balance_cents=CARD.balance_cents + cents,
    )  # fmt: skip
    return msgspec.structs.replace(plain, **facts)


def a_move(
    number: int, days: float, what: str, cents: int, left: int, **facts: object
) -> StatementLine:
    """Return a movement some days ago."""
    plain = StatementLine(
        number=number, posting_id=an_id(8000 + number), at=NOW - timedelta(days=days), what=what,
        change_cents=cents, balance_cents=left, site_id=SITE,
    )  # fmt: skip
    return msgspec.structs.replace(plain, **facts)


MOVES = (
    a_move(905, 0.05, "authorisation", -45, 430, hold_id=an_id(6001)),
    a_move(871, 5, "authorisation", -100, 475, hold_id=an_id(6002)),
    a_move(864, 5, "refund", 15, 575, hold_id=an_id(6003), reason="page blanche"),
    a_move(702, 12, "top_up", 500, 560),
    a_move(655, 20, "authorisation", -180, 60, hold_id=an_id(6004)),
)


@dataclass(frozen=True, slots=True)
class Counter:
    """The page in its house."""

    house: House
    page: TillPage


def counter(
    stage: Stage,
    *tills: TillView,
    person: Person = CASHIER,
    fresh: Freshness = Freshness.LIVE,
    answer: object | None = None,
) -> Counter:
    """Return the page with the tills of its place, nobody at the counter."""
    town = a_town()
    board = Board(EstateBook(town), NOW)
    wording = Wording(stage.language, Phrase(stage.language, ZoneInfo(ZONE)))
    page = TillPage(stage.look, stage.guard, wording, board, person)
    house = live(stage, estate=town, person=person, others=(page,), fresh=fresh)
    house.turn_to(page)
    page.show_site(SITE)
    page.show_answer(ReadTills(SITE), answer or Tills(tills=tills or (OPENED,)))
    return Counter(house, page)


def served(
    stage: Stage,
    answer: object = CARD,
    *tills: TillView,
    person: Person = CASHIER,
    fresh: Freshness = Freshness.LIVE,
) -> Counter:
    """Return the page with a card at the counter."""
    here = counter(stage, *tills, person=person, fresh=fresh)
    here.page.counter.meet(NUMBER)
    here.page.show_answer(FindCard(NUMBER), answer)
    if isinstance(answer, PrintCardView):
        moves = StatementPage(card=answer, lines=MOVES, more=True)
        here.page.show_answer(ReadMoves(answer.card_id), moves)
    return here


def adding(
    stage: Stage,
    amount: str = "",
    given: str = "",
    *,
    key: int = -1,
    person: Person = CASHIER,
    means: Means = Means.CASH,
) -> Counter:
    """Return the page with an amount chosen."""
    here = served(stage, person=person)
    panel = here.page.counter.top_up
    if means is not Means.CASH:
        next(one for one in panel.means.buttons if one.choice.value == means).click()
    if key >= 0:
        panel.amounts.cards[key].click()
    for field, text in ((panel.other, amount), (panel.given, given)):
        if text:
            field.set_text(text)
            field.edited.emit(text)
    return here


def taken(stage: Stage, answer: object | None = None, person: Person = CASHIER) -> Counter:
    """Return the page once the money was asked for."""
    here = adding(stage, given="10", key=2, person=person)
    wishes: list[TillWish] = []
    here.page.wished.connect(wishes.append)
    here.page.counter.top_up.take.click()
    card = msgspec.structs.replace(CARD, balance_cents=930)
    receipt = a_receipt(38, given_cents=1000)
    done = ToppedUp(
        posting_id=receipt.posting_id, at=NOW, amount_cents=500, means=Means.CASH, card=card,
        receipt=receipt,
    )  # fmt: skip
    here.page.show_answer(wishes[0], done if answer is None else answer)
    return here


def asking(stage: Stage, ask: str, person: Person = STEWARD) -> QWidget:
    """Return a small form over the page."""
    here = counter(stage, SHUT, person=person) if ask == "open" else taken(stage, person=person)
    page = here.page
    page.show_answer(ReadMoves(CARD.card_id), StatementPage(card=CARD, lines=MOVES))
    buttons = {
        "open": page.counter.till.open,
        "back": page.counter.aside.back,
        "block": page.counter.panel.block,
        "exchange": page.counter.panel.exchange,
        "refund": page.counter.moves.refund,
        "paper": page.counter.till.paper,
        "export": page.counter.till.export,
        "list": page.counter.aside.list,
    }
    if ask == "issue":
        page.counter.leave_card()
        page.counter.panel.issue.click()
    else:
        buttons[ask].click()
    return here.house


def faulty(stage: Stage) -> QWidget:
    """Return the opening of a till with an amount that is none, then refused."""
    here = counter(stage, SHUT)
    here.page.counter.till.open.click()
    form = here.page.acts.form
    form.fields["float"].set_text("30,555")
    form.send()
    return here.house


def refused_opening(stage: Stage) -> QWidget:
    """Return the opening of a till that somebody has opened meanwhile."""
    here = counter(stage, SHUT)
    here.page.counter.till.open.click()
    form = here.page.acts.form
    form.fields["float"].set_text("30,00")
    form.send()
    here.page.show_answer(Open(TILL, 30_00), MoneyRefused(fault=MoneyFault.TILL_OPEN))
    return here.house


def listing(stage: Stage, answer: object) -> QWidget:
    """Return the list of receipts."""
    here = counter(stage)
    here.page.counter.aside.list.click()
    here.page.show_answer(ReadReceipts(TILL, 2026), answer)
    return here.house


RECEIPTS = ReceiptPage(
    receipts=(
        a_receipt(38, given_cents=1000),
        a_receipt(37, -500, means=Means.CARD, reverses="2026-000036", at=NOW - timedelta(hours=1)),
        a_receipt(36, means=Means.CARD, at=NOW - timedelta(hours=2)),
        a_receipt(35, 1000, means=Means.CHEQUE, at=NOW - timedelta(days=1)),
    ),
    more=True,
)


def closing(stage: Stage, till: TillView = OPENED, *, writes: bool = False) -> Counter:
    """Return the closing of a till."""
    here = counter(stage, till)
    here.page.show_closing()
    if writes:
        pane = here.page.closing
        for value, count in PIECES.items():
            field = pane.sheet.fields()[value]
            field.set_text(str(count))
            field.edited.emit(str(count))
        for card, text in ((pane.card_sum, "15,00"), (pane.cheque_sum, "10,00")):
            card.field.set_text(text)
            card.field.edited.emit(text)
    return here


def compared(stage: Stage, cash_cents: int = 70_50, reason: str = "") -> Counter:
    """Return a till that has just been counted."""
    here = closing(stage, writes=True)
    wishes: list[TillWish] = []
    here.page.wished.connect(wishes.append)
    here.page.closing.compare.say.click()
    tally = next(one for one in wishes if isinstance(one, Tally))
    told = msgspec.structs.replace(OPENED, drawer=a_drawer(cash_cents))
    here.page.show_answer(tally, told)
    here.page.closing.compare.reason.setPlainText(reason)
    return here


CLOSED = TillClosed(
    till_id=TILL, session=212, number=431, at=NOW, agent="Nadia", expected=EXPECTED,
    counted=a_drawer(70_50).counted, difference=ByMeans(cash_cents=-50),
    paid_in=ByMeans(cash_cents=40_50, card_cents=15_00, cheque_cents=10_00), kept_cents=30_00,
    reason="Rendu 50 c de trop.", seal="c4b1",
)  # fmt: skip


def closed(stage: Stage, answer: object = CLOSED) -> QWidget:
    """Return a till that is closed, or why it is not."""
    here = compared(stage, reason="Rendu 50 c de trop, reçu 2026-000031.")
    wishes: list[TillWish] = []
    here.page.wished.connect(wishes.append)
    here.page.closing.compare.close_till.click()
    here.page.show_answer(wishes[0], answer)
    return here.house


def noted(stage: Stage) -> QWidget:
    """Return a top-up that is entered from the paper book."""
    here = adding(stage, key=2)
    panel = here.page.counter.top_up
    panel.use(panel.draft.note(PaperReceipt(number="12-034", day=date(2026, 10, 13))))
    return here.house


OVER = msgspec.structs.replace(OPENED, over_ceiling=True, ceiling_cents=30_000)
SECOND = msgspec.structs.replace(SHUT, till_id="landowski-2", name="Caisse de l’accueil")
BLOCKED = msgspec.structs.replace(CARD, state=CardState.BLOCKED, held_cents=45)
UNKNOWN = MoneyRefused(fault=MoneyFault.CARD_UNKNOWN)

TILL_STATES: dict[str, Build] = {
    "till-nobody": lambda stage: counter(stage).house,
    "till-closed": lambda stage: counter(stage, SHUT, SECOND).house,
    "till-theirs": lambda stage: served(stage, CARD, THEIRS).house,
    "till-counted": lambda stage: served(stage, CARD, COUNTED).house,
    "till-none": lambda stage: counter(stage, answer=Tills(tills=())).house,
    "till-unread": lambda stage: counter(stage, answer=Failure(Reason.UNREACHABLE)).house,
    "till-ceiling": lambda stage: counter(stage, OVER).house,
    "till-lost": lambda stage: served(stage, fresh=Freshness.LOST).house,
    "till-not-allowed": lambda stage: counter(stage, person=AGENT).house,
    "till-card": lambda stage: served(stage).house,
    "till-card-blocked": lambda stage: served(stage, BLOCKED).house,
    "till-card-unknown": lambda stage: served(stage, UNKNOWN).house,
    "till-card-no-contact": lambda stage: served(stage, Failure(Reason.TIMEOUT)).house,
    "till-amount": lambda stage: adding(stage, given="10", key=2).house,
    "till-amount-free": lambda stage: adding(stage, "7,50", means=Means.CARD).house,
    "till-amount-too-fine": lambda stage: adding(stage, "7,505").house,
    "till-amount-negative": lambda stage: adding(stage, "-5").house,
    "till-amount-too-large": lambda stage: adding(stage, "50000").house,
    "till-given-too-little": lambda stage: adding(stage, given="2", key=2).house,
    "till-paper": noted,
    "till-taken": lambda stage: taken(stage).house,
    "till-taken-steward": lambda stage: taken(stage, person=STEWARD).house,
    "till-taken-no-answer": lambda stage: taken(stage, Failure(Reason.TIMEOUT)).house,
    "till-ask-open": lambda stage: asking(stage, "open"),
    "till-ask-open-faulty": faulty,
    "till-ask-open-refused": refused_opening,
    "till-ask-issue": lambda stage: asking(stage, "issue"),
    "till-ask-block": lambda stage: asking(stage, "block"),
    "till-ask-exchange": lambda stage: asking(stage, "exchange"),
    "till-ask-refund": lambda stage: asking(stage, "refund"),
    "till-ask-back": lambda stage: asking(stage, "back"),
    "till-ask-paper": lambda stage: asking(stage, "paper"),
    "till-ask-export": lambda stage: asking(stage, "export"),
    "till-receipts": lambda stage: listing(stage, RECEIPTS),
    "till-receipts-none": lambda stage: listing(stage, ReceiptPage(receipts=())),
    "till-count": lambda stage: closing(stage).house,
    "till-count-written": lambda stage: closing(stage, writes=True).house,
    "till-compare": lambda stage: compared(stage).house,
    "till-compare-reason": lambda stage: (
        compared(stage, reason="Rendu 50 c de trop, reçu 2026-000031.").house
    ),
    "till-compare-right": lambda stage: compared(stage, 71_00).house,
    "till-compare-refused": lambda stage: closed(
        stage, MoneyRefused(fault=MoneyFault.TILL_NOT_COUNTED)
    ),
    "till-over": closed,
}
"""The states, by the name of their picture."""

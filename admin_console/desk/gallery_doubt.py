"""The states of *Caisse* that are about print jobs: those without an answer, and pages refunded."""

from datetime import timedelta

import msgspec
from PySide6.QtWidgets import QWidget

from admin_console.desk.gallery_stage import Build, Stage
from admin_console.desk.gallery_till import CARD, MOVES, SITE, Counter, counter, served
from admin_console.desk.models.till_wish import ReadDoubtful, ReadMoves, TillWish
from admin_console.desk.sample import NOW, an_id
from kiosk.hublink.failure import Failure, Reason
from kiosk.rules.credit import HoldState
from kiosk.wire.hold import DoubtfulHolds, HoldView, PagesRefunded
from kiosk.wire.money import MoneyFault, MoneyRefused, StatementPage


def a_doubt(number: int, seat: int, pages: int, cents: int, hours: float) -> HoldView:
    """Return a print job of some hours ago of which no answer came."""
    return HoldView(
        hold_id=an_id(6100 + number), state=HoldState.DOUBTFUL, held_cents=cents, pages=pages,
        seat_id=f"{SITE}-{seat}", printer="HP couloir", card=CARD,
        authorised_at=NOW - timedelta(hours=hours),
    )  # fmt: skip


DOUBTS = (a_doubt(1, 7, 12, 180, 26), a_doubt(2, 4, 3, 45, 3.2))


def doubted(stage: Stage, *holds: HoldView) -> Counter:
    """Return the page with print jobs of which no answer came."""
    here = counter(stage)
    here.page.show_answer(ReadDoubtful(SITE), DoubtfulHolds(holds=holds or DOUBTS))
    return here


def settling(stage: Stage) -> QWidget:
    """Return the form by which such a job is settled."""
    here = doubted(stage)
    here.page.counter.till.doubts.click()
    return here.house


def settled(stage: Stage, answer: object | None = None) -> Counter:
    """Return the page once such a job was settled, or why it is not."""
    here = doubted(stage)
    wishes: list[TillWish] = []
    here.page.wished.connect(wishes.append)
    here.page.counter.till.doubts.click()
    form = here.page.acts.form
    form.fields["printed"].set_text("2")
    form.fields["reason"].set_text("Feuilles trouvées à l’imprimante")
    form.send()
    done = msgspec.structs.replace(
        DOUBTS[0], state=HoldState.SETTLED, held_cents=0, charged_cents=30, printed=2
    )
    here.page.show_answer(wishes[-1], done if answer is None else answer)
    if answer is None:
        here.page.show_answer(ReadDoubtful(SITE), DoubtfulHolds(holds=DOUBTS[1:]))
    return here


def unread(stage: Stage) -> QWidget:
    """Return the page where nobody can say which jobs wait."""
    here = counter(stage)
    here.page.show_answer(ReadDoubtful(SITE), Failure(Reason.TIMEOUT))
    return here.house


def refunded(stage: Stage, *, check_printer: bool = True) -> Counter:
    """Return the page once a page was refunded, the third of its printer."""
    here = served(stage)
    wishes: list[TillWish] = []
    here.page.wished.connect(wishes.append)
    here.page.counter.moves.refund.click()
    form = here.page.acts.form
    form.fields["pages"].set_text("1")
    form.fields["reason"].set_text("Page blanche")
    form.send()
    card = msgspec.structs.replace(CARD, balance_cents=445)
    hold = HoldView(
        hold_id=an_id(6001), state=HoldState.SETTLED, held_cents=0, charged_cents=45, printed=3,
        refunded_pages=1, printer="HP couloir", authorised_at=NOW - timedelta(hours=1), card=card,
    )  # fmt: skip
    done = PagesRefunded(
        posting_id=an_id(7100), refunded_cents=15, hold=hold, check_printer=check_printer
    )
    here.page.show_answer(wishes[-1], done)
    here.page.show_answer(ReadMoves(CARD.card_id), StatementPage(card=card, lines=MOVES))
    return here


DOUBT_STATES: dict[str, Build] = {
    "till-doubts": lambda stage: doubted(stage).house,
    "till-doubts-unread": unread,
    "till-ask-doubt": settling,
    "till-ask-doubt-refused": lambda stage: (
        settled(stage, MoneyRefused(fault=MoneyFault.HOLD_OVER)).house
    ),
    "till-doubt-settled": lambda stage: settled(stage).house,
    "till-refunded": lambda stage: refunded(stage, check_printer=False).house,
    "till-refunded-printer": lambda stage: refunded(stage).house,
}
"""The states, by the name of their picture."""

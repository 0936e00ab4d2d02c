"""A day at a till without a mouse: the real hub, the real console, keys alone.

Opened with a float, a card topped up in cash with change, a receipt as a file, a page given back as
credit; counted before anybody sees what should be there, closed with its difference, paid in,
handed to the accountant. Then the books are looked through, and every line is right.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.composition import make_window, read_options
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.pages.till_page import TillPage
from admin_console.desk.window import DeskWindow
from kiosk.look.words import Words
from kiosk.rules.credit import HoldState
from kiosk.rules.tariff import Paper, Sides
from kiosk.wire.codec import Message, decode, encode
from kiosk.wire.hold import AuthoriseHold, HoldView, PrintQuoted, QuotePrint, SendHold, SettleHold
from kiosk.wire.tariff import JobView
from tests.helpers.pdf import read_pdf
from tests.stories.desk_day import Hands, enrol, new_id
from tests.stories.house import House

ALT = Qt.KeyboardModifier.AltModifier
TAB, BACK, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return
DOWN, RIGHT, SPACE = Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Space
CARD = "7700000000011"
COUNTED = {20_00: 1, 5_00: 1, 2_00: 1}
"""27 euros lie there: 50 cents less than the float of 20 euros and 7.50 taken."""


@pytest.fixture
def window(house: House, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    hub = f"http://127.0.0.1:{house.port}"
    options = read_options(["--hub", hub, "--settings", str(tmp_path / "desk.ini")])
    window = make_window(qapp, options)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window._desk.stop()
    window.hide()
    qapp.removeEventFilter(window._guard)
    window.deleteLater()
    qapp.setStyleSheet("")


def print_three_pages(house: House) -> None:
    """Print three pages on the card at a station, of which two come out."""
    token = enrol(house, 1).token
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(
        base_url=f"http://127.0.0.1:{house.port}", trust_env=False, headers=headers
    ) as hub:

        def ask(path: str, wanted: Message, form: type[Message]) -> Message:
            told: Message = decode(hub.post(path, content=encode(wanted)).content, form)
            return told

        job = JobView(paper=Paper.A4, sides=Sides.ONE, copies=1, colours=(False,) * 3)
        slot_id, hold_id = new_id(), new_id()
        quote = QuotePrint(slot_id=slot_id, job=job, number=CARD)
        quoted = ask("/v1/holds/quote", quote, PrintQuoted)
        assert isinstance(quoted, PrintQuoted)
        ask(
            "/v1/holds",
            AuthoriseHold(
                hold_id=hold_id, slot_id=slot_id, job=job, quoted_cents=quoted.quote.cents,
                number=CARD, printer="HP",
            ),
            HoldView,
        )  # fmt: skip
        ask("/v1/holds/send", SendHold(hold_id=hold_id), HoldView)
        done = ask("/v1/holds/settle", SettleHold(hold_id=hold_id, printed=2), HoldView)
        assert isinstance(done, HoldView)
        assert (done.state, done.charged_cents) == (HoldState.SETTLED, 20)


def shown(widget: QWidget) -> str:
    """Return all words that can be seen, with the spaces that one types."""
    words = [one.plain() for one in widget.findChildren(Words) if one.isVisible()]
    return " ".join(words).replace("\u00a0", " ").replace("\u202f", " ")


def written(path: Path) -> str:
    """Return the words of a PDF."""
    return "\n".join(line for page in read_pdf(path.read_bytes()) for line in page.lines)


def test_a_day_at_the_till_goes_by_keys_alone_and_the_books_are_right(
    window: DeskWindow, house: House, qtbot: QtBot, tmp_path: Path
) -> None:
    print_three_pages(house)
    hands = Hands(window, qtbot)
    hands.type("admin")
    hands.press(TAB)
    hands.type(house._password)
    hands.press(ENTER)
    hands.until(lambda: window._house is not None)
    hands.until(lambda: window._desk.freshness[0] is Freshness.LIVE)
    desk = window._house
    assert desk is not None
    page = next(one for one in desk.pages if isinstance(one, TillPage))
    files = tmp_path / "files"
    files.mkdir()
    page.acts._choose_target = lambda _title, name: files / name
    counter, form = page.counter, page.acts.form

    def go(label: str, key: Qt.Key = TAB) -> None:
        """Walk to a button and press it."""
        hands.walk_to(label.replace("\u00a0", " "), key)
        hands.press(ENTER)

    # To the till of the library, which nobody has opened yet.
    hands.press(Qt.Key(Qt.Key.Key_1.value + desk.pages.index(page)), ALT)
    go(page.sites.button.text())
    go("Médiathèque du Trapèze", DOWN)
    hands.until(lambda: page.till is not None and page.till.till_id == "trapeze.caisse")

    # Opened with the float that was counted into it.
    go(counter.till.open.text())
    assert hands.name == "Fond de caisse"
    hands.type("20,00")
    hands.press(ENTER)
    hands.until(lambda: page.till is not None and page.till.mine)

    # No paper today.
    hands.walk_to("Imprimer le reçu")
    hands.press(SPACE)
    assert not counter.aside.prints.isChecked()

    # A card; 7.50 euros in cash, a note of ten handed over.
    hands.type(CARD)
    hands.press(ENTER)
    hands.until(lambda: counter.card is not None)
    hands.until(lambda: hands.is_at(counter.top_up.amounts.cards[0]))
    hands.press(TAB)
    hands.type("7,50")
    hands.press(TAB)
    hands.type("10")
    assert "2,50 €" in shown(counter.top_up)
    hands.press(ENTER)
    hands.until(lambda: counter.aside.receipt is not None)
    receipt = counter.aside.receipt
    assert receipt is not None
    assert (receipt.amount_cents, receipt.given_cents, receipt.balance_cents) == (
        7_50,
        10_00,
        12_30,
    )

    # Its receipt as a file, and the statement beside it.
    go(counter.aside.keep.text())
    paper = files / f"{receipt.label}.pdf"
    hands.until(paper.exists)
    assert receipt.label in written(paper)
    hands.until(lambda: len(counter.lines) >= 3)
    assert "+ 7,50 €" in shown(counter.moves)

    # A page that was no good is credit on the card. The till is not touched.
    go(counter.moves.refund.text(), BACK)
    hands.until(form.is_open)
    hands.type("1")
    hands.press(ENTER)
    hands.type("Page blanche")
    hands.press(ENTER)
    hands.until(lambda: not form.is_open())
    hands.until(lambda: counter.card is not None and counter.card.balance_cents == 12_40)

    # Counted first: nothing on the screen says what should be there.
    go(counter.till.close_till.text())
    assert page.is_closing
    assert "27,50" not in shown(page)
    for value, field in page.closing.sheet.fields().items():
        assert hands.is_at(field.edit)
        hands.type(str(COUNTED.get(value, "")))
        hands.press(DOWN)
    assert "27,50" not in shown(page)
    go(page.closing.compare.say.text())

    # Compared: 50 cents are missing, which needs a reason and stops nobody.
    hands.until(page.closing.compare.difference.isVisible)
    assert "27,50 €" in shown(page)
    assert "Il manque 0,50 €" in shown(page.closing.compare)
    assert not page.closing.compare.close_till.isEnabled()
    go("Rendu de monnaie inexact", BACK)
    go(page.closing.compare.close_till.text())
    hands.until(page.closing.done.isVisible)

    # The payment slip, and the accountant's files.
    go(page.closing.slip.text())
    hands.until(lambda: any(one.name.startswith("trapeze.caisse_") for one in files.iterdir()))
    slip = next(one for one in files.iterdir() if one.name.startswith("trapeze.caisse_"))
    assert "Rendu de monnaie inexact" in written(slip)
    go(page.closing.back.text(), BACK)
    for kind, suffix in (("Tableur (XLSX)", ".xlsx"), ("Tableau (CSV)", ".csv")):
        go(counter.till.export.text())
        hands.until(form.is_open)
        hands.walk_to("Bordereau", BACK)
        hands.walk_to(kind, RIGHT)
        go(form.go.text())
        hands.until(lambda: any(one.suffix == suffix for one in files.iterdir()))  # noqa: B023
    table = next(files.glob("*.csv")).read_text(encoding="utf-8-sig")
    assert receipt.label in table
    assert "Rendu de monnaie inexact" in table
    assert zipfile.is_zipfile(next(files.glob("*.xlsx")))

    # The books.
    house.stop_hub()
    assert house._order("ledger", "verify").endswith("the ledger is sound")

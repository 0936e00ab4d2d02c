"""The house: the rail on the left, the bar on top, and one of the pages between them."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from admin_console.desk.models.board import Difference
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.person import Person
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.pages.page import Page
from admin_console.desk.parts.rail import Rail, shortcut_keys
from admin_console.desk.parts.scanner import Scanner, ScanTarget
from kiosk.look.dialog import Dialog
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.reading import move_focus, next_stop


class House(QWidget):
    """The rail, the bar, and the page that is shown.

    Args:
        look: how to look.
        language: what to speak.
        live: the first page; the bar on top of all pages is the one it searches with.
        person: who is signed in.
        others: the other pages that this person may use, in the order of the rail.

    Attributes:
        page: the live page.
        pages: all pages.

    Signals:
        sign_out_asked: the person leaves, and nothing is lost by it.
    """

    sign_out_asked = Signal()

    def __init__(
        self,
        look: Look,
        language: Language,
        live: LivePage,
        person: Person,
        others: Sequence[Page] = (),
    ) -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.page = live
        self.pages: tuple[Page, ...] = (live, *others)
        self.bar = live.bar
        self.rail = Rail(look, language, [(page.icon, page.title) for page in self.pages])
        self.rail.show_person(person.display_name)
        self._stack = QStackedWidget()
        for page in self.pages:
            self._stack.addWidget(page)
            # While a question stands nobody leaves by the rail either.
            page.cover(self)
            page.shown_asked.connect(self._on_shown_asked)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.scanner = Scanner(self, self._scan_target, self._is_behind_a_question)
        self.scanner.ended.connect(self._on_scan_ended)
        self.rail.page_asked.connect(self.turn)
        self.rail.sign_out_asked.connect(self._on_sign_out_asked)
        self._shortcuts = [self._make_shortcut(place) for place in range(len(self.pages))]
        language.changed.connect(self.retell)
        self.show_time(live.board.now)
        self._show_chosen()

    # -------------------------------------------------------------------------------- turning

    @property
    def shown(self) -> Page:
        """The page that is shown."""
        return self.pages[self._stack.currentIndex()]

    def turn(self, place: int) -> None:
        """Turn to another page, unless the one that is shown must be asked and says no."""
        if place == self._stack.currentIndex():
            self._show_chosen()
            return
        self._show_chosen()
        self.shown.leave(lambda: self._turn(place))

    def turn_to(self, page: Page) -> None:
        """Turn to a page."""
        self.turn(self.pages.index(page))

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.rail.show_chosen(self._stack.currentIndex())
        self.bar.show_title(self.shown.title())
        self.bar.show_filter(self.shown.filters())

    def _on_shown_asked(self) -> None:
        page = self.sender()
        if isinstance(page, Page):
            self.turn_to(page)

    def _make_shortcut(self, place: int) -> QShortcut:
        shortcut = QShortcut(self)
        shortcut.setKeys(shortcut_keys(place))
        shortcut.activated.connect(self.rail.buttons[place].click)
        return shortcut

    # -------------------------------------------------------------------------------- showing

    def settle(self, difference: Difference) -> None:
        """Tell the pages what became different on the board."""
        for page in self.pages:
            page.settle(difference)

    def show_time(self, now: datetime) -> None:
        """Show the time of day."""
        self.bar.show_now(now)
        for page in self.pages:
            page.show_time(now)

    def show_freshness(self, freshness: Freshness, since: datetime | None) -> None:
        """Show how far the house may be trusted."""
        self.bar.show_freshness(freshness, since)
        for page in self.pages:
            page.show_freshness(freshness, since)

    def retell(self) -> None:
        """Say the title again."""
        self.bar.show_title(self.shown.title())

    def is_held(self) -> bool:
        """Return whether leaving would lose something."""
        return self.shown.is_held()

    # ------------------------------------------------------------------------------- the keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from part to part with F6, as in any window of many parts."""
        if event.key() != Qt.Key.Key_F6:
            super().keyPressEvent(event)
            return
        parts = [self.rail, self.bar, *self.shown.parts()]
        focused = QApplication.focusWidget()
        here = next((n for n, one in enumerate(parts) if focused and one.isAncestorOf(focused)), 0)
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = -1 if back else 1
        for count in range(1, len(parts) + 1):
            part = parts[(here + step * count) % len(parts)]
            stop = next_stop(part, None, forward=True)
            if stop is not None:
                stop.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _scan_target(self) -> ScanTarget:
        return self.shown.scan_target() or self.bar

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Go on in the order of reading, in whatever was built or shown last."""
        return move_focus(self, forward=next)

    def _is_behind_a_question(self) -> bool:
        return any(dialog.is_open() for dialog in self.window().findChildren(Dialog))

    def _on_scan_ended(self) -> None:
        # A text that is being written is not lost to a card: it takes a hand to go on.
        if not self.shown.is_writing():
            self._scan_target().submit()

    def _on_sign_out_asked(self) -> None:
        self.shown.leave(self.sign_out_asked.emit)

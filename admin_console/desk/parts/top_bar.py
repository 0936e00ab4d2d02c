"""The bar on top of a page: title, search, how fresh the data are, clock."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from admin_console.desk.models.freshness import Freshness
from admin_console.desk.parts.line import grown, line_tone
from admin_console.desk.parts.matches import Matches
from kiosk.look.field import Field
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.phrase import Phrase
from kiosk.look.token import ColourName
from kiosk.look.words import Words

HEIGHT = 64
MORE = 16
"""How much higher the bar becomes with the largest text."""
SEARCH_HEIGHT = 40
SEARCH_WIDTH = 300
ICON = 18
SIDE = 12


class DataChip(QLabel):
    """How fresh the data are, in a pill."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = "circle-check"
        self._tone: tuple[ColourName, ColourName] = ("success", "success_soft")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._restyle)
        self._restyle()

    def tell(self, text: str, icon: str, tone: ColourName, ground: ColourName) -> None:
        """Say a state."""
        self._icon, self._tone = icon, (tone, ground)
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return icon and text with their paddings."""
        text = QFontMetricsF(self.font())
        wide = text.horizontalAdvance(self.text()) + ICON + 8 + 2 * SIDE
        return QSize(round(wide + 0.5), round(text.lineSpacing()) + 10)

    def minimumSizeHint(self) -> QSize:
        """Return the same: the state is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        theme = self._look.theme
        tone, ground = (theme.colour(name) for name in self._tone)
        line = tone if theme.is_high_contrast else None
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), self.height() / 2, ground, line, 1.5)
        spot = QRectF(SIDE, (self.height() - ICON) / 2, ICON, ICON)
        self._look.icons.paint(painter, self._icon, spot, tone, 2.4)
        painter.setFont(self.font())
        painter.setPen(tone)
        room = QRectF(SIDE + ICON + 8, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()

    def _restyle(self) -> None:
        self.setFont(self._look.font("small", weight=600))
        self.updateGeometry()
        self.update()


class TopBar(QWidget):
    """The bar.

    Signals:
        search_edited: another text is looked for; answer with `offer`.
        search_chosen: the value of the match that was taken.
        search_submitted: Enter was pressed on a text, without a match being taken.
    """

    search_edited = Signal(str)
    search_chosen = Signal(str)
    search_submitted = Signal(str)

    def __init__(
        self, look: Look, language: Language, phrase: Phrase, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._language, self._phrase = look, language, phrase
        self._now: datetime | None = None
        self._cards = False
        self._before: QWidget | None = None
        self._freshness: tuple[Freshness, datetime | None] = (Freshness.CATCHING_UP, None)
        self.setFixedHeight(grown(look, HEIGHT, MORE))
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = Words(look, "", "h1")
        self.search = Field(look, "", icon="search", height=SEARCH_HEIGHT, spoken=" ")
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.matches = Matches(look, self.search)
        self.matches.taken.connect(self._on_taken)
        self.chip = DataChip(look)
        self.clock = Words(look, "", "h2", weight=700, align=Qt.AlignmentFlag.AlignRight)
        self.date = Words(look, "", "extra_small", "ink_muted", align=Qt.AlignmentFlag.AlignRight)
        time = QVBoxLayout()
        time.setSpacing(0)
        time.addStretch(1)
        time.addWidget(self.clock)
        time.addWidget(self.date)
        time.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 1)
        row.setSpacing(18)
        self._filter: QWidget | None = None
        self._filters = QHBoxLayout()
        row.addWidget(self.title)
        row.addLayout(self._filters)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addWidget(self.chip)
        row.addLayout(time)
        self.search.edited.connect(self.search_edited)
        self.search.submitted.connect(self._on_submitted)
        self.shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        self.shortcut.activated.connect(self.focus_search)
        look.changed.connect(self._restyle)
        language.changed.connect(self.retell)
        self.retell()

    def show_title(self, title: str) -> None:
        """Show the name of the page below."""
        self.title.say(title)

    def show_filter(self, widget: QWidget | None) -> None:
        """Show what the page below is narrowed to, beside its name; None shows nothing there."""
        before, self._filter = self._filter, widget
        if before is not None and before is not widget:
            self._filters.removeWidget(before)
            before.hide()
        if widget is not None:
            self._filters.addWidget(widget)
            widget.show()

    def show_now(self, now: datetime) -> None:
        """Show the time."""
        self._now = now
        clock, date = self._phrase.clock(now), self._phrase.short_day(now)
        if clock != self.clock.text() or date != self.date.text():
            self.clock.say(clock)
            self.date.say(date)

    def show_freshness(self, freshness: Freshness, since: datetime | None = None) -> None:
        """Show how fresh the data are; `since` is when contact was lost."""
        self._freshness = (freshness, since)
        _ = self._language.gettext
        if freshness is Freshness.LIVE:
            self.chip.tell(_("Up to date"), "circle-check", "success", "success_soft")
        elif freshness is Freshness.CATCHING_UP:
            self.chip.tell(_("Updating…"), "rotate-cw", "info", "info_soft")
        elif since is None:
            self.chip.tell(_("No contact"), "unplug", "danger", "danger_soft")
        else:
            text = _("No contact since %(time)s") % {"time": self._phrase.time(since)}
            self.chip.tell(text, "unplug", "danger", "danger_soft")

    def offer(self, matches: list[tuple[str, str]]) -> None:
        """Offer matches as (value, text) for what was typed; none closes the list."""
        self.matches.offer(matches)

    def say_not_found(self, text: str) -> None:
        """Say below the bar's field, as a tooltip and to screen readers, that nothing matches."""
        self.search.edit.setAccessibleDescription(text)
        self.search.frame.is_wrong = bool(text)
        self.search.frame.setToolTip(text)
        self.search.frame.update()

    def focus_search(self) -> None:
        """Go to the search; Escape leads back to where the keyboard was."""
        focused = QApplication.focusWidget()
        if focused is not self.search.edit:
            self._before = focused
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def begin_search(self, text: str) -> None:
        """Go to the search and look for a text that was typed elsewhere."""
        self.focus_search()
        self.search.set_text(text)
        self.search_edited.emit(text)

    def type_digit(self, digit: str) -> None:
        """Take one more digit of such a text."""
        self.search.type_digit(digit)

    def show_masked(self, text: str) -> None:
        """Show a text in place of what was looked for; the next key replaces it."""
        self.search.set_text(text)
        self.search.edit.selectAll()

    def submit(self) -> None:
        """Take the match that is chosen, or look for what is typed."""
        self._on_submitted()

    def is_offering(self) -> bool:
        """Return whether something is said below the search."""
        return not self.matches.isHidden()

    def expect_cards(self) -> None:
        """Say that a card may be looked for as well."""
        self._cards = True
        self.retell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the search with Escape."""
        before = self._before
        if event.key() != Qt.Key.Key_Escape or not self.search.edit.hasFocus():
            super().keyPressEvent(event)
            return
        self.clear_search()
        if before is not None and Shiboken.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_search(self) -> None:
        """Empty the search."""
        self.matches.offer([])
        self.search.set_text("")
        self.say_not_found("")

    def retell(self) -> None:
        """Say everything again."""
        _ = self._language.gettext
        hint = _("Card, ticket or seat") if self._cards else _("Find a seat")
        self.search.set_hint(hint)
        self.search.edit.setAccessibleName(hint)
        self.search.setToolTip(self.shortcut.key().toString(QKeySequence.SequenceFormat.NativeText))
        self.show_freshness(*self._freshness)
        if self._now is not None:
            self.show_now(self._now)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and lower line."""
        painter = begin(self)
        painter.fillRect(self.rect(), self._look.colour("surface"))
        line = line_tone(self._look)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._look.colour(line))
        painter.end()

    def _restyle(self) -> None:
        self.setFixedHeight(grown(self._look, HEIGHT, MORE))
        self.update()

    def _on_taken(self, value: str) -> None:
        self.clear_search()
        self.search_chosen.emit(value)

    def _on_submitted(self) -> None:
        if not self.matches.take_current() and self.search.text().strip():
            self.search_submitted.emit(self.search.text())

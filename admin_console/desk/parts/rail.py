"""The rail on the left: the pages that exist, the person, the way out."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.parts.line import grown
from kiosk.look.focus import FocusShape
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.press import press_with_enter
from kiosk.look.theme import Tone
from kiosk.look.words import Words

WIDTH = 104
MORE = 26
"""How much wider the rail and its buttons become with the largest text."""
BUTTON = QSize(84, 68)
CORNER = 14
SIDE = 4
ICON = 26
LOGO = QSize(40, 40)
DISC = 36
LETTERS = 26
"""The width in pixels that the letters in the disc have at the most."""

AZERTY = "&É\"'(-È"
"""What the keys of the digits write in French without Shift."""

Book = tuple[float, float, float, float, float, Tone]
BOOKS: tuple[Book, ...] = (
    (5, 6, 8, 28, 0, "band_accent"),
    (15.5, 11, 8, 23, 0, "band_ink"),
    (27, 7.5, 8, 27, -10, "coral"),
)
"""Left, top, width, height, slant in degrees and colour of each book of the sign."""


class RailButton(QPushButton):
    """An icon above a word; the page that is shown stands on white."""

    def __init__(self, look: Look, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._restyle)

    def say(self, text: str, spoken: str = "") -> None:
        """Name the button."""
        self.setText(text)
        self.setAccessibleName(spoken or text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size in the design; the text may make it higher."""
        lines = self.text().count("\n") + 1
        line = QFontMetricsF(self._look.font("small", weight=600)).lineSpacing()
        wide = grown(self._look, BUTTON.width(), MORE)
        return QSize(wide, max(BUTTON.height(), round(ICON + 18 + lines * line)))

    def focus_shape(self) -> FocusShape:
        """Return the whole button, on the petrol band."""
        return FocusShape(self, self.rect(), CORNER, on_band=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as with Space; a held key presses once."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon and word."""
        theme = self._look.theme
        ink = theme.colour("band_ink")
        painter = begin(self)
        if self.isChecked():
            ink = theme.colour("band")
            draw_box(painter, QRectF(self.rect()), CORNER, theme.colour("band_ink"))
        elif self.underMouse() or self.isDown():
            draw_box(painter, QRectF(self.rect()), CORNER, theme.colour("band_card"))
        font = self._look.font("small", weight=600)
        metrics = QFontMetricsF(font)
        lines = self.text().split("\n")
        wide = max(metrics.horizontalAdvance(line) for line in lines)
        if wide > self.width() - 2 * SIDE:
            # The rail keeps its width in larger text: a long word is written smaller.
            font.setPixelSize(int(font.pixelSize() * (self.width() - 2 * SIDE) / wide))
            metrics = QFontMetricsF(font)
        tall = ICON + 5 + metrics.lineSpacing() * len(lines)
        top = (self.height() - tall) / 2
        spot = QRectF((self.width() - ICON) / 2, top, ICON, ICON)
        self._look.icons.paint(painter, self._icon, spot, ink)
        painter.setFont(font)
        painter.setPen(ink)
        below = QRectF(0, top + ICON + 5, self.width(), metrics.lineSpacing() * len(lines) + 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self.text())
        painter.end()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class Sign(QWidget):
    """The three books; decoration."""

    def __init__(self, look: Look, size: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(size, size)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the books."""
        painter = begin(self)
        painter.scale(self.width() / LOGO.width(), self.height() / LOGO.height())
        for left, top, wide, high, slant, tone in BOOKS:
            painter.save()
            turn = QPointF(left + 4, top + 23.5)
            painter.translate(turn)
            painter.rotate(slant)
            painter.translate(-turn)
            draw_box(painter, QRectF(left, top, wide, high), 2.5, self._look.colour(tone))
            painter.restore()
        painter.end()


class Initials(QWidget):
    """The person as a disc with two letters; the name beside it says the same."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._letters = ""
        self.setFixedSize(DISC, DISC)
        look.changed.connect(self.update)

    def show_name(self, name: str) -> None:
        """Show the first letters of a name."""
        self._letters = initials(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw disc and letters."""
        theme = self._look.theme
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), DISC / 2, theme.colour("band_ink_muted"))
        font = self._look.font("body", weight=700)
        wide = QFontMetricsF(font).horizontalAdvance(self._letters)
        if wide > LETTERS:
            # The disc keeps its size in larger text: two broad letters are written smaller.
            font.setPixelSize(int(font.pixelSize() * LETTERS / wide))
        painter.setFont(font)
        painter.setPen(theme.colour("band"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)
        painter.end()


class Rail(QWidget):
    """The rail.

    Args:
        look: how to look.
        language: what to speak.
        pages: the pages that there are: the picture of each, and what tells its name.
        parent: owner.

    Attributes:
        buttons: the pages, in order.

    Signals:
        page_asked: the place of the page that is wanted.
        sign_out_asked: the person leaves.
        display_asked: *Affichage*.
    """

    page_asked = Signal(int)
    sign_out_asked = Signal()
    display_asked = Signal()

    def __init__(
        self,
        look: Look,
        language: Language,
        pages: Sequence[tuple[str, Callable[[], str]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._language = language
        self.setObjectName("rail")
        self.setFixedWidth(grown(look, WIDTH, MORE))
        self._names = tuple(name for _icon, name in pages)
        self.buttons = tuple(RailButton(look, icon, self) for icon, _name in pages)
        self._chosen = 0
        self.display = RailButton(look, "a-large-small")
        self.display.clicked.connect(self.display_asked)
        self.disc = Initials(look)
        self.person = Words(
            look, "", "small", "band_ink", weight=600, wrap=True,
            align=Qt.AlignmentFlag.AlignHCenter,
        )  # fmt: skip
        self.leave = RailButton(look, "log-out")
        self.leave.clicked.connect(self.sign_out_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 20, 10, 16)
        column.setSpacing(6)
        column.addWidget(Sign(look), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(18)
        for place, button in enumerate(self.buttons):
            button.setCheckable(True)
            button.clicked.connect(self._on_clicked)
            shortcut = QKeySequence(f"Alt+{place + 1}")
            button.setToolTip(shortcut.toString(QKeySequence.SequenceFormat.NativeText))
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(self.display)
        column.addSpacing(6)
        column.addWidget(self.disc, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.person)
        column.addSpacing(6)
        column.addWidget(self.leave)
        look.changed.connect(self._restyle)
        language.changed.connect(self.retell)
        self.show_chosen(0)
        self.retell()

    def show_chosen(self, place: int) -> None:
        """Mark the page that is shown."""
        self._chosen = place
        for other, button in enumerate(self.buttons):
            button.setChecked(other == place)

    def show_person(self, name: str) -> None:
        """Show who is signed in."""
        self.disc.show_name(name)
        self.person.say(name)

    def retell(self) -> None:
        """Say everything again."""
        _ = self._language.gettext
        for button, name in zip(self.buttons, self._names, strict=True):
            button.say(name())
        self.display.say(_("Display"))
        # Translators: a narrow button, one short word.
        self.leave.say(self._language.pgettext("rail", "Sign out"), _("Sign out"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the petrol ground, with a line beside it where the ground is black."""
        theme = self._look.theme
        painter = begin(self)
        painter.fillRect(self.rect(), theme.colour("band"))
        if theme.is_high_contrast:
            edge = QRectF(self.width() - 2, 0, 2, self.height())
            painter.fillRect(edge, theme.colour("band_line"))
        painter.end()

    def _restyle(self) -> None:
        self.setFixedWidth(grown(self._look, WIDTH, MORE))
        self.update()

    def _on_clicked(self) -> None:
        # A page is left only once it has agreed: until then the mark stays where it was.
        place = self.buttons.index(self.sender())
        self.show_chosen(self._chosen)
        self.page_asked.emit(place)


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    parts = [part for part in name.replace("-", " ").split() if part[0].isalnum()]
    if not parts:
        return ""
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


def shortcut_keys(place: int) -> list[QKeySequence]:
    """Return what turns to the page at a place: Alt and its digit, by either layout of the row."""
    return [QKeySequence(f"Alt+{key}") for key in (str(place + 1), AZERTY[place])]

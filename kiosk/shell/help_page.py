"""How it works and who to call: a page of the session home."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.button import Button
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.scroll import ScrollBox
from kiosk.look.token import TintName
from kiosk.look.words import Words
from kiosk.shell.layout import LEFT, TOP, column, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.wire.face import Snapshot

PLATE = 68


class Plate(QWidget):
    """An icon on a tinted plate; the words beside it say what it means."""

    def __init__(
        self,
        look: Look,
        icon: str,
        tint: TintName,
        size: int = PLATE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._icon, self._tint, self._size = look, icon, tint, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_icon(self, icon: str, tint: TintName) -> None:
        """Show another icon."""
        self._icon, self._tint = icon, tint
        self.update()

    def sizeHint(self) -> QSize:
        """Return the edge."""
        return QSize(self._size, self._size)

    def minimumSizeHint(self) -> QSize:
        """Return the edge."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw plate and icon."""
        ink, fill = self._look.theme.tint(self._tint)
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), self._size * 0.29, fill)
        edge = self._size * 0.56
        spot = QRectF(0, 0, edge, edge)
        spot.moveCenter(QRectF(self.rect()).center())
        self._look.icons.paint(painter, self._icon, spot, ink, 2.0)
        painter.end()


class Topic(QWidget):
    """One thing worth knowing."""

    def __init__(
        self, look: Look, icon: str, tint: TintName, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = Words(look, "", "h3", wrap=True)
        self._text = Words(look, "", "body", "ink_muted", rem=1.05, wrap=True, even=True)
        self._plate = Plate(look, icon, tint)
        line = row(self, spacing=22)
        line.addWidget(self._plate, 0, TOP)
        told = column(spacing=4)
        told.addWidget(self._title)
        told.addWidget(self._text)
        told.addStretch(1)
        line.addLayout(told, 1)

    def spoken(self) -> str:
        """Return both."""
        return f"{self._title.plain()}. {self._text.plain()}"

    def set_size(self, rem: float, *, has_plate: bool) -> None:
        """Write the text so large; without its plate where room is short."""
        self._text.set_size(rem)
        self._plate.setVisible(has_plate)

    def tell(self, title: str, text: str) -> None:
        """Say it."""
        self._title.say(title)
        self._text.say(text)


class HelpPage(Page):
    """The page.

    Signals:
        back_asked: back to the tiles.
    """

    back_asked = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        look = outfit.look
        self.back = Button(look, "", "secondary", icon="chevron-left")
        self.back.clicked.connect(self.back_asked)
        self._time = Topic(look, "timer", "internet")
        self._work = Topic(look, "download", "files")
        self._display = Topic(look, "a-large-small", "learn")
        self._call_topic = Topic(look, "phone", "help")
        content = QWidget()
        self._topics = column(content, spacing=30, margins=(8, 8, 8, 8))
        for topic in (self._time, self._work, self._display, self._call_topic):
            self._topics.addWidget(topic)
        self._topics.addStretch(1)
        scroll = ScrollBox(look)
        scroll.set_content(content)
        whole = column(self, spacing=20)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.back, 0, LEFT)

    def tell(self, snapshot: Snapshot) -> None:
        """Say what is worth knowing here."""
        _ = self.outfit.language.gettext
        self.back.setText(_("Back"))
        self._time.tell(
            _("Your time"),
            _(
                "The ring shows the minutes left. Ten minutes before the end we tell you "
                "whether you can renew; one press is enough."
            ),
        )
        self._work.tell(
            _("Your work"),
            _(
                "What you open from here is closed and erased at the end. Copy what you want "
                "to keep to a USB key, or send it to yourself by mail."
            ),
        )
        self._display.tell(
            _("Your comfort"),
            _("“Display” changes the size of the text, the colours and the language."),
        )
        self._call_topic.tell(_("Who to call"), self._who(snapshot))

    def spoken(self) -> list[str]:
        """Return what is worth knowing here, and the way back."""
        topics = (self._time, self._work, self._display, self._call_topic)
        back = self.outfit.teller.button(self.back.text())
        return [*(topic.spoken() for topic in topics), back]

    def _who(self, snapshot: Snapshot) -> str:
        _ = self.outfit.language.gettext
        how = _("“Call for help” stands at the top of every screen.")
        helps = self.outfit.teller.who_helps(snapshot)
        return f"{how} {helps}".strip()

    def enter(self) -> None:
        """Give the keyboard to the way back."""
        self.back.setFocus()

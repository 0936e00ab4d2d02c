"""*Qui est là ?*: the field that takes a card. A card that was read is masked at once."""

import re

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.look.field import Field
from kiosk.look.keycode import digit_of
from kiosk.look.language import Language
from kiosk.look.look import Look

CARD = re.compile(r"[0-9]{4,20}")
LONGEST = 20
HEIGHT = 54
ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
ERASERS = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})


class WhoField(QWidget):
    """The field. A scanner may write into it from anywhere on the page: see `Scanner`.

    Signals:
        card_entered: a card was passed or typed, and ended with Enter.
        enter_pressed: Enter was pressed on the card that is shown already.
    """

    card_entered = Signal(str)
    enter_pressed = Signal()

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._is_masked = False
        self.search = Field(look, " ", icon="scan-barcode", digits_only=True, height=HEIGHT)
        self.search.edit.setMaxLength(LONGEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        self.setFocusProxy(self.search)
        self.search.edit.installEventFilter(self)
        self.search.submitted.connect(self.submit)
        language.changed.connect(self.retell)
        self.retell()

    def begin_search(self, text: str) -> None:
        """Begin a card that was passed while the keyboard was elsewhere."""
        self._is_masked = False
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.set_text(text)
        self._help()

    def type_digit(self, digit: str) -> None:
        """Take one more digit of it."""
        self.search.type_digit(digit)

    def show_masked(self, text: str) -> None:
        """Show what may be seen of a card; the next digit begins another one."""
        self._is_masked = True
        self.search.set_text(text)
        self._help()

    def clear(self) -> None:
        """Empty the field."""
        self._is_masked = False
        self.search.set_text("")
        self._help()

    def submit(self) -> None:
        """Do what Enter does."""
        text = self.search.text().strip()
        if self._is_masked:
            self.enter_pressed.emit()
        elif CARD.fullmatch(text):
            self.card_entered.emit(text)
        elif text:
            _ = self._language.gettext
            self.search.say_wrong(_("A card has four digits at least. Scan it, or type it again."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a held Enter count once, and begin anew where a masked card is typed over."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in ENTERS:
            return event.isAutoRepeat()
        begins = digit_of(event) is not None or event.key() in ERASERS
        if self._is_masked and begins:
            self.clear()
        return False

    def retell(self) -> None:
        """Say everything again."""
        _ = self._language.gettext
        self.search.set_label(_("Who is here?"))
        self._help()

    def _help(self) -> None:
        self.search.say_help(self._language.gettext("Scan the card, or type its number."))

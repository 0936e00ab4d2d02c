"""Over the counter: what was just done with print jobs, and a printer that somebody looks at."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from admin_console.desk.models.till_wording import TillWording
from kiosk.look.announce import announce
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.look import Look


class TillNotice(QWidget):
    """The notices. What was done is told until the next card; a printer until it was seen to."""

    def __init__(self, look: Look, wording: TillWording) -> None:
        super().__init__()
        self._wording = wording
        self._printers: list[str] = []
        self.done = Banner(look, "success")
        self.printer = Banner(look, "warning", icon="printer")
        self.seen = Button(look, "", "quiet", icon="check")
        self.printer.add_action(self.seen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.printer, self.done):
            part.hide()
            column.addWidget(part)
        self.seen.clicked.connect(self.forget_printers)
        self._show()

    def tell_done(self, fact: str, sentence: str = "") -> None:
        """Tell what was done."""
        self.done.tell(fact, sentence)
        self.done.show()
        self._show()
        announce(self, f"{fact} {sentence}".strip())

    def tell_printer(self, name: str) -> None:
        """Tell that a printer of this place is to be looked at; it may have no name."""
        if name not in self._printers:
            self._printers.append(name)
        self._show()
        announce(self, self.printer.plain(), urgent=True)

    def forget_done(self) -> None:
        """Tell no more what was done."""
        self.done.hide()
        self._show()

    def forget_printers(self) -> None:
        """Tell of no printer: it was looked at, or stands elsewhere."""
        self._printers.clear()
        self._show()

    def forget(self) -> None:
        """Tell nothing: another place is served."""
        self.done.hide()
        self.forget_printers()

    def retell(self) -> None:
        """Say everything again; what was done was told in the language of that moment."""
        self.done.hide()
        self._show()

    def _show(self) -> None:
        fact, sentence = self._wording.check_printer(self._printers)
        self.printer.tell(fact, sentence)
        self.seen.setText(self._wording.language.gettext("Seen to"))
        self.printer.setVisible(bool(self._printers))
        self.setVisible(bool(self._printers) or not self.done.isHidden())

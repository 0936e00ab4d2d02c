"""*Importer des adhérents…*: what a file would do, every bad line, and only then the writing."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QWidget

from admin_console.desk.models.people_wording import PeopleWording
from admin_console.desk.parts.line import grown
from kiosk.look.announce import announce
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.wire.people import LARGEST_IMPORT, ImportChecked, ImportDone

WIDTH = 720
MORE = 200
LIST = 260
LARGEST = LARGEST_IMPORT * 3 // 4 - 1024
"""So many bytes on disk travel as the largest import."""

ChooseFile = Callable[[str], Path | None]
"""Asks for a file, under a title; None where none is chosen."""


class ImportDialog(Dialog):
    """The dialog.

    Signals:
        checked_asked: the content of a file whose dry run is wanted.
        written_asked: the content, and the digest that its dry run told.
    """

    checked_asked = Signal(bytes)
    written_asked = Signal(bytes, str)

    def __init__(self, look: Look, guard: Guard, language: Language, parent: QWidget) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._language = language
        self._wording = PeopleWording(language)
        self._content = b""
        self._name = ""
        self._answer: ImportChecked | ImportDone | None = None
        self._trouble: Trouble | None = None
        self.title = Words(look, "", "h2", wrap=True)
        self.file = Words(look, "", "body", "ink_muted", wrap=True)
        self.told = Banner(look, "info")
        self.lines = QListWidget()
        self.lines.setFrameShape(QFrame.Shape.NoFrame)
        self.lines.setProperty("part", "matches")
        self.lines.setWordWrap(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setMinimumHeight(LIST)
        self.stay = Button(look, "", "secondary", size="main")
        self.write = Button(look, "", "primary", size="main")
        for part in (self.title, self.file, self.told, self.lines):
            self.body.addWidget(part)
        self.add_answer(self.stay, "stay", safe=True, escape=True, stretch=1)
        self.answers.addWidget(self.write, 1)
        self.write.clicked.connect(self._on_write)
        self.answered.connect(self._forget)
        look.changed.connect(self._restyle)
        language.changed.connect(self.retell)
        self._restyle()

    def begin(self, path: Path) -> None:
        """Read a file and ask what it would do."""
        self._name, self._answer, self._trouble, self._content = path.name, None, None, b""
        try:
            if path.stat().st_size > LARGEST:
                self._trouble = self._wording.too_large()
            else:
                self._content = path.read_bytes()
        except OSError:
            self._trouble = self._wording.unreadable()
        self.set_width(grown(self._look, WIDTH, MORE))
        self.retell()
        self.open()
        if self._trouble is None:
            self.checked_asked.emit(self._content)

    def show_answer(self, answer: ImportChecked | ImportDone) -> None:
        """Show what the file would do, or what was written."""
        if not self.is_open():
            return
        self._answer, self._trouble = answer, None
        self.retell()
        announce(self.lines, self.told.plain())

    def show_trouble(self, trouble: Trouble) -> None:
        """Say that no answer came."""
        self._trouble = trouble
        self.retell()

    def retell(self) -> None:
        """Say everything again."""
        _ = self._language.gettext
        title = _("Import members")
        self.title.say(title)
        self.set_spoken(title)
        self.file.say(self._name)
        answer = self._answer
        self._tell(answer)
        faults = answer.faults if isinstance(answer, ImportChecked) else ()
        self.lines.setVisible(bool(faults))
        self.lines.setAccessibleName(_("Lines to mend"))
        self.lines.clear()
        self.lines.addItems([self._wording.line(fault) for fault in faults])
        clean = isinstance(answer, ImportChecked) and not faults
        has_work = isinstance(answer, ImportChecked) and bool(answer.added or answer.changed)
        self.write.setVisible(clean and has_work)
        self.write.setEnabled(True)
        self.write.setText(_("Write them"))
        self.stay.setText(_("Close"))
        self.rearrange()

    def _tell(self, answer: ImportChecked | ImportDone | None) -> None:
        _ = self._language.gettext
        if self._trouble is not None:
            self.told.set_kind("danger")
            self.told.tell(self._trouble.fact, self._trouble.rest)
        elif answer is None:
            self.told.set_kind("info")
            self.told.tell(_("The file is being checked."), _("Nothing is written by that."))
        elif isinstance(answer, ImportDone):
            self.told.set_kind("success")
            self.told.tell(*self._wording.done(answer))
        else:
            self.told.set_kind("danger" if answer.faults else "info")
            self.told.tell(*self._wording.checked(answer))

    def _on_write(self) -> None:
        if isinstance(self._answer, ImportChecked):
            self.write.setEnabled(False)
            self.stay.setFocus(Qt.FocusReason.OtherFocusReason)
            self.written_asked.emit(self._content, self._answer.digest)

    def _forget(self, _name: str) -> None:
        self._content, self._answer, self._name = b"", None, ""
        self.lines.clear()

    def _restyle(self) -> None:
        self.lines.setFont(self._look.font("body"))

"""What can be done for people at the desk: a new code, a form, a file, and what each asks."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.models.people_wording import PeopleWording
from admin_console.desk.models.registration import (
    DateFaulty,
    Draft,
    age_bands,
    draft_of,
    new_draft,
)
from admin_console.desk.models.visit import Visit
from admin_console.desk.models.visit_wording import VisitWording
from admin_console.desk.models.wish import Alter, Import, NewPin, Register, Wish
from admin_console.desk.parts.code_dialog import CodeDialog, SmallQuestion
from admin_console.desk.parts.import_dialog import ChooseFile, ImportDialog
from admin_console.desk.parts.registration import Registration
from kiosk.hublink.failure import Failure
from kiosk.look.announce import announce
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.wire.people import (
    CategoryView,
    ImportChecked,
    ImportDone,
    PersonChanged,
    PersonFaulty,
    PersonRegistered,
    PinMade,
)
from kiosk.wire.place import RoomView


class PeopleActs(QWidget):
    """The buttons below the person, and what they open.

    Signals:
        wished: a `Wish`; answer with `show_answer`.
        registered: the card of a person who has just been written down.
    """

    wished = Signal(object)
    registered = Signal(str)

    def __init__(
        self,
        look: Look,
        guard: Guard,
        wording: VisitWording,
        page: QWidget,
        *,
        may_import: bool,
        choose_file: ChooseFile | None = None,
    ) -> None:
        super().__init__(page)
        self._wording = wording
        self._people = PeopleWording(wording.language)
        self._choose_file = choose_file or self._ask_for_file
        self._may_import = may_import
        self._visit: Visit | None = None
        self._known: Visit | None = None
        self._categories: tuple[CategoryView, ...] = ()
        self._rooms: tuple[RoomView, ...] = ()
        self._today = date.min
        self.trouble = Banner(look, "danger", rem=0.95)
        self.trouble.hide()
        self.pin = Button(look, "", "secondary", size="main", icon="key-round")
        self.alter = Button(look, "", "secondary", size="main", icon="user")
        self.enrol = Button(look, "", "secondary", size="main", icon="id-card")
        self.load = Button(look, "", "secondary", size="main", icon="download")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.trouble)
        for button in self.buttons():
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            column.addWidget(button)
        self.question = SmallQuestion(look, guard, page)
        self.code = CodeDialog(look, guard, wording.language, page)
        self.form = Registration(look, guard, wording, page)
        self.file = ImportDialog(look, guard, wording.language, page)
        self.pin.clicked.connect(self._on_pin)
        self.alter.clicked.connect(self.correct)
        self.enrol.clicked.connect(self._on_enrol)
        self.load.clicked.connect(self._on_load)
        self.question.confirmed.connect(self._on_pin_confirmed)
        self.form.kept.connect(self._on_kept)
        self.file.checked_asked.connect(self._on_check_asked)
        self.file.written_asked.connect(self._on_write_asked)
        wording.language.changed.connect(self.retell)
        self.retell()
        self.show_visit(None, (), (), date.min)

    def buttons(self) -> list[Button]:
        """Return the buttons, in reading order."""
        return [self.pin, self.alter, self.enrol, self.load]

    def dialogs(self) -> list[Dialog]:
        """Return all that may lie over the page."""
        return [self.question, self.code, self.form, self.file]

    def cover(self, house: QWidget) -> None:
        """Let the questions lie over the whole house."""
        for dialog in self.dialogs():
            dialog.cover(house)

    def show_visit(
        self,
        visit: Visit | None,
        categories: Sequence[CategoryView],
        rooms: Sequence[RoomView],
        today: date,
    ) -> None:
        """Offer what there is for a visit."""
        if visit is None or self._visit is None or visit.card != self._visit.card:
            self.trouble.hide()
        self._visit, self._today = visit, today
        self._categories, self._rooms = tuple(categories), tuple(rooms)
        is_known = visit is not None and visit.met is not None
        self.pin.setVisible(is_known)
        self.alter.setVisible(is_known)
        self.load.setVisible(self._may_import)

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        self.pin.setText(_("New secret code"))
        self.alter.setText(_("Correct the person…"))
        self.enrol.setText(_("Quick registration…"))
        self.load.setText(_("Import members…"))

    # ---------------------------------------------------------------------------------- the form

    def register(self, card: str = "") -> None:
        """Ask who somebody new is."""
        self._known = None
        ages = age_bands(self._rooms)
        self.form.ask(new_draft(self._categories), self._categories, ages, card=card)

    def correct(self) -> None:
        """Ask what is to be corrected of the person."""
        visit = self._visit
        if visit is None or visit.met is None:
            return
        self._known = visit
        facts = visit.met.facts
        ages = age_bands(self._rooms, facts.least_age)
        self.form.ask(draft_of(facts), self._categories, ages, is_known=True)

    def authorise(self) -> None:
        """Record today's date as that of the authorisation."""
        visit = self._visit
        if visit is not None and visit.met is not None:
            facts = msgspec.structs.replace(visit.met.facts, authorised_on=self._today)
            self.wished.emit(Alter(visit.card, facts))

    def _on_enrol(self) -> None:
        self.register()

    def _on_kept(self, draft: Draft, card: str) -> None:
        known = self._known
        before = known.met.facts if known is not None and known.met is not None else None
        try:
            facts = draft.facts(self._today, before)
        except DateFaulty:
            self.form.say_bad_date()
            return
        self.form.show_busy(busy=True)
        if known is None:
            self.wished.emit(Register(facts, card))
        else:
            self.wished.emit(Alter(known.card, facts))

    # -------------------------------------------------------------------------- the code, the file

    def _on_pin(self) -> None:
        _ = self._wording.language.gettext
        visit = self._visit
        if visit is None or visit.met is None:
            return
        name = {"name": self._wording.name(visit.met.facts)}
        self.question.ask(
            _("Make a new secret code for %(name)s?") % name,
            _("The old one opens nothing any more. The new one is shown once."),
            _("Keep the old one"),
            _("Make a new one"),
        )

    def _on_pin_confirmed(self) -> None:
        if self._visit is not None:
            self.wished.emit(NewPin(self._visit.card))

    def _on_load(self) -> None:
        path = self._choose_file(self._wording.language.gettext("Choose a file of members"))
        if path is not None:
            self.file.begin(path)

    def _on_check_asked(self, content: bytes) -> None:
        self.wished.emit(Import(bytes(content)))

    def _on_write_asked(self, content: bytes, digest: str) -> None:
        self.wished.emit(Import(bytes(content), digest))

    def _ask_for_file(self, title: str) -> Path | None:
        name, _kind = QFileDialog.getOpenFileName(self.window(), title, "", "CSV (*.csv)")
        return Path(name) if name else None

    # --------------------------------------------------------------------------------- the answers

    def show_answer(self, wish: Wish, answer: object) -> None:
        """Show what came of a wish."""
        if isinstance(wish, Import):
            self._on_import(answer)
        elif isinstance(wish, NewPin):
            self._on_made(answer)
        elif self.form.is_open():
            self._on_form(wish, answer)
        elif isinstance(answer, Failure):
            self._say(answer)
        elif isinstance(answer, PersonFaulty):
            self._tell_trouble(*(self._people.fault(fault) for fault in answer.faults))

    def _on_form(self, wish: Wish, answer: object) -> None:
        if isinstance(answer, PersonFaulty):
            self.form.show_faults(answer.faults)
        elif isinstance(answer, PersonRegistered | PersonChanged):
            self.form.dismiss()
            if isinstance(answer, PersonRegistered) and isinstance(wish, Register):
                self._on_registered(answer, wish.card)
        elif isinstance(answer, Failure):
            self.form.show_trouble(self._wording.failed(answer, makes=True))
        else:
            self.form.dismiss()

    def _on_registered(self, answer: PersonRegistered, card: str) -> None:
        _ = self._wording.language.gettext
        self.registered.emit(answer.made_card or card)
        name = {"name": self._wording.name(answer.facts)}
        title = _("Secret code of %(name)s") % name
        # The card that has just been made is told with its code: it stands nowhere else.
        self.code.show_code(title, answer.pin, answer.made_card or "")

    def _on_made(self, answer: object) -> None:
        _ = self._wording.language.gettext
        visit = self._visit
        if isinstance(answer, PinMade):
            facts = visit.met.facts if visit is not None and visit.met is not None else None
            title = _("New secret code")
            if facts is not None and facts.first_name:
                title = _("Secret code of %(name)s") % {"name": facts.first_name}
            self.code.show_code(title, answer.pin)
        elif isinstance(answer, Failure):
            self._say(answer)

    def _on_import(self, answer: object) -> None:
        if isinstance(answer, ImportChecked | ImportDone):
            self.file.show_answer(answer)
        elif isinstance(answer, Failure):
            self.file.show_trouble(self._wording.failed(answer, makes=False))

    def _say(self, failure: Failure) -> None:
        self._tell_trouble(self._wording.failed(failure, makes=False))

    def _tell_trouble(self, *troubles: Trouble) -> None:
        for trouble in troubles:
            self.trouble.tell(trouble.fact, trouble.rest)
            self.trouble.show()
            announce(self, trouble.whole, urgent=True)

"""*Inscription rapide*, and the same form for a person who is known already."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.people_wording import PeopleWording
from admin_console.desk.models.registration import Draft
from admin_console.desk.models.visit_wording import VisitWording
from admin_console.desk.parts.choice_card import ChoiceFlow, ChoiceGroup, PillChoice
from admin_console.desk.parts.display_dialog import OptionRow
from admin_console.desk.parts.line import grown
from admin_console.desk.parts.scanner import Scanner
from admin_console.desk.parts.who_field import CARD, LONGEST
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.field import Field
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.switch import Switch
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.rules.allowance import AdaptedTime
from kiosk.wire.people import CategoryView, PersonFault

WIDTH = 760
MORE = 200
LONGEST_NAME = 80


class PillField(QWidget):
    """A label and pills below it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.label = Words(look, "", "strong")
        self.choice = ChoiceGroup(ChoiceFlow(gap=9, line_gap=9))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.label)
        column.addWidget(self.choice)

    def offer(self, label: str, choices: Sequence[tuple[str, str]]) -> None:
        """Offer choices as (value, words); the value stays where it can."""
        value = self.choice.value()
        self.label.say(label)
        self.choice.set_spoken(label)
        if [card.value for card in self.choice.cards] != [one for one, _words in choices]:
            self.choice.set_cards([PillChoice(self._look, one) for one, _words in choices])
        for card, (_value, words) in zip(self.choice.cards, choices, strict=True):
            card.tell(words)
        self.choice.set_value(value)


class CardTarget:
    """Where a card that is passed while the form is open goes."""

    def __init__(self, field: Field) -> None:
        self.search = field

    def begin_search(self, text: str) -> None:
        """Begin the number."""
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.set_text(text)

    def type_digit(self, digit: str) -> None:
        """Take one more digit."""
        self.search.type_digit(digit)

    def submit(self) -> None:
        """Do nothing: the form takes a hand to go on."""


class Registration(Dialog):
    """The form. It stays until it is kept, or given up.

    Signals:
        kept: the `Draft`, and the card, empty for one that the hub makes.
    """

    kept = Signal(object, str)

    def __init__(self, look: Look, guard: Guard, wording: VisitWording, parent: QWidget) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._wording = wording
        self._people = PeopleWording(wording.language)
        self._categories: tuple[CategoryView, ...] = ()
        self._ages: tuple[int, ...] = ()
        self._is_known = False
        self.title = Words(look, "", "h2", wrap=True)
        self.trouble = Banner(look, "danger", rem=0.95)
        self.trouble.hide()
        self.name = Field(look, " ", icon="user")
        self.name.edit.setMaxLength(LONGEST_NAME)
        self.card = Field(look, " ", icon="scan-barcode", digits_only=True)
        self.card.edit.setMaxLength(LONGEST)
        self.category = PillField(look)
        self.age = PillField(look)
        self.resident = Switch(look)
        self.authorised = Switch(look)
        self._resident_row = OptionRow(look, self.resident)
        self._authorised_row = OptionRow(look, self.authorised)
        self.until = Field(look, " ", icon="calendar")
        self.time = PillField(look)
        self.stay = Button(look, "", "secondary", size="main")
        self.keep = Button(look, "", "primary", size="main")
        self._build()
        target = CardTarget(self.card)
        self.scanner = Scanner(self, lambda: target, self._is_away)
        self.keep.clicked.connect(self._on_keep)
        self.category.choice.chosen.connect(self._show_authorisation)
        for field in (self.name, self.card, self.until):
            field.submitted.connect(self._on_keep)
        wording.language.changed.connect(self.retell)

    def _build(self) -> None:
        texts = QHBoxLayout()
        texts.setSpacing(20)
        texts.addWidget(self.name, 1, Qt.AlignmentFlag.AlignTop)
        texts.addWidget(self.card, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.title)
        self.body.addWidget(self.trouble)
        self.body.addLayout(texts)
        parts: tuple[QWidget, ...] = (
            self.category, self.age, self._resident_row, self._authorised_row,
            self.until, self.time,
        )  # fmt: skip
        for part in parts:
            self.body.addWidget(part)
        self.add_answer(self.stay, "stay", escape=True, stretch=1)
        self.answers.addWidget(self.keep, 1)

    def ask(
        self,
        draft: Draft,
        categories: Sequence[CategoryView],
        ages: tuple[int, ...],
        *,
        card: str = "",
        is_known: bool = False,
    ) -> None:
        """Ask; `is_known` is for a person who has a card, which stays theirs."""
        self._categories, self._ages, self._is_known = tuple(categories), ages, is_known
        self.retell()
        self.name.set_text(draft.first_name)
        self.card.set_text(card)
        self.card.setVisible(not is_known)
        self.category.choice.set_value(draft.category)
        age = draft.least_age
        self.age.choice.set_value("" if age is None else str(age))
        self.resident.setChecked(draft.resident)
        self.authorised.setChecked(draft.authorised)
        self.until.set_text(draft.valid_until)
        self.time.choice.set_value(draft.time.name)
        self._forget_faults()
        self._show_authorisation(draft.category)
        self.set_width(grown(self._look, WIDTH, MORE))
        self.show_busy(busy=False)
        self.open()
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_busy(self, *, busy: bool) -> None:
        """Let nothing be kept twice."""
        self.keep.setEnabled(not busy)

    def show_faults(self, faults: Sequence[PersonFault]) -> None:
        """Say what is wrong, each at its field; nothing was kept."""
        self.show_busy(busy=False)
        self._forget_faults()
        fields = {PersonFault.NO_NAME: self.name, PersonFault.CARD_TAKEN: self.card}
        first: Field | None = None
        for fault in faults:
            trouble = self._people.fault(fault)
            field = fields.get(fault)
            if field is None or field.isHidden():
                self.show_trouble(trouble)
                continue
            field.say_wrong(f"{trouble.fact} {trouble.advice}")
            first = first or field
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trouble(self, trouble: Trouble) -> None:
        """Say that it was not kept."""
        self.show_busy(busy=False)
        self.trouble.tell(trouble.fact, trouble.rest)
        self.trouble.show()
        self.rearrange()

    def draft(self) -> Draft:
        """Return what is filled in."""
        age = self.age.choice.value()
        time = self.time.choice.value()
        return Draft(
            first_name=self.name.text(),
            category=self.category.choice.value(),
            least_age=int(age) if age else None,
            resident=self.resident.isChecked(),
            authorised=self.authorised.isChecked() and not self._authorised_row.isHidden(),
            valid_until=self.until.text(),
            time=AdaptedTime[time] if time else AdaptedTime.ORDINARY,
        )

    def say_bad_date(self) -> None:
        """Say that the last day is no date."""
        self.until.say_wrong(self._people.bad_date())
        self.until.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """Begin at the name."""
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        title = _("Correct the person") if self._is_known else _("Quick registration")
        self.title.say(title)
        self.set_spoken(title)
        self.name.set_label(_("First name"))
        self.card.set_label(_("Card"))
        self.card.set_hint(_("Scan it; left empty, a number is made"))
        self.category.offer(_("Category"), [(one.key, one.title) for one in self._categories])
        bands = self._people.bands(self._ages)
        self.age.offer(_("Age"), [("" if age is None else str(age), told) for age, told in bands])
        self._resident_row.tell(_("Lives in the town"), "")
        told = _("The form is signed and kept. Today’s date is noted.")
        self._authorised_row.tell(_("Authorisation recorded"), told)
        self.until.set_label(_("Valid until"))
        self.until.set_hint(_("30/06/2027, or empty"))
        times = [(one.name, self._wording.time(one)) for one in AdaptedTime]
        self.time.offer(_("Adapted time"), times)
        self.stay.setText(_("Cancel"))
        self.keep.setText(_("Keep") if self._is_known else _("Register"))

    def _show_authorisation(self, key: str) -> None:
        category = next((one for one in self._categories if one.key == key), None)
        self._authorised_row.setVisible(category is not None and category.needs_authorisation)
        self.rearrange()

    def _forget_faults(self) -> None:
        self.trouble.hide()
        for field in (self.name, self.card, self.until):
            field.say_help("")

    def _is_away(self) -> bool:
        return not self.is_open() or self.card.isHidden()

    def _on_keep(self) -> None:
        if not self.keep.isEnabled():
            return
        card = self.card.text().strip() if not self._is_known else ""
        if card and not CARD.fullmatch(card):
            _ = self._wording.language.gettext
            self.card.say_wrong(_("A card has four digits at least. Scan it, or type it again."))
            return
        self._forget_faults()
        self.kept.emit(self.draft(), card)

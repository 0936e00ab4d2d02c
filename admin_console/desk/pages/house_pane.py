"""What a place says, in *Réglages*: changed by administrators, read by everybody else."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from admin_console.desk.models.board import Board, Difference
from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.models.house_wording import HouseWording
from admin_console.desk.models.house_writing import HouseWriting
from admin_console.desk.models.person import Person
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.hours_questions import LeaveQuestion
from admin_console.desk.parts.house_view import HouseBox
from admin_console.desk.parts.save_bar import SaveBar
from kiosk.hublink.failure import Failure
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.wire.houserules import HouseRulesMoved, HouseRulesSaved
from kiosk.wire.place import SiteView


class HousePane(QWidget):
    """The pane. It keeps what is written until it is saved or given up.

    Signals:
        save_asked: site id, and the `SetHouseRules` to ask for.
    """

    save_asked = Signal(str, object)

    def __init__(
        self,
        look: Look,
        guard: Guard,
        wording: Wording,
        board: Board,
        person: Person,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._board, self._person = board, person
        self._wording = HouseWording(wording.language)
        hours_wording = HoursWording(wording.language)
        self._site_id = ""
        self._writing: HouseWriting | None = None
        self._moved: SiteView | None = None
        self._trouble: Trouble | None = None
        self._is_saving = self._is_saved = False
        self.box = HouseBox(look, self._wording)
        self.bar = SaveBar(look, hours_wording)
        self.question = LeaveQuestion(look, guard, hours_wording, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.box, 1)
        column.addWidget(self.bar)
        self.box.sheet.written.connect(self.write)
        self.box.selling.written.connect(self.write_top_up)
        self.box.theirs_asked.connect(self.give_up)
        self.box.mine_kept.connect(self._on_mine_kept)
        self.bar.cancel_asked.connect(self.give_up)
        self.bar.save_asked.connect(self.save)

    # -------------------------------------------------------------------------------- showing

    def parts(self) -> list[QWidget]:
        """Return the parts in reading order."""
        return [self.box, self.bar]

    def show_site(self, site_id: str) -> None:
        """Show the texts of a place; whatever was written before is forgotten."""
        site = self._board.book.site(site_id)
        if site is not None:
            self._site_id, self._is_saving = site_id, False
            self._begin(HouseWriting.of(site))

    def settle(self, difference: Difference) -> None:
        """Take over what the hub tells of the place."""
        site, writing = self._board.book.site(self._site_id), self._writing
        if site is None or writing is None or self._site_id not in difference.told:
            return
        if self._is_saving or writing.began_with(site):
            return
        if writing.says(site) or not writing.count():
            self._begin(HouseWriting.of(site))
        else:
            self._moved = site
            self._show()

    def show_answer(self, site_id: str, answer: object) -> None:
        """Show what came of a save: an answer of the hub, or a `Failure`."""
        writing = self._writing
        if site_id != self._site_id or writing is None:
            return
        self._is_saving = False
        match answer:
            case HouseRulesSaved(site=site):
                self._take_saved(site)
            case HouseRulesMoved(site=site) if writing.says(site):
                # The answer to an earlier save of the same was lost on its way.
                self._take_saved(site)
            case HouseRulesMoved(site=site):
                self._moved = site
            case Failure():
                self._trouble = self._wording.failure(answer)
        self._show()

    def retell(self) -> None:
        """Say everything again."""
        self._trouble = None
        self._show()

    def cover(self, house: QWidget) -> None:
        """Let the question lie over the whole house."""
        self.question.cover(house)

    # -------------------------------------------------------------------------------- leaving

    def is_writing(self) -> bool:
        """Return whether one of the texts is being written."""
        texts = (self.box.sheet.text, self.box.selling.text)
        return any(text.hasFocus() and not text.isReadOnly() for text in texts)

    def is_held(self) -> bool:
        """Return whether something is not saved."""
        return self._writing is not None and bool(self._writing.count())

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on at once, or once somebody gives up what is not saved."""
        if not self.is_held():
            go_on()
            return

        def forget() -> None:
            self.give_up()
            go_on()

        self.question.ask(0 if self._writing is None else self._writing.count(), forget)

    # --------------------------------------------------------------------------------- wishes

    def write(self, text: str) -> None:
        """Take over the rules as written now; what was said of the last save is said no more."""
        if self._writing is not None:
            self._take(self._writing.with_text(text))

    def write_top_up(self, text: str) -> None:
        """Take over what is written now of where credit is sold."""
        if self._writing is not None:
            self._take(self._writing.with_top_up(text))

    def save(self) -> None:
        """Ask for the texts as they are written."""
        writing = self._writing
        if writing is None or not writing.can_be_saved() or self._moved is not None:
            return
        if not self._is_saving:
            self._is_saving, self._is_saved, self._trouble = True, False, None
            self._show()
            self.save_asked.emit(self._site_id, writing.ask())

    def give_up(self) -> None:
        """Forget what is written, and show the texts as they are."""
        site = self._moved or self._board.book.site(self._site_id)
        if site is not None:
            self._begin(HouseWriting.of(site))

    def _on_mine_kept(self) -> None:
        if self._writing is not None and self._moved is not None:
            self._writing, self._moved = self._writing.over(self._moved), None
            self._show()

    # ------------------------------------------------------------------------------- the face

    def _take(self, writing: HouseWriting) -> None:
        self._writing = writing
        self._is_saved, self._trouble = False, None
        self._show()

    def _begin(self, writing: HouseWriting) -> None:
        self._writing = writing
        self._is_saved = False
        self._trouble = self._moved = None
        self.box.sheet.show_text(writing.draft)
        self.box.selling.show_text(writing.top_up)
        self._show()

    def _take_saved(self, site: SiteView) -> None:
        """Take over what the hub has kept; what was written since stays a change of it."""
        if self._writing is None:
            return
        if self._writing.says(site):
            self._begin(HouseWriting.of(site))
        else:
            self._writing, self._moved = self._writing.over(site), None
        self._is_saved = True

    def _show(self) -> None:
        site, writing = self._board.book.site(self._site_id), self._writing
        if site is None or writing is None:
            return
        may_edit = self._person.may_rule(site.site_id)
        self.box.show_texts(site, writing, may_edit=may_edit)
        if self._moved is not None:
            self.box.show_moved(writing, self._moved)
        else:
            self.box.show_outcome(self._trouble, is_saved=self._is_saved, may_edit=may_edit)
        self.bar.setVisible(may_edit)
        self.bar.show_draft(
            writing,
            self._wording.since(),
            is_saving=self._is_saving,
            is_moved=self._moved is not None,
        )

"""The limits of a room in *Réglages*: changed by administrators, read by everybody else."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from admin_console.desk.models.board import Board, Difference
from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.models.person import Person
from admin_console.desk.models.rule_draft import STARTS, RuleWriting, stepped
from admin_console.desk.models.rule_wording import RuleWording
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.hours_questions import LeaveQuestion
from admin_console.desk.parts.rule_view import RuleBox
from admin_console.desk.parts.save_bar import SaveBar
from kiosk.hublink.failure import Failure
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.rules.roomrule import RuleField
from kiosk.rules.signin import SignIn
from kiosk.wire.place import RoomView
from kiosk.wire.rule import RuleDraft, RuleFaulty, RuleMoved, RuleSaved


class RulePane(QWidget):
    """The pane. It keeps what is written until it is saved or given up.

    Signals:
        save_asked: room id, and the `SetRule` to ask for.
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
        self._wording = RuleWording(wording.language)
        hours_wording = HoursWording(wording.language)
        self._room_id = ""
        self._writing: RuleWriting | None = None
        self._moved: RoomView | None = None
        self._trouble: Trouble | None = None
        self._is_saving = self._is_saved = False
        self.box = RuleBox(look, self._wording)
        self.bar = SaveBar(look, hours_wording)
        self.question = LeaveQuestion(look, guard, hours_wording, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.box, 1)
        column.addWidget(self.bar)
        for row in self.box.rows.values():
            row.typed.connect(self._on_written)
            row.stepped.connect(self._on_stepped)
            row.written.connect(self._on_written)
            row.limited.connect(self._on_limited)
        self.box.sign_in.chosen.connect(self._on_chosen)
        self.box.theirs_asked.connect(self.give_up)
        self.box.mine_kept.connect(self._on_mine_kept)
        self.bar.cancel_asked.connect(self.give_up)
        self.bar.save_asked.connect(self.save)

    # -------------------------------------------------------------------------------- showing

    @property
    def writing(self) -> RuleWriting | None:
        """What is written, None where there is no room."""
        return self._writing

    def parts(self) -> list[QWidget]:
        """Return the parts in reading order."""
        return [self.box, self.bar]

    def show_room(self, room_id: str) -> None:
        """Show the limits of a room; whatever was written before is forgotten."""
        room = self._board.book.room(room_id)
        if room is not None:
            self._room_id = room_id
            self._is_saving = False
            self._begin(RuleWriting.of(room))

    def settle(self, difference: Difference) -> None:
        """Take over what the hub tells of the limits."""
        room, writing = self._board.book.room(self._room_id), self._writing
        if room is None or writing is None or self._room_id not in difference.rooms:
            return
        if self._is_saving or RuleDraft.of(room) == writing.before:
            return
        if writing.says(room) or not (writing.count() or writing.wrong()):
            self._begin(RuleWriting.of(room))
        else:
            self._moved = room
            self._show()

    def show_time(self) -> None:
        """Show what the changes would do to those who sit now."""
        self._show()

    def show_answer(self, room_id: str, answer: object) -> None:
        """Show what came of a save: an answer of the hub, or a `Failure`."""
        writing = self._writing
        if room_id != self._room_id or writing is None:
            return
        self._is_saving = False
        match answer:
            case RuleSaved(room=room):
                self._take_saved(room)
            case RuleMoved(room=room) if writing.says(room):
                # The answer to an earlier save of the same was lost on its way.
                self._take_saved(room)
            case RuleMoved(room=room):
                self._moved = room
            case RuleFaulty():
                self._writing = writing.refused(answer)
                self._trouble = self._wording.faulty()
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
        """Return whether a limit is being written."""
        return any(row.field.edit.hasFocus() for row in self.box.rows.values())

    def is_held(self) -> bool:
        """Return whether something is not saved."""
        self.box.commit()
        return self._writing is not None and bool(self._writing.count() or self._writing.wrong())

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on at once, or once somebody gives up what is not saved."""
        if self._writing is None or not self.is_held():
            go_on()
            return

        def forget() -> None:
            self.give_up()
            go_on()

        self.question.ask(max(1, self._writing.count()), forget)

    # --------------------------------------------------------------------------------- wishes

    def save(self) -> None:
        """Ask for the limits as they are written."""
        self.box.commit()
        writing = self._writing
        if writing is None or not writing.can_be_saved() or self._moved is not None:
            return
        if not self._is_saving:
            self._is_saving, self._is_saved, self._trouble = True, False, None
            self._show()
            self.save_asked.emit(self._room_id, writing.ask())

    def give_up(self) -> None:
        """Forget what is written, and show the limits as they are."""
        room = self._moved or self._board.book.room(self._room_id)
        if room is not None:
            self._begin(RuleWriting.of(room))

    def show_writing(self, writing: RuleWriting) -> None:
        """Take over what is written now; what was said of the last save is said no more."""
        self._writing = writing
        self._is_saved = False
        self._trouble = None
        self._show()

    def _on_stepped(self, name: RuleField, up: bool) -> None:
        if self._writing is not None:
            value = stepped(name, self._writing.value(name), up)
            self.show_writing(self._writing.with_value(name, value))

    def _on_written(self, name: RuleField, text: str) -> None:
        if self._writing is None:
            return
        value = self._wording.read(name, text)
        if value is None:
            self.show_writing(self._writing.with_unread(name))
        else:
            self.show_writing(self._writing.with_value(name, value))

    def _on_limited(self, name: RuleField, on: bool) -> None:
        if self._writing is not None:
            kept = self._writing.kept(name)
            begun = STARTS[name] if kept is None else kept
            self.show_writing(self._writing.with_value(name, begun if on else None))

    def _on_chosen(self, value: SignIn) -> None:
        if self._writing is not None:
            self.show_writing(self._writing.with_value(RuleField.SIGN_IN, value))

    def _on_mine_kept(self) -> None:
        if self._writing is not None and self._moved is not None:
            self._begin(self._writing.over(self._moved))

    # ------------------------------------------------------------------------------- the face

    def _begin(self, writing: RuleWriting) -> None:
        for row in self.box.rows.values():
            row.begin_anew()
        self._writing = writing
        self._is_saved = False
        self._trouble = self._moved = None
        self._show()

    def _take_saved(self, room: RoomView) -> None:
        """Take over what the hub has kept; what was written since stays a change of it."""
        writing = self._writing
        if writing is not None:
            self._begin(RuleWriting.of(room) if writing.says(room) else writing.over(room))
            self._is_saved = True

    def _show(self) -> None:
        room, writing = self._board.book.room(self._room_id), self._writing
        if room is None or writing is None:
            return
        may_edit = self._person.may_rule(room.site_id)
        seats = self._board.book.seats_of_room(room.room_id)
        running = sum(seat.slot is not None for seat in seats)
        self.box.show_rule(room.name, writing, running, may_edit=may_edit)
        if self._moved is not None:
            self.box.show_moved(writing.over(self._moved))
        else:
            self.box.show_outcome(self._trouble, is_saved=self._is_saved, may_edit=may_edit)
        self.bar.setVisible(may_edit)
        self.bar.show_draft(
            _Barred(writing),
            self._wording.since(),
            is_saving=self._is_saving,
            is_moved=self._moved is not None,
        )


class _Barred:
    """What is written, as the bar counts it: a field with a text that means nothing is a fault."""

    def __init__(self, writing: RuleWriting) -> None:
        self._writing = writing

    def count(self) -> int:
        return self._writing.count()

    def faults(self) -> range:
        return range(self._writing.wrong())

    def can_be_saved(self) -> bool:
        return self._writing.can_be_saved()

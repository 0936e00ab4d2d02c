"""A question over a face, inside its window.

The face behind is dimmed and can be neither pressed nor reached by the keyboard. The focus begins
on the safe answer, Escape gives the answer that destroys nothing, and the focus goes back where it
was. No dialog closes by itself; whoever opens one asks the guard first (`Guard.wait_for_quiet`).

A dialog that hangs from a button is a panel of choices: the face stays in the light, to show what
they do, and a press beside the panel closes it.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.look.button import Button
from kiosk.look.dialog_ground import DialogGround
from kiosk.look.fade import Fade
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.paint import begin
from kiosk.look.reading import move_focus, next_stop
from kiosk.look.role import Role
from kiosk.look.scroll import ScrollBox

MARGIN = 32
HANGING_DROP = 24
HANGING_REACH = 118
"""How far in pixels a hanging panel reaches beyond the right edge of its button."""
REACH = 8
"""Room in pixels around what stands inside, for the focus rings of controls at its edge."""


class Edges(NamedTuple):
    """From the edges of a dialog to its words, and from those to its answers, in pixels."""

    side: int
    top: int
    bottom: int
    gap: int


EDGES, CONSOLE_EDGES = Edges(68, 60, 56, 44), Edges(36, 32, 32, 44)


class Dialog(QWidget):
    """The question.

    Args:
        look: how to look.
        guard: swallows presses while it opens and closes.
        parent: the face, or the window, that it covers.
        spoken: the accessible name: the question itself.
        width: of the white sheet, in pixels; narrower where the window is.
        answers_first: whether the answers stand above the content instead of below it.
        edges: the air inside it, where a picture departs from the usual.

    Attributes:
        body: where the content goes.
        answers: the row of answers; it never scrolls away.
        arrangements: of the content, from roomy to tight; the first that fits is taken.

    Signals:
        answered: the name of the answer. The dialog is closed by then.
    """

    answered = Signal(str)

    spoken_role = Role.Dialog

    def __init__(
        self,
        look: Look,
        guard: Guard,
        parent: QWidget,
        *,
        spoken: str = "",
        width: int = 1200,
        answers_first: bool = False,
        edges: Edges | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._guard = guard
        self._face = parent
        self._width = width
        self._edges = edges or (CONSOLE_EDGES if look.theme.is_console else EDGES)
        self._names: dict[QObject, str] = {}
        self._safe: Button | None = None
        self._escape = ""
        self._focus_before: QWidget | None = None
        self._hook: Button | None = None
        self._is_pressed_beside = False
        self._fade: Fade | None = None
        self.arrangements: Sequence[Callable[[], None]] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAccessibleName(spoken)
        self._sheet = DialogGround(look)
        self.panel = QWidget(self)
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(REACH, REACH, REACH, REACH)
        self.body.setSpacing(14)
        self._scroll = ScrollBox(look, self.panel)
        self._scroll.set_content(content)
        self.answers = QHBoxLayout()
        self.answers.setContentsMargins(REACH, REACH, REACH, REACH)
        self.answers.setSpacing(20)
        self._column = QVBoxLayout(self.panel)
        self._column.setSpacing(self._edges.gap - 2 * REACH)
        self._column.addWidget(self._scroll, 1)
        self._column.insertLayout(0 if answers_first else 1, self.answers)
        self.hide()
        parent.installEventFilter(self)
        self.panel.installEventFilter(self)
        look.changed.connect(self.update)
        # Queued: the content must have taken its new fonts before it is measured.
        look.changed.connect(self._measure_again, Qt.ConnectionType.QueuedConnection)

    def cover(self, face: QWidget) -> None:
        """Cover another widget, for example the window once the page stands in it."""
        self._face.removeEventFilter(self)
        self._face = face
        self.setParent(face)
        self.hide()
        face.installEventFilter(self)

    def set_width(self, width: int) -> None:
        """Make the sheet so many pixels wide, from the next time it is arranged."""
        self._width = width

    def set_fade(self, fade: Fade) -> None:
        """Come and go by a fade of the window."""
        self._fade = fade

    def set_spoken(self, spoken: str) -> None:
        """Name the question for screen readers."""
        self.setAccessibleName(spoken)

    def spoken(self) -> list[str]:
        """Return what is read aloud: the question, and the answer that has the focus at first."""
        answer = [] if self._safe is None else [self._safe.text()]
        return [self.accessibleName(), *answer]

    def add_answer(
        self,
        button: Button,
        name: str,
        *,
        safe: bool = False,
        escape: bool = False,
        stretch: int = 0,
    ) -> None:
        """Put an answer into the row.

        Args:
            button: what is pressed.
            name: what `answered` tells.
            safe: whether the focus begins here.
            escape: whether Escape means it; must destroy nothing.
            stretch: its share of the width that is left.
        """
        self.answers.addWidget(button, stretch)
        self.adopt(button, name, safe=safe, escape=escape)

    def adopt(self, button: Button, name: str, *, safe: bool = False, escape: bool = False) -> None:
        """Make an answer of a button that stands elsewhere in the dialog."""
        self._names[button] = name
        button.clicked.connect(self._on_clicked)
        if safe:
            self._safe = button
        if escape:
            self._escape = name

    def begin_at(self, button: Button) -> None:
        """Let the focus begin at another answer, from the next time the question is asked."""
        self._safe = button

    def escape_means(self, name: str) -> None:
        """Let Escape mean something that stands on no button; it must destroy nothing."""
        self._escape = name

    def take_focus(self) -> None:
        """Give the keyboard to the safe answer."""
        first = self._safe or next_stop(self, None, forward=True)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def is_open(self) -> bool:
        """Return whether the question stands."""
        return not self.isHidden()

    def open(self, hook: Button | None = None) -> None:
        """Ask. Harmless when it stands already.

        With a `hook` the panel hangs from that button, which stays pressed meanwhile.
        """
        if self.is_open():
            return
        self._take_hook(hook)
        self._remember_focus()
        self._guard.face_changed()
        with self._fading():
            self._place()
            self.show()
            self.raise_()
            self.rearrange()
        self.take_focus()

    def stay_over(self) -> None:
        """Go on over another face that has come up: when it is over, that has the keyboard."""
        self._remember_focus()
        self.raise_()
        self.take_focus()

    def rearrange(self) -> None:
        """Take the roomiest arrangement that fits: words, sizes or the room have changed."""
        if not self.is_open():
            return
        self._scroll.updateGeometry()
        self._place()
        for arrange in self.arrangements:
            arrange()
            self._scroll.updateGeometry()
            if self._tall(self.panel.width()) <= self._room_under_hook():
                break
        self._place()

    def dismiss(self, *, guarded: bool = True) -> None:
        """Close without an answer: the question is no longer due.

        `guarded` is false only where what comes next belongs to the face behind.
        """
        if not self.is_open():
            return
        if guarded:
            self._guard.face_changed()
        with self._fading():
            self.hide()
            self._take_hook(None)
        before, self._focus_before = self._focus_before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        elif (left := QApplication.focusWidget()) is not None and self.isAncestorOf(left):
            # What had the keyboard before has gone, and a hidden question must not keep it.
            left.clearFocus()
            move_focus(self._face, forward=True)

    def answer(self, name: str) -> None:
        """Close with an answer."""
        self.dismiss()
        self.answered.emit(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the face and of the content."""
        kind = event.type()
        if (
            (kind == QEvent.Type.LayoutRequest and watched is self.panel)
            or (kind == QEvent.Type.Move and watched is self._hook)
        ) and self.is_open():
            self._place()
        if kind == QEvent.Type.Resize and watched is self._face:
            self.rearrange()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Notice a press beside a hanging panel; keep every press from the face behind."""
        self._is_pressed_beside = self._is_beside(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close a hanging panel when a press beside it is over."""
        was_beside, self._is_pressed_beside = self._is_pressed_beside, False
        event.accept()
        if was_beside and self._is_beside(event) and self._escape:
            self.answer(self._escape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer to Escape; keep every other key from the face behind."""
        if event.key() == Qt.Key.Key_Escape and self._escape and not event.isAutoRepeat():
            self.answer(self._escape)
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Keep the Tab key inside."""
        return move_focus(self, forward=next)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim the face behind, unless it shows what the choices do, and draw the ground."""
        painter = begin(self)
        hangs = self._hook is not None
        if not hangs:
            colour = self._look.colour("overlay")
            colour.setAlphaF(self._look.tokens.color.overlay.alpha)
            painter.fillRect(self.rect(), colour)
        self._sheet.paint(painter, self.panel.geometry(), hangs=hangs)
        painter.end()

    def _remember_focus(self) -> None:
        focused = QApplication.focusWidget()
        inside = focused is not None and self.window().isAncestorOf(focused)
        self._focus_before = focused if inside else None

    def _on_clicked(self) -> None:
        name = self._names.get(self.sender())
        if name is not None:
            self.answer(name)

    def _measure_again(self) -> None:
        if self.is_open():
            self.body.invalidate()
            self.rearrange()

    def _fading(self) -> AbstractContextManager[None]:
        if self._fade is None:
            return nullcontext()
        return self._fade.over(self._look.tokens.motion.fast_ms)

    def _take_hook(self, hook: Button | None) -> None:
        if self._hook is not None:
            self._hook.removeEventFilter(self)
            self._hook.setDown(False)
        self._hook = hook
        if hook is not None:
            hook.installEventFilter(self)
            hook.setDown(True)

    def _is_beside(self, event: QMouseEvent) -> bool:
        inside = self.panel.geometry().contains(event.position().toPoint())
        return self._hook is not None and not inside

    def _place(self) -> None:
        self.setGeometry(self._face.rect())
        side, top, bottom = (edge - REACH for edge in self._edges[:3])
        if self._hook is not None:
            side, top, bottom = 32, 18, 26
        least = self._least()
        width = min(self._width, self.width() - 2 * least)
        if width < self._width:
            side, top, bottom = side // 2, top // 2, bottom // 2
        self._column.setContentsMargins(side, top, side, bottom)
        width = max(width, self._column.minimumSize().width())
        height = min(self._tall(width), self._room())
        rect = QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        if self._hook is not None:
            rect.moveTopLeft(self._hanging(self._hook, rect))
        self.panel.setGeometry(rect)
        self._scroll.settle_bar()
        self.update()

    def _tall(self, width: int) -> int:
        self._column.invalidate()
        tall = self._column.totalHeightForWidth(width)
        return tall if tall >= 0 else self._column.totalSizeHint().height()

    def _least(self) -> int:
        return MARGIN // 2 if self._look.theme.is_console else MARGIN

    def _room(self) -> int:
        return self._face.height() - 2 * self._least()

    def _room_under_hook(self) -> int:
        if self._hook is None:
            return self._room()
        low = self._hook.mapTo(self._face, self._hook.rect().bottomLeft()).y() + 1 + HANGING_DROP
        return self._face.height() - self._least() - low

    def _hanging(self, hook: Button, rect: QRect) -> QPoint:
        """Return where a panel hangs: under its button, or higher where it would be cut."""
        least = self._least()
        corner = hook.mapTo(self._face, hook.rect().bottomRight())
        left = corner.x() + HANGING_REACH - rect.width()
        top = corner.y() + 1 + HANGING_DROP
        return QPoint(
            max(least, min(left, self.width() - least - rect.width())),
            max(least, min(top, self.height() - least - rect.height())),
        )

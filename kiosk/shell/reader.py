"""*Écouter*: reads what is up, in the language of the screen, and stops when another face comes."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QFontMetricsF

from kiosk.look.button import Button, ButtonSize, Kind
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.voice import NoVoice, Voice

ENDS = (".", "!", "?", "…", ":")


class Reader(QObject):
    """Reads aloud what the window gives it to read.

    A dialog covers the button: to somebody who listened to the face below and did not stop it, the
    dialog is read when it opens.

    Signals:
        came_or_went: there is a voice now, or none any more; rows of buttons are arranged anew.
        changed: reading has begun, or is over.
    """

    came_or_went = Signal()
    changed = Signal()

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._voice: Voice = NoVoice(self)
        self._voice.changed.connect(self._on_voice_changed)
        self._spoken: Callable[[], list[str]] = list
        self._could_read = False
        self._is_listened_to = False
        language.changed.connect(self.stop)

    def use(self, voice: Voice) -> None:
        """Speak with another voice."""
        self._voice.changed.disconnect(self._on_voice_changed)
        self._voice = voice
        voice.changed.connect(self._on_voice_changed)
        self._on_voice_changed()

    def follow(self, spoken: Callable[[], list[str]]) -> None:
        """Ask there, each time, what is to be read."""
        self._spoken = spoken

    def can_read(self) -> bool:
        """Return whether there is a voice."""
        return self._voice.can_speak()

    def is_reading(self) -> bool:
        """Return whether the voice still speaks."""
        return self._voice.is_speaking()

    def toggle(self) -> None:
        """Read, or stop reading: the button was pressed."""
        self._is_listened_to = not self.is_reading()
        if self._is_listened_to:
            self._read()
        else:
            self.stop()

    def stop(self) -> None:
        """Fall silent: what was being read is not up any more."""
        self._voice.stop()

    def open_dialog(self) -> None:
        """Read a dialog to those who listened to the face that it covers."""
        self.stop()
        if self._is_listened_to:
            self._read()

    def forget(self) -> None:
        """Fall silent, and read nothing more by itself: somebody else may be here."""
        self._is_listened_to = False
        self.stop()

    def _read(self) -> None:
        self._voice.say(as_sentences(self._spoken()), self._language.code)

    def _on_voice_changed(self) -> None:
        self.changed.emit()
        if self.can_read() != self._could_read:
            self._could_read = self.can_read()
            self.came_or_went.emit()


def as_sentences(parts: Iterable[str]) -> str:
    """Return the parts a line each, with an end to each where the voice pauses."""
    said = (part.strip() for part in parts)
    return "\n".join(part if part.endswith(ENDS) else f"{part}." for part in said if part)


class ListenButton(Button):
    """The button; there is none on a machine without a voice."""

    def __init__(
        self,
        look: Look,
        language: Language,
        guard: Guard,
        reader: Reader,
        kind: Kind = "tool",
        *,
        size: ButtonSize = "normal",
        on_band: bool = False,
    ) -> None:
        super().__init__(look, "", kind, size=size, icon="volume-2", on_band=on_band)
        self._language = language
        self._guard = guard
        self._reader = reader
        self.clicked.connect(reader.toggle)
        reader.changed.connect(self.retell)
        language.changed.connect(self.retell)
        self.retell()

    def retell(self) -> None:
        """Say what a press will do."""
        _ = self._language.gettext
        self.setText(_("Stop") if self._reader.is_reading() else _("Listen"))
        self.setAccessibleDescription(_("Reads this screen aloud"))
        self.set_compact(self.is_compact())
        can_read = self._reader.can_read()
        if self.hasFocus() and not can_read:
            # The keyboard goes to the next button: what is typed now was not meant for it.
            self._guard.face_changed()
        if can_read and self.parentWidget() is None:
            # Shown before it stands in a row, it would be a window of its own.
            return
        self.setVisible(can_read)

    def sizeHint(self) -> QSize:
        """Return room for both of its words, so that the row stays where it is."""
        hint = super().sizeHint()
        if self.is_compact():
            return hint
        _ = self._language.gettext
        text = QFontMetricsF(self.button_font())
        widest = max(text.horizontalAdvance(word) for word in (_("Listen"), _("Stop")))
        return QSize(
            hint.width() + round(widest - text.horizontalAdvance(self.text())), hint.height()
        )

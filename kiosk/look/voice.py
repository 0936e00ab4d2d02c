"""What can read a face aloud, if anything on this machine can."""

from PySide6.QtCore import QObject, Signal

from kiosk.look.language import LanguageCode


class Voice(QObject):
    """The port. It is a class and not a protocol, because signals belong to a QObject.

    Signals:
        changed: it can speak now, or cannot any more; it began to speak, or fell silent.
    """

    changed = Signal()

    def can_speak(self) -> bool:
        """Return whether words would be heard."""
        raise NotImplementedError

    def is_speaking(self) -> bool:
        """Return whether what was said last is not over yet."""
        raise NotImplementedError

    def say(self, text: str, language: LanguageCode) -> None:
        """Read a text aloud, in place of what is being read; nothing without a voice."""
        raise NotImplementedError

    def stop(self) -> None:
        """Fall silent at once; harmless in silence."""
        raise NotImplementedError


class NoVoice(Voice):
    """A machine that cannot speak."""

    def can_speak(self) -> bool:
        """Return false."""
        return False

    def is_speaking(self) -> bool:
        """Return false."""
        return False

    def say(self, text: str, language: LanguageCode) -> None:
        """Say nothing."""

    def stop(self) -> None:
        """Stay silent."""

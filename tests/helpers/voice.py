"""A voice that makes no sound, for faces: it can lose its speech and find it again."""

from kiosk.look.language import LanguageCode
from kiosk.look.voice import Voice


class HandVoice(Voice):
    """Reads a text until the test says that it is over.

    Attributes:
        said: each text with its language.
    """

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[LanguageCode, str]] = []
        self._can_speak = True
        self._is_speaking = False

    def can_speak(self) -> bool:
        return self._can_speak

    def is_speaking(self) -> bool:
        return self._is_speaking

    def say(self, text: str, language: LanguageCode) -> None:
        self.said.append((language, text))
        self._is_speaking = True
        self.changed.emit()

    def stop(self) -> None:
        if self._is_speaking:
            self.finish()

    def finish(self) -> None:
        """Come to the end of the text."""
        self._is_speaking = False
        self.changed.emit()

    def go(self) -> None:
        """Fall away, as a daemon that dies."""
        self._can_speak = self._is_speaking = False
        self.changed.emit()

    def come(self) -> None:
        """Be there again."""
        self._can_speak = True
        self.changed.emit()

    @property
    def last(self) -> str:
        """The last text, with plain spaces."""
        return self.said[-1][1].replace("\u00a0", " ")

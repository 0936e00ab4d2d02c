"""What a visitor may choose of the appearance; forgotten when the lock comes back."""

from PySide6.QtCore import QObject

from kiosk.look.language import Language, LanguageCode
from kiosk.look.look import Look

SCALES = {"100": 1.0, "125": 1.25, "150": 1.5}


class Display(QObject):
    """Text size, contrast and language, changed by the faces and by nobody else.

    The look and the language tell every widget themselves; nothing of this reaches the brain.
    """

    def __init__(self, look: Look, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._language = language
        self._first_language: LanguageCode = language.code

    @property
    def scale(self) -> str:
        """The text size, as a key of `SCALES`."""
        return next(name for name, scale in SCALES.items() if scale == self._look.theme.text_scale)

    @property
    def is_high_contrast(self) -> bool:
        """Whether the ground is black."""
        return self._look.theme.is_high_contrast

    def use_scale(self, name: str) -> None:
        """Write larger or smaller; `name` is a key of `SCALES`."""
        self._look.use(text_scale=SCALES[name])

    def use_contrast(self, on: bool) -> None:
        """Draw on black, or on paper."""
        self._look.use(name="high_contrast" if on else "light")

    def use_language(self, code: str) -> None:
        """Speak French or English."""
        self._language.use("en" if code == "en" else "fr")

    def reset(self) -> None:
        """Forget what the last visitor chose."""
        self._look.use(name="light", text_scale=1.0)
        self._language.use(self._first_language)

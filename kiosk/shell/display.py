"""What a visitor may choose of the appearance; forgotten when the lock comes back."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, Signal

from kiosk.look.guard import Guard
from kiosk.look.language import Language, LanguageCode
from kiosk.look.look import Look
from kiosk.look.pointer import LargePointer
from kiosk.wire.facelink import Appearance

SCALES = {"100": 1.0, "125": 1.25, "150": 1.5}
_PERCENT: dict[str, Literal[100, 125, 150]] = {"100": 100, "125": 125, "150": 150}


class Display(QObject):
    """Text size, contrast, motion, language and calm gestures, changed by the faces alone.

    The look, the language and the guard tell every widget themselves; nothing of this reaches the
    brain.

    Args:
        look: how to look.
        language: which language to speak.
        guard: carries calm gestures.
        clock: monotonic seconds.
        parent: who owns it.

    Signals:
        chosen: the whole `Appearance`, after somebody chose a part of it here.
    """

    chosen = Signal(object)

    def __init__(
        self,
        look: Look,
        language: Language,
        guard: Guard,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._language = language
        self._guard = guard
        self._clock = clock
        self._pointer = LargePointer(look, guard, self)
        self._first_language: LanguageCode = language.code
        self._was_reduced = look.theme.reduced_motion
        self._chosen_at = float("-inf")
        self._is_chosen = False

    @property
    def scale(self) -> str:
        """The text size, as a key of `SCALES`."""
        return next(name for name, scale in SCALES.items() if scale == self._look.theme.text_scale)

    @property
    def is_high_contrast(self) -> bool:
        """Whether the ground is black."""
        return self._look.theme.is_high_contrast

    @property
    def is_calm(self) -> bool:
        """Whether a tremor, a double click and a held key count once."""
        return self._guard.is_calm

    @property
    def is_reduced(self) -> bool:
        """Whether nothing moves."""
        return self._look.theme.reduced_motion

    def appearance(self) -> Appearance:
        """Return all that is chosen, as it goes to the other display of this workstation."""
        return Appearance(
            text_size=_PERCENT[self.scale],
            high_contrast=self.is_high_contrast,
            reduced_motion=self.is_reduced,
            calm=self.is_calm,
            language=self._language.code,
        )

    def wear(self, appearance: Appearance) -> None:
        """Take what was chosen on the other display, and tell nobody."""
        if appearance == self.appearance():
            return
        self._is_chosen, self._chosen_at = True, self._clock()
        self._guard.use_calm(appearance.calm)
        self._look.use(
            name="high_contrast" if appearance.high_contrast else "light",
            text_scale=SCALES[str(appearance.text_size)],
            reduced_motion=appearance.reduced_motion,
        )
        self._language.use(appearance.language)

    def use_scale(self, name: str) -> None:
        """Write larger or smaller; `name` is a key of `SCALES`."""
        self._look.use(text_scale=SCALES[name])
        self._choose()

    def use_contrast(self, on: bool) -> None:
        """Draw on black, or on paper."""
        self._look.use(name="high_contrast" if on else "light")
        self._choose()

    def use_calm(self, on: bool) -> None:
        """Count a tremor once and show a large pointer, or neither."""
        self._guard.use_calm(on)
        self._choose()

    def use_reduced(self, on: bool) -> None:
        """Change faces at once, or let them fade."""
        self._look.use(reduced_motion=on)
        self._choose()

    def use_language(self, code: str) -> None:
        """Speak French or English."""
        self._language.use("en" if code == "en" else "fr")
        self._choose()

    def is_left(self) -> bool:
        """Return whether whoever chose something here has gone, by all appearances."""
        rest = min(self._guard.seconds_at_rest(), self._clock() - self._chosen_at)
        return self._is_chosen and rest >= self._look.tokens.motion.timeouts.idle_question_s

    def reset(self) -> None:
        """Forget what the last visitor chose."""
        self._is_chosen = False
        self._guard.use_calm(False)
        self._look.use(name="light", text_scale=1.0, reduced_motion=self._was_reduced)
        self._language.use(self._first_language)

    def _choose(self) -> None:
        self._is_chosen = True
        self._chosen_at = self._clock()
        self.chosen.emit(self.appearance())

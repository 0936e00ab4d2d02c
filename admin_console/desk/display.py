"""What a person at the desk has chosen of the appearance, live, and kept for their next sign-in.

It is kept on this computer, in one small file, under a digest of the account's name: whoever reads
the file learns neither who works here nor who needs larger text.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSettings, Signal

from kiosk.look.language import Language, LanguageCode
from kiosk.look.look import Look

SCALES = (1.0, 1.25, 1.5)
DIGEST = 24
"""Hexadecimal signs of the digest that stand for an account."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of everything; `scale` multiplies the size of the text."""

    language: LanguageCode = "fr"
    scale: float = 1.0
    high_contrast: bool = False
    reduced_motion: bool = False


class DisplayMemory:
    """The file. One that is missing or damaged holds no choice; one that cannot be written none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, account: str) -> Choice | None:
        """Return what an account has chosen on this computer."""
        settings = self._open(account)
        scale = _number(settings.value("scale"))
        language = settings.value("language")
        if scale not in SCALES or language not in {"fr", "en"}:
            return None
        return Choice(
            language="en" if language == "en" else "fr",
            scale=scale,
            high_contrast=settings.value("contrast") == "on",
            reduced_motion=settings.value("motion") == "reduced",
        )

    def keep(self, account: str, choice: Choice) -> None:
        """Write down what an account has chosen."""
        settings = self._open(account)
        settings.setValue("scale", str(choice.scale))
        settings.setValue("language", choice.language)
        settings.setValue("contrast", "on" if choice.high_contrast else "off")
        settings.setValue("motion", "reduced" if choice.reduced_motion else "full")
        settings.sync()

    def _open(self, account: str) -> QSettings:
        settings = QSettings(str(self._path), QSettings.Format.IniFormat)
        plain = " ".join(account.split()).casefold()
        settings.beginGroup(hashlib.sha256(plain.encode()).hexdigest()[:DIGEST])
        return settings


class Display(QObject):
    """The choice that holds now.

    What is chosen before anybody is signed in belongs to whoever signs in next: it is newer than
    what was kept. When they leave, the program looks as it did at its start.

    Attributes:
        language: that of the screen.

    Signals:
        changed: another choice holds.
    """

    changed = Signal()

    def __init__(
        self,
        look: Look,
        language: Language,
        memory: DisplayMemory,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self.language, self._memory = look, language, memory
        self._start = self.choice
        self._account = ""
        self._by_hand: dict[str, Any] = {}

    @property
    def choice(self) -> Choice:
        """What holds now."""
        theme = self._look.theme
        return Choice(
            language=self.language.code,
            scale=theme.text_scale,
            high_contrast=theme.is_high_contrast,
            reduced_motion=theme.reduced_motion,
        )

    def use_language(self, code: str) -> None:
        """Speak French or English."""
        self._choose(language="en" if code == "en" else "fr")

    def use_scale(self, scale: float) -> None:
        """Write larger or smaller."""
        self._choose(scale=scale)

    def use_contrast(self, on: bool) -> None:
        """Draw on black, or on paper."""
        self._choose(high_contrast=on)

    def use_reduced(self, on: bool) -> None:
        """Change at once, or let fade."""
        self._choose(reduced_motion=on)

    def sign_in(self, account: str) -> None:
        """Show what this account has chosen, here and before."""
        self._account = account
        kept = self._memory.read(account)
        self._show(replace(kept or self.choice, **self._by_hand))
        if self._by_hand:
            self._memory.keep(account, self.choice)
        self._by_hand = {}

    def sign_out(self) -> None:
        """Forget whose choice it was."""
        self._account = ""
        self._by_hand = {}
        self._show(self._start)

    def _choose(self, **changes: Any) -> None:
        self._show(replace(self.choice, **changes))
        if self._account:
            self._memory.keep(self._account, self.choice)
        else:
            self._by_hand |= changes

    def _show(self, choice: Choice) -> None:
        before = self.choice
        self._look.use(
            name="high_contrast" if choice.high_contrast else "light",
            text_scale=choice.scale,
            reduced_motion=choice.reduced_motion,
        )
        self.language.use(choice.language)
        if choice != before:
            self.changed.emit()


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 0.0

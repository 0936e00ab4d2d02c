"""How a visitor wants programs to look: a size and a contrast, in the words that programs know.

Only values of this table pass from the shell to a program; no text does. A program that runs
already keeps the look in which it was started.
"""

from dataclasses import dataclass
from enum import StrEnum

_POINTER_PIXELS = 24
_DOTS_PER_INCH = 96


class TextSize(StrEnum):
    """How large programs draw, in percent."""

    NORMAL = "100"
    LARGE = "125"
    LARGEST = "150"

    @property
    def scale(self) -> float:
        """The factor."""
        return int(self) / 100


class Scaling(StrEnum):
    """What a program hears about its size by."""

    VARIABLES = "variables"
    CHROMIUM = "chromium"


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a visitor chose on the faces."""

    text_size: TextSize = TextSize.NORMAL
    contrast: bool = False

    def variables(self) -> dict[str, str]:
        """Return what toolkits, LibreOffice and the pointer read; only what is chosen is said."""
        found: dict[str, str] = {}
        if self.text_size is not TextSize.NORMAL:
            scale = self.text_size.scale
            found |= {
                "GDK_DPI_SCALE": f"{scale:g}",
                "QT_SCALE_FACTOR": f"{scale:g}",
                "SAL_FORCEDPI": str(round(_DOTS_PER_INCH * scale)),
                "XCURSOR_SIZE": str(round(_POINTER_PIXELS * scale)),
            }
        if self.contrast:
            found["GTK_THEME"] = "HighContrastInverse"
        return found

    def arguments(self, scaling: Scaling) -> tuple[str, ...]:
        """Return what a program that reads no variables is told."""
        if scaling is Scaling.VARIABLES:
            return ()
        found: tuple[str, ...] = ()
        if self.text_size is not TextSize.NORMAL:
            found += (f"--force-device-scale-factor={self.text_size.scale:g}",)
        if self.contrast:
            found += ("--force-dark-mode", "--enable-features=WebContentsForceDark")
        return found


PLAIN = Appearance()

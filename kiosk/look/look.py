"""The one object through which every widget asks how to look.

The composition makes it before the first widget and hands it to constructors. When the visitor
changes the text size or the contrast, the look takes another theme, dresses the program and tells
the widgets that paint themselves.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from kiosk.look.font import TextRole, load_fonts
from kiosk.look.icon import IconStore
from kiosk.look.role import give_roles
from kiosk.look.theme import Theme, Tone, apply_theme
from kiosk.look.token import Program, ThemeName, Tokens, load_tokens


class Look(QObject):
    """The current theme of a program.

    Attributes:
        icons: the icons, rendered once each.

    Signals:
        changed: another theme holds; fonts and colours must be asked for again.
    """

    changed = Signal()

    def __init__(self, app: QApplication, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._theme = theme
        self.icons = IconStore()
        self._fonts: dict[tuple[TextRole, float | None, int | None, bool], QFont] = {}
        load_fonts()
        give_roles(app)
        apply_theme(app, theme)

    @classmethod
    def for_program(cls, app: QApplication, program: Program) -> "Look":
        """Return the look of a program in its first state: light, text at 100 %."""
        return cls(app, Theme(load_tokens(), program=program))

    @property
    def theme(self) -> Theme:
        """The theme that holds now."""
        return self._theme

    @property
    def tokens(self) -> Tokens:
        """The table of values."""
        return self._theme.tokens

    def use(
        self,
        *,
        name: ThemeName | None = None,
        text_scale: float | None = None,
        reduced_motion: bool | None = None,
    ) -> None:
        """Change contrast, text size or motion; what is None stays as it is."""
        theme = replace(
            self._theme,
            name=self._theme.name if name is None else name,
            text_scale=self._theme.text_scale if text_scale is None else text_scale,
            reduced_motion=(
                self._theme.reduced_motion if reduced_motion is None else reduced_motion
            ),
        )
        if theme == self._theme:
            return
        before, self._theme = self._theme, theme
        self._fonts.clear()
        if theme != replace(before, reduced_motion=theme.reduced_motion):
            # A window full of widgets takes half a second to be dressed anew.
            apply_theme(self._app, theme)
        self.changed.emit()

    def colour(self, name: Tone) -> QColor:
        """Return a named colour of the current theme."""
        return self._theme.colour(name)

    def font(
        self,
        role: TextRole,
        *,
        rem: float | None = None,
        weight: int | None = None,
        tabular: bool = False,
    ) -> QFont:
        """Return the font of a text role at the current text scale."""
        key = (role, rem, weight, tabular)
        if key not in self._fonts:
            self._fonts[key] = self._theme.font(role, rem=rem, weight=weight, tabular=tabular)
        # A copy costs little, and who changes it changes nobody else's.
        return QFont(self._fonts[key])

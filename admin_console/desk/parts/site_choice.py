"""The site of a page: a button that names it, and the list of sites that hangs from it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from admin_console.desk.parts.line import grown
from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.words import Words

WIDTH = 380
MORE = 100


class SiteChoice(Dialog):
    """The list.

    Attributes:
        button: what it hangs from.

    Signals:
        chosen: the id of another site.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, guard: Guard, language: Language, parent: QWidget) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._language = language
        self._sites: dict[str, str] = {}
        self._buttons: list[Button] = []
        self._chosen = ""
        self.button = Button(look, "", "secondary", icon="chevron-down", icon_after=True)
        self.button.clicked.connect(self._offer)
        self.title = Words(look, "", "h3")
        self.body.addWidget(self.title)
        self.escape_means("close")
        self.answered.connect(self._on_answered)
        language.changed.connect(self.retell)
        self.retell()

    def show_sites(self, names: Mapping[str, str], chosen: str) -> None:
        """Offer sites by their names."""
        self._chosen = chosen
        self.button.setText(names.get(chosen, ""))
        if dict(names) != self._sites:
            self._sites = dict(names)
            self._rebuild()

    def is_needed(self) -> bool:
        """Return whether there is more than one site."""
        return len(self._sites) > 1

    def retell(self) -> None:
        """Say everything again."""
        title = self._language.gettext("Place")
        self.title.say(title)
        self.set_spoken(title)

    def _rebuild(self) -> None:
        for button in self._buttons:
            self.body.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for site_id, name in self._sites.items():
            button = Button(self._look, name, "secondary")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.body.addWidget(button)
            self.adopt(button, site_id)
            self._buttons.append(button)

    def _offer(self) -> None:
        for button, site_id in zip(self._buttons, self._sites, strict=True):
            button.setChecked(site_id == self._chosen)
            if site_id == self._chosen:
                self.begin_at(button)
        self.set_width(grown(self._look, WIDTH, MORE))
        self.open(self.button)

    def _on_answered(self, name: str) -> None:
        if name in self._sites and name != self._chosen:
            self.chosen.emit(name)

"""What the hub tells is shown as it is, whatever stands in it."""

import pytest
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from admin_console.desk.models.stand import SiteTally
from admin_console.desk.parts.sites_column import SiteCard
from kiosk.look.look import Look

LINE = "3 sur 12 occupés"


@pytest.mark.parametrize("name", ["<b>Salle</b>", '<img src="x">', "Lire & écrire", "a < b > c"])
def test_the_name_of_a_site_is_no_markup(qtbot: QtBot, look: Look, name: str) -> None:
    card = SiteCard(look, "site")
    qtbot.addWidget(card)

    card.show_site(SiteTally("site", name, staffed=True, states=(), is_open=True), LINE, name)

    # As whatever shows a tooltip does, which takes this for markup.
    shown = QTextDocument()
    shown.setHtml(card.toolTip())
    assert card.toolTip().startswith("<p>")
    assert shown.toPlainText() == name

"""*Caisse* and the desk."""

from PySide6.QtCore import QObject

from admin_console.desk.desk import Desk
from admin_console.desk.pages.till_page import TillPage


class TillTie(QObject):
    """Carries wishes to the desk, and what comes of them back."""

    def __init__(self, page: TillPage, desk: Desk) -> None:
        super().__init__(page)
        page.wished.connect(desk.till.do)
        desk.till.answered.connect(page.show_answer)
        # The page has asked before anybody listened.
        page.read()

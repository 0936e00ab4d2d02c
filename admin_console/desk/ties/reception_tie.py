"""*Accueil* and the desk."""

from PySide6.QtCore import QObject

from admin_console.desk.desk import Desk
from admin_console.desk.pages.reception_page import ReceptionPage


class ReceptionTie(QObject):
    """Carries wishes to the desk, and what comes of them back."""

    def __init__(self, page: ReceptionPage, desk: Desk) -> None:
        super().__init__(page)
        page.wished.connect(desk.reception.do)
        desk.reception.answered.connect(page.show_answer)

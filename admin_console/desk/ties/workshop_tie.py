"""*Ateliers* and the desk."""

from PySide6.QtCore import QObject

from admin_console.desk.desk import Desk
from admin_console.desk.pages.workshop_page import WorkshopPage


class WorkshopTie(QObject):
    """Carries series and wishes for their seats to the desk, and what comes of them back."""

    def __init__(self, page: WorkshopPage, desk: Desk) -> None:
        super().__init__(page)
        page.save_asked.connect(desk.workshops.save)
        page.run_asked.connect(desk.workshops.run)
        desk.workshops.saved.connect(page.show_answer)
        desk.workshops.ran.connect(page.show_run)

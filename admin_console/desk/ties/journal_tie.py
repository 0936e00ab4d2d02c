"""The journal and the desk."""

from PySide6.QtCore import QObject

from admin_console.desk.desk import Desk
from admin_console.desk.pages.journal_page import JournalPage


class JournalTie(QObject):
    """Carries questions to the desk, and the lines back."""

    def __init__(self, page: JournalPage, desk: Desk) -> None:
        super().__init__(page)
        page.lines_asked.connect(desk.inquiry.ask_acts)
        desk.inquiry.acts_told.connect(page.show_lines)

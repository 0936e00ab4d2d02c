"""The settings and the desk."""

from PySide6.QtCore import QObject

from admin_console.desk.desk import Desk
from admin_console.desk.pages.settings_page import SettingsPage


class SettingsTie(QObject):
    """Carries new hours to the desk, and what comes of them back."""

    def __init__(self, page: SettingsPage, desk: Desk) -> None:
        super().__init__(page)
        page.save_asked.connect(desk.hours.save)
        desk.hours.answered.connect(page.show_answer)

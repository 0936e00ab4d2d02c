"""The settings and the desk."""

from PySide6.QtCore import QObject

from admin_console.desk.desk import Desk
from admin_console.desk.pages.settings_page import SettingsPage


class SettingsTie(QObject):
    """Carries new hours, limits and rules to the desk, and what comes of them back."""

    def __init__(self, page: SettingsPage, desk: Desk) -> None:
        super().__init__(page)
        page.hours.save_asked.connect(desk.hours.save)
        desk.hours.answered.connect(page.hours.show_answer)
        page.rule.save_asked.connect(desk.rules.save)
        desk.rules.answered.connect(page.rule.show_answer)
        page.house.save_asked.connect(desk.house_rules.save)
        desk.house_rules.answered.connect(page.house.show_answer)

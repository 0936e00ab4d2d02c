"""The texts of a place in the gallery, in all their states."""

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from admin_console.desk.gallery_settings import CLAIRE, READER, SITE, settings
from admin_console.desk.gallery_stage import Build, Stage
from admin_console.desk.house import House
from admin_console.desk.models.person import Person
from admin_console.desk.pages.settings_page import SettingsPage, Topic
from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.houserules import HouseRulesMoved, HouseRulesSaved
from kiosk.wire.place import SiteView

WRITTEN = " ".join(
    (
        "On parle à voix basse.",
        "On téléphone dehors.",
        "Les boissons restent fermées.",
        "Les enfants viennent accompagnés.",
    )
)


def house_rules(stage: Stage, person: Person = CLAIRE) -> tuple[House, SettingsPage]:
    """Return the house with the rules of Landowski."""
    house, page = settings(stage, person)
    page.show_topic(Topic.HOUSE)
    return house, page


def site_of(page: SettingsPage) -> SiteView:
    """Return the place that is shown, as the hub last told it.

    Raises:
        LookupError: no place is shown.
    """
    site = page.board.book.site(SITE)
    if site is None:
        raise LookupError(SITE)
    return site


def changed(stage: Stage) -> QWidget:
    """Return the rules while others are written."""
    house, page = house_rules(stage)
    page.house.box.sheet.text.setPlainText(WRITTEN)
    page.house.box.selling.text.setPlainText("À l’accueil, du mardi au samedi, dès 1 €.")
    return house


def none(stage: Stage) -> QWidget:
    """Return the rules taken away."""
    house, page = house_rules(stage)
    page.house.box.sheet.text.clear()
    return house


def moved(stage: Stage) -> QWidget:
    """Return the rules after somebody else has saved."""
    house, page = house_rules(stage)
    page.house.box.sheet.text.setPlainText(WRITTEN)
    theirs = replace(
        site_of(page), house_rules="On parle à voix basse. Merci.", top_up="À la caisse."
    )
    page.house.show_answer(SITE, HouseRulesMoved(site=theirs))
    return house


def saved(stage: Stage) -> QWidget:
    """Return the rules after a save."""
    house, page = house_rules(stage)
    page.house.show_answer(SITE, HouseRulesSaved(site=site_of(page)))
    return house


def without_contact(stage: Stage) -> QWidget:
    """Return the rules after a save that did not go through."""
    house, page = house_rules(stage)
    page.house.box.sheet.text.setPlainText(WRITTEN)
    page.house.show_answer(SITE, Failure(Reason.UNREACHABLE))
    return house


HOUSE_RULES: dict[str, Build] = {
    "house-rules": lambda stage: house_rules(stage)[0],
    "house-rules-changed": changed,
    "house-rules-none": none,
    "house-rules-moved": moved,
    "house-rules-saved": saved,
    "house-rules-no-contact": without_contact,
    "house-rules-reader": lambda stage: house_rules(stage, READER)[0],
}
"""The states, by the name of their picture."""

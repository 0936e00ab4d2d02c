"""*Réglages*: the places on the left, and what is looked at: hours, limits, texts of the place."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from admin_console.desk.models.board import Board, Difference
from admin_console.desk.models.person import Person
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.hours_pane import HoursPane
from admin_console.desk.pages.house_pane import HousePane
from admin_console.desk.pages.page import Page
from admin_console.desk.pages.rule_pane import RulePane
from admin_console.desk.parts.places_column import PlaceFace, PlacesColumn
from kiosk.look.guard import Guard
from kiosk.look.look import Look


class Topic(StrEnum):
    """What is looked at: of a room, and last of its place."""

    HOURS = "hours"
    RULE = "rule"
    HOUSE = "house"


class SettingsPage(Page):
    """The page. All panes show the same room or its place; one of them is seen.

    Attributes:
        places: sites, rooms, and what may be looked at.
        hours: the opening hours.
        rule: the limits.
        house: the rules of the place, and where it sells credit.
    """

    icon = "settings"

    def __init__(
        self,
        look: Look,
        guard: Guard,
        wording: Wording,
        board: Board,
        person: Person,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._board, self._wording = board, wording
        self._site_id, self._room_id = "", ""
        self._topic = Topic.HOURS
        self.setProperty("ground", "page")
        self.places = PlacesColumn(look, wording)
        self.hours = HoursPane(look, guard, wording, board, person)
        self.rule = RulePane(look, guard, wording, board, person)
        self.house = HousePane(look, guard, wording, board, person)
        self._panes: dict[Topic, HoursPane | RulePane | HousePane] = {
            Topic.HOURS: self.hours,
            Topic.RULE: self.rule,
            Topic.HOUSE: self.house,
        }
        self._stack = QStackedWidget()
        self._stack.addWidget(self.hours)
        self._stack.addWidget(self.rule)
        self._stack.addWidget(self.house)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.places)
        row.addWidget(self._stack, 1)
        self.places.sites.chosen.connect(self.show_site)
        self.places.rooms.chosen.connect(self.show_room)
        self.places.topics.chosen.connect(self._on_topic)
        wording.language.changed.connect(self.retell)
        sites = board.book.sites()
        if sites:
            self._show_site(sites[0].site_id)

    @property
    def board(self) -> Board:
        """What is known of the places."""
        return self._board

    @property
    def room_id(self) -> str:
        """The room that is shown."""
        return self._room_id

    @property
    def pane(self) -> HoursPane | RulePane | HousePane:
        """The pane that is seen."""
        return self._panes[self._topic]

    def title(self) -> str:
        """Return the name of the page."""
        return self._wording.language.gettext("Settings")

    def parts(self) -> list[QWidget]:
        """Return the parts of the page in reading order."""
        return [self.places, *self.pane.parts()]

    def show_site(self, site_id: str) -> None:
        """Show the first room of a site; asks where something is not saved."""
        if site_id != self._site_id:
            self.leave(lambda: self._show_site(site_id))
        self._show_places()

    def show_room(self, room_id: str) -> None:
        """Show another room; asks where something is not saved."""
        if room_id != self._room_id:
            self.leave(lambda: self._show_room(room_id))
        self._show_places()

    def show_topic(self, topic: Topic) -> None:
        """Show the other pane; asks where something is not saved."""
        if topic is not self._topic:
            self.leave(lambda: self._turn_to(topic))
        self._show_places()

    def settle(self, difference: Difference) -> None:
        """Take over what the hub tells of places and rooms."""
        if difference.layout or difference.sites:
            self._show_places()
        for pane in self._panes.values():
            pane.settle(difference)

    def show_time(self, now: datetime) -> None:
        """Show what the changes would do from now on."""
        self.hours.show_time()
        self.rule.show_time()

    def retell(self) -> None:
        """Say everything again."""
        self._show_places()
        for pane in self._panes.values():
            pane.retell()

    def cover(self, house: QWidget) -> None:
        """Let the questions lie over the whole house."""
        for pane in self._panes.values():
            pane.cover(house)

    def is_writing(self) -> bool:
        """Return whether something is being written."""
        return self.pane.is_writing()

    def is_held(self) -> bool:
        """Return whether something is not saved."""
        return self.pane.is_held()

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on at once, or once somebody gives up what is not saved."""

        def then() -> None:
            go_on()
            self._show_places()

        self.pane.leave(then)

    def _turn_to(self, topic: Topic) -> None:
        self._topic = topic
        self._stack.setCurrentWidget(self.pane)

    def _on_topic(self, topic: str) -> None:
        self.show_topic(Topic(topic))

    def _show_site(self, site_id: str) -> None:
        rooms = self._board.book.rooms_of(site_id)
        self._site_id = site_id
        self.house.show_site(site_id)
        if rooms:
            self._show_room(rooms[0].room_id)

    def _show_room(self, room_id: str) -> None:
        if self._board.book.room(room_id) is None:
            return
        self._room_id = room_id
        self.hours.show_room(room_id)
        self.rule.show_room(room_id)
        self._show_places()

    def _show_places(self) -> None:
        _ = self._wording.language.gettext
        topics = [
            PlaceFace(Topic.HOURS, _("Opening hours"), None),
            PlaceFace(Topic.RULE, _("Durations and limits"), None),
            PlaceFace(Topic.HOUSE, _("Rules and texts"), None),
        ]
        self.places.show_places(self._board.book, self._site_id, self._room_id)
        self.places.topics.show_places(_("What is set"), topics, self._topic)

"""Where one can go today: a line for each room, as many as fit, and the others at a press."""

from functools import partial

from PySide6.QtWidgets import QWidget

from kiosk.look.announce import announce
from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.dialog import Dialog, Edges
from kiosk.look.look import Look
from kiosk.look.words import Words
from kiosk.shell.help_page import Plate
from kiosk.shell.layout import column, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.outing_words import PlaceWords, place_words
from kiosk.wire.face import Snapshot
from kiosk.wire.outing import PlacesFace, PlacesStage

CLOSE = "close"
MOST_LINES = 6


class PlaceLine(Card):
    """One room."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "sunken", parent)
        self._name = Words(look, "", "h3", wrap=True)
        self._line = Words(look, "", "body", "ink_muted", wrap=True)
        self._figure = Words(look, "", "strong")
        line = row(self, spacing=28, margins=(26, 12, 26, 12))
        told = column(spacing=2)
        told.addWidget(self._name)
        told.addWidget(self._line)
        line.addLayout(told, 1)
        line.addWidget(self._figure)

    def name(self) -> str:
        """Return which room it is."""
        return self._name.plain()

    def tell(self, words: PlaceWords) -> None:
        """Say it."""
        self._name.say(words.name)
        self._line.say(words.line)
        self._figure.set_tone("success" if words.is_free else "ink_muted")
        self._figure.say(words.figure)


class OutingDialog(Dialog):
    """The dialog. It shows what the hub has just told, and never what it told before."""

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        look = outfit.look
        super().__init__(look, outfit.guard, parent, width=1120, edges=Edges(60, 48, 44, 32))
        self._outfit = outfit
        self._places: list[PlaceWords] = []
        self._stage: PlacesStage | None = None
        self._first = 0
        self._size = MOST_LINES
        self._title = Words(look, "", "h1", rem=2.1, wrap=True)
        self._text = Words(look, "", "lead", "ink_muted", wrap=True)
        self.lines = [PlaceLine(look) for _number in range(MOST_LINES)]
        self.more = Button(look, "", "secondary", size="large", icon="rotate-cw")
        self.close_button = Button(look, "", "primary", size="large")
        head = row(spacing=32)
        head.addWidget(Plate(look, "map-pin", "internet", 88))
        told = column(spacing=6)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._text)
        told.addStretch(1)
        head.addLayout(told, 1)
        self.body.setSpacing(12)
        self.body.addLayout(head)
        self.body.addSpacing(8)
        for line in self.lines:
            self.body.addWidget(line)
        self.answers.addWidget(self.more)
        self.answers.addStretch(1)
        self.add_answer(self.close_button, CLOSE, safe=True, escape=True)
        self.more.clicked.connect(self._turn)
        self.arrangements = [partial(self._arrange, size) for size in range(MOST_LINES, 0, -1)]

    def spoken(self) -> list[str]:
        """Return the question, every room, and the button that closes."""
        button = self._outfit.teller.button(self.close_button.text())
        rooms = [one.spoken for one in self._places]
        return [self._title.plain(), self._text.plain(), *rooms, button]

    def tell(self, snapshot: Snapshot) -> None:
        """Say what the hub told."""
        _ = self._outfit.language.gettext
        face = snapshot.places or PlacesFace(stage=PlacesStage.ASKING)
        told = face.places if face.stage is PlacesStage.TOLD else None
        before, self._places = self._places, []
        if told is not None:
            self._places = place_words(self._outfit, snapshot, told)
        title = _("Where can I go today?")
        text = self._sentence(snapshot, face)
        self._title.say(title)
        self._text.say(text)
        self.set_spoken(f"{title} {text}")
        self.more.setText(_("Other places"))
        self.close_button.setText(_("Close"))
        if len(before) != len(self._places):
            self._first = 0
        self._show()
        was_asking = self._stage is PlacesStage.ASKING
        self._stage = face.stage
        if was_asking and face.stage is not PlacesStage.ASKING:
            self.rearrange()
            announce(self, " ".join((text, *(one.spoken for one in self._places))))

    def _sentence(self, snapshot: Snapshot, face: PlacesFace) -> str:
        _ = self._outfit.language.gettext
        if face.stage is PlacesStage.ASKING:
            return _("We are looking for free seats…")
        if face.places is None:
            return _("We cannot see the other rooms at the moment. Try again in a minute.")
        if any(one.is_free for one in self._places):
            time = self._outfit.teller.phrase(snapshot).time(face.places.at)
            return _("This is how it stands at %(time)s.") % {"time": time}
        return _("No seat is free anywhere at the moment.")

    def _arrange(self, size: int) -> None:
        self._size = size
        self._first = 0
        self._show()

    def _turn(self) -> None:
        """Show the rooms that follow, and after the last the first ones."""
        self._first += self._size
        if self._first >= len(self._places):
            self._first = 0
        self._show()
        page = self._places[self._first : self._first + self._size]
        announce(self, " ".join(one.spoken for one in page))

    def _show(self) -> None:
        page = self._places[self._first : self._first + self._size]
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(page))
            if place < len(page):
                line.tell(page[place])
        self.more.setVisible(len(self._places) > self._size)

"""The four large panels of a board: band, call, list, and how one takes a ticket."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from admin_console.desk.models.ticket_stand import TicketStand
from admin_console.desk.parts.line import line_tone
from admin_console.desk.parts.rail import Sign
from admin_console.desk.room_board.face import SHOWN, RoomFace
from admin_console.desk.room_board.panel import Align, Panel, line, write_block
from admin_console.desk.room_board.wording import Headline, Reply, RoomWording
from kiosk.look.card_picture import CardPicture
from kiosk.look.look import Look
from kiosk.look.paint import draw_box
from kiosk.look.phrase import Phrase
from kiosk.rules.seat import SeatState

BAND = 132
SIDE = 64
BELOW = 128
CARD = 130


class Band(Panel):
    """Place, hours, and the time of day."""

    def __init__(self, look: Look, phrase: Phrase, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._phrase = phrase
        self._title, self._line, self._clock = "", "", ""
        self.sign = Sign(look, 56, self)

    def show_face(self, face: RoomFace, opening: str) -> None:
        """Show a room."""
        self._title, self._line = face.title, opening
        self._clock = self._phrase.clock(face.now)
        self.setAccessibleName(f"{face.title}, {opening}, {self._clock}")
        self.update()

    def place(self, rect: QRectF, unit: float) -> None:
        """Stand somewhere, the sign as well."""
        super().place(rect, unit)
        side = round(64 * unit)
        self.sign.setFixedSize(side, side)
        self.sign.move(round(SIDE * unit), round((rect.height() * unit - side) / 2))

    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw the band."""
        theme = self.look.theme
        painter.fillRect(room, theme.colour("band"))
        if theme.is_high_contrast:
            painter.fillRect(line(room, room.height() - 2, 2), theme.colour("band_line"))
        ink = theme.colour("band_ink")
        words = room.adjusted(SIDE + 100, 22, -SIDE - 300, 0)
        self.write(painter, self._title, line(words, 0, 52), 44, ink, weight=700)
        self.write(painter, self._line, line(words, 52, 38), 28, theme.colour("band_ink_muted"))
        clock = room.adjusted(room.width() - 364, 0, -SIDE, 0)
        self.write(painter, self._clock, clock, 84, ink, weight=600, align=Align.AlignRight)


class CallPanel(Panel):
    """Who is called, and to which seat; else what there is to know."""

    def __init__(self, look: Look, wording: RoomWording, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._wording = wording
        self.called: tuple[TicketStand, ...] = ()
        self.headline = Headline("", "")
        self._is_free = False

    def show_face(self, face: RoomFace) -> None:
        """Show a room."""
        self.called = face.called[:SHOWN]
        self.headline = self._wording.headline(face)
        self._is_free = bool(face.free) and face.is_open
        said = [self._wording.called_spoken(one) for one in self.called]
        head = self.headline
        other = ". ".join(part for part in (head.title, head.fact, head.sentence) if part)
        self.setAccessibleName(" ".join(said) or other)
        self.update()

    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw the panel."""
        if self.called:
            self._draw_calls(painter, room)
        else:
            self._draw_headline(painter, room)

    def _draw_headline(self, painter: QPainter, room: QRectF) -> None:
        theme = self.look.theme
        fill = theme.colour("success_soft" if self._is_free else "surface")
        outline = theme.colour("success" if self._is_free else "control_border")
        draw_box(painter, room, 36, fill, outline, 2.5)
        inner = room.adjusted(52, 36, -52, -34)
        ink = theme.colour("ink")
        self.write(painter, self.headline.title, line(inner, 0, 56), 46, ink, weight=600)
        middle = inner.adjusted(0, 56, 0, -56)
        tone = theme.colour("success" if self._is_free else "ink")
        self.write(painter, self.headline.fact, middle, 104, tone, weight=700)
        last = line(inner, inner.height() - 50, 50)
        self.write(painter, self.headline.sentence, last, 38, ink)

    def _draw_calls(self, painter: QPainter, room: QRectF) -> None:
        theme = self.look.theme
        colours = theme.status_colours(SeatState.HELD)
        fill, ink = colours.strong, theme.colour("surface")
        draw_box(painter, room, 36, fill)
        inner = room.adjusted(52, 36, -52, -34)
        _ = self._wording.language.gettext
        self.write(painter, _("It is your turn"), line(inner, 0, 52), 46, ink, weight=600)
        alone = len(self.called) == 1
        rows = inner.adjusted(0, 64, 0, -58 if alone else 0)
        high = rows.height() / len(self.called)
        for place, ticket in enumerate(self.called):
            row = line(rows, place * high, high)
            self._draw_call(painter, row.adjusted(0, 8, 0, -8), ticket, fill, ink)
        if alone:
            last = line(inner, inner.height() - 46, 46)
            spot = QRectF(last.left(), last.center().y() - 20, 40, 40)
            self.look.icons.paint(painter, "bookmark", spot, ink)
            kept = self._wording.call(self.called[0])
            self.write(painter, kept, last.adjusted(60, 0, 0, 0), 38, ink)

    def _draw_call(
        self, painter: QPainter, row: QRectF, ticket: TicketStand, fill: QColor, ink: QColor
    ) -> None:
        tall = row.height()
        half = row.width() * 0.55
        px = round(min(212.0, tall * 0.9))
        label = QRectF(row.left(), row.top(), half - 40, tall)
        wide = self.write(painter, ticket.label, label, px, ink, weight=700)
        arrow = min(72.0, tall * 0.6)
        left = row.left() + wide + (half + 30 - wide) / 2 - arrow / 2
        spot = QRectF(left, row.center().y() - arrow / 2, arrow, arrow)
        self.look.icons.paint(painter, "arrow-right", spot, ink)
        box = QRectF(row.left() + half + 30, row.top(), row.width() - half - 30, tall)
        draw_box(painter, box, 32, ink)
        _ = self._wording.language.gettext
        number = str(ticket.seat)
        if tall > 200:  # noqa: PLR2004
            above = line(box, 16, 54)
            middle = Align.AlignHCenter
            self.write(painter, _("Seat"), above, 44, fill, weight=600, align=middle)
            rest = box.adjusted(24, 66, -24, -8)
            big = round(min(196.0, rest.height()))
            self.write(painter, number, rest, big, fill, weight=700, align=middle)
        else:
            words = box.adjusted(36, 0, -36, 0)
            self.write(painter, _("Seat"), words, 44, fill, weight=600)
            big = round(tall * 0.8)
            self.write(painter, number, words, big, fill, weight=700, align=Align.AlignRight)


class ListPanel(Panel):
    """Who comes next and when; for a moment, what came of asking for a ticket."""

    def __init__(self, look: Look, wording: RoomWording, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._wording = wording
        self.following: tuple[TicketStand, ...] = ()
        self.waiting = 0
        self._below = 0.0
        self.reply: Reply | None = None

    def show_face(self, face: RoomFace) -> None:
        """Show a room."""
        self.following, self.waiting = face.following[:SHOWN], face.waiting
        self._tell()

    def show_reply(self, reply: Reply | None, below: float = 0.0) -> None:
        """Show what came of asking for a ticket; None shows the list again.

        So many pixels of the design are left `below` for buttons.
        """
        self.reply, self._below = reply, below
        self._tell()

    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw the panel."""
        if self.reply is not None:
            self._draw_reply(painter, room, self.reply)
        else:
            self._draw_list(painter, room)

    def _tell(self) -> None:
        _ = self._wording.language.gettext
        told = [f"{one.label} {self._wording.when(one)}" for one in self.following]
        people = self._wording.people(self.waiting) if self.waiting else _("Nobody waits.")
        said = ", ".join([_("After that"), people, *told])
        self.setAccessibleName(self.reply.spoken if self.reply is not None else said)
        self.update()

    def _draw_list(self, painter: QPainter, room: QRectF) -> None:
        theme = self.look.theme
        thick = 2.5 if theme.is_high_contrast else 1.5
        tone = line_tone(self.look)
        draw_box(painter, room, 36, theme.colour("surface"), theme.colour(tone), thick)
        inner = room.adjusted(40, 32, -40, -20)
        _ = self._wording.language.gettext
        ink, muted = theme.colour("ink"), theme.colour("ink_muted")
        top = line(inner, 0, 56)
        self.write(painter, _("After that"), top, 46, ink, weight=700)
        if not self.following:
            middle = inner.adjusted(0, 60, 0, 0)
            self.write(painter, _("Nobody waits."), middle, 38, muted)
            return
        right = top.adjusted(200, 0, 0, 0)
        people = self._wording.people(self.waiting)
        self.write(painter, people, right, 30, muted, align=Align.AlignRight)
        rows = inner.adjusted(0, 64, 0, 0)
        high = rows.height() / SHOWN
        colours = theme.status_colours(SeatState.HELD)
        for place, ticket in enumerate(self.following):
            row = line(rows, place * high, high)
            if place:
                painter.fillRect(line(row, 0, 2), theme.colour(tone))
            tall = min(84.0, high - 20)
            chip = QRectF(row.left(), row.center().y() - tall / 2, 176, tall)
            edge = colours.strong if theme.is_high_contrast else None
            draw_box(painter, chip, 20, colours.card, edge, 2.0)
            label = chip.adjusted(10, 0, -10, 0)
            px, centre = 52, Align.AlignHCenter
            self.write(painter, ticket.label, label, px, colours.strong, weight=700, align=centre)
            words = row.adjusted(200, 0, 0, 0)
            small, large = self._wording.expected(ticket)
            if small:
                above = QRectF(words.left(), words.center().y() - 42, words.width(), 34)
                self.write(painter, small, above, 28, muted, align=Align.AlignRight)
                below = QRectF(words.left(), words.center().y() - 10, words.width(), 54)
            else:
                below = words
            self.write(painter, large, below, 46, ink, weight=600, align=Align.AlignRight)

    def _draw_reply(self, painter: QPainter, room: QRectF, reply: Reply) -> None:
        theme = self.look.theme
        fill = theme.colour("success_soft" if reply.good else "warning_soft")
        tone = theme.colour("success" if reply.good else "warning")
        draw_box(painter, room, 36, fill, tone, 4.0)
        inner = room.adjusted(40, 32, -40, -24 - self._below)
        ink = theme.colour("ink")
        if reply.large and self._below:
            # Beside buttons there is one line for both.
            top = line(inner, 0, 76)
            self.write(painter, reply.large, top, 72, ink, weight=700, align=Align.AlignRight)
            beside = top.adjusted(0, 0, -top.width() * 0.42, 0)
            self.write(painter, reply.title, beside, 44, tone, weight=700)
            rest = inner.adjusted(0, 86, 0, 0)
        elif reply.large:
            self.write(painter, reply.title, line(inner, 0, 56), 44, tone, weight=700)
            large = line(inner, 56, 132)
            self.write(painter, reply.large, large, 124, ink, weight=700)
            rest = inner.adjusted(0, 206, 0, 0)
            if reply.code:
                code = line(inner, 192, 76)
                self.write(painter, reply.code, code, 68, ink, weight=700)
                rest = inner.adjusted(0, 274, 0, 0)
        else:
            high = write_block(painter, self.look, reply.title, inner, 44, tone)
            rest = inner.adjusted(0, high + 24, 0, 0)
        write_block(painter, self.look, " ".join(reply.sentences), rest, 36, ink)


class TicketBand(Panel):
    """How one takes a ticket, and whom one may call."""

    def __init__(self, look: Look, wording: RoomWording, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._wording = wording
        self._invitation = ("", "")
        self._telephone = ""
        self.card = CardPicture(look, CARD)
        self.card.setParent(self)

    def show_face(self, face: RoomFace) -> None:
        """Show a room."""
        self._invitation = self._wording.invitation(face)
        self._telephone = face.telephone
        self.card.setVisible(face.takes_tickets)
        self.setAccessibleName(" ".join([*self._invitation, self._help()]).strip())
        self.update()

    def place(self, rect: QRectF, unit: float) -> None:
        """Stand somewhere, the picture as well."""
        super().place(rect, unit)
        self.card.set_width(round(CARD * unit))
        hint: QSize = self.card.sizeHint()
        self.card.resize(hint)
        self.card.move(round(SIDE * unit), round((rect.height() * unit - hint.height()) / 2))

    def words_end(self) -> float:
        """Return where the words about whom to call begin, from the right, in design pixels."""
        return SIDE + (430 if self._telephone else 0)

    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw the band."""
        theme = self.look.theme
        painter.fillRect(room, theme.colour("soft"))
        if theme.is_high_contrast:
            painter.fillRect(line(room, 0, 2), theme.colour("control_border"))
        ink = theme.colour("ink")
        shift = SIDE if self.card.isHidden() else SIDE + CARD + 36
        words = room.adjusted(shift, 0, -self.words_end() - 420, 0)
        strong, rest = self._invitation
        if strong:
            top = words.adjusted(0, 14, 0, -words.height() / 2)
            low = words.adjusted(0, words.height() / 2 - 4, 0, -18)
            self.write(painter, strong, top, 42, ink, weight=700)
            self.write(painter, rest, low, 38, ink)
        if self._telephone:
            _ = self._wording.language.gettext
            corner = QPointF(room.right() - self.words_end(), 0)
            help_room = QRectF(corner, room.size()).adjusted(0, 0, 0, 0)
            help_room.setRight(room.right() - SIDE)
            spot = QRectF(help_room.left(), room.center().y() - 20, 40, 40)
            self.look.icons.paint(painter, "phone", spot, theme.colour("primary"))
            beside = help_room.adjusted(58, 0, 0, 0)
            self.write(painter, _("Need help?"), line(beside, 24, 38), 30, ink)
            self.write(painter, self._telephone, line(beside, 62, 40), 30, ink, weight=700)

    def _help(self) -> str:
        _ = self._wording.language.gettext
        return f"{_('Need help?')} {self._telephone}" if self._telephone else ""

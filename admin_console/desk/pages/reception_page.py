"""*Accueil*: a card and Enter say who is there and what they get; Enter once more gives it."""

import itertools
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.models.board import Board, Difference
from admin_console.desk.models.offer_face import Act, Deed, OfferFace, Offers, act_of, free_seats
from admin_console.desk.models.pass_counter import PassCounter
from admin_console.desk.models.ticket_stand import how_many_wait
from admin_console.desk.models.visit import Stage, Visit
from admin_console.desk.models.visit_wording import VisitWording
from admin_console.desk.models.wish import (
    Alter,
    Give,
    Import,
    Meet,
    NewPass,
    NewPin,
    Register,
    ShowCard,
    Wish,
)
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.page import Page
from admin_console.desk.parts.aside import Aside
from admin_console.desk.parts.import_dialog import ChooseFile
from admin_console.desk.parts.mode_row import ModeRow
from admin_console.desk.parts.offer_panel import OfferPanel
from admin_console.desk.parts.pass_panel import PassChoice
from admin_console.desk.parts.people_acts import PeopleActs
from admin_console.desk.parts.person_card import PersonCard
from admin_console.desk.parts.scanner import ScanTarget
from admin_console.desk.parts.site_choice import SiteChoice
from admin_console.desk.parts.three_columns import ThreeColumns
from admin_console.desk.parts.who_field import WhoField
from kiosk.hublink.failure import Failure
from kiosk.look.announce import announce
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.reading import stops_of
from kiosk.wire.act import CardShown
from kiosk.wire.ticket import TicketRefused

SETTLE_MS = 300
"""The proposal is asked for again so long after the room has changed."""

BY_ENTER = frozenset({Deed.GIVE, Deed.AGAIN, Deed.REGISTER})
"""What Enter in the field does; the rest takes a hand on its button."""


class ReceptionPage(Page):
    """The page. It shows and wishes; whoever owns it asks the hub.

    Signals:
        wished: a `Wish`; answer with `show_answer`.
    """

    wished = Signal(object)

    icon = "user-plus"

    def __init__(
        self,
        look: Look,
        guard: Guard,
        wording: Wording,
        board: Board,
        *,
        may_import: bool = False,
        choose_file: ChooseFile | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._board, self._seats = look, board, wording
        self._wording = VisitWording(wording.language, wording.phrase)
        self._offers = Offers(self._wording, board)
        self._visit: Visit | None = None
        self._site_id = self._room_id = ""
        self._is_pass = self._wants_list = False
        self._counter = PassCounter(self._wording)
        self._face = OfferFace("")
        self.setProperty("ground", "page")
        language = wording.language
        self.who = WhoField(look, language)
        self.person = PersonCard(look, self._wording)
        self.acts = PeopleActs(
            look, guard, self._wording, self, may_import=may_import, choose_file=choose_file
        )
        self.sites = SiteChoice(look, guard, language, self)
        self.modes = ModeRow(look, wording)
        self.offer = OfferPanel(look, self._wording)
        self.passes = PassChoice(look, self._wording)
        self.offer.extra.addWidget(self.passes)
        self.aside = Aside(look, self._wording)
        self.columns = ThreeColumns(look, [self.who, self.person, self.acts], self.aside)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._ask_again)
        self._build()
        self._connect()
        sites = self._sites()
        if sites:
            self.show_site(sites[0])
        self.retell()

    def _build(self) -> None:
        self.offer.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.columns.middle.addWidget(self.modes)
        self.columns.middle.addWidget(self.offer, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.columns)

    def _connect(self) -> None:
        self.sites.chosen.connect(self.show_site)
        self.who.card_entered.connect(self.meet)
        self.who.enter_pressed.connect(self._on_enter)
        self.modes.chosen.connect(self._on_mode)
        self.modes.entered.connect(self._on_mode_entered)
        self.offer.room_chosen.connect(self.show_room)
        self.offer.seat_chosen.connect(self._on_seat)
        self.offer.main_asked.connect(self._on_main)
        self.offer.other_asked.connect(self._on_other)
        self.passes.entered.connect(self._on_main)
        self.acts.wished.connect(self.wished)
        self.person.look_asked.connect(self._on_look)
        self.acts.registered.connect(self.meet)
        self._seats.language.changed.connect(self.retell)

    # ---------------------------------------------------------------------------------- the page

    def title(self) -> str:
        """Return the name of the page."""
        return self._seats.language.gettext("Front desk")

    def parts(self) -> list[QWidget]:
        """Return the parts of the page, in reading order."""
        shown: list[QWidget] = [self.columns.left, self.modes, self.offer, self.columns.right]
        return [part for part in shown if part.isVisibleTo(self)]

    def cover(self, house: QWidget) -> None:
        """Let the questions lie over the whole house."""
        self.acts.cover(house)
        self.sites.cover(house)

    def filters(self) -> QWidget | None:
        """Return the choice of the site, where there is one."""
        return self.sites.button if self.sites.is_needed() else None

    def scan_target(self) -> ScanTarget | None:
        """Take cards in the field of this page."""
        return self.who

    def settle(self, difference: Difference) -> None:
        """Take over what became different; the proposal is asked for again where it may move."""
        here = {seat.seat_id for seat in self._board.book.seats_of_room(self._room_id)}
        if here & difference.seats or self._site_id in difference.waiting:
            self._again.start(SETTLE_MS)
        if difference:
            self._show()

    def show_time(self, now: datetime) -> None:
        """Show what depends on the time of day."""
        self._show()

    def retell(self) -> None:
        """Say everything again."""
        self.passes.retell()
        self._show()

    # ------------------------------------------------------------------------------- the visits

    @property
    def visit(self) -> Visit | None:
        """Who stands at the desk."""
        return self._visit

    @property
    def face(self) -> OfferFace:
        """What the middle shows."""
        return self._face

    def show_site(self, site_id: str) -> None:
        """Give seats of another site."""
        rooms = self._board.book.rooms_of(site_id)
        self._site_id = site_id
        self.show_room(rooms[0].room_id if rooms else "")

    def show_room(self, room_id: str) -> None:
        """Give seats of another room; who stands there is asked about anew."""
        self._room_id = room_id
        if self._visit is not None and self._visit.stage is not Stage.GRANTED:
            self.meet(self._visit.card)
        self._show()

    def meet(self, card: str) -> None:
        """Begin with a card."""
        self._is_pass = self._wants_list = False
        self._visit = Visit(card, self._room_id)
        self.who.show_masked(self._visit.masked)
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()
        self.wished.emit(Meet(card, self._room_id))

    def receive(self, card: str) -> None:
        """Come to the front with a card that was passed elsewhere."""
        self.shown_asked.emit()
        self.meet(card)

    def leave_visit(self) -> None:
        """Wait for the next person."""
        self._visit = None
        self._wants_list = False
        self.who.clear()
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()

    def show_answer(self, wish: Wish, answer: object) -> None:
        """Show what came of a wish: an answer of the hub, or a `Failure`."""
        if isinstance(wish, Meet):
            self._on_met(wish, answer)
        elif isinstance(wish, Give):
            self._on_given(wish, answer)
        elif isinstance(wish, NewPass):
            self._on_pass(wish, answer)
        elif isinstance(wish, ShowCard):
            self._on_shown(wish, answer)
        elif isinstance(wish, Register | Alter | NewPin | Import):
            self.acts.show_answer(wish, answer)
            if isinstance(wish, Alter) and self._visit is not None:
                self._ask_again()

    def _on_met(self, wish: Meet, answer: object) -> None:
        visit = self._visit
        if visit is None or (visit.card, visit.room_id) != (wish.card, wish.room_id):
            return
        if visit.busy or visit.stage is Stage.GRANTED:
            return
        if isinstance(answer, Failure) and visit.met is not None:
            return
        is_new = visit.answer is None
        self._visit = visit.told(answer)  # type: ignore[arg-type]
        self._show()
        if is_new:
            self._announce()

    def _on_given(self, wish: Give, answer: object) -> None:
        visit = self._visit
        if visit is None or (visit.card, visit.room_id) != (wish.card, wish.room_id):
            return
        self._visit = visit.ended(answer)  # type: ignore[arg-type]
        self._show()
        self._announce()
        if isinstance(answer, TicketRefused):
            self._ask_again()

    def _on_look(self) -> None:
        visit = self._visit
        if visit is not None and visit.is_shown:
            self._visit = visit.showing(is_shown=False)
            self._show()
        elif visit is not None:
            self.wished.emit(ShowCard(visit.card, visit.room_id))

    def _on_shown(self, wish: ShowCard, answer: object) -> None:
        # The digits are shown only where it stands in the journal that they are looked at.
        visit, is_shown = self._visit, isinstance(answer, CardShown)
        if visit is not None and visit.card == wish.card:
            self._visit = visit.showing(is_shown=is_shown)
            self._show()
            self.person.show_trouble(None if is_shown else self._wording.stays_masked())

    def _ask_again(self) -> None:
        visit = self._visit
        if visit is not None and not visit.busy and visit.stage is not Stage.GRANTED:
            self.wished.emit(Meet(visit.card, visit.room_id))

    def _announce(self) -> None:
        """Say what the eye sees: who it is, and what Enter would do, or why it does nothing."""
        parts = []
        visit, face = self._visit, self._face
        if visit is not None and visit.met is not None:
            parts.append(self._wording.name(visit.met.facts))
        if face.trouble is not None:
            parts.append(face.trouble.whole)
        elif face.banner is not None:
            told = face.banner[1]
            parts.append(f"{told.fact} {told.line}".strip())
        if face.main:
            parts.append(face.main)
        announce(self.who.search.edit, ". ".join(parts), urgent=face.trouble is not None)

    # --------------------------------------------------------------------------------- the deeds

    def _on_enter(self) -> None:
        if not self._is_pass and self._face.deed in BY_ENTER:
            self._on_main()

    def _on_main(self) -> None:
        if self._is_pass:
            self._make_pass()
        elif self._face.main and not self._face.busy:
            self._do(self._face.deed)

    def _on_other(self) -> None:
        self._do(self._face.other[1])

    def _do(self, deed: Deed) -> None:
        visit = self._visit
        if deed is Deed.NEXT:
            self.leave_visit()
        elif visit is None:
            return
        elif deed is Deed.GIVE and visit.can_act:
            wish = Give(visit.card, visit.room_id, visit.seat)
            self._visit = visit.sent()
            self._show()
            self.wished.emit(wish)
        elif deed is Deed.AGAIN:
            self.meet(visit.card)
        elif deed is Deed.REGISTER:
            self.acts.register(visit.card)
        elif deed is Deed.CORRECT:
            self.acts.correct()
        elif deed is Deed.AUTHORISE:
            self.acts.authorise()

    def _make_pass(self) -> None:
        is_due = self._counter.begin()
        self._show()
        if is_due:
            self.wished.emit(NewPass(self._site_id, self.passes.duration_code()))

    def _on_pass(self, wish: NewPass, answer: object) -> None:
        self._counter.end(answer, wish.site_id, self._board.now)
        self._show()
        if self._counter.is_new:
            announce(self.offer.heading, self.passes.slip.code.accessibleName())

    def _on_mode(self, value: str) -> None:
        act = Act(value)
        self._is_pass = act is Act.PASS
        self._counter.put_away()
        self._wants_list = act is Act.LIST
        if self._visit is not None and act is not Act.PASS:
            self._visit = self._visit.choose_list(lists=act is Act.LIST)
        self._show()

    def _on_mode_entered(self, _value: str) -> None:
        if self._is_pass or self._face.deed in BY_ENTER:
            self._on_main()

    def _on_seat(self, number: int) -> None:
        if self._visit is not None and not self._visit.busy:
            self._visit = self._visit.pick(number)
            self._show()

    # ------------------------------------------------------------------------------- the showing

    def _sites(self) -> list[str]:
        """Return the sites, staffed ones first: that is where a front desk is."""
        sites = sorted(self._board.book.sites(), key=lambda site: not site.staffed)
        return [site.site_id for site in sites]

    def _show(self) -> None:
        board, book, visit = self._board, self._board.book, self._visit
        site = book.site_name(self._site_id)
        if self._is_pass:
            self._face = self._counter.face(site)
        else:
            self._face = self._offers.face(visit, self._room_id, wants_list=self._wants_list)
        today = self._seats.phrase.local_date(board.now)
        rooms = book.rooms_of(self._site_id)
        names = {one: book.site_name(one) for one in self._sites()}
        self.sites.show_sites(names, self._site_id)
        self.person.show_visit(visit, book.categories(), today)
        self.acts.show_visit(visit, book.categories(), rooms, today)
        offered = () if self._is_pass else tuple((one.room_id, one.name) for one in rooms)
        self.offer.show_rooms(offered, self._room_id)
        self.offer.show_face(self._face)
        self.passes.setVisible(self._is_pass)
        made, is_new = self._counter.last, self._counter.is_new and self._is_pass
        self.passes.show_pass(made if is_new else None, site)
        chosen = act_of(visit, is_pass=self._is_pass, wants_list=self._wants_list)
        free = free_seats(board, self._site_id, self._room_id)
        self.modes.tell(free, self._waiting(), chosen)
        self.aside.show_board(board, self._room_id, None if is_new else made)
        self._order_stops()

    def _waiting(self) -> int:
        lists = self._board.tickets_of(self._site_id)
        return sum(how_many_wait(one) for one in lists if one[0].room_id == self._room_id)

    def _order_stops(self) -> None:
        for first, second in itertools.pairwise(stops_of(self)):
            QWidget.setTabOrder(first, second)

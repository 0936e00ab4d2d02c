"""The states of *Accueil* that the gallery shows."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from PySide6.QtWidgets import QWidget

from admin_console.desk.gallery_stage import Build, Stage, live
from admin_console.desk.house import House
from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.offer_face import Act
from admin_console.desk.models.wish import (
    Give,
    Import,
    Meet,
    NewPass,
    NewPin,
    Register,
    ShowCard,
)
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.reception_page import ReceptionPage
from admin_console.desk.sample import NOW, TICKETS, ZONE, a_queuing_town, a_ticket, a_town
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.phrase import Phrase
from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.person import BrowserProfile
from kiosk.rules.slot import Ground
from kiosk.rules.waiting import ListFault
from kiosk.wire.act import CardShown
from kiosk.wire.desk import Estate
from kiosk.wire.people import (
    CategoryView,
    ImportChecked,
    ImportDone,
    LineFault,
    LineFaultView,
    PersonFacts,
    PersonFault,
    PersonFaulty,
    PersonMet,
    PersonRegistered,
    PersonUnknown,
    PinMade,
    SeatingView,
)
from kiosk.wire.provision import PassesOut, PassMade
from kiosk.wire.ticket import TicketRefused, TicketTaken

CARD = "29210000455678"
CATEGORIES = (
    CategoryView(key="adult", title="Adulte"),
    CategoryView(
        key="minor", title="Mineur", needs_authorisation=True, profile=BrowserProfile.MINOR
    ),
    CategoryView(key="staff", title="Personnel", staff=True),
)
JEANNE = PersonFacts(
    first_name="Jeanne", category="adult", least_age=60, resident=True,
    valid_until=date(2027, 6, 30),
)  # fmt: skip
LEO = PersonFacts(first_name="Léo", category="minor", least_age=12, valid_until=date(2027, 6, 30))
SEATS = (10, 11, 12, 13, 14, 15)
NOTES = {
    10: "près de l’entrée",
    11: "près de l’entrée",
    12: "grand écran",
    13: "scanner",
    14: "calme, fond",
    15: "fauteuil roulant",
}


@dataclass(frozen=True, slots=True)
class Front:
    """The page in its house."""

    house: House
    page: ReceptionPage


def with_people(estate: Estate) -> Estate:
    """Return an estate whose hub knows categories, and whose seats have notes."""
    sites = []
    for site in estate.sites:
        rooms = []
        for room in site.rooms:
            seats = room.seats
            if site.site.site_id == "landowski":
                seats = tuple(
                    msgspec.structs.replace(seat, label=NOTES.get(seat.number, ""))
                    for seat in seats
                )
            rooms.append(msgspec.structs.replace(room, seats=seats))
        sites.append(msgspec.structs.replace(site, rooms=tuple(rooms)))
    return msgspec.structs.replace(estate, sites=tuple(sites), categories=CATEGORIES)


def front(
    stage: Stage, *, estate: Estate | None = None, site: str = "landowski", imports: bool = False
) -> Front:
    """Return the page at a desk at which nobody stands."""
    town = with_people(estate or a_queuing_town())
    board = Board(EstateBook(town), NOW)
    wording = Wording(stage.language, Phrase(stage.language, ZoneInfo(ZONE)))
    page = ReceptionPage(stage.look, stage.guard, wording, board, may_import=imports)
    house = live(stage, estate=town, others=(page,))
    house.turn_to(page)
    page.show_site(site)
    return Front(house, page)


def met(
    *,
    facts: PersonFacts = JEANNE,
    seating: SeatingView | None = None,
    slots: int = 1,
    first_use: bool = False,
) -> PersonMet:
    """Return what the hub tells of somebody; without a `seating` six seats are free for them."""
    free = SeatingView(seats=SEATS, seconds=3600)
    return PersonMet(
        facts=facts,
        seating=seating or free,
        slots_today=slots,
        used_today_seconds=slots * 47 * 60,
        first_use=first_use,
    )


def somebody(
    stage: Stage,
    answer: PersonMet | PersonUnknown | Failure,
    *,
    outcome: TicketTaken | TicketRefused | Failure | None = None,
    estate: Estate | None = None,
    site: str = "landowski",
) -> Front:
    """Return the page with somebody at the desk, and what came of a ticket for them."""
    here = front(stage, estate=estate, site=site)
    room = f"{site}-room"
    here.page.meet(CARD)
    here.page.show_answer(Meet(CARD, room), answer)
    if outcome is not None:
        here.page.offer.main.click()
        visit = here.page.visit
        seat = visit.seat if visit is not None else None
        here.page.show_answer(Give(CARD, room, seat), outcome)
    return here


def shown(
    stage: Stage,
    answer: PersonMet | PersonUnknown | Failure,
    *,
    outcome: TicketTaken | TicketRefused | Failure | None = None,
    site: str = "landowski",
) -> QWidget:
    """Return the same as a window."""
    return somebody(stage, answer, outcome=outcome, site=site).house


def looked_at(stage: Stage, answer: CardShown | Failure) -> QWidget:
    """Return the page after all digits of a card were asked for."""
    here = somebody(stage, met())
    here.page.person.look.click()
    here.page.show_answer(ShowCard(CARD, "landowski-room"), answer)
    return here.house


def refused(stage: Stage, ground: Ground, **facts: object) -> QWidget:
    """Return the page for somebody who gets no seat here."""
    person = LEO if ground is Ground.NO_AUTHORISATION else JEANNE
    seating = msgspec.structs.replace(SeatingView(ground=ground), **facts)
    return shown(stage, met(facts=person, seating=seating))


def passes(stage: Stage, answer: object | None) -> QWidget:
    """Return the page while a guest pass is made, or once it is."""
    here = front(stage)
    click_mode(here.page, Act.PASS)
    if answer is not None:
        here.page.offer.main.click()
        here.page.show_answer(NewPass("landowski", 0), answer)
    return here.house


def last_pass(stage: Stage) -> QWidget:
    """Return the page some minutes after a pass was made."""
    here = somebody(stage, met())
    click_mode(here.page, Act.PASS)
    here.page.show_answer(NewPass("landowski", 6), A_PASS)
    click_mode(here.page, Act.SEAT)
    return here.house


def click_mode(page: ReceptionPage, act: Act) -> None:
    """Choose what is to be done."""
    next(card for card in page.modes.cards if card.value == act).click()


A_PASS = PassMade(digits="6482107391", day=date(2026, 10, 14), seconds=7200)


def new_pin(stage: Stage, *, made: bool) -> QWidget:
    """Return the question before a new code, or the code."""
    here = somebody(stage, met())
    here.page.acts.pin.click()
    if made:
        here.page.acts.question.dismiss()
        here.page.show_answer(NewPin(CARD), PinMade(pin="4071"))
    return here.house


def form(stage: Stage, *faults: PersonFault, correcting: bool = False) -> QWidget:
    """Return the form, with what is wrong in it."""
    here = somebody(stage, met())
    if correcting:
        here.page.acts.alter.click()
        return here.house
    here.page.acts.enrol.click()
    dialog = here.page.acts.form
    dialog.category.choice.cards[1].click()
    if faults:
        dialog.until.set_text("30 juin")
        dialog.keep.click()
        facts = PersonFacts(category="minor")
        here.page.show_answer(Register(facts), PersonFaulty(faults=faults))
    return here.house


def registered(stage: Stage) -> QWidget:
    """Return the code and the card of somebody new."""
    here = front(stage)
    here.page.acts.enrol.click()
    answer = PersonRegistered(facts=LEO, pin="4071", made_card="90210000000017")
    here.page.show_answer(Register(LEO), answer)
    return here.house


CLEAN = ImportChecked(digest="d", added=12, changed=3, same=1840)
FAULTY = ImportChecked(
    digest="d",
    added=9,
    changed=3,
    same=1838,
    faults=(
        LineFaultView(line=4, fault=LineFault.CARD, column="carte"),
        LineFaultView(line=17, fault=LineFault.DATE, column="valable"),
        LineFaultView(line=18, fault=LineFault.CARD_TWICE, column="carte"),
        LineFaultView(line=240, fault=LineFault.CATEGORY, column="categorie"),
    ),
)


def importing(stage: Stage, answer: ImportChecked | ImportDone | None) -> QWidget:
    """Return the dialog of an import."""
    here = front(stage, imports=True)
    dialog = here.page.acts.file
    dialog.begin(Path(__file__))
    if answer is not None:
        here.page.show_answer(Import(b""), answer)
    return here.house


def asking(stage: Stage) -> QWidget:
    """Return the page before the hub has answered."""
    here = front(stage)
    here.page.meet(CARD)
    return here.house


TAKEN = a_ticket(22, 0, seat=10, held=10)
LISTED = a_ticket(22, 0, expected=38, at_seat=2)
FULL = SeatingView(expected_at=NOW + timedelta(minutes=15))
SHORT = SeatingView(
    seats=SEATS, seconds=25 * 60, limit=Ground.CLOSING, limit_at=NOW + timedelta(minutes=35)
)
TICKET_ELSEWHERE = SeatingView(ticket=TICKETS[2], ticket_room="trapeze-room")

RECEPTION: dict[str, Build] = {
    "desk-nobody": lambda stage: front(stage).house,
    "desk-nobody-free": lambda stage: front(stage, estate=a_town(), site="trapeze").house,
    "desk-importer": lambda stage: front(stage, imports=True).house,
    "desk-seat": lambda stage: shown(stage, met()),
    "desk-seat-short": lambda stage: shown(
        stage,
        met(
            facts=msgspec.structs.replace(JEANNE, time=AdaptedTime.DOUBLE),
            seating=SHORT,
            slots=0,
            first_use=True,
        ),
    ),
    "desk-asking": asking,
    "desk-card-shown": lambda stage: looked_at(stage, CardShown()),
    "desk-card-masked": lambda stage: looked_at(stage, Failure(Reason.UNREACHABLE)),
    "desk-given": lambda stage: shown(stage, met(), outcome=TicketTaken(ticket=TAKEN)),
    "desk-too-late": lambda stage: shown(
        stage, met(), outcome=TicketRefused(fault=ListFault.SEAT_NOT_FREE)
    ),
    "desk-no-answer": lambda stage: shown(stage, met(), outcome=Failure(Reason.TIMEOUT)),
    "desk-list": lambda stage: shown(stage, met(seating=FULL), site="trapeze"),
    "desk-listed": lambda stage: shown(
        stage, met(seating=FULL), outcome=TicketTaken(ticket=LISTED), site="trapeze"
    ),
    "desk-arrived": lambda stage: shown(
        stage,
        met(seating=SeatingView(ticket=TICKETS[0], ticket_room="trapeze-room")),
        site="trapeze",
    ),
    "desk-waits-elsewhere": lambda stage: shown(stage, met(seating=TICKET_ELSEWHERE)),
    "desk-unknown": lambda stage: shown(stage, PersonUnknown()),
    "desk-no-contact": lambda stage: shown(stage, Failure(Reason.UNREACHABLE)),
    "desk-too-young": lambda stage: refused(stage, Ground.TOO_YOUNG, minimum_age=55),
    "desk-no-authorisation": lambda stage: refused(stage, Ground.NO_AUTHORISATION),
    "desk-seated": lambda stage: refused(
        stage, Ground.PERSON_SEATED, seat_number=7, room_name="Médiathèque du Trapèze"
    ),
    "desk-expired": lambda stage: refused(stage, Ground.CARD_EXPIRED),
    "desk-pass": lambda stage: passes(stage, None),
    "desk-pass-made": lambda stage: passes(stage, A_PASS),
    "desk-pass-last": last_pass,
    "desk-pass-out": lambda stage: passes(stage, PassesOut(site_id="landowski")),
    "desk-new-pin": lambda stage: new_pin(stage, made=False),
    "desk-pin": lambda stage: new_pin(stage, made=True),
    "desk-form": form,
    "desk-form-faults": lambda stage: form(stage, PersonFault.NO_NAME, PersonFault.CARD_TAKEN),
    "desk-form-correct": lambda stage: form(stage, correcting=True),
    "desk-registered": registered,
    "desk-import-checking": lambda stage: importing(stage, None),
    "desk-import-faults": lambda stage: importing(stage, FAULTY),
    "desk-import-clean": lambda stage: importing(stage, CLEAN),
    "desk-import-done": lambda stage: importing(
        stage, ImportDone(added=12, changed=3, same=1840, pins_missing=2)
    ),
}
"""The states, by the name of their picture."""

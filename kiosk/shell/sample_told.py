"""What the hub may have told a face, for the gallery and the tests: tickets, and where to go."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.shell.sample_refusal import refusals
from kiosk.wire.face import RefusalFace, TicketFace, TicketStage
from kiosk.wire.guide import Places, RoomGuide, SiteGuide
from kiosk.wire.outage import ResumeFace
from kiosk.wire.outing import PlacesFace, PlacesStage
from kiosk.wire.place import AdmissionView, HelpContact

ZONE = "Europe/Paris"


def at(hours: float) -> datetime:
    """Return an instant, in hours of UTC from the midnight of the sample day."""
    return datetime(2026, 10, 14, tzinfo=UTC) + timedelta(hours=hours)


_TAKEN = TicketFace(
    stage=TicketStage.TAKEN,
    label="A-21",
    expected_at=at(14.1),
    expected_seat=4,
    here=True,
    state=TicketState.WAITING,
    ahead=2,
)
TICKETS = {
    "asking": TicketFace(stage=TicketStage.ASKING),
    "taken": _TAKEN,
    "taken-early": replace(_TAKEN, expected_at=None, ahead=0),
    "own": replace(_TAKEN, stage=TicketStage.REFUSED, fault=ListFault.HAS_TICKET),
    "called": replace(
        _TAKEN, stage=TicketStage.CHANGED, state=TicketState.CALLED, seat=4, hold_until=at(12.7)
    ),
    "away": replace(_TAKEN, stage=TicketStage.CHANGED, state=TicketState.AWAY, back_at=at(13.25)),
    "turn": replace(_TAKEN, of_sitter=True),
    "left": replace(_TAKEN, stage=TicketStage.CHANGED, state=TicketState.LEFT),
    "gone": replace(_TAKEN, stage=TicketStage.REFUSED, fault=ListFault.NO_TICKET, state=None),
    "too-late": replace(_TAKEN, stage=TicketStage.REFUSED, fault=ListFault.AFTER_CLOSING),
    "unchanged": replace(_TAKEN, stage=TicketStage.NO_ANSWER),
    "has-one": replace(
        _TAKEN,
        stage=TicketStage.REFUSED,
        fault=ListFault.HAS_TICKET,
        room_name="Espace multimédia",
        here=False,
    ),
    "pass-used": TicketFace(
        stage=TicketStage.REFUSED, refusal=RefusalFace(ground=Ground.PASS_USED)
    ),
    "too-young": TicketFace(stage=TicketStage.REFUSED, refusal=dict(refusals())["too-young"]),
    "closed": TicketFace(stage=TicketStage.REFUSED, fault=ListFault.CLOSED),
    "unknown": TicketFace(stage=TicketStage.UNKNOWN_CARD),
    "no-answer": TicketFace(stage=TicketStage.NO_ANSWER),
}


def _room(name: str, **changes: object) -> RoomGuide:
    return replace(RoomGuide(room_id=name, name=name, zone=ZONE), **changes)


TOWN = Places(
    at=at(12 + 32 / 60),
    sites=(
        SiteGuide(
            name="Espace multimédia Landowski",
            rooms=(_room("Espace multimédia", open_until=at(16), free_seats=4),),
        ),
        SiteGuide(
            name="Médiathèque du Trapèze",
            rooms=(
                _room("Salle multimédia", here=True, open_until=at(17), tickets_wait=True),
                _room("Salle de travail", open_until=at(17), free_seats=1),
            ),
        ),
        SiteGuide(
            name="Club seniors Auguste-Perret",
            rooms=(
                _room(
                    "Salle informatique",
                    opens_at=at(31),
                    closes_at=at(34),
                    admission=AdmissionView(minimum_age=55),
                ),
            ),
        ),
        SiteGuide(
            name="Club seniors Rose-Besnard",
            rooms=(
                _room(
                    "Salle informatique",
                    open_until=at(15.5),
                    free_seats=3,
                    admission=AdmissionView(minimum_age=55),
                ),
            ),
        ),
        SiteGuide(
            name="Bureau Information Jeunesse",
            rooms=(
                _room(
                    "Espace documentation",
                    open_until=at(16),
                    admission=AdmissionView(categories=("young",), residents_only=True),
                ),
            ),
        ),
        SiteGuide(
            name="Centre social du Pont de Sèvres",
            rooms=(_room("Hall", opens_at=at(13), closes_at=at(16)),),
        ),
    ),
)
"""A Wednesday afternoon: free seats, a queue, a room that opens soon, others tomorrow."""

EVENING = Places(
    at=at(18.25),
    sites=tuple(
        replace(
            site,
            rooms=tuple(
                replace(
                    room, open_until=None, free_seats=0, tickets_wait=False,
                    opens_at=at(36), closes_at=at(41),
                )
                for room in site.rooms
            ),
        )
        for site in TOWN.sites[:3]
    ),
)  # fmt: skip
"""The same evening: everything is closed."""

PLACES = {
    "asking": PlacesFace(stage=PlacesStage.ASKING),
    "told": PlacesFace(stage=PlacesStage.TOLD, places=TOWN),
    "evening": PlacesFace(stage=PlacesStage.TOLD, places=EVENING),
    "no-answer": PlacesFace(stage=PlacesStage.NO_ANSWER),
}

BOOKED = (
    (Ground.WORKSHOP, "Premiers pas à l’ordinateur"),
    (Ground.RESERVATION, "Classe de 3e B"),
)
"""Titles as staff type them."""

CLUB_HELP = HelpContact(
    name="Service des seniors", telephone="01 99 00 12 34", hours="du lundi au vendredi, 9 h – 17 h"
)
"""Of a site where nobody is there."""

GIVEN = ResumeFace(
    left_seconds=38 * 60,
    total_seconds=3600,
    until=at(12 + 40 / 60),
    lost_at=at(12 + 26 / 60),
    back_at=at(12.5),
)
"""After a power cut."""

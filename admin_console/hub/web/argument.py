"""The parts of an address and of its query, and the answers that every route may give."""

from typing import Annotated

from litestar import Request
from litestar.datastructures import State
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import SecurityRequirement
from litestar.params import Parameter

from admin_console.hub.service.identity import Reader, StaffIdentity, StationIdentity
from admin_console.hub.web.problem import Refused
from kiosk.rules import identifier
from kiosk.wire.problem import Problem, ProblemCode

StationRequest = Request[StationIdentity, str, State]
StaffRequest = Request[StaffIdentity, str, State]
ReaderRequest = Request[Reader, str, State]

SlotId = Annotated[
    str, Parameter(pattern=identifier.PATTERN, description="The UUIDv7 that the station made.")
]
SeatId = Annotated[str, Parameter(min_length=1, max_length=80, description="A seat of the estate.")]
SiteId = Annotated[str, Parameter(min_length=1, max_length=80, description="A site of the estate.")]
RoomId = Annotated[str, Parameter(min_length=1, max_length=80, description="A room of the estate.")]
TicketNumber = Annotated[
    int, Parameter(ge=1, le=9999, description="The number of a ticket of today.")
]
After = Annotated[
    int,
    Parameter(ge=0, le=2**53, required=True, description="The last change that the reader has."),
]
MoreSeconds = Annotated[
    int,
    Parameter(ge=1, le=24 * 3600, required=True, description="How much time to add, in seconds."),
]

BEARER: list[SecurityRequirement] = [{"bearer": []}]


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """Return what the API document says of the answers besides the good one."""
    return {
        status: ResponseSpec(Problem, generate_examples=False, description=_WHY[status])
        for status in sorted({*statuses, 500, 503})
    }


def check_text(text: str, name: str) -> str:
    """Return a part of the address as it is; raises `Refused` where no row can hold it."""
    if "\0" in text or not text.isprintable():
        raise Refused(ProblemCode.INVALID, f"{name} holds a character that nothing has in its name")
    return text


def check_slot_id(slot_id: str) -> str:
    """Return a slot's id from the address; raises `Refused` where it is none."""
    if not identifier.is_id(slot_id):
        raise Refused(ProblemCode.INVALID, "slot_id is no UUIDv7")
    return slot_id


_WHY = {
    400: "The request is not of its form; nothing was written.",
    401: "A bearer token that the hub knows is needed.",
    403: "The bearer may not do this.",
    404: "There is no such thing, or none that the bearer may know of.",
    409: "Something else stands in that place.",
    413: "The body is too large.",
    500: "The hub failed; its log tells why under the number in the detail.",
    503: "Too many requests wait: try again.",
}

"""What the station knows of the print credit of whoever sits on its seat; gone with the slot."""

from dataclasses import dataclass, field

from kiosk.wire.credit import CardFault, SeatCredit


@dataclass(frozen=True, slots=True)
class Wallet:
    """Print credit on the seat.

    Attributes:
        slot_id: whose it is.
        told: what the hub told last.
        number: of the card that was passed and is shown.
        trying: of a card that was just passed and is being looked for.
        fault: why the last one that was passed is not shown.
        retry_seconds: how long none is looked for after too many tries.
        unanswered: whether nobody could say what the passed card is.
        ask_id: the ask that the hub has not answered yet.
        due: whether what was told may be old by now.
        missed: whether an ask was in vain; it is repeated as time passes.
    """

    slot_id: str
    told: SeatCredit | None = None
    number: str | None = field(default=None, repr=False)
    trying: str | None = field(default=None, repr=False)
    fault: CardFault | None = None
    retry_seconds: int = 0
    unanswered: bool = False
    ask_id: str | None = None
    due: bool = True
    missed: bool = False

"""The credit of whoever sits at a station, told to that station alone and while they sit."""

from collections.abc import Iterable

from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.money.cardtries import card_wait, count_unknown_card
from admin_console.hub.service.money.cardview import account_of, view_of
from admin_console.hub.service.money.port import MoneyKeys
from admin_console.hub.service.money.record import Movement as Line
from admin_console.hub.service.money.record import PostingKind, PrintCard
from admin_console.hub.service.port import Clock, Store, Work
from admin_console.hub.service.record import SlotState
from kiosk.rules.credit import OPEN_STATES, HoldState
from kiosk.wire.credit import (
    CardFault,
    CreditGround,
    Movement,
    MovementKind,
    ReadSeatCredit,
    SeatCredit,
    SeatCreditAnswer,
    SeatCreditRefused,
)
from kiosk.wire.money import CardState, PrintCardView

SHOWN = 8
"""So many movements are told."""
LOOKED_AT = 60
"""So many lines of the ledger are looked at for them: what a job took and gave back are several."""

LIVE = frozenset({SlotState.GRANTED, SlotState.OPEN})
JOB_KINDS = frozenset({PostingKind.AUTHORISATION, PostingKind.SETTLEMENT, PostingKind.RELEASE})
OWN_STATES = frozenset({CardState.ACTIVE, CardState.BLOCKED})
"""Of a member's cards those that are told. A blocked one is: its holder shall know."""

FAULTS = {
    CardState.BLOCKED: CardFault.BLOCKED,
    CardState.REPLACED: CardFault.REPLACED,
    CardState.EXPIRED: CardFault.EXPIRED,
}
KINDS = {
    PostingKind.TOP_UP: MovementKind.TOP_UP,
    PostingKind.REFUND: MovementKind.GIVEN_BACK,
    PostingKind.TRANSFER: MovementKind.MOVED,
    PostingKind.LAPSE: MovementKind.LAPSED,
    PostingKind.REVERSAL: MovementKind.CORRECTED,
}


class SeatCredits:
    """Tells a station what its visitor has.

    Args:
        store: where everything is kept.
        clock: stamps what is told, and counts how long nobody may try another card.
        keys: digests the numbers of cards.
    """

    def __init__(self, store: Store, clock: Clock, keys: MoneyKeys) -> None:
        self._store = store
        self._clock = clock
        self._keys = keys

    def read(self, station: StationIdentity, ask: ReadSeatCredit) -> SeatCreditAnswer:
        """Return the credit of whoever sits there in that slot.

        Numbers can be guessed: after three unknown ones none is looked for at this station for a
        while.
        """
        with self._store.begin(write=False) as work:
            told = self._told(work, station, ask)
        if isinstance(told, SeatCredit) and told.fault is CardFault.UNKNOWN:
            count_unknown_card(self._store, station, self._clock)
        return told

    def _told(self, work: Work, station: StationIdentity, ask: ReadSeatCredit) -> SeatCreditAnswer:
        slot = work.slots.get(ask.slot_id)
        if slot is None or slot.station_id != station.station_id or slot.state not in LIVE:
            return SeatCreditRefused(ground=CreditGround.NOBODY_HERE)
        if not work.money.prices.of_site(station.site_id):
            return SeatCreditRefused(ground=CreditGround.NOT_SOLD_HERE)
        person = work.slots.person(ask.slot_id)
        wait = card_wait(work, station, self._clock)
        passed = None if ask.number is None else self._passed(work, person, ask.number, wait)
        shown = passed if isinstance(passed, PrintCard) else None
        cards = () if person is None else work.money.cards.of_member(person)
        own = [card for card in cards if card.state in OWN_STATES and card != shown]
        views = sorted((view_of(work, card) for card in own), key=_most_first)
        if shown is not None:
            views.insert(0, view_of(work, shown))
        return SeatCredit(
            at=self._clock.now(),
            cards=tuple(views),
            movements=_movements(work, views[0].card_id) if views else (),
            fault=passed if isinstance(passed, CardFault) else None,
            retry_seconds=wait if passed is CardFault.TOO_MANY_TRIES else 0,
        )

    def _passed(
        self, work: Work, person: str | None, number: str, wait: int
    ) -> PrintCard | CardFault:
        if wait:
            return CardFault.TOO_MANY_TRIES
        card = work.money.cards.by_number(self._keys.number(number))
        if card is None:
            return CardFault.UNKNOWN
        if card.member not in {None, person}:
            # Numbers of cards can be read over a shoulder.
            return CardFault.OF_ANOTHER
        return FAULTS.get(card.state, card)


def _most_first(card: PrintCardView) -> tuple[bool, int]:
    return card.state is not CardState.ACTIVE, -card.balance_cents


def _movements(work: Work, card_id: str) -> tuple[Movement, ...]:
    """Return what moved, the newest first; all that a job took and gave back is one movement."""
    account = account_of(card_id)
    groups: dict[str, list[Line]] = {}
    for line in work.money.ledger.movements(account, None, LOOKED_AT):
        is_job = line.hold_id is not None and line.posting_kind in JOB_KINDS
        groups.setdefault(str(line.hold_id if is_job else line.posting_id), []).append(line)
    shown: list[Movement] = []
    for lines in groups.values():
        change = sum(account.change(line.amount_cents) for line in lines)
        if change and len(shown) < SHOWN:
            shown.append(_movement(work, lines, change))
    return tuple(shown)


def _movement(work: Work, lines: Iterable[Line], change_cents: int) -> Movement:
    newest = next(iter(lines))
    kind, pages = KINDS.get(newest.posting_kind), 0
    if kind is None:
        hold = None if newest.hold_id is None else work.money.holds.get(newest.hold_id)
        if hold is not None and hold.state in OPEN_STATES:
            kind = MovementKind.PRINTING
        else:
            kind = MovementKind.PRINTED if change_cents < 0 else MovementKind.GIVEN_BACK
        if hold is not None and hold.state is HoldState.SETTLED and change_cents < 0:
            pages = hold.printed
    return Movement(
        at=newest.at,
        kind=kind,
        change_cents=change_cents,
        balance_cents=newest.balance_cents,
        pages=pages,
    )

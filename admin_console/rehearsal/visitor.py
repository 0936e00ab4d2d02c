"""Who comes to which seat, when, and what they do there: a plan made before anybody moves.

Everything follows from the seed. Each seat has its own visitors, so that nobody sits on two
seats and no seat's story depends on how quick another was.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

SHORTEST_STAY_SECONDS = 10 * 60
LONGEST_STAY_SECONDS = 60 * 60
LONGEST_RENEWED_STAY_SECONDS = 100 * 60
SHORTEST_PAUSE_SECONDS = 2 * 60
LONGEST_PAUSE_SECONDS = 25 * 60
SEATED_AT_START = 0.6
"""The part of the seats with somebody on them when the rehearsal begins."""
RENEWING = 0.35
"""The part of the visitors who stay longer than their hour."""
HELP_AFTER_SECONDS = 20.0
ARRIVAL_SECONDS = 8.0
"""Those who are there when the rehearsal begins are let in within this time, not all at once."""
SILENT_SEATS = 2


class Habit(StrEnum):
    """What is particular about a seat; most have nothing."""

    PLAIN = "plain"
    SILENT = "silent"
    OUT_OF_ORDER = "out_of_order"
    CALLING = "calling"


@dataclass(frozen=True, slots=True)
class Card:
    """What a visitor holds."""

    number: str
    pin: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One sitting.

    Attributes:
        card: who comes.
        pause_seconds: how long the seat is left free before.
        sat_part: the part of the slot that is behind the visitor already; only for those who are
            there when the rehearsal begins.
        stay_seconds: how long they stay from now on, if nobody ends their slot.
        renews: whether they stay beyond their hour if they may.
        calls_after: seconds after which they press *Appeler*, if they do.
    """

    card: Card
    pause_seconds: float
    sat_part: float
    stay_seconds: float
    renews: bool
    calls_after: float | None = None


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """A seat, its habit, its visitors, and the chance that is its own."""

    seat_id: str
    habit: Habit
    cards: tuple[Card, ...]
    seed: int
    fast: float = 1.0

    def visits(self) -> Iterator[Visit]:
        """Yield the visits, one after the other, for ever; none where nobody may come."""
        if not self.cards or self.habit in {Habit.SILENT, Habit.OUT_OF_ORDER}:
            return
        chance = random.Random(self.seed)
        turn = 0
        while True:
            yield self._visit(chance, turn)
            turn += 1

    def _visit(self, chance: random.Random, turn: int) -> Visit:
        card = self.cards[turn % len(self.cards)]
        renews = chance.random() < RENEWING
        longest = LONGEST_RENEWED_STAY_SECONDS if renews else LONGEST_STAY_SECONDS
        stay = chance.uniform(SHORTEST_STAY_SECONDS, longest)
        pause = chance.uniform(SHORTEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
        seated = chance.random() < SEATED_AT_START
        sat = 0.0
        calls_after = None
        if turn == 0 and (seated or self.habit is Habit.CALLING):
            # Somebody who is there already has a part of their stay behind them.
            sat = chance.uniform(0, min(stay, LONGEST_STAY_SECONDS) * 0.95)
            stay, pause = stay - sat, chance.uniform(0, ARRIVAL_SECONDS)
        if turn == 0 and self.habit is Habit.CALLING:
            stay = max(stay, SHORTEST_STAY_SECONDS)
            calls_after = HELP_AFTER_SECONDS
        return Visit(
            card=card,
            pause_seconds=pause / self.fast,
            sat_part=sat / LONGEST_STAY_SECONDS,
            stay_seconds=stay / self.fast,
            renews=renews,
            calls_after=None if calls_after is None else calls_after / self.fast,
        )


def plan_house(
    seed: int,
    seat_ids: Sequence[str],
    cards: Sequence[Card],
    *,
    calling: str | None = None,
    fast: float = 1.0,
    fits: Callable[[str, Card], bool] | None = None,
) -> tuple[SeatPlan, ...]:
    """Return a plan for each seat, in the order given.

    Args:
        seed: the same one gives the same house.
        seat_ids: the simulated seats; two of them fall silent and one is out of order, where
            there are enough of them.
        cards: the visitors; each belongs to one seat, and a seat without a card stays free.
        calling: the seat where the first visitor calls for help.
        fast: visits and pauses are this many times as quick.
        fits: whether a visitor may sit on a seat; None lets everybody sit everywhere.

    Raises:
        ValueError: `fast` is not above zero.
    """
    if fast <= 0:
        message = f"visits cannot be {fast} times as quick"
        raise ValueError(message)
    chance = random.Random(seed)
    particular = [seat_id for seat_id in seat_ids if seat_id != calling]
    chance.shuffle(particular)
    # A house of very few seats keeps them all usable.
    particular = particular[: min(SILENT_SEATS + 1, len(seat_ids) // 4)]
    habits = dict.fromkeys(particular[1:], Habit.SILENT)
    habits |= dict.fromkeys(particular[:1], Habit.OUT_OF_ORDER)
    if calling is not None:
        habits[calling] = Habit.CALLING
    usable = [
        seat_id
        for seat_id in seat_ids
        if habits.get(seat_id) not in {Habit.SILENT, Habit.OUT_OF_ORDER}
    ]
    usable.sort(key=lambda seat_id: seat_id != calling)
    deck = list(cards)
    chance.shuffle(deck)
    shares = _deal(deck, usable, fits)
    return tuple(
        SeatPlan(
            seat_id=seat_id,
            habit=habits.get(seat_id, Habit.PLAIN),
            cards=shares.get(seat_id, ()),
            seed=chance.getrandbits(32),
            fast=fast,
        )
        for seat_id in seat_ids
    )


def _deal(
    deck: Sequence[Card], seat_ids: Sequence[str], fits: Callable[[str, Card], bool] | None
) -> dict[str, tuple[Card, ...]]:
    """Give the cards out in turn; who may sit in few places sits there first."""
    choices = {
        seat_id: [card for card in deck if fits is None or fits(seat_id, card)]
        for seat_id in seat_ids
    }
    shares: dict[str, list[Card]] = {seat_id: [] for seat_id in seat_ids}
    turns = sorted(seat_ids, key=lambda seat_id: len(choices[seat_id]))
    given: set[Card] = set()
    dealt = True
    while dealt:
        dealt = False
        for seat_id in turns:
            card = next((card for card in choices[seat_id] if card not in given), None)
            if card is not None:
                given.add(card)
                shares[seat_id].append(card)
                dealt = True
    return {seat_id: tuple(cards) for seat_id, cards in shares.items()}

"""A state machine of money: two tills, ten cards, two printers, repeats, crashes, many at once.

Whatever is asked, in whatever order, however often, and wherever the hub dies meanwhile: no cent
comes or goes, no balance is negative, each ask is done once, and the verifier finds nothing.
"""

import contextlib
from concurrent.futures import ThreadPoolExecutor

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import event

from admin_console.hub.service.money.account import Account, AccountKind
from admin_console.hub.service.money.cardview import account_of
from admin_console.hub.service.money.hold import step_key
from admin_console.hub.store.engine import make_engine
from admin_console.hub.store.store import Store
from kiosk.rules.credit import OPEN_STATES, HoldState, HoldStep
from kiosk.wire.hold import (
    AuthoriseHold,
    HoldView,
    RefundPages,
    ReleaseHold,
    SendHold,
    SettleDoubt,
    SettleHold,
)
from kiosk.wire.money import (
    Means,
    MoneyRefused,
    PostingReversed,
    PrintCardView,
    ReplaceCard,
    ReversePosting,
    ToppedUp,
    TopUp,
)
from tests.contracts.money_book import HALF_A_YEAR, KINDS, PRICES, Book, Crash, Op
from tests.contracts.till_turns import TillTurns
from tests.helpers.clock import FakeClock
from tests.helpers.moneyhouse import TILLS, MoneyHouse, job

CARDS = tuple(f"77{n:011d}" for n in range(10))
AMOUNTS = st.integers(1, 120)
HANDS = st.integers(0, 9)
"""The two cashiers and the steward; whoever opened the till for all other numbers."""


class Tills(RuleBasedStateMachine):
    """Plays cashiers and visitors on a fresh database.

    Args:
        address: the database, up to date and empty.
    """

    def __init__(self, address: str) -> None:
        super().__init__()
        self.clock = FakeClock()
        self.engine = make_engine(address)
        self.store = Store(self.engine, self.clock.now)
        self.house = MoneyHouse(self.store, self.clock)
        self.book = Book()
        self.done: list[tuple[Op, object]] = []
        self.lost: list[Op] = []
        self.holds: dict[str, int] = {}
        self.paid: list[tuple[str, int, str]] = []
        self.numbers = list(CARDS)
        self.card_ids: dict[str, str] = {}
        self.spare = 0
        self.fuse: int | None = None
        event.listen(self.engine, "before_cursor_execute", self._burn)

    def _burn(self, *_: object) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                self.fuse = None
                raise Crash

    @initialize()
    def open_the_house(self) -> None:
        self.house.prices()
        self.cashier, self.steward = self.house.cashier(), self.house.steward()
        hands = (self.cashier, self.house.cashier(), self.steward)
        self.tills = TillTurns(self.house, self.book, hands)
        for number in CARDS:
            self.card_ids[number] = self.house.card(self.cashier, number).card_id
        self.stations = [self.house.enrol(), self.house.enrol()]
        for card in range(len(CARDS) // 2):
            paid = self._top_up(card, min(TILLS), Means.CASH, 150, card)
            self._attempt(paid, None, heard=True)

    def teardown(self) -> None:
        if self.card_ids:
            for op in self.lost:
                self._record(op, op.ask())
            self._compare()
        self.store.close()

    @rule(
        card=st.integers(0, 9),
        till=st.sampled_from(sorted(TILLS)),
        means=st.sampled_from(Means),
        cents=AMOUNTS,
        hand=HANDS,
        fuse=st.none() | st.integers(0, 14),
        heard=st.booleans(),
    )
    def top_up(
        self,
        card: int,
        till: str,
        means: Means,
        cents: int,
        hand: int,
        fuse: int | None,
        heard: bool,
    ) -> None:
        while cents % 4 and (step := self.tills.way_to_open(till)) is not None:
            self._attempt(step, None, heard=True)
        self._attempt(self._top_up(card, till, means, cents, hand), fuse, heard=heard)

    @rule(
        till=st.sampled_from(sorted(TILLS)),
        hand=HANDS,
        slip=st.integers(-30, 30),
        kept=st.integers(0, 40),
        fuses=st.lists(st.none() | st.integers(0, 12), min_size=1, max_size=4),
        heard=st.booleans(),
    )
    def turn_the_till(
        self, till: str, hand: int, slip: int, kept: int, fuses: list[int | None], heard: bool
    ) -> None:
        """Open, count, close: as many steps as there are fuses."""
        for fuse in fuses:
            self._attempt(self.tills.next_step(till, hand, slip, kept), fuse, heard=heard)

    @rule(which=st.integers(0, 10**6), fuse=st.none() | st.integers(0, 8), heard=st.booleans())
    def copy_a_receipt(self, which: int, fuse: int | None, heard: bool) -> None:
        op = self.tills.copy(which)
        if op is not None:
            self._attempt(op, fuse, heard=heard)

    @rule(
        card=st.integers(0, 9),
        station=st.integers(0, 1),
        colours=st.lists(st.booleans(), min_size=1, max_size=3),
        fuse=st.none() | st.integers(0, 20),
        heard=st.booleans(),
    )
    def authorise(
        self, card: int, station: int, colours: list[bool], fuse: int | None, heard: bool
    ) -> None:
        self._attempt(self._authorise(card, station, colours), fuse, heard=heard)

    @precondition(lambda self: bool(self.holds))
    @rule(
        which=st.integers(0, 10**6),
        step=st.sampled_from(["send", "settle", "settle", "release", "doubt", "refund"]),
        printed=st.integers(0, 4),
        fuse=st.none() | st.integers(0, 20),
        heard=st.booleans(),
    )
    def step(self, which: int, step: str, printed: int, fuse: int | None, heard: bool) -> None:
        hold_id = sorted(self.holds)[which % len(self.holds)]
        self._attempt(self._step(hold_id, step, printed), fuse, heard=heard)

    @precondition(lambda self: bool(self.paid))
    @rule(which=st.integers(0, 10**6), fuse=st.none() | st.integers(0, 14), heard=st.booleans())
    def reverse(self, which: int, fuse: int | None, heard: bool) -> None:
        posting_id, cents, till = self.paid[-1 - which % min(len(self.paid), 4)]
        ask = ReversePosting(ask_id=self.house.fresh_id(), posting_id=posting_id, reason="mistyped")

        def moves(answer: object) -> dict[str, int]:
            assert isinstance(answer, PostingReversed)
            self.book.given(answer.receipt, answer.posting_id)
            return {f"card {answer.card.card_id}": -cents, till: -cents}

        op = Op(ask.ask_id, lambda: self.house.money.topups.reverse(self.steward, ask), moves)
        self._attempt(op, fuse, heard=heard)

    @rule(card=st.integers(0, 9), fuse=st.none() | st.integers(0, 14), heard=st.booleans())
    def replace(self, card: int, fuse: int | None, heard: bool) -> None:
        old = self.card_ids[self.numbers[card]]
        self.spare += 1
        number = f"88{self.spare:011d}"
        ask = ReplaceCard(
            ask_id=self.house.fresh_id(),
            site_id="trapeze",
            card_id=old,
            number=number,
            reason="lost",
        )

        def moves(answer: object) -> dict[str, int]:
            assert isinstance(answer, PrintCardView)
            self.numbers[card] = number
            self.card_ids[number] = answer.card_id
            moved = answer.balance_cents
            return {f"card {old}": -moved, f"card {answer.card_id}": moved}

        op = Op(ask.ask_id, lambda: self.house.money.cards.replace(self.cashier, ask), moves)
        self._attempt(op, fuse, heard=heard)

    @precondition(lambda self: bool(self.done))
    @rule(which=st.integers(0, 10**6))
    def ask_again(self, which: int) -> None:
        op, answer = self.done[which % len(self.done)]
        assert op.ask() == answer

    @precondition(lambda self: bool(self.lost))
    @rule(which=st.integers(0, 10**6))
    def ask_again_unanswered(self, which: int) -> None:
        op = self.lost.pop(which % len(self.lost))
        self._record(op, op.ask())

    @rule(seconds=st.sampled_from([60, 901, 7201, HALF_A_YEAR]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds)
        self.house.money.doubts.sweep()
        for hold_id in self.holds:
            self._look_at(hold_id)

    @rule(
        plans=st.lists(
            st.tuples(st.integers(0, 5), st.integers(0, 3), AMOUNTS), min_size=3, max_size=8
        )
    )
    def many_at_once(self, plans: list[tuple[int, int, int]]) -> None:
        """Few cards and many hands: they meet."""
        ops = []
        for kind, card, cents in plans:
            till = sorted(TILLS)[cents % 2]
            copy = self.tills.copy(cents) if kind == 5 else None
            if kind == 0 or (kind == 5 and copy is None):
                ops += [self._top_up(card, till, Means.CASH, cents, card)] * 2
            elif kind == 4:
                ops += [self.tills.next_step(till, card, cents - 30, cents)] * 2
            elif copy is not None:
                ops += [copy] * 2
            elif kind == 1 or not self.holds:
                ops += [self._authorise(card, cents % 2, [cents % 3 == 0])] * 2
            else:
                hold_id = sorted(self.holds)[cents % len(self.holds)]
                ops += [self._step(hold_id, ("send", "settle")[kind - 2], cents % 3)] * 2
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda op: op.ask(), ops))
        for op, answer in zip(ops, answers, strict=True):
            self._record(op, answer)

    @invariant()
    def the_ledger_is_sound(self) -> None:
        verdict = self.house.verdict()
        assert verdict.sound, verdict.findings

    @invariant()
    def nothing_comes_and_nothing_goes(self) -> None:
        if self.card_ids and not self.lost:
            self._compare()

    def _top_up(self, card: int, till: str, means: Means, cents: int, hand: int) -> Op:
        ask = TopUp(
            ask_id=self.house.fresh_id(),
            till_id=till,
            number=self.numbers[card],
            amount_cents=cents,
            means=means,
        )
        name = f"{means} {till}"

        def moves(answer: object) -> dict[str, int]:
            assert isinstance(answer, ToppedUp)
            self.book.given(answer.receipt, answer.posting_id)
            self.paid.append((answer.posting_id, cents, name))
            return {f"card {answer.card.card_id}": cents, name: cents}

        staff = self.tills.hand(till, hand)
        return Op(ask.ask_id, lambda: self.house.money.topups.top_up(staff, ask), moves)

    def _authorise(self, card: int, station: int, colours: list[bool]) -> Op:
        cents = sum(PRICES["colour" if colour else "mono"] for colour in colours)
        hold_id = self.house.fresh_id()
        ask = AuthoriseHold(
            hold_id=hold_id,
            slot_id=self.house.fresh_id(),
            job=job(*colours),
            quoted_cents=cents,
            number=self.numbers[card],
        )
        identity = self.stations[station].identity

        def moves(answer: object) -> dict[str, int]:
            assert isinstance(answer, HoldView)
            assert answer.card is not None
            self.holds[hold_id] = station
            return {f"card {answer.card.card_id}": -cents}

        return Op(hold_id, lambda: self.house.money.holds.authorise(identity, ask), moves)

    def _step(self, hold_id: str, step: str, printed: int) -> Op:
        holds, doubts = self.house.money.holds, self.house.money.doubts
        identity = self.stations[self.holds[hold_id]].identity
        match step:
            case "send":
                send = SendHold(hold_id=hold_id)
                key = step_key(hold_id, HoldStep.SEND)
                return Op(key, lambda: holds.send(identity, send), lambda _: {})
            case "settle":
                settle = SettleHold(hold_id=hold_id, printed=printed)
                return Op(
                    f"{hold_id}/closed", lambda: holds.settle(identity, settle), self._closing
                )
            case "release":
                release = ReleaseHold(hold_id=hold_id)
                return Op(
                    f"{hold_id}/closed", lambda: holds.release(identity, release), self._closing
                )
            case "doubt":
                doubt = SettleDoubt(
                    site_id="trapeze", hold_id=hold_id, printed=printed, reason="seen"
                )
                return Op(
                    f"{hold_id}/closed", lambda: doubts.settle(self.cashier, doubt), self._closing
                )
            case _:
                refund = RefundPages(
                    ask_id=self.house.fresh_id(),
                    site_id="trapeze",
                    hold_id=hold_id,
                    pages=printed,
                    reason="streaks",
                )
                return Op(refund.ask_id, lambda: doubts.refund(self.cashier, refund), Book.refunded)

    def _closing(self, answer: object) -> dict[str, int]:
        """Return what the end of a hold moves: the rest to the card, and the sale."""
        assert isinstance(answer, HoldView)
        assert answer.card is not None
        opened = self.book.effects[answer.hold_id]
        (taken,) = opened.values()
        back = -taken - answer.charged_cents
        return {f"card {answer.card.card_id}": back, "sales": answer.charged_cents}

    def _attempt(self, op: Op, fuse: int | None, *, heard: bool) -> None:
        """Ask; the hub may die at the statement `fuse`, or its answer may be lost."""
        self.fuse = fuse
        answer = None
        with contextlib.suppress(Crash):
            answer = op.ask()
        self.fuse = None
        if heard and answer is not None:
            self._record(op, answer)
        else:
            self.lost.append(op)

    def _record(self, op: Op, answer: object) -> None:
        if isinstance(answer, MoneyRefused):
            return
        moved = op.moves(answer)
        known = self.book.effects.setdefault(op.key, moved)
        assert known == moved
        self.done.append((op, answer))
        if op.key in self.holds:
            self._look_at(op.key)

    def _look_at(self, hold_id: str) -> None:
        """Learn what the hub did with a hold by itself, from the posting that says so."""
        with self.store.begin(write=False) as work:
            hold = work.money.holds.get(hold_id)
            made = work.money.ledger.by_key(step_key(hold_id, HoldStep.RELEASE))
        assert hold is not None
        if hold.state is HoldState.RELEASED and made is not None and made.actor == "hub":
            moved = {f"card {made.card_id}": hold.amount_cents, "sales": 0}
            assert self.book.effects.setdefault(f"{hold_id}/closed", moved) == moved

    def _compare(self) -> None:
        expected = self.book.sums()
        with self.store.begin(write=False) as work:
            ledger = work.money.ledger
            found = {
                f"card {card_id}": ledger.balance(account_of(card_id))
                for card_id in self.card_ids.values()
            }
            for till in TILLS:
                for name in KINDS:
                    found[f"{name} {till}"] = ledger.balance(Book.account(name, till))
            found["sales"] = ledger.balance(Account(AccountKind.SALES, "trapeze"))
            found["refunds"] = ledger.balance(Account(AccountKind.REFUNDS, "trapeze"))
            owed = ledger.owed()
            open_holds = [work.money.holds.get(hold_id) for hold_id in self.holds]
        assert {name: cents for name, cents in found.items() if cents} == expected
        # A float may be smaller than what was kept; nothing else is ever less than nothing.
        assert min(cents for name, cents in found.items() if not name.startswith("float")) >= 0
        self.tills.check()
        aside = sum(
            one.amount_cents for one in open_holds if one is not None and one.state in OPEN_STATES
        )
        assert sum(owed.get(state, 0) for state in OPEN_STATES) == aside

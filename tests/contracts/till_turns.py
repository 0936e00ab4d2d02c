"""What the state machine of money does with the drawers: opens, counts, closes; and copies."""

from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.drawer import expected_in
from admin_console.hub.service.money.record import Till
from kiosk.wire.money import ReceiptView
from kiosk.wire.till import CloseTill, CopyReceipt, CountTill, OpenTill, TillClosed, TillView
from tests.contracts.money_book import Book, Op
from tests.helpers.moneyhouse import MoneyHouse
from tests.helpers.tillday import coins


class TillTurns:
    """Makes the asks about tills.

    Args:
        house: the town.
        book: takes down what was answered.
        hands: two cashiers and the steward.
    """

    def __init__(self, house: MoneyHouse, book: Book, hands: tuple[StaffIdentity, ...]) -> None:
        self._house, self._book, self._hands = house, book, hands

    def hand(self, till_id: str, draw: int) -> StaffIdentity:
        """Return who is at a till: mostly who opened it, sometimes somebody else."""
        if draw < len(self._hands):
            return self._hands[draw]
        opener = self._row(till_id).opened_by
        return next((one for one in self._hands if one.staff_id == opener), self._hands[0])

    def next_step(self, till_id: str, draw: int, slip: int, kept: int) -> Op:
        """Return what comes next at a till: closed, it is opened; open, counted; then closed."""
        row, staff = self._row(till_id), self.hand(till_id, draw)
        if row.opened_at is None:
            return self.open(till_id, staff, max(kept + slip, 0))
        if row.counted_at is None or slip % 7 == 0:
            return self.count(till_id, staff, slip)
        return self.close(till_id, staff, kept)

    def way_to_open(self, till_id: str) -> Op | None:
        """Return what is left to do until a till takes money again; None where it does."""
        row, staff = self._row(till_id), self.hand(till_id, len(self._hands))
        if row.opened_at is None:
            return self.open(till_id, staff, 20)
        return None if row.counted_at is None else self.close(till_id, staff, 0)

    def open(self, till_id: str, staff: StaffIdentity, cents: int) -> Op:
        """Return the ask that opens a till."""
        ask = OpenTill(ask_id=self._house.fresh_id(), till_id=till_id, float_cents=cents)

        def moves(answer: object) -> dict[str, int]:
            assert isinstance(answer, TillView)
            return self._book.opened(answer)

        return Op(ask.ask_id, lambda: self._house.money.tills.open(staff, ask), moves)

    def count(self, till_id: str, staff: StaffIdentity, slip: int) -> Op:
        """Return the ask that counts a till, so many cents beside what lies there now."""
        with self._house.store.begin(write=False) as work:
            inside = expected_in(work, till_id)
        ask = CountTill(
            ask_id=self._house.fresh_id(),
            till_id=till_id,
            coins=coins(max(inside.cash_cents + slip, 0)),
            card_cents=inside.card_cents + (slip % 3 == 0),
            cheque_cents=inside.cheque_cents,
        )

        def moves(answer: object) -> dict[str, int]:
            assert isinstance(answer, TillView)
            return {}

        return Op(ask.ask_id, lambda: self._house.money.tills.count(staff, ask), moves)

    def close(self, till_id: str, staff: StaffIdentity, kept: int) -> Op:
        """Return the ask that closes a till and leaves so much in it."""
        with self._house.store.begin(write=False) as work:
            inside = expected_in(work, till_id)
        ask = CloseTill(
            ask_id=self._house.fresh_id(),
            till_id=till_id,
            kept_cents=min(kept, inside.cash_cents),
            reason="counted so",
        )

        def moves(answer: object) -> dict[str, int]:
            assert isinstance(answer, TillClosed)
            return self._book.closed(answer)

        return Op(ask.ask_id, lambda: self._house.money.tills.close(staff, ask), moves)

    def copy(self, which: int) -> Op | None:
        """Return the ask that copies a receipt, None while there is none."""
        if not self._book.receipts:
            return None
        till_id, year, number = sorted(self._book.receipts)[which % len(self._book.receipts)]
        ask = CopyReceipt(ask_id=self._house.fresh_id(), till_id=till_id, year=year, number=number)

        def moves(answer: object) -> dict[str, int]:
            assert isinstance(answer, ReceiptView)
            return self._book.copied(answer, ask.ask_id)

        # The last hand is the steward's, who may copy whoever has the till open by then.
        return Op(ask.ask_id, lambda: self._house.money.receipts.copy(self._hands[-1], ask), moves)

    def check(self) -> None:
        """See that the receipts that are there are those that were answered, without a gap."""
        with self._house.store.begin(write=False) as work:
            for till, year in {(till, year) for till, year, _ in self._book.receipts}:
                told = self._book.numbers(till, year)
                assert told == list(range(1, len(told) + 1))
                kept = work.money.receipts.page(till, year, None, 1_000_000)
                assert {one.number: one.posting_id for one in kept} == {
                    number: self._book.receipts[till, year, number] for number in told
                }

    def _row(self, till_id: str) -> Till:
        with self._house.store.begin(write=False) as work:
            found = work.money.tills.get(till_id)
        assert found is not None
        return found

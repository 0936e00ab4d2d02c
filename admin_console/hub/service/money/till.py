"""A till: opened with a float, counted before anybody is told what it should hold, then closed.

What happens to it besides its lines stands in a chain of its own, signed with the hub's key. A till
that is counted takes no further line; one that is closed is begun anew by the next opening.
"""

from dataclasses import replace
from typing import TypeVar

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.account import Account, AccountKind, Entry, credit, debit
from admin_console.hub.service.money.drawer import (
    KIND_OF,
    LARGEST_COUNT_CENTS,
    as_means,
    by_means,
    counted_of,
    expected_in,
)
from admin_console.hub.service.money.ledger import Ask, Draft, Ledger
from admin_console.hub.service.money.receipt import may_use
from admin_console.hub.service.money.record import PostingKind, Till, TillEvent, TillEventKind
from admin_console.hub.service.money.right import CASHIERS
from admin_console.hub.service.money.tillchain import NO_SEAL, TillChain, below
from admin_console.hub.service.port import Clock, Store, Work
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.codec import decode
from kiosk.wire.money import Means, MoneyFault, MoneyRefused
from kiosk.wire.till import (
    ByMeans,
    CloseTill,
    ClosingAnswer,
    CountTill,
    DrawerView,
    OpenTill,
    TillAnswer,
    TillClosed,
    Tills,
    TillView,
)

Refusal = NotAllowed | NotFound
Told = TypeVar("Told", TillView, TillClosed)


class TillCases:
    """Opens, counts and closes tills.

    Args:
        store: where everything is kept.
        clock: stamps what happens.
        ledger: moves the money.
        chain: writes what happens to a till.
    """

    def __init__(self, store: Store, clock: Clock, ledger: Ledger, chain: TillChain) -> None:
        self._store = store
        self._clock = clock
        self._ledger = ledger
        self._chain = chain

    def read(self, staff: StaffIdentity, site_id: str) -> Tills | Refusal:
        """Return the tills of a site."""
        if not CASHIERS & staff.roles:
            return NotAllowed()
        if site_id not in staff.site_ids:
            return NotFound()
        with self._store.begin(write=False) as work:
            tills = work.money.tills.of_site(site_id)
            return Tills(tills=tuple(_view(work, staff, till) for till in tills))

    def open(self, staff: StaffIdentity, ask: OpenTill) -> TillAnswer | NotAllowed:
        """Open a till with what was counted into it."""
        with self._store.begin(write=True) as work:
            found = self._begin(work, staff, ask, ask.till_id, TillView)
            if not isinstance(found, Till):
                return found
            if found.opened_at is not None:
                return MoneyRefused(fault=MoneyFault.TILL_OPEN)
            if not 0 <= ask.float_cents <= LARGEST_COUNT_CENTS:
                return MoneyRefused(fault=MoneyFault.COUNT_IMPOSSIBLE)
            till = replace(
                found,
                opened_at=self._clock.now(),
                session=found.session + 1,
                opened_by=staff.staff_id,
                opened_name=staff.display_name,
                float_cents=ask.float_cents,
                counted_at=None,
            )
            work.money.tills.save(till)
            change = ask.float_cents - expected_in(work, till.till_id).cash_cents
            if change:
                entries = (
                    Entry(Account(AccountKind.TILL_CASH, till.till_id), change),
                    Entry(Account(AccountKind.FLOAT, till.till_id), -change),
                )
                self._post(work, staff, ask, "float", PostingKind.OPENING, till, entries)
            view = _view(work, staff, till)
            self._note(work, staff, ask, till, TillEventKind.OPENED, view)
            facts = ActFacts(cents=ask.float_cents, what=till.name)
            note(work, staff, ActKind.TILL_OPENED, till.site_id, facts)
            return view

    def count(self, staff: StaffIdentity, ask: CountTill) -> TillAnswer | NotAllowed:
        """Write down what lies in a till, then tell what should."""
        with self._store.begin(write=True) as work:
            found = self._begin(work, staff, ask, ask.till_id, TillView)
            if not isinstance(found, Till):
                return found
            if fault := _use_fault(staff, found):
                return MoneyRefused(fault=fault)
            counted = counted_of(ask)
            if counted is None:
                return MoneyRefused(fault=MoneyFault.COUNT_IMPOSSIBLE)
            till = replace(found, counted_at=self._clock.now())
            work.money.tills.save(till)
            counts = len(_counts(work, till)) + 1
            drawer = DrawerView(
                expected=expected_in(work, till.till_id),
                counted=counted,
                coins=ask.coins,
                counted_at=self._clock.now(),
                counts=counts,
            )
            view = _view(work, staff, till, drawer)
            self._note(work, staff, ask, till, TillEventKind.COUNTED, view)
            facts = ActFacts(cents=counted.cash_cents, count=counts, what=till.name)
            note(work, staff, ActKind.TILL_COUNTED, till.site_id, facts)
            return view

    def close(self, staff: StaffIdentity, ask: CloseTill) -> ClosingAnswer | NotAllowed:
        """Book the difference, pay in what does not stay, and close."""
        with self._store.begin(write=True) as work:
            found = self._begin(work, staff, ask, ask.till_id, TillClosed)
            if not isinstance(found, Till):
                return found
            if fault := _use_fault(staff, found):
                return MoneyRefused(fault=fault)
            drawer = _drawer(work, found)
            if found.counted_at is None or drawer is None:
                return MoneyRefused(fault=MoneyFault.TILL_NOT_COUNTED)
            expected, counted = by_means(drawer.expected), by_means(drawer.counted)
            difference = {means: counted[means] - expected[means] for means in Means}
            if any(difference.values()) and not ask.reason.strip():
                return MoneyRefused(fault=MoneyFault.NO_REASON)
            if not 0 <= ask.kept_cents <= counted[Means.CASH]:
                return MoneyRefused(
                    fault=MoneyFault.KEPT_TOO_LARGE, balance_cents=counted[Means.CASH]
                )
            self._book_difference(work, staff, ask, found, difference)
            paid_in = {**counted, Means.CASH: counted[Means.CASH] - ask.kept_cents}
            self._pay_in(work, staff, ask, found, paid_in)
            till = replace(
                found,
                opened_at=None,
                opened_by=None,
                opened_name="",
                counted_at=None,
                float_cents=0,
            )
            work.money.tills.save(till)
            closed = self._chain.close(
                work,
                Ask(ask.ask_id, staff.staff_id, ask),
                found,
                TillClosed(
                    till_id=found.till_id,
                    session=found.session,
                    number=0,
                    at=self._clock.now(),
                    agent=staff.display_name,
                    expected=drawer.expected,
                    counted=drawer.counted,
                    difference=as_means(difference),
                    paid_in=as_means(paid_in),
                    kept_cents=ask.kept_cents,
                    reason=ask.reason.strip(),
                    seal=NO_SEAL,
                ),
            )
            # Ten euros too many by card and ten too few in cash are no closing without a fault.
            apart = sum(abs(cents) for cents in difference.values())
            facts = ActFacts(cents=apart, number=str(closed.session), what=till.name)
            note(work, staff, ActKind.TILL_CLOSED, till.site_id, facts)
            return closed

    def _begin(
        self,
        work: Work,
        staff: StaffIdentity,
        ask: OpenTill | CountTill | CloseTill,
        till_id: str,
        form: type[Told],
    ) -> Till | Told | MoneyRefused | NotAllowed:
        """Return the till, held; or what was answered to this ask before, or why not."""
        if not CASHIERS & staff.roles:
            return NotAllowed()
        wanted = Ask(ask.ask_id, staff.staff_id, ask)
        work.hold(f"money:{ask.ask_id}")
        earlier = work.money.tills.event(ask.ask_id)
        if earlier is not None:
            if earlier.ask_digest != self._ledger.digest(wanted):
                return MoneyRefused(fault=MoneyFault.ASK_REUSED)
            told: Told = decode(earlier.answer, form)
            return told
        till = work.money.tills.hold(till_id)
        if till is None or till.site_id not in staff.site_ids:
            return MoneyRefused(fault=MoneyFault.TILL_UNKNOWN)
        return till

    def _book_difference(
        self,
        work: Work,
        staff: StaffIdentity,
        ask: CloseTill,
        till: Till,
        difference: dict[Means, int],
    ) -> None:
        for means, cents in difference.items():
            if cents == 0:
                continue
            there = Account(KIND_OF[means], till.till_id)
            kind = AccountKind.SURPLUS if cents > 0 else AccountKind.SHORTFALL
            entries = (Entry(there, cents), Entry(Account(kind, till.till_id), -cents))
            what = f"difference:{means}"
            self._post(work, staff, ask, what, PostingKind.DIFFERENCE, till, entries, ask.reason)

    def _pay_in(
        self,
        work: Work,
        staff: StaffIdentity,
        ask: CloseTill,
        till: Till,
        paid_in: dict[Means, int],
    ) -> None:
        out = Account(AccountKind.PAID_IN, till.till_id)
        entries = [
            entry
            for means, cents in paid_in.items()
            if cents > 0
            for entry in (debit(out, cents), credit(Account(KIND_OF[means], till.till_id), cents))
        ]
        if entries:
            self._post(work, staff, ask, "paid-in", PostingKind.PAID_IN, till, tuple(entries))

    def _post(
        self,
        work: Work,
        staff: StaffIdentity,
        ask: OpenTill | CloseTill,
        what: str,
        kind: PostingKind,
        till: Till,
        entries: tuple[Entry, ...],
        reason: str = "",
    ) -> None:
        # One ask may book several things: each gets a key of its own below the asker's, by which
        # the verifier finds the line of the till's chain that it belongs to.
        key = below(ask.ask_id, what)
        draft = Draft(kind, till.site_id, entries, reason=reason)
        posting = self._ledger.new_posting(Ask(key, staff.staff_id, ask), draft)
        self._ledger.enter(work, posting, entries, ByMeans())

    def _note(
        self,
        work: Work,
        staff: StaffIdentity,
        ask: OpenTill | CountTill,
        till: Till,
        kind: TillEventKind,
        answer: TillView,
    ) -> None:
        self._chain.note(work, Ask(ask.ask_id, staff.staff_id, ask), till, kind, answer)


def _use_fault(staff: StaffIdentity, till: Till) -> MoneyFault | None:
    if till.opened_at is None:
        return MoneyFault.TILL_CLOSED
    return None if may_use(staff, till) else MoneyFault.TILL_NOT_YOURS


def use_fault(staff: StaffIdentity, till: Till) -> MoneyFault | None:
    """Return why no line may be added at a till by somebody, None if it may."""
    if fault := _use_fault(staff, till):
        return fault
    return None if till.counted_at is None else MoneyFault.TILL_COUNTED


def _counts(work: Work, till: Till) -> list[TillEvent]:
    events = work.money.tills.events(till.till_id, till.session)
    return [one for one in events if one.kind is TillEventKind.COUNTED]


def _drawer(work: Work, till: Till) -> DrawerView | None:
    counts = _counts(work, till)
    if not counts:
        return None
    view: TillView = decode(counts[-1].answer, TillView)
    return view.drawer


def _view(
    work: Work, staff: StaffIdentity, till: Till, drawer: DrawerView | None = None
) -> TillView:
    mine = till.opened_at is not None and may_use(staff, till)
    inside = expected_in(work, till.till_id)
    over = till.ceiling_cents is not None and sum(by_means(inside).values()) > till.ceiling_cents
    if mine and drawer is None and till.counted_at is not None:
        drawer = _drawer(work, till)
    return TillView(
        till_id=till.till_id,
        site_id=till.site_id,
        name=till.name,
        regie=till.regie,
        session=till.session,
        opened_at=till.opened_at,
        opened_by=till.opened_name,
        mine=mine,
        float_cents=till.float_cents if mine else 0,
        receipts=work.money.receipts.count(till.till_id, till.session) if mine else 0,
        ceiling_cents=till.ceiling_cents,
        over_ceiling=over,
        drawer=drawer if mine else None,
    )

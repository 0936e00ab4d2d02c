"""What becomes of holds that nobody settles, and pages given back.

A hold that was not sent expires; one that was sent becomes doubtful and waits for a cashier, who
looks at the printer and says with a reason what came out.
"""

import dataclasses
from datetime import timedelta

import msgspec

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.account import Account, AccountKind, credit, debit
from admin_console.hub.service.money.cardview import account_of, whom_of
from admin_console.hub.service.money.hold import (
    move_hold,
    over_or,
    release_hold,
    settle_hold,
    step_key,
)
from admin_console.hub.service.money.holdbook import hold_view, take_hold
from admin_console.hub.service.money.ledger import Ask, AskReused, Draft, Ledger
from admin_console.hub.service.money.quote import kept_quote
from admin_console.hub.service.money.record import Hold, PostingKind, PrintCard
from admin_console.hub.service.money.right import CASHIERS
from admin_console.hub.service.port import Clock, Store, Work
from kiosk.rules.credit import (
    AUTHORISED_SECONDS,
    OPEN_STATES,
    SILENT_SECONDS,
    HoldState,
    HoldStep,
    step_hold,
)
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.codec import decode
from kiosk.wire.hold import (
    DoubtfulHolds,
    HoldAnswer,
    HoldView,
    PagesRefunded,
    ReadDoubts,
    RefundAnswer,
    RefundPages,
    ReleaseHold,
    SettleDoubt,
)
from kiosk.wire.money import CardState, MoneyFault, MoneyRefused

HUB = "hub"
"""Acts where nobody asked."""

SUSPECT_REFUNDS = 3
SUSPECT_DAYS = 7
"""So many refunds of one printer within so many days: somebody looks at it."""

Refusal = NotAllowed | NotFound


class Doubts:
    """Looks after holds that time has passed by, and after pages that were no good.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        ledger: moves the credit.
    """

    def __init__(self, store: Store, clock: Clock, ledger: Ledger) -> None:
        self._store = store
        self._clock = clock
        self._ledger = ledger

    def sweep(self) -> int:
        """Release what was not sent in time, doubt what is silent; returns how many there were."""
        now = self._clock.now()
        authorised_before = now - timedelta(seconds=AUTHORISED_SECONDS)
        heard_before = now - timedelta(seconds=SILENT_SECONDS)
        with self._store.begin(write=False) as work:
            due = work.money.holds.stale(authorised_before, heard_before)
        return sum(self._pass_by(hold_id) for hold_id in due)

    def _pass_by(self, hold_id: str) -> bool:
        message = ReleaseHold(hold_id=hold_id)
        with self._store.begin(write=True) as work:
            work.hold(f"money:{step_key(hold_id, HoldStep.RELEASE)}")
            found = take_hold(work, hold_id)
            if found is None:
                return False
            hold, card = found
            now = self._clock.now()
            if hold.state is HoldState.AUTHORISED:
                if (now - hold.authorised_at).total_seconds() <= AUTHORISED_SECONDS:
                    return False
                wanted = Ask(step_key(hold_id, HoldStep.RELEASE), HUB, message)
                release_hold(self._ledger, work, wanted, hold, card)
                return True
            silent = (now - hold.heard_at).total_seconds() > SILENT_SECONDS
            if not silent or step_hold(hold.state, HoldStep.DOUBT) is None:
                return False
            wanted = Ask(step_key(hold_id, HoldStep.DOUBT), HUB, message)
            after = dataclasses.replace(hold, state=HoldState.DOUBTFUL)
            move_hold(self._ledger, work, wanted, hold, after, card, PostingKind.DOUBT)
            facts = ActFacts(cents=hold.amount_cents, what=hold.printer)
            note(work, None, ActKind.JOB_DOUBTED, hold.site_id, facts, whom_of(card))
            return True

    def read(self, staff: StaffIdentity, ask: ReadDoubts) -> DoubtfulHolds | Refusal:
        """Return the doubtful holds of a site."""
        if refusal := _out_of_reach(staff, ask.site_id):
            return refusal
        with self._store.begin(write=False) as work:
            return DoubtfulHolds(
                holds=tuple(_doubtful(work, one) for one in work.money.holds.doubtful(ask.site_id))
            )

    def settle(self, staff: StaffIdentity, ask: SettleDoubt) -> HoldAnswer | Refusal:
        """Settle a doubtful hold by what a cashier found out."""
        if refusal := _out_of_reach(staff, ask.site_id):
            return refusal
        if not ask.reason.strip():
            return MoneyRefused(fault=MoneyFault.NO_REASON)
        wanted = Ask(step_key(ask.hold_id, HoldStep.SETTLE), staff.staff_id, ask)
        with self._store.begin(write=True) as work:
            try:
                earlier = self._ledger.recall(work, wanted)
            except AskReused:
                return MoneyRefused(fault=MoneyFault.HOLD_OVER)
            if earlier is not None:
                told: HoldView = decode(earlier.answer, HoldView)
                return told
            found = take_hold(work, ask.hold_id)
            if found is None or found[0].site_id != ask.site_id:
                return MoneyRefused(fault=MoneyFault.HOLD_UNKNOWN)
            hold, card = found
            if hold.state is not HoldState.DOUBTFUL:
                return MoneyRefused(fault=over_or(hold, MoneyFault.HOLD_NOT_DOUBTFUL))
            answer = settle_hold(self._ledger, work, wanted, hold, card, ask.printed, ask.reason)
            if isinstance(answer, HoldView):
                facts = ActFacts(cents=answer.charged_cents, what=ask.reason)
                note(work, staff, ActKind.DOUBT_SETTLED, ask.site_id, facts, whom_of(card))
            return answer

    def refund(self, staff: StaffIdentity, ask: RefundPages) -> RefundAnswer | Refusal:
        """Give the last pages of a settled job back as credit; no till is touched."""
        if refusal := _out_of_reach(staff, ask.site_id):
            return refusal
        if not ask.reason.strip():
            return MoneyRefused(fault=MoneyFault.NO_REASON)
        wanted = Ask(ask.ask_id, staff.staff_id, ask)
        with self._store.begin(write=True) as work:
            try:
                earlier = self._ledger.recall(work, wanted)
            except AskReused:
                return MoneyRefused(fault=MoneyFault.ASK_REUSED)
            if earlier is not None:
                told: PagesRefunded = decode(earlier.answer, PagesRefunded)
                return told
            found = take_hold(work, ask.hold_id)
            if found is None or found[0].site_id != ask.site_id:
                return MoneyRefused(fault=MoneyFault.HOLD_UNKNOWN)
            answer = self._refund(work, wanted, ask, *found)
            if isinstance(answer, PagesRefunded):
                facts = ActFacts(cents=answer.refunded_cents, what=ask.reason)
                note(work, staff, ActKind.PAGES_REFUNDED, ask.site_id, facts, whom_of(found[1]))
            return answer

    def _refund(
        self, work: Work, wanted: Ask, ask: RefundPages, hold: Hold, card: PrintCard | None
    ) -> RefundAnswer:
        made = work.money.ledger.by_key(hold.hold_id)
        kept = hold.printed - hold.refunded_pages
        if made is None:
            return MoneyRefused(fault=MoneyFault.HOLD_UNKNOWN)
        if hold.state in OPEN_STATES:
            return MoneyRefused(fault=MoneyFault.HOLD_SENT)
        if ask.pages > kept:
            return MoneyRefused(fault=MoneyFault.MORE_THAN_PRINTED)
        if ask.pages == 0:
            return MoneyRefused(fault=MoneyFault.AMOUNT_NOT_POSITIVE)
        quote = kept_quote(made.detail)
        cents = quote.charge(kept).cents - quote.charge(kept - ask.pages).cents
        if card is None or cents == 0:
            return MoneyRefused(fault=MoneyFault.PAGES_FREE)
        if card.state is CardState.EXPIRED:
            return MoneyRefused(fault=MoneyFault.CARD_EXPIRED)
        after = dataclasses.replace(hold, refunded_pages=hold.refunded_pages + ask.pages)
        work.money.holds.save(after)
        draft = Draft(
            PostingKind.REFUND,
            hold.site_id,
            (
                debit(Account(AccountKind.REFUNDS, hold.site_id), cents),
                credit(account_of(card.card_id), cents),
            ),
            detail=msgspec.json.encode({"pages": ask.pages}),
            card_id=card.card_id,
            hold_id=hold.hold_id,
            reason=ask.reason,
        )
        since = self._clock.now() - timedelta(days=SUSPECT_DAYS)
        before = work.money.holds.refunds(hold.site_id, hold.printer, since)
        posting = self._ledger.new_posting(wanted, draft)
        answer = PagesRefunded(
            posting_id=posting.posting_id,
            refunded_cents=cents,
            hold=hold_view(work, after, card, cents),
            check_printer=before + 1 >= SUSPECT_REFUNDS,
        )
        self._ledger.enter(work, posting, draft.entries, answer)
        return answer


def _doubtful(work: Work, hold: Hold) -> HoldView:
    """Return how a doubtful hold stands, by what a cashier can find its sheets."""
    made = work.money.ledger.by_key(hold.hold_id)
    slot = work.slots.get(hold.slot_id)
    is_theirs = slot is not None and slot.station_id == hold.station_id
    return msgspec.structs.replace(
        hold_view(work, hold, _card(work, hold)),
        pages=0 if made is None else kept_quote(made.detail).job.pages,
        seat_id=slot.seat_id if slot is not None and is_theirs else None,
    )


def _card(work: Work, hold: Hold) -> PrintCard | None:
    return None if hold.card_id is None else work.money.cards.get(hold.card_id)


def _out_of_reach(staff: StaffIdentity, site_id: str) -> Refusal | None:
    if not CASHIERS & staff.roles:
        return NotAllowed()
    return None if site_id in staff.site_ids else NotFound()

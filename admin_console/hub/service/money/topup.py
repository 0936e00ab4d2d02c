"""Top-ups at a till, and their reversal."""

import dataclasses

import msgspec

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.account import (
    TILL_KINDS,
    Account,
    AccountKind,
    Entry,
    credit,
    debit,
)
from admin_console.hub.service.money.cardview import account_of, fault_of, view_of, whom_of
from admin_console.hub.service.money.drawer import KIND_OF
from admin_console.hub.service.money.lapse import prolonged
from admin_console.hub.service.money.ledger import Ask, AskReused, Draft, Ledger, Overdrawn
from admin_console.hub.service.money.port import MoneyKeys
from admin_console.hub.service.money.receipt import Paid, Receipts
from admin_console.hub.service.money.record import Posting, PostingKind, Till
from admin_console.hub.service.money.right import CASHIERS, STEWARDS
from admin_console.hub.service.money.till import use_fault
from admin_console.hub.service.port import Clock, Store, Work
from kiosk.rules.credit import LARGEST_BALANCE_CENTS, LARGEST_TOP_UP_CENTS
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.codec import decode
from kiosk.wire.money import (
    Means,
    MoneyFault,
    MoneyRefused,
    PostingReversed,
    ReversalAnswer,
    ReversePosting,
    ToppedUp,
    TopUp,
    TopUpAnswer,
)

MOST_GIVEN_CENTS = 1_000_00
"""More cash than this is not handed over for a top-up."""
REVERSIBLE = frozenset({PostingKind.TOP_UP, PostingKind.REFUND})
"""What is taken back as a whole; a hold has steps of its own."""

Refusal = NotAllowed | NotFound


class TopUps:
    """Puts money on cards at a till, and takes back what was mistyped.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        keys: digests the numbers of cards.
        ledger: moves the money.
    """

    def __init__(
        self, store: Store, clock: Clock, keys: MoneyKeys, ledger: Ledger, receipts: Receipts
    ) -> None:
        self._store = store
        self._clock = clock
        self._keys = keys
        self._ledger = ledger
        self._receipts = receipts

    def top_up(self, staff: StaffIdentity, ask: TopUp) -> TopUpAnswer | NotAllowed:
        """Put money on a card. The same ask gets the same answer."""
        if not CASHIERS & staff.roles:
            return NotAllowed()
        wanted = Ask(ask.ask_id, staff.staff_id, ask)
        with self._store.begin(write=True) as work:
            try:
                earlier = self._ledger.recall(work, wanted)
            except AskReused:
                return MoneyRefused(fault=MoneyFault.ASK_REUSED)
            if earlier is not None:
                told: ToppedUp = decode(earlier.answer, ToppedUp)
                return told
            return self._enter(work, staff, ask, wanted)

    def _enter(self, work: Work, staff: StaffIdentity, ask: TopUp, wanted: Ask) -> TopUpAnswer:
        if fault := amount_fault(ask.amount_cents):
            return MoneyRefused(fault=fault)
        known = work.money.cards.by_number(self._keys.number(ask.number))
        card = None if known is None else work.money.cards.hold(known.card_id)
        fault = fault_of(card)
        if card is None or fault is not None:
            return MoneyRefused(fault=fault or MoneyFault.CARD_UNKNOWN)
        till = work.money.tills.hold(ask.till_id)
        if till is None or till.site_id not in staff.site_ids:
            return MoneyRefused(fault=MoneyFault.TILL_UNKNOWN)
        if fault := use_fault(staff, till) or self._receipts.paper_fault(work, till, ask.paper):
            return MoneyRefused(fault=fault)
        if ask.given_cents is not None and not given_enough(ask):
            return MoneyRefused(fault=MoneyFault.GIVEN_TOO_LITTLE)
        told, card = card, prolonged(work, card, self._clock)
        view = view_of(work, card, ask.amount_cents)
        if view.balance_cents > LARGEST_BALANCE_CENTS:
            before = view.balance_cents - ask.amount_cents
            return MoneyRefused(fault=MoneyFault.BALANCE_TOO_LARGE, balance_cents=before)
        draft = Draft(
            PostingKind.TOP_UP,
            till.site_id,
            (
                debit(Account(KIND_OF[ask.means], till.till_id), ask.amount_cents),
                credit(account_of(card.card_id), ask.amount_cents),
            ),
            card_id=card.card_id,
        )
        posting = self._ledger.new_posting(wanted, draft)
        paid = Paid(ask.amount_cents, ask.means, ask.given_cents, ask.paper)
        receipt = self._receipts.write(work, staff, till, posting, paid, view)
        answer = ToppedUp(
            posting_id=posting.posting_id,
            at=posting.at,
            amount_cents=ask.amount_cents,
            means=ask.means,
            card=view,
            receipt=receipt,
        )
        if card != told:
            work.money.cards.save(card)
        self._ledger.enter(work, posting, draft.entries, answer)
        self._receipts.keep(work, till, receipt)
        facts = ActFacts(cents=ask.amount_cents, what=ask.means)
        note(work, staff, ActKind.TOPPED_UP, till.site_id, facts, whom_of(card))
        return answer

    def reverse(self, staff: StaffIdentity, ask: ReversePosting) -> ReversalAnswer | Refusal:
        """Take back a top-up or a refund as a whole, if its credit is still on the card."""
        if not STEWARDS & staff.roles:
            return NotAllowed()
        if not ask.reason.strip():
            return MoneyRefused(fault=MoneyFault.NO_REASON)
        wanted = Ask(ask.ask_id, staff.staff_id, ask)
        with self._store.begin(write=True) as work:
            try:
                earlier = self._ledger.recall(work, wanted)
            except AskReused:
                return MoneyRefused(fault=MoneyFault.ASK_REUSED)
            if earlier is not None:
                told: PostingReversed = decode(earlier.answer, PostingReversed)
                return told
            posting = work.money.ledger.get(ask.posting_id)
            if posting is None or posting.site_id not in staff.site_ids:
                return MoneyRefused(fault=MoneyFault.POSTING_UNKNOWN)
            answer = self._reverse(work, staff, posting, ask.reason, wanted)
            if isinstance(answer, PostingReversed):
                facts = ActFacts(what=ask.reason)
                card = work.money.cards.get(answer.card.card_id)
                note(work, staff, ActKind.POSTING_REVERSED, posting.site_id, facts, whom_of(card))
            return answer

    def _reverse(
        self, work: Work, staff: StaffIdentity, posting: Posting, reason: str, wanted: Ask
    ) -> PostingReversed | MoneyRefused:
        card_id = posting.card_id
        if posting.kind not in REVERSIBLE or card_id is None:
            return MoneyRefused(fault=MoneyFault.NOT_REVERSIBLE)
        card = work.money.cards.hold(card_id)
        fault = fault_of(card)
        if card is None or fault not in {None, MoneyFault.CARD_BLOCKED}:
            return MoneyRefused(fault=fault or MoneyFault.CARD_UNKNOWN)
        entries = tuple(
            Entry(Account(AccountKind(line.kind), line.subject), -line.amount_cents)
            for line in work.money.ledger.lines_of(posting.posting_id)
        )
        till = self._till_of(work, entries)
        if till is not None and (fault := use_fault(staff, till)):
            return MoneyRefused(fault=fault)
        if work.money.ledger.reversal_of(posting.posting_id) is not None:
            return MoneyRefused(fault=MoneyFault.ALREADY_REVERSED)
        given = work.money.receipts.of_posting(posting.posting_id)
        if till is not None and given is not None and given.session != till.session:
            # What was counted and paid in does not lie there any more to be handed back.
            return MoneyRefused(fault=MoneyFault.CLOSED_SINCE)
        change = sum(
            one.account.change(one.amount_cents)
            for one in entries
            if one.account == account_of(card_id)
        )
        view = view_of(work, card, change)
        draft = Draft(
            PostingKind.REVERSAL,
            posting.site_id,
            entries,
            card_id=card_id,
            reverses=posting.posting_id,
            reason=reason,
        )
        made = self._ledger.new_posting(wanted, draft)
        receipt = None
        if till is not None:
            receipt = self._receipts.write(
                work, staff, till, made, _taken_back(work, posting), view
            )
        answer = PostingReversed(
            posting_id=made.posting_id,
            reverses=posting.posting_id,
            at=made.at,
            card=view,
            receipt=receipt,
        )
        try:
            self._ledger.enter(work, made, entries, answer)
        except Overdrawn:
            left = view.balance_cents - change
            return MoneyRefused(fault=MoneyFault.SPENT, balance_cents=left)
        if till is not None and receipt is not None:
            self._receipts.keep(work, till, receipt)
        if posting.kind is PostingKind.REFUND:
            _count_again(work, posting)
        return answer

    def _till_of(self, work: Work, entries: tuple[Entry, ...]) -> Till | None:
        """Return the till that a posting touched, held; None for one that touched none."""
        touched = {one.account.subject for one in entries if one.account.kind in TILL_KINDS}
        return None if not touched else work.money.tills.hold(touched.pop())


def _taken_back(work: Work, posting: Posting) -> Paid:
    """Return what the receipt of a reversal is about: the money goes back as it came."""
    told: ToppedUp = decode(posting.answer, ToppedUp)
    receipt = work.money.receipts.of_posting(posting.posting_id)
    label = "" if receipt is None else f"{receipt.year}-{receipt.number:06d}"
    return Paid(-told.amount_cents, told.means, reverses=label)


def given_enough(ask: TopUp) -> bool:
    """Tell whether what was handed over covers the amount; only cash gives change."""
    given = ask.given_cents or 0
    return ask.means is Means.CASH and ask.amount_cents <= given <= MOST_GIVEN_CENTS


def _count_again(work: Work, refund: Posting) -> None:
    """Count the pages of a refund that was taken back as printed and paid once more."""
    hold = None if refund.hold_id is None else work.money.holds.hold(refund.hold_id)
    if hold is not None:
        pages = msgspec.json.decode(refund.detail, type=dict[str, int])["pages"]
        work.money.holds.save(dataclasses.replace(hold, refunded_pages=hold.refunded_pages - pages))


def amount_fault(cents: int, largest_cents: int = LARGEST_TOP_UP_CENTS) -> MoneyFault | None:
    """Return what is wrong with an amount, in cents."""
    if cents <= 0:
        return MoneyFault.AMOUNT_NOT_POSITIVE
    return MoneyFault.AMOUNT_TOO_LARGE if cents > largest_cents else None

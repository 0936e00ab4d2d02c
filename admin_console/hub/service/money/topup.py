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
from admin_console.hub.service.money.lapse import prolonged
from admin_console.hub.service.money.ledger import Ask, AskReused, Draft, Ledger, Overdrawn
from admin_console.hub.service.money.port import MoneyKeys
from admin_console.hub.service.money.record import Posting, PostingKind
from admin_console.hub.service.money.right import CASHIERS, STEWARDS
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

KIND_OF = {
    Means.CASH: AccountKind.TILL_CASH,
    Means.CARD: AccountKind.TILL_CARD,
    Means.CHEQUE: AccountKind.TILL_CHEQUE,
}
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

    def __init__(self, store: Store, clock: Clock, keys: MoneyKeys, ledger: Ledger) -> None:
        self._store = store
        self._clock = clock
        self._keys = keys
        self._ledger = ledger

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
        if till.opened_at is None:
            return MoneyRefused(fault=MoneyFault.TILL_CLOSED)
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
        answer = ToppedUp(
            posting_id=posting.posting_id,
            at=posting.at,
            amount_cents=ask.amount_cents,
            means=ask.means,
            card=view,
        )
        if card != told:
            work.money.cards.save(card)
        self._ledger.enter(work, posting, draft.entries, answer)
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
            answer = self._reverse(work, posting, ask.reason, wanted)
            if isinstance(answer, PostingReversed):
                facts = ActFacts(what=ask.reason)
                card = work.money.cards.get(answer.card.card_id)
                note(work, staff, ActKind.POSTING_REVERSED, posting.site_id, facts, whom_of(card))
            return answer

    def _reverse(
        self, work: Work, posting: Posting, reason: str, wanted: Ask
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
        for account in sorted({one.account for one in entries if one.account.kind in TILL_KINDS}):
            till = work.money.tills.hold(account.subject)
            if till is None or till.opened_at is None:
                return MoneyRefused(fault=MoneyFault.TILL_CLOSED)
        if work.money.ledger.reversal_of(posting.posting_id) is not None:
            return MoneyRefused(fault=MoneyFault.ALREADY_REVERSED)
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
        answer = PostingReversed(
            posting_id=made.posting_id, reverses=posting.posting_id, at=made.at, card=view
        )
        try:
            self._ledger.enter(work, made, entries, answer)
        except Overdrawn:
            left = view.balance_cents - change
            return MoneyRefused(fault=MoneyFault.SPENT, balance_cents=left)
        if posting.kind is PostingKind.REFUND:
            _count_again(work, posting)
        return answer


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

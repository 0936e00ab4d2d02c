"""Print cards: issued, found, blocked, replaced; and what moved on them.

A card is known by the keyed digest of its number; the number itself is kept nowhere.
"""

import dataclasses

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.account import credit, debit
from admin_console.hub.service.money.cardview import (
    account_of,
    fault_of,
    tell_card,
    view_of,
    whom_of,
)
from admin_console.hub.service.money.lapse import prolonged
from admin_console.hub.service.money.ledger import Ask, AskReused, Draft, Ledger
from admin_console.hub.service.money.port import MoneyKeys
from admin_console.hub.service.money.record import CardAct, PostingKind, PrintCard
from admin_console.hub.service.money.right import CASHIERS
from admin_console.hub.service.port import Clock, People, Store, Work
from kiosk.rules.identifier import Entropy, make_id
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.codec import decode, encode
from kiosk.wire.money import (
    CardMark,
    CardState,
    FindPrintCard,
    IssueCard,
    MarkCard,
    MoneyFault,
    MoneyRefused,
    PrintCardAnswer,
    PrintCardView,
    ReadStatement,
    ReplaceCard,
    StatementAnswer,
    StatementLine,
    StatementPage,
)

PAGE = 50
"""So many movements stand on one page of a statement."""

Refusal = NotAllowed | NotFound


class PrintCards:
    """What cashiers do with print cards.

    Args:
        store: where everything is kept.
        clock: stamps what is done.
        entropy: draws the ids of cards.
        keys: digests their numbers.
        people: knows the members whom a card may be tied to.
        ledger: moves the credit of a card that is replaced.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        entropy: Entropy,
        keys: MoneyKeys,
        people: People,
        ledger: Ledger,
    ) -> None:
        self._store = store
        self._clock = clock
        self._entropy = entropy
        self._keys = keys
        self._people = people
        self._ledger = ledger

    def issue(self, staff: StaffIdentity, ask: IssueCard) -> PrintCardAnswer | Refusal:
        """Make a card of a number that no card has."""
        if refusal := _out_of_reach(staff, ask.site_id):
            return refusal
        member = None
        if ask.member_card is not None:
            if not self._people.knows(ask.member_card):
                return MoneyRefused(fault=MoneyFault.MEMBER_UNKNOWN)
            member = self._people.reference(ask.member_card)
        wanted = Ask(ask.ask_id, staff.staff_id, ask)
        with self._store.begin(write=True) as work:
            if (earlier := self._recall_act(work, wanted)) is not None:
                return earlier
            made = self._make(work, ask.number, ask.site_id, member)
            if isinstance(made, MoneyRefused):
                return made
            view = view_of(work, made)
            self._note(work, wanted, view, "issue", ask.site_id, "")
            note(work, staff, ActKind.PRINT_CARD_ISSUED, ask.site_id, whom=whom_of(made))
        return view

    def find(self, staff: StaffIdentity, ask: FindPrintCard) -> PrintCardAnswer | NotAllowed:
        """Return how the card with a number stands."""
        if not CASHIERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=False) as work:
            card = work.money.cards.by_number(self._keys.number(ask.number))
            if card is None:
                return MoneyRefused(fault=MoneyFault.CARD_UNKNOWN)
            return view_of(work, card)

    def mark(self, staff: StaffIdentity, ask: MarkCard) -> PrintCardAnswer | Refusal:
        """Block a card, or unblock it."""
        if refusal := _out_of_reach(staff, ask.site_id):
            return refusal
        if not ask.reason.strip():
            return MoneyRefused(fault=MoneyFault.NO_REASON)
        wanted = Ask(ask.ask_id, staff.staff_id, ask)
        blocking = ask.mark is CardMark.BLOCK
        with self._store.begin(write=True) as work:
            if (earlier := self._recall_act(work, wanted)) is not None:
                return earlier
            card = work.money.cards.hold(ask.card_id)
            fault = fault_of(card)
            if not blocking and fault is MoneyFault.CARD_BLOCKED:
                fault = None
            elif not blocking and fault is None:
                fault = MoneyFault.CARD_NOT_BLOCKED
            if card is None or fault is not None:
                return MoneyRefused(fault=fault or MoneyFault.CARD_UNKNOWN)
            state = CardState.BLOCKED if blocking else CardState.ACTIVE
            card = dataclasses.replace(card, state=state)
            work.money.cards.save(card)
            view = view_of(work, card)
            self._note(work, wanted, view, ask.mark, ask.site_id, ask.reason)
            kind = ActKind.PRINT_CARD_BLOCKED if blocking else ActKind.PRINT_CARD_UNBLOCKED
            note(work, staff, kind, ask.site_id, ActFacts(what=ask.reason), whom_of(card))
        return view

    def replace(self, staff: StaffIdentity, ask: ReplaceCard) -> PrintCardAnswer | Refusal:
        """Put a new card in the place of a lost one, active or blocked; its credit goes over."""
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
                return _told(earlier.answer)
            old = work.money.cards.hold(ask.card_id)
            fault = fault_of(old)
            if old is None or fault not in {None, MoneyFault.CARD_BLOCKED}:
                return MoneyRefused(fault=fault or MoneyFault.CARD_UNKNOWN)
            # Nobody else knows the new card yet: it is held after the old one whatever its id.
            new = self._make(work, ask.number, ask.site_id, old.member, old)
            if isinstance(new, MoneyRefused):
                return new
            work.money.cards.save(
                dataclasses.replace(old, state=CardState.REPLACED, replaced_by=new.card_id)
            )
            work.money.holds.hand_over(old.card_id, new.card_id)
            cents = work.money.ledger.balance(account_of(old.card_id))
            draft = Draft(
                PostingKind.TRANSFER,
                ask.site_id,
                (debit(account_of(old.card_id), cents), credit(account_of(new.card_id), cents)),
                card_id=new.card_id,
                reason=ask.reason,
            )
            view = view_of(work, new, cents)
            facts = ActFacts(cents=cents, what=ask.reason)
            note(work, staff, ActKind.PRINT_CARD_REPLACED, ask.site_id, facts, whom_of(new))
            self._ledger.enter(work, self._ledger.new_posting(wanted, draft), draft.entries, view)
        return view

    def statement(self, staff: StaffIdentity, ask: ReadStatement) -> StatementAnswer | NotAllowed:
        """Return a page of what moved on a card."""
        if not CASHIERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=False) as work:
            card = work.money.cards.get(ask.card_id)
            if card is None:
                return MoneyRefused(fault=MoneyFault.CARD_UNKNOWN)
            account = account_of(card.card_id)
            found = work.money.ledger.movements(account, ask.before, PAGE + 1)
            view = view_of(work, card)
        lines = tuple(
            StatementLine(
                number=one.number,
                posting_id=one.posting_id,
                at=one.at,
                what=one.posting_kind,
                change_cents=account.change(one.amount_cents),
                balance_cents=one.balance_cents,
                site_id=one.site_id,
                hold_id=one.hold_id,
                reason=one.reason,
            )
            for one in found[:PAGE]
        )
        return StatementPage(card=view, lines=lines, more=len(found) > PAGE)

    def _make(
        self,
        work: Work,
        number: str,
        site_id: str,
        member: str | None,
        before: PrintCard | None = None,
    ) -> PrintCard | MoneyRefused:
        digest = self._keys.number(number)
        work.hold(f"print card:{digest}")
        if work.money.cards.by_number(digest) is not None:
            return MoneyRefused(fault=MoneyFault.CARD_TAKEN)
        now = self._clock.now()
        card = PrintCard(
            card_id=make_id(now, self._entropy),
            number_digest=digest,
            last_four=number[-4:],
            state=CardState.ACTIVE,
            issued_at=now,
            site_id=site_id,
            member=member,
            expires_on=None if before is None else before.expires_on,
        )
        if before is None:
            card = prolonged(work, card, self._clock)
        work.money.cards.add(card)
        return card

    def _recall_act(self, work: Work, ask: Ask) -> PrintCardView | MoneyRefused | None:
        work.hold(f"money:{ask.key}")
        earlier = work.money.cards.act(ask.key)
        if earlier is None:
            return None
        if earlier.ask_digest != self._ledger.digest(ask):
            return MoneyRefused(fault=MoneyFault.ASK_REUSED)
        return _told(earlier.answer)

    def _note(
        self, work: Work, ask: Ask, view: PrintCardView, act: str, site_id: str, reason: str
    ) -> None:
        work.money.cards.note(
            CardAct(
                ask_id=ask.key,
                ask_digest=self._ledger.digest(ask),
                card_id=view.card_id,
                act=act,
                at=self._clock.now(),
                site_id=site_id,
                actor=ask.actor,
                reason=reason,
                answer=encode(view),
            )
        )
        tell_card(work, view.card_id, site_id)


def _out_of_reach(staff: StaffIdentity, site_id: str) -> Refusal | None:
    if not CASHIERS & staff.roles:
        return NotAllowed()
    return None if site_id in staff.site_ids else NotFound()


def _told(answer: bytes) -> PrintCardView:
    found: PrintCardView = decode(answer, PrintCardView)
    return found

"""What is owed on cards, and credit that ends: by a rule that was told beforehand, never earlier.

The last day of a card is written when its credit moves, and stands on its statement from then on; a
later rule can only make it later.
"""

import dataclasses
from datetime import date, timedelta

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.janitor import PERSON_DAYS
from admin_console.hub.service.money.account import Account, AccountKind, credit, debit
from admin_console.hub.service.money.cardview import account_of, whom_of
from admin_console.hub.service.money.doubt import HUB
from admin_console.hub.service.money.ledger import Ask, Draft, Ledger
from admin_console.hub.service.money.pricelist import ZONE, months_of, read_list, site_date
from admin_console.hub.service.money.record import PostingKind, PrintCard
from admin_console.hub.service.money.right import STEWARDS
from admin_console.hub.service.port import Clock, Store, Work
from kiosk.rules.credit import last_day
from kiosk.rules.hours import local_date
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.hold import OutstandingCredit
from kiosk.wire.money import CardState, ReadStatement

SOON = timedelta(days=90)
AT_ONCE = 500
"""So many cards are looked at in one round."""


def prolonged(work: Work, card: PrintCard, clock: Clock) -> PrintCard:
    """Return a card whose credit moves now, with its last day by the rule of its site."""
    today = site_date(work, card.site_id, clock)
    months = months_of(read_list(work, card.site_id, today))
    if months is None:
        return dataclasses.replace(card, expires_on=None)
    last = last_day(today, months)
    return dataclasses.replace(card, expires_on=max(last, card.expires_on or last))


class Lapses:
    """Ends credit whose last day is over, and tells what is owed.

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
        """End the credit of cards whose last day is over; returns how many there were.

        For whom free pages counted is forgotten after a year.
        """
        with self._store.begin(write=False) as work:
            due = work.money.cards.lapsing(self._today(), AT_ONCE)
        with self._store.begin(write=True) as work:
            work.money.holds.forget_holders(self._today() - timedelta(days=PERSON_DAYS))
        return sum(self._end(card_id) for card_id in due)

    def owed(self, staff: StaffIdentity) -> OutstandingCredit | NotAllowed:
        """Return what the town owes to the holders of cards."""
        if not STEWARDS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=False) as work:
            sums = work.money.ledger.owed()
            cards, lapsing = work.money.cards.with_credit(self._today() + SOON)
        return OutstandingCredit(
            at=self._clock.now(),
            cards=cards,
            cards_cents=sums.get(AccountKind.CARD, 0),
            authorised_cents=sums.get(AccountKind.AUTHORISED, 0),
            sending_cents=sums.get(AccountKind.SENDING, 0),
            doubtful_cents=sums.get(AccountKind.DOUBTFUL, 0),
            lapsing_cents=lapsing,
        )

    def _end(self, card_id: str) -> bool:
        with self._store.begin(write=True) as work:
            card = work.money.cards.hold(card_id)
            if card is None or card.expires_on is None or card.expires_on >= self._today():
                return False
            if card.state not in {CardState.ACTIVE, CardState.BLOCKED}:
                return False
            if work.money.holds.open_of(card_id):
                # What comes back of a job moves the card: its holder is not told of it too late.
                return False
            cents = work.money.ledger.balance(account_of(card_id))
            work.money.cards.save(dataclasses.replace(card, state=CardState.EXPIRED))
            draft = Draft(
                PostingKind.LAPSE,
                card.site_id,
                (
                    debit(account_of(card_id), cents),
                    credit(Account(AccountKind.LAPSED, card.site_id), cents),
                ),
                card_id=card_id,
                reason=card.expires_on.isoformat(),
            )
            message = ReadStatement(card_id=card_id)
            wanted = Ask(f"{card_id}/lapse", HUB, message)
            self._ledger.enter(
                work, self._ledger.new_posting(wanted, draft), draft.entries, message
            )
            facts = ActFacts(cents=cents)
            note(work, None, ActKind.CREDIT_LAPSED, card.site_id, facts, whom_of(card))
        return True

    def _today(self) -> date:
        return local_date(self._clock.now(), ZONE)

"""Receipts: written with the line they are about, numbered without a gap, never twice the first.

The number is taken under the lock of the till, in the transaction of its posting: what is rolled
back takes its number along.
"""

from dataclasses import dataclass
from datetime import timedelta

import msgspec

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.pricelist import site_date
from admin_console.hub.service.money.record import Posting, Receipt, ReceiptCopy, Till
from admin_console.hub.service.money.right import CASHIERS, STEWARDS
from admin_console.hub.service.port import Clock, Store, Work
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.codec import decode, encode
from kiosk.wire.money import (
    Means,
    MoneyFault,
    MoneyRefused,
    PaperReceipt,
    PrintCardView,
    ReceiptView,
)
from kiosk.wire.till import CopyReceipt, ReceiptAnswer, ReceiptPage

PAGE = 50
OLDEST_PAPER_DAYS = 60
"""A paper receipt older than this is a matter for the accountant, not for the till."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What a receipt is about; `amount_cents` is negative for what is taken back."""

    amount_cents: int
    means: Means
    given_cents: int | None = None
    paper: PaperReceipt | None = None
    reverses: str = ""


class Receipts:
    """Writes receipts, shows them, and makes copies that say so.

    Args:
        store: where everything is kept.
        clock: stamps copies.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def paper_fault(self, work: Work, till: Till, paper: PaperReceipt | None) -> MoneyFault | None:
        """Return why a receipt of the paper book is not taken, None if it is."""
        if paper is None:
            return None
        today = site_date(work, till.site_id, self._clock)
        if not today - timedelta(days=OLDEST_PAPER_DAYS) <= paper.day <= today:
            return MoneyFault.PAPER_DATE
        taken = work.money.receipts.is_paper_taken(till.till_id, paper.number)
        return MoneyFault.PAPER_TAKEN if taken else None

    def write(
        self,
        work: Work,
        staff: StaffIdentity,
        till: Till,
        posting: Posting,
        paid: Paid,
        card: PrintCardView,
    ) -> ReceiptView:
        """Give the next number, and return what the receipt says; `keep` writes it.

        The till is held by the caller.
        """
        site = work.sites.get(till.site_id)
        assert site is not None  # noqa: S101 - the till's own row needs it
        year = site_date(work, till.site_id, self._clock).year
        return ReceiptView(
            till_id=till.till_id,
            year=year,
            number=work.money.receipts.last_number(till.till_id, year) + 1,
            posting_id=posting.posting_id,
            at=posting.at,
            town=site.town,
            site_name=site.name,
            regie=till.regie,
            till_name=till.name,
            agent=staff.display_name,
            amount_cents=paid.amount_cents,
            means=paid.means,
            given_cents=paid.given_cents,
            last_four=card.last_four,
            balance_cents=card.balance_cents,
            reverses=paid.reverses,
            paper=paid.paper,
        )

    def keep(self, work: Work, till: Till, receipt: ReceiptView) -> None:
        """Write a receipt; its posting stands."""
        paper = None if receipt.paper is None else receipt.paper.number
        work.money.receipts.add(
            Receipt(
                till_id=till.till_id,
                year=receipt.year,
                number=receipt.number,
                posting_id=receipt.posting_id,
                session=till.session,
                at=receipt.at,
                paper_number=paper,
                body=encode(receipt),
            )
        )

    def page(
        self, staff: StaffIdentity, till_id: str, year: int, before: int | None
    ) -> ReceiptPage | MoneyRefused | NotAllowed:
        """Return receipts of a till, the newest first: another's to stewards only."""
        if not CASHIERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=False) as work:
            till = work.money.tills.get(till_id)
            if till is None or till.site_id not in staff.site_ids:
                return MoneyRefused(fault=MoneyFault.TILL_UNKNOWN)
            if not may_use(staff, till):
                return MoneyRefused(fault=MoneyFault.TILL_NOT_YOURS)
            found = work.money.receipts.page(till_id, year, before, PAGE + 1)
        shown = tuple(read_receipt(one) for one in found[:PAGE])
        return ReceiptPage(receipts=shown, more=len(found) > PAGE)

    def one(
        self, staff: StaffIdentity, till_id: str, year: int, number: int
    ) -> ReceiptView | NotAllowed | NotFound:
        """Return a receipt to who may look into its till, as it was printed last."""
        if not CASHIERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=False) as work:
            till = work.money.tills.get(till_id)
            found = work.money.receipts.get(till_id, year, number)
            if till is None or found is None or till.site_id not in staff.site_ids:
                return NotFound()
            if not may_use(staff, till):
                return NotAllowed()
            copies = work.money.receipts.count_copies(till_id, year, number)
        return msgspec.structs.replace(read_receipt(found), copy=copies)

    def copy(self, staff: StaffIdentity, ask: CopyReceipt) -> ReceiptAnswer | NotAllowed:
        """Return a receipt that says that it is a copy, and which."""
        if not CASHIERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=True) as work:
            work.hold(f"money:{ask.ask_id}")
            rows = work.money.receipts
            earlier = rows.copy(ask.ask_id)
            till = work.money.tills.hold(ask.till_id)
            if till is None or till.site_id not in staff.site_ids:
                return MoneyRefused(fault=MoneyFault.TILL_UNKNOWN)
            if not may_use(staff, till):
                return MoneyRefused(fault=MoneyFault.TILL_NOT_YOURS)
            receipt = rows.get(ask.till_id, ask.year, ask.number)
            if receipt is None:
                return MoneyRefused(fault=MoneyFault.RECEIPT_UNKNOWN)
            view = read_receipt(receipt)
            if earlier is not None:
                same = (earlier.till_id, earlier.year, earlier.number)
                if same != (ask.till_id, ask.year, ask.number):
                    return MoneyRefused(fault=MoneyFault.ASK_REUSED)
                return msgspec.structs.replace(view, copy=earlier.copy)
            made = ReceiptCopy(
                ask_id=ask.ask_id,
                till_id=ask.till_id,
                year=ask.year,
                number=ask.number,
                copy=rows.count_copies(ask.till_id, ask.year, ask.number) + 1,
                at=self._clock.now(),
                actor=staff.staff_id,
            )
            rows.add_copy(made)
            facts = ActFacts(number=view.label, count=made.copy)
            note(work, staff, ActKind.RECEIPT_COPIED, till.site_id, facts)
        return msgspec.structs.replace(view, copy=made.copy)


def read_receipt(receipt: Receipt) -> ReceiptView:
    """Return what a receipt says."""
    found: ReceiptView = decode(receipt.body, ReceiptView)
    return found


def may_use(staff: StaffIdentity, till: Till) -> bool:
    """Tell whether somebody may use a till and see its receipts: who opened it, and stewards."""
    return till.opened_by in (None, staff.staff_id) or bool(STEWARDS & staff.roles)

"""Looks through what happened at the tills: their chains, their seals, and their receipts.

A receipt stands twice: by itself, and in the answer of its posting, which the ledger's own chain
holds. The two must say the same, a till's numbers must have no hole, and none may be missing at the
end. What an opening or a closing has booked names its line of the chain: none may be missing there
either, and the till must stand as its last line left it.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import msgspec

from admin_console.hub.service.money.chain import BEGINNING
from admin_console.hub.service.money.port import MoneyKeys
from admin_console.hub.service.money.record import Till, TillEvent, TillEventKind
from admin_console.hub.service.money.tillchain import ask_of, hash_event, seal_name, tells_itself
from admin_console.hub.service.money.verify import (
    Auditable,
    Finding,
    LedgerFault,
    Unreadable,
    Verdict,
    verify_ledger,
)
from kiosk.wire.codec import MessageInvalid, decode
from kiosk.wire.money import ReceiptView


@dataclass(frozen=True, slots=True)
class RawReceipt:
    """A receipt as it is stored, with the answer of its posting; None where there is none."""

    till_id: str
    year: int
    number: int
    posting_id: str
    at: datetime | None
    paper_number: str | None
    body: bytes
    answer: bytes | None


class TillAudit(Protocol):
    """Reads what is stored of tills, without believing any of it."""

    def tills(self) -> tuple[str, ...]:
        """Return the ids of all tills."""

    def till(self, till_id: str) -> Till | None:
        """Return how a till stands; raises `Unreadable`."""

    def till_events(self, till_id: str) -> Sequence[TillEvent]:
        """Return the lines of a till's chain, in order; raises `Unreadable`."""

    def booked(self, till_id: str) -> Sequence[str]:
        """Return the keys of what openings and closings of a till have booked."""

    def receipts(self) -> Iterable[RawReceipt]:
        """Return all receipts by till, year and number; raises `Unreadable`."""

    def unreceipted(self) -> Iterable[bytes]:
        """Return what was answered by postings at tills that have no receipt."""


class AuditableMoney(Auditable, Protocol):
    """A store whose tills can be looked through, too."""

    def till_audit(self) -> AbstractContextManager[TillAudit]:
        """Open a reading of the tills."""


def verify_money(store: AuditableMoney, keys: MoneyKeys) -> Verdict:
    """Look through the ledger, the chains of the tills and the receipts."""
    verdict = verify_ledger(store, keys)
    with store.till_audit() as audit:
        findings = tuple(_findings(audit, keys))
    return replace(verdict, findings=verdict.findings + findings)


def check_chain(till_id: str, events: Iterable[TillEvent], keys: MoneyKeys) -> Iterator[Finding]:
    """Name the first bad line of a till's chain, if any."""
    previous = BEGINNING
    name = seal_name(till_id)
    for number, event in enumerate(events, 1):
        fault = None
        if event.number != number:
            fault = LedgerFault.MISSING
        elif event.previous != previous:
            fault = LedgerFault.BROKEN_CHAIN
        elif hash_event(event) != event.hash or not tells_itself(event):
            fault = LedgerFault.CHANGED
        elif keys.seal(name, number, event.hash) != event.seal:
            fault = LedgerFault.BAD_SEAL
        if fault is not None:
            yield Finding(name, number, fault)
            return
        previous = event.hash


def check_end(
    till_id: str, till: Till | None, events: Sequence[TillEvent], booked: Iterable[str]
) -> Iterator[Finding]:
    """Say whether a till's chain was cut short, or the till stands otherwise than its end says."""
    known = {event.ask_id for event in events}
    is_whole = all(ask_of(key) in known for key in booked)
    if till is None or not is_whole or not _stands_as_left(till, events):
        yield Finding(seal_name(till_id), len(events), LedgerFault.WRONG_END)


def _stands_as_left(till: Till, events: Sequence[TillEvent]) -> bool:
    if not events:
        # A till of before there were chains may stand open; it was never counted.
        return till.session == 0 and till.counted_at is None
    last = events[-1]
    stands = (till.opened_at is not None, till.counted_at is not None)
    left = {
        TillEventKind.OPENED: (True, False),
        TillEventKind.COUNTED: (True, True),
        TillEventKind.CLOSED: (False, False),
    }
    return till.session == last.session and stands == left[last.kind]


def check_receipts(receipts: Iterable[RawReceipt]) -> Iterator[Finding]:
    """Name the first bad receipt of each till and year; they come in order."""
    bad: set[tuple[str, int]] = set()
    last: dict[tuple[str, int], int] = {}
    for one in receipts:
        series = (one.till_id, one.year)
        expected = last.get(series, 0) + 1
        last[series] = one.number
        if series in bad:
            continue
        fault = LedgerFault.MISSING if one.number != expected else None
        if fault is None and not _says_the_same(one):
            fault = LedgerFault.CHANGED
        if fault is not None:
            bad.add(series)
            yield Finding(_series_name(*series), expected, fault)


def check_none_missing(answers: Iterable[bytes]) -> Iterator[Finding]:
    """Name each receipt that a posting tells of and that is not there."""
    for answer in answers:
        receipt = _receipt_in(answer)
        if receipt is not None:
            name = _series_name(receipt.till_id, receipt.year)
            yield Finding(name, receipt.number, LedgerFault.MISSING)


def _says_the_same(one: RawReceipt) -> bool:
    receipt = None if one.answer is None else _receipt_in(one.answer)
    try:
        said: ReceiptView = decode(one.body, ReceiptView)
    except MessageInvalid:
        return False
    paper = None if said.paper is None else said.paper.number
    told = (said.till_id, said.year, said.number, said.posting_id, said.at, paper)
    kept = (one.till_id, one.year, one.number, one.posting_id, one.at, one.paper_number)
    return said == receipt and told == kept


def _receipt_in(answer: bytes) -> ReceiptView | None:
    """Return the receipt that an answer tells of, None where it tells of none."""
    try:
        found = msgspec.json.decode(answer, type=dict[str, object]).get("receipt")
        return None if found is None else msgspec.convert(found, ReceiptView)
    except msgspec.MsgspecError:
        return None


def _series_name(till_id: str, year: int) -> str:
    return f"receipts.{till_id}.{year}"


def _findings(audit: TillAudit, keys: MoneyKeys) -> Iterator[Finding]:
    for till_id in audit.tills():
        try:
            events = audit.till_events(till_id)
            bad = tuple(check_chain(till_id, events, keys))
            yield from bad
            if not bad:
                yield from check_end(till_id, audit.till(till_id), events, audit.booked(till_id))
        except Unreadable:
            yield Finding(seal_name(till_id), 0, LedgerFault.UNREADABLE)
    try:
        yield from check_receipts(audit.receipts())
        yield from check_none_missing(audit.unreceipted())
    except Unreadable:
        yield Finding("receipts", 0, LedgerFault.UNREADABLE)

"""Looks through what happened at the tills: their chains, their seals, and their receipts.

A receipt stands twice: by itself, and in the answer of its posting, which the ledger's own chain
holds. The two must say the same, and a till's numbers must have no hole.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

import msgspec

from admin_console.hub.service.money.chain import BEGINNING
from admin_console.hub.service.money.port import MoneyKeys
from admin_console.hub.service.money.record import TillEvent
from admin_console.hub.service.money.tillchain import hash_event, seal_name
from admin_console.hub.service.money.verify import (
    Auditable,
    Finding,
    LedgerFault,
    Unreadable,
    Verdict,
    verify_ledger,
)


@dataclass(frozen=True, slots=True)
class RawReceipt:
    """A receipt as it is stored, with the answer of its posting; None where there is none."""

    till_id: str
    year: int
    number: int
    body: bytes
    answer: bytes | None


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
        elif hash_event(event) != event.hash:
            fault = LedgerFault.CHANGED
        elif keys.seal(name, number, event.hash) != event.seal:
            fault = LedgerFault.BAD_SEAL
        if fault is not None:
            yield Finding(name, number, fault)
            return
        previous = event.hash


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
            yield Finding(f"receipts.{one.till_id}.{one.year}", expected, fault)


def _says_the_same(one: RawReceipt) -> bool:
    try:
        said = msgspec.json.decode(one.body)
        answer = {} if one.answer is None else msgspec.json.decode(one.answer)
    except msgspec.DecodeError:
        return False
    return isinstance(answer, dict) and answer.get("receipt") == said


class TillAudit(Protocol):
    """Reads what is stored of tills, without believing any of it."""

    def tills(self) -> tuple[str, ...]:
        """Return the ids of all tills."""

    def till_events(self, till_id: str) -> Sequence[TillEvent]:
        """Return the lines of a till's chain, in order; raises `Unreadable`."""

    def receipts(self) -> Sequence[RawReceipt]:
        """Return all receipts by till, year and number; raises `Unreadable`."""


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


def _findings(audit: TillAudit, keys: MoneyKeys) -> Iterator[Finding]:
    for till_id in audit.tills():
        try:
            yield from check_chain(till_id, audit.till_events(till_id), keys)
        except Unreadable:
            yield Finding(seal_name(till_id), 0, LedgerFault.UNREADABLE)
    try:
        yield from check_receipts(audit.receipts())
    except Unreadable:
        yield Finding("receipts", 0, LedgerFault.UNREADABLE)

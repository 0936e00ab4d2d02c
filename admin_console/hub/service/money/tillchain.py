"""The chain of a till: its openings, counts and closings, each hashed onto the one before.

The seal is made with the hub's key: whoever can write to the database could make all hashes anew,
and not the seals.
"""

from dataclasses import replace

import msgspec

from admin_console.hub.service.money.chain import BEGINNING, digest_posting, hash_line
from admin_console.hub.service.money.ledger import Ask, Ledger
from admin_console.hub.service.money.port import MoneyKeys
from admin_console.hub.service.money.record import Till, TillEvent, TillEventKind
from admin_console.hub.service.port import Clock, Work
from kiosk.wire.codec import encode
from kiosk.wire.till import TillClosed, TillView

SEAL_SHOWN = 16
"""So many bytes of the seal are printed on a closing."""


class TillChain:
    """Writes what happens to tills. The till is held by the caller.

    Args:
        clock: stamps it.
        keys: seals it.
        ledger: tells one ask from another.
    """

    def __init__(self, clock: Clock, keys: MoneyKeys, ledger: Ledger) -> None:
        self._clock = clock
        self._keys = keys
        self._ledger = ledger

    def note(
        self, work: Work, ask: Ask, till: Till, kind: TillEventKind, answer: TillView
    ) -> TillEvent:
        """Write that a till was opened or counted."""
        event = self._make(work, ask, till, kind, encode(ask.message))
        event = replace(event, answer=encode(answer))
        work.money.tills.note(event)
        return event

    def close(self, work: Work, ask: Ask, till: Till, closed: TillClosed) -> TillClosed:
        """Write that a till is closed, and return the closing with its number and its seal."""
        last = work.money.tills.last_event(till.till_id)
        number = 1 if last is None else last.number + 1
        body = encode(msgspec.structs.replace(closed, number=number, seal="-"))
        event = self._make(work, ask, till, TillEventKind.CLOSED, body)
        told = msgspec.structs.replace(
            closed, number=event.number, at=event.at, seal=event.seal[:SEAL_SHOWN].hex()
        )
        work.money.tills.note(replace(event, answer=encode(told)))
        return told

    def _make(
        self, work: Work, ask: Ask, till: Till, kind: TillEventKind, body: bytes
    ) -> TillEvent:
        last = work.money.tills.last_event(till.till_id)
        event = TillEvent(
            ask_id=ask.key,
            ask_digest=self._ledger.digest(ask),
            till_id=till.till_id,
            number=1 if last is None else last.number + 1,
            session=till.session,
            kind=kind,
            at=self._clock.now(),
            actor=ask.actor,
            body=body,
            answer=b"{}",
            previous=BEGINNING if last is None else last.hash,
            hash=b"",
            seal=b"",
        )
        digest = hash_event(event)
        seal = self._keys.seal(seal_name(event.till_id), event.number, digest)
        return replace(event, hash=digest, seal=seal)


def hash_event(event: TillEvent) -> bytes:
    """Return the hash of a line of a till's chain: of all that it says, and of the line before."""
    said = digest_posting((event.ask_id, event.ask_digest, event.actor, event.body.decode()))
    fields = (event.till_id, event.number, event.session, event.kind, event.at)
    return hash_line(fields, said, event.previous)


def seal_name(till_id: str) -> str:
    """Return under which name the lines of a till are sealed; no book is called so."""
    return f"tillchain.{till_id}"

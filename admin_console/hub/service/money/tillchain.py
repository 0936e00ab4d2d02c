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
from kiosk.wire.codec import MessageInvalid, decode, encode
from kiosk.wire.till import TillClosed, TillView

SEAL_SHOWN = 16
"""So many bytes of the seal are printed on a closing."""
NO_SEAL = "-"
"""Stands in a closing where its seal will."""


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
        event = self._make(work, ask, till, kind, encode(ask.message), encode(answer))
        work.money.tills.note(event)
        return event

    def close(self, work: Work, ask: Ask, till: Till, closed: TillClosed) -> TillClosed:
        """Write that a till is closed, and return the closing with its number and its seal."""
        last = work.money.tills.last_event(till.till_id)
        number = 1 if last is None else last.number + 1
        body = encode(msgspec.structs.replace(closed, number=number, seal=NO_SEAL))
        event = self._make(work, ask, till, TillEventKind.CLOSED, body, b"{}")
        told = msgspec.structs.replace(closed, number=number, seal=shown_seal(event))
        work.money.tills.note(replace(event, answer=encode(told)))
        return told

    def _make(
        self,
        work: Work,
        ask: Ask,
        till: Till,
        kind: TillEventKind,
        body: bytes,
        answer: bytes,
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
            answer=answer,
            previous=BEGINNING if last is None else last.hash,
            hash=b"",
            seal=b"",
        )
        digest = hash_event(event)
        seal = self._keys.seal(seal_name(event.till_id), event.number, digest)
        return replace(event, hash=digest, seal=seal)


def hash_event(event: TillEvent) -> bytes:
    """Return the hash of a line of a till's chain: of all that it says, and of the line before.

    What is answered to a closing tells its seal, which is made of this hash: see `tells_itself`.
    """
    answer = "" if event.kind is TillEventKind.CLOSED else event.answer.decode()
    said = digest_posting(
        (event.ask_id, event.ask_digest, event.actor, event.body.decode(), answer)
    )
    fields = (event.till_id, event.number, event.session, event.kind, event.at)
    return hash_line(fields, said, event.previous)


def tells_itself(event: TillEvent) -> bool:
    """Tell whether what is answered to a closing is what it says, with its seal."""
    if event.kind is not TillEventKind.CLOSED:
        return True
    try:
        said: TillClosed = decode(event.body, TillClosed)
    except MessageInvalid:
        return False
    return event.answer == encode(msgspec.structs.replace(said, seal=shown_seal(event)))


def shown_seal(event: TillEvent) -> str:
    """Return the seal of a line as it is printed."""
    return event.seal[:SEAL_SHOWN].hex()


def seal_name(till_id: str) -> str:
    """Return under which name the lines of a till are sealed; no book is called so."""
    return f"tillchain.{till_id}"


def below(ask_id: str, what: str) -> str:
    """Return the key of something that an ask books besides its line of the chain."""
    return f"{ask_id}:{what}"


def ask_of(key: str) -> str:
    """Return the ask below which a key stands."""
    return key.partition(":")[0]

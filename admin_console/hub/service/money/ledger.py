"""The ledger: the one way in which money moves.

A use case recalls its key first, then takes its locks, decides, and enters one posting: all lines
of it are written, or none. What is wrong is corrected by a reversal, never by a change.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from admin_console.hub.service.money.account import GUARDED_KINDS, Account, AccountKind, Entry
from admin_console.hub.service.money.cardview import tell_card
from admin_console.hub.service.money.chain import (
    digest_posting,
    hash_line,
    line_fields,
    posting_fields,
)
from admin_console.hub.service.money.port import MoneyKeys
from admin_console.hub.service.money.record import BookHead, Line, Posting, PostingKind
from admin_console.hub.service.port import Clock, Work
from kiosk.rules.identifier import Entropy, make_id
from kiosk.wire.codec import Message, encode


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks of money, and under which key: the same ask is done once.

    Attributes:
        key: made by the asker, unique.
        actor: the id of the staff or station that asks, or a word for the hub itself.
        message: the ask; its digest is kept, never itself.
    """

    key: str
    actor: str
    message: Message


class AskReused(Exception):
    """Another ask was done under this key."""


class Overdrawn(Exception):
    """An account would hold less than nothing: whoever asked did not look at the balance first."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a posting says, before it is entered. See `Posting`; `answer` is not encoded yet."""

    kind: PostingKind
    site_id: str
    entries: tuple[Entry, ...]
    detail: bytes = b"{}"
    card_id: str | None = None
    hold_id: str | None = None
    reverses: str | None = None
    reason: str = ""


class Ledger:
    """Enters postings.

    Args:
        clock: stamps them.
        entropy: draws their ids.
        keys: seals the books.
    """

    def __init__(self, clock: Clock, entropy: Entropy, keys: MoneyKeys) -> None:
        self._clock = clock
        self._entropy = entropy
        self._keys = keys

    def digest(self, ask: Ask) -> bytes:
        """Return what tells an ask from every other."""
        name = type(ask.message).__name__
        return self._keys.ask(ask.actor.encode(), name.encode(), encode(ask.message))

    def recall(self, work: Work, ask: Ask) -> Posting | None:
        """Return the posting that an ask led to, if it was done; first of all, before any lock.

        Raises:
            AskReused: the key stands for another ask.
        """
        work.hold(f"money:{ask.key}")
        earlier = work.money.ledger.by_key(ask.key)
        if earlier is not None and earlier.ask_digest != self.digest(ask):
            raise AskReused
        return earlier

    def new_posting(self, ask: Ask, draft: Draft, answer: bytes = b"{}") -> Posting:
        """Return the posting of a draft, not entered yet: an answer may tell its id and stamp."""
        now = self._clock.now()
        return Posting(
            posting_id=make_id(now, self._entropy),
            key=ask.key,
            ask_digest=self.digest(ask),
            kind=draft.kind,
            at=now,
            site_id=draft.site_id,
            actor=ask.actor,
            line_count=len(draft.entries),
            answer=answer,
            detail=draft.detail,
            card_id=draft.card_id,
            hold_id=draft.hold_id,
            reverses=draft.reverses,
            reason=draft.reason,
        )

    def enter(
        self, work: Work, posting: Posting, entries: Sequence[Entry], answer: Message
    ) -> Posting:
        """Write a posting with its lines. Cards and tills that it touches are held by the caller.

        Args:
            work: the unit of work.
            posting: made by `new_posting` from a draft with these entries.
            entries: what it debits and credits.
            answer: what the asker is told, also when they ask again.

        Raises:
            Overdrawn: a guarded account would become negative; nothing was written.
            ValueError: the entries do not sum to zero.
        """
        if sum(entry.amount_cents for entry in entries) or len(entries) != posting.line_count:
            message = "the entries of a posting sum to zero"
            raise ValueError(message)
        posting = dataclasses.replace(posting, answer=encode(answer))
        digest = digest_posting(posting_fields(posting))
        rows = work.money.ledger
        heads = {
            book: rows.hold_book(book) for book in sorted({one.account.book for one in entries})
        }
        balances: dict[Account, int] = {}
        lines: list[Line] = []
        for entry in entries:
            account = entry.account
            before = balances[account] if account in balances else rows.balance(account)
            after = before + account.change(entry.amount_cents)
            if account.kind in GUARDED_KINDS and after < 0:
                raise Overdrawn
            balances[account] = after
            line = _chained(heads[account.book], posting, entry, after, digest)
            heads[account.book] = self._end_at(line)
            lines.append(line)
        rows.append(posting, lines, tuple(heads.values()))
        cards = {one.account.subject for one in entries if one.account.kind is AccountKind.CARD}
        for card_id in sorted(cards):
            tell_card(work, card_id, posting.site_id)
        return posting

    def _end_at(self, line: Line) -> BookHead:
        seal = self._keys.seal(line.book_id, line.number, line.hash)
        return BookHead(line.book_id, line.number, line.hash, seal)


def _chained(
    head: BookHead, posting: Posting, entry: Entry, balance_cents: int, digest: bytes
) -> Line:
    line = Line(
        book_id=head.book_id,
        number=head.last_number + 1,
        posting_id=posting.posting_id,
        kind=entry.account.kind,
        subject=entry.account.subject,
        amount_cents=entry.amount_cents,
        balance_cents=balance_cents,
        previous=head.last_hash,
        hash=b"",
    )
    return dataclasses.replace(line, hash=hash_line(line_fields(line), digest, head.last_hash))

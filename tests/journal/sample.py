"""Events for the tests of the journal."""

from datetime import UTC, datetime, timedelta

from kiosk.rules.identifier import make_id
from kiosk.wire.event import CommandReceived, Event, EventAnswer, SlotExtended, Verdict

START = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)


def identifier(number: int) -> str:
    """The identifier with this number; the same every time."""
    return make_id(START + timedelta(milliseconds=number), number.to_bytes)


def event(seq: int, salt: int = 0) -> Event:
    """The event with this number. `salt` tells stories with the same numbers apart."""
    body: CommandReceived | SlotExtended = CommandReceived(command_id=identifier(seq))
    if seq % 2:
        body = SlotExtended(
            slot_id=identifier(1),
            total_seconds=seq % 86_400,
            ends_at=START,
            command_id=identifier(seq),
        )
    return Event(
        event_id=identifier(seq + salt * 1_000_000),
        seq=seq,
        at=START + timedelta(seconds=seq),
        clock_trusted=True,
        body=body,
    )


def events(first: int, count: int) -> tuple[Event, ...]:
    """So many events, numbered on from `first`."""
    return tuple(event(seq) for seq in range(first, first + count))


def answer(seq: int, verdict: Verdict, code: str | None = None) -> EventAnswer:
    """The hub's answer to the event with this number."""
    return EventAnswer(event_id=event(seq).event_id, verdict=verdict, code=code)

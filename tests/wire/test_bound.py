"""What no rule can use never comes in: the ends of the calendar, hours of nowhere, novels."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.wire.codec import Message, MessageInvalid, decode
from kiosk.wire.event import Event
from kiosk.wire.place import RoomView
from kiosk.wire.station import ReportAnswer, SlotAnswer, SlotGranted, SlotRefused
from tests.wire.test_sample import sample_path


def sample(form: type[Message], **changes: Any) -> bytes:
    """Return the frozen sample of a message with other fields."""
    found: dict[str, Any] = {**json.loads(Path(sample_path(form)).read_bytes()), **changes}
    return json.dumps(found).encode()


BEYOND = (
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-14:00",
)


@pytest.mark.parametrize("at", BEYOND)
@pytest.mark.parametrize(
    ("form", "name"),
    [(ReportAnswer, "hub_time"), (Event, "at"), (SlotGranted, "limit_at"), (SlotRefused, "at")],
)
def test_an_instant_at_the_ends_of_the_calendar_is_refused(
    form: type[Message], name: str, at: str
) -> None:
    with pytest.raises(MessageInvalid, match="calendar"):
        decode(sample(form, **{name: at}), form)


@pytest.mark.parametrize("at", ["1970-01-01T00:00:00Z", "2262-04-11T23:47:16Z"])
def test_what_the_clock_of_a_machine_can_say_is_understood(at: str) -> None:
    event: Event = decode(sample(Event, at=at), Event)

    assert event.at.year in {1970, 2262}


@pytest.mark.parametrize(
    "hours",
    [
        {"zone": "Nowhere/Bad", "week": [[]] * 7},
        {"zone": "../../etc/passwd", "week": [[]] * 7},
        {"zone": "Europe", "week": [[]] * 7},
        {"zone": "Europe/Paris", "week": [[]]},
        {"zone": "Europe/Paris", "week": [[[900, 100]]] * 7},
        {"zone": "Europe/Paris", "week": [[[0, 10**30]]] * 7},
        {"zone": "Europe/Paris", "week": [[]] * 7,
         "exceptions": [{"day": "2026-12-25", "intervals": [[600, 700], [650, 800]]}]},
    ],
    ids=["zone", "path", "folder", "week", "reversed", "endless", "overlap"],
)  # fmt: skip
def test_hours_that_no_rule_can_use_are_refused(hours: dict[str, Any]) -> None:
    with pytest.raises(MessageInvalid):
        decode(sample(RoomView, hours=hours), RoomView)


def _refused(**changes: Any) -> Callable[[], SlotAnswer]:
    return lambda: decode(sample(SlotRefused, type="slot_refused", **changes), SlotAnswer)


@pytest.mark.parametrize(
    "read",
    [
        _refused(room_name="Ж" * 10_000),
        lambda: decode(
            sample(SlotGranted, type="slot_granted", first_name="Ж" * 10_000), SlotAnswer
        ),
    ],
    ids=["room", "name"],
)
def test_what_no_screen_can_show_is_refused(read: Callable[[], object]) -> None:
    with pytest.raises(MessageInvalid):
        read()

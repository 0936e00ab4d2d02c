"""Every message survives its journey, and rubbish is refused with a sentence."""

import types
import typing
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.rules.hours import HoursInvalid
from kiosk.rules.slot import Ground
from kiosk.wire import (
    act,
    change,
    codec,
    command,
    credit,
    creditface,
    desk,
    event,
    face,
    goodbye,
    guide,
    hold,
    hours,
    houserules,
    keyface,
    money,
    parked,
    people,
    place,
    problem,
    provision,
    rule,
    station,
    tariff,
    ticket,
    turn,
    waiting,
    welcome,
    workshop,
)
from kiosk.wire.codec import (
    FIRST_YEAR,
    LARGEST_MESSAGE,
    LAST_YEAR,
    Message,
    MessageInvalid,
    decode,
    encode,
)

MODULES: tuple[types.ModuleType, ...] = (
    hold,
    tariff,
    money,
    act,
    place,
    rule,
    event,
    station,
    command,
    change,
    credit,
    creditface,
    desk,
    face,
    goodbye,
    guide,
    hours,
    houserules,
    keyface,
    parked,
    people,
    problem,
    provision,
    ticket,
    turn,
    waiting,
    welcome,
    workshop,
)


def message_types() -> list[type[Message]]:
    """Every message of the wire."""
    found = [
        value
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Message)
        and value is not Message
        and value.__module__ == module.__name__
    ]
    return sorted(found, key=lambda one: one.__name__)


def anything_of(form: type[Message]) -> st.SearchStrategy[Message]:
    """Values of a message, made from its own fields."""
    return _of(msgspec.inspect.type_info(form))


_DAY = st.sampled_from([(), ((0, 1440),), ((540, 720), (840, 1080))])


DEEP = 2
"""From this depth on a list has one item at the most: what is inside was looked at by itself."""


def _of(  # noqa: PLR0911, PLR0912 - one return for each kind of type
    info: msgspec.inspect.Type, depth: int = 0
) -> st.SearchStrategy[typing.Any]:
    match info:
        case msgspec.inspect.StructType(cls=place.HoursView):
            return st.builds(
                place.HoursView,
                zone=st.sampled_from(["Europe/Paris", "UTC"]),
                week=st.tuples(*[_DAY] * 7),
                exceptions=st.lists(
                    st.builds(place.ExceptionView, day=st.dates(), intervals=_DAY), max_size=2
                ).map(tuple),
            )
        case msgspec.inspect.StructType(cls=place.SeriesView):
            return st.builds(
                place.SeriesView,
                series_id=st.just("01890000-0000-7000-8000-000000000001"),
                entered_at=st.just(datetime(2026, 10, 14, 12, 32, tzinfo=UTC)),
                ground=st.sampled_from([Ground.WORKSHOP, Ground.RESERVATION]),
                title=st.text(max_size=20).filter(_is_json),
                dates=st.lists(st.dates(), min_size=1, max_size=3, unique=True).map(
                    lambda days: tuple(sorted(days))
                ),
                start=st.integers(0, 719),
                end=st.integers(720, 1440),
                seats=st.sampled_from([None, (1,), (2, 5)]),
            )
        case msgspec.inspect.StructType(cls=cls, fields=fields):
            return st.builds(cls, **{one.name: _of(one.type, depth + 1) for one in fields})
        case msgspec.inspect.UnionType(types=kinds):
            return st.one_of([_of(kind, depth) for kind in kinds])
        case msgspec.inspect.EnumType(cls=cls):
            return st.sampled_from(list(cls))
        case msgspec.inspect.IntType(ge=low, le=high):
            return st.integers(low if low is not None else -(2**31), high or 2**31)
        case msgspec.inspect.StrType(pattern=pattern, min_length=low, max_length=high):
            if pattern is not None:
                return st.from_regex(pattern.replace("$", r"\Z"))
            return st.text(min_size=low or 0, max_size=min(high or 20, 20)).filter(_is_json)
        case msgspec.inspect.BytesType(min_length=low, max_length=high):
            return st.binary(min_size=low or 0, max_size=high or 40)
        case msgspec.inspect.DateTimeType():
            return st.datetimes(
                datetime(FIRST_YEAR, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
                datetime(LAST_YEAR, 12, 31),  # noqa: DTZ001
                timezones=st.just(UTC),
            )
        case msgspec.inspect.DateType():
            return st.dates()
        case msgspec.inspect.VarTupleType(item_type=item, min_length=least):
            most = 2 if depth < DEEP else 1
            return st.lists(_of(item, depth), min_size=least or 0, max_size=most).map(tuple)
        case msgspec.inspect.TupleType(item_types=items):
            return st.tuples(*[_of(item, depth) for item in items])
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.NoneType():
            return st.none()
        case msgspec.inspect.FloatType():
            return st.floats(allow_nan=False, allow_infinity=False)
    raise AssertionError(info)


def _is_json(text: str) -> bool:
    return not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)


@pytest.mark.parametrize("form", message_types(), ids=lambda form: form.__name__)
def test_a_message_survives_its_journey(form: type[Message]) -> None:
    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @given(anything_of(form))
    def journey(message: Message) -> None:
        assert decode(encode(message), form) == message

    journey()


@given(st.binary(max_size=200))
def test_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(MessageInvalid):
        decode(data, event.EventBatch)


def test_what_is_too_long_is_not_even_read() -> None:
    with pytest.raises(MessageInvalid, match="longer"):
        decode(b" " * (LARGEST_MESSAGE + 1), event.EventBatch)


def test_an_answer_may_be_longer_than_a_request() -> None:
    padded = encode(change.ChangesPage(changes=(), cursor=1)) + b" " * LARGEST_MESSAGE
    page: change.ChangesPage = decode(padded, change.ChangesPage, codec.LARGEST_ANSWER)
    assert page.cursor == 1
    with pytest.raises(MessageInvalid, match="longer"):
        decode(padded, change.ChangesPage)


def test_an_identifier_with_a_line_feed_behind_it_is_refused() -> None:
    body = b'{"slot_id":"01890000-0000-7000-8000-000000000001\\n","from_total_seconds":60}'
    with pytest.raises(MessageInvalid):
        decode(body, station.RenewSlot)


def test_a_field_from_the_future_is_ignored() -> None:
    ask: station.OpenSlot = decode(
        b'{"slot_id":"01890000-0000-7000-8000-000000000001","card":"20481000012345",'
        b'"pin":"4711","mood":"good"}',
        station.OpenSlot,
    )
    assert ask.pin == "4711"


def test_an_instant_without_its_offset_is_refused() -> None:
    with pytest.raises(MessageInvalid):
        decode(b'{"hub_time":"2026-10-14T12:32:00","cursor":1}', station.ReportAnswer)


def test_hours_that_overlap_are_refused_by_the_rules() -> None:
    with pytest.raises(HoursInvalid, match="overlap"):
        place.HoursView(zone="Europe/Paris", week=(((0, 60), (30, 90)),) + ((),) * 6)


def test_every_tag_is_given_once_in_its_family() -> None:
    tags = [form.__struct_config__.tag for form in message_types() if form.__struct_config__.tag]
    assert len(set(tags)) == len(tags)
    assert codec.VERSION == 1

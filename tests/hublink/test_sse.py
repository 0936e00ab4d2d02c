"""The event stream, cut anywhere, gives the same events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.hublink.sse import LARGEST_EVENT, ServerEvent, SseParser, StreamInvalid

LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=20)
NAMES = TEXTS.filter(bool)


def parse(data: bytes) -> list[ServerEvent]:
    return SseParser().feed(data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("event: change\ndata: 12\n\n", [ServerEvent("change", "12")]),
        ("event:change\r\ndata:12\r\n\r\n", [ServerEvent("change", "12")]),
        ("data: 12\n\n", [ServerEvent("message", "12")]),
        ("data: one\ndata: two\n\n", [ServerEvent("message", "one\ntwo")]),
        ("data:  two spaces\n\n", [ServerEvent("message", " two spaces")]),
        ("data\n\n", [ServerEvent("message", "")]),
        (": here\n\n", []),
        ("event: change\n\ndata: 12\n\n", [ServerEvent("message", "12")]),
        ("id: 7\nretry: 1\nother: x\ndata: 1\n\n", [ServerEvent("message", "1")]),
        ("data: not yet", []),
        ("data: not yet\n", []),
        ("\ufeffdata: 1\n\n", [ServerEvent("message", "1")]),
        ("data: a: b\n\n", [ServerEvent("message", "a: b")]),
        ("", []),
    ],
)
def test_the_format_is_read_as_the_web_has_it(text: str, expected: list[ServerEvent]) -> None:
    assert parse(text.encode()) == expected


@st.composite
def streams(draw: st.DrawFn) -> tuple[bytes, list[ServerEvent]]:
    """A stream as a server may write it, and what it says."""
    written, expected = "", []
    for name, lines in draw(
        st.lists(st.tuples(st.none() | NAMES, st.lists(TEXTS, min_size=1, max_size=4)), max_size=6)
    ):
        parts = [] if name is None else [f"event: {name}"]
        for line in lines:
            if draw(st.booleans()):
                parts.append(f": {draw(TEXTS)}")
            parts.append(f"data: {line}")
        for part in parts:
            written += part + draw(LINE_ENDS)
        # A line feed right behind a carriage return would belong to it.
        written += "\r" if written.endswith("\r") else draw(LINE_ENDS)
        expected.append(ServerEvent(name or "message", "\n".join(lines)))
    return written.encode(), expected


@given(streams(), st.data())
def test_the_cuts_between_pieces_change_nothing(
    stream: tuple[bytes, list[ServerEvent]], data: st.DataObject
) -> None:
    written, expected = stream
    # A lone carriage return followed by a line feed is one line end: close with a certain one.
    written += b"\n"
    cuts = sorted(data.draw(st.sets(st.integers(0, len(written)), max_size=20)))
    parser = SseParser()

    found = []
    for start, end in zip([0, *cuts], [*cuts, len(written)], strict=True):
        found += parser.feed(written[start:end])

    assert found == expected


@given(st.lists(st.binary(max_size=50), max_size=20))
def test_noise_is_no_fault_of_the_parser(pieces: list[bytes]) -> None:
    parser = SseParser()

    for piece in pieces:
        parser.feed(piece)


@pytest.mark.parametrize(
    "data", [b"data: " + b"x" * LARGEST_EVENT, b"data: 0123456789\n" * (LARGEST_EVENT // 10)]
)
def test_an_event_without_end_is_no_event(data: bytes) -> None:
    parser = SseParser()

    with pytest.raises(StreamInvalid):
        parser.feed(data)


def test_many_events_may_be_longer_than_one() -> None:
    assert len(parse(b"data: 0123456789\n\n" * LARGEST_EVENT)) == LARGEST_EVENT

"""Frames on a local stream: whole messages come out, whatever way the bytes came in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire.codec import MessageInvalid
from kiosk.wire.frame import HEAD, LONGEST, FrameReader, frame


@given(st.lists(st.binary(max_size=300), max_size=6), st.integers(1, 40))
def test_messages_come_out_as_they_went_in_however_the_stream_is_cut(
    messages: list[bytes], piece: int
) -> None:
    stream = b"".join(frame(message) for message in messages)
    reader = FrameReader()

    found = [
        message
        for start in range(0, len(stream), piece)
        for message in reader.feed(stream[start : start + piece])
    ]

    assert found == messages


def test_a_length_that_nobody_may_send_is_refused_before_its_bytes_come() -> None:
    with pytest.raises(MessageInvalid):
        list(FrameReader().feed((LONGEST + 1).to_bytes(HEAD, "big")))


def test_the_longest_message_passes_and_a_longer_one_is_never_sent() -> None:
    assert list(FrameReader().feed(frame(b"x" * LONGEST))) == [b"x" * LONGEST]
    with pytest.raises(MessageInvalid):
        frame(b"x" * (LONGEST + 1))

"""What passes over the socket is understood as it was meant, or refused."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.gate.answer import Accepted, Refusal, Refused
from kiosk.gate.appearance import TextSize
from kiosk.gate.backend import Application
from kiosk.gate.clock import Instant
from kiosk.gate.fact import EndReason, Fact, SlotOpened
from kiosk.gate.protocol import (
    LONGEST_FRAME,
    Ask,
    AskInvalid,
    AwayAsk,
    EndAsk,
    ExtendAsk,
    FollowAsk,
    FrameInvalid,
    Frames,
    Greeting,
    HelloAsk,
    LaunchAsk,
    OpenAsk,
    PowerAsk,
    PowerKind,
    Reply,
    ShortenAsk,
    Told,
    dump_answer,
    dump_ask,
    dump_hello,
    dump_told,
    load_ask,
    load_message,
)
from kiosk.gate.service import Hello
from kiosk.rules.person import BrowserProfile
from tests.gate.fake import slot_id
from tests.helpers.clock import START

A = slot_id(1)
ASKS: tuple[Ask, ...] = (
    HelloAsk(),
    FollowAsk(12),
    OpenAsk(A, 3600, 120),
    ExtendAsk(A, 7200),
    ShortenAsk(A, 1800),
    EndAsk(A, EndReason.STAFF),
    AwayAsk(A, True),
    LaunchAsk(A, "internet", "https://example.org"),
    LaunchAsk(A, "internet", "", TextSize.LARGEST, contrast=True),
    LaunchAsk(A, "internet", "", profile=BrowserProfile.MINOR),
    PowerAsk(PowerKind.REBOOT),
)
FACT = Fact(7, Instant("boot-1", 12.5, START), SlotOpened(A, 3600, 120))


def whole(frame: bytes) -> bytes:
    (one,) = Frames().feed(frame)
    return one


def raw(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: type(ask).__name__)
def test_every_verb_arrives_as_it_was_asked(ask: Ask) -> None:
    assert load_ask(whole(dump_ask(3, ask))) == (3, ask)


def test_frames_are_put_together_from_any_pieces() -> None:
    frames = Frames()
    data = b"".join(dump_ask(number, ask) for number, ask in enumerate(ASKS))
    found = []
    for place in range(len(data)):
        found += frames.feed(data[place : place + 1])
        assert frames.partial == (place + 1 < len(data) and not _is_end(data[: place + 1]))
    assert [load_ask(frame) for frame in found] == list(enumerate(ASKS))


def _is_end(data: bytes) -> bool:
    frames = Frames()
    frames.feed(data)
    return not frames.partial


@pytest.mark.parametrize("length", [0, LONGEST_FRAME + 1, 2**32 - 1])
def test_a_frame_without_a_sensible_length_is_refused_before_it_arrives(length: int) -> None:
    with pytest.raises(FrameInvalid):
        Frames().feed(struct.pack(">I", length))


@pytest.mark.parametrize(
    "frame",
    [
        b"\xff\xfe",
        b"nonsense",
        b"[" * LONGEST_FRAME,
        b'{"ask":NaN,"verb":"hello"}',
        b'{"ask":' + b"9" * 8000 + b',"verb":"hello"}',
        b"[]",
        b"null",
        raw({"verb": "hello"}),
        raw({"ask": True, "verb": "hello"}),
        raw({"ask": 1.5, "verb": "hello"}),
        raw({"ask": 1, "verb": ["hello"]}),
    ],
)
def test_what_is_no_numbered_ask_is_refused(frame: bytes) -> None:
    with pytest.raises(FrameInvalid):
        load_ask(frame)


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        ({"verb": "run"}, Refusal.VERB_UNKNOWN),
        ({"verb": "open", "slot_id": A, "seconds": 3600}, Refusal.ASK_INVALID),
        ({"verb": "open", "slot_id": A, "seconds": "60", "grace": 1}, Refusal.ASK_INVALID),
        ({"verb": "open", "slot_id": A, "seconds": True, "grace": 1}, Refusal.ASK_INVALID),
        ({"verb": "open", "slot_id": A, "seconds": 60.0, "grace": 1}, Refusal.ASK_INVALID),
        ({"verb": "open", "slot_id": None, "seconds": 60, "grace": 1}, Refusal.ASK_INVALID),
        ({"verb": "end", "slot_id": A, "reason": "boredom"}, Refusal.ASK_INVALID),
        ({"verb": "end", "slot_id": A, "reason": 1}, Refusal.ASK_INVALID),
        ({"verb": "away", "slot_id": A, "on": 1}, Refusal.ASK_INVALID),
        ({"verb": "launch", "slot_id": A, "app_id": ["sh"], "url": ""}, Refusal.ASK_INVALID),
        ({"verb": "power", "kind": "halt; rm"}, Refusal.ASK_INVALID),
        ({"verb": "follow"}, Refusal.ASK_INVALID),
    ],
)
def test_an_ask_of_other_arguments_is_refused_by_its_number(
    ask: dict[str, object], code: Refusal
) -> None:
    with pytest.raises(AskInvalid) as refused:
        load_ask(raw({"ask": 9, **ask}))
    assert (refused.value.number, refused.value.code) == (9, code)


def test_a_hello_tells_what_runs_and_no_program_of_the_machine() -> None:
    browser = Application("internet", "/usr/bin/browser", ("--private",), takes_url=True)
    hello = Hello("journal-1", "boot-1", 7, A, 3600, 12.5, True, (browser,))
    frame = whole(dump_hello(1, hello))
    assert b"/usr/bin" not in frame
    assert load_message(frame) == Greeting(
        1, "journal-1", "boot-1", 7, A, 3600, 12.5, True, ("internet",)
    )
    idle = Hello("journal-1", "boot-1", 0, None, 0, 0.0, False, ())
    greeting = load_message(whole(dump_hello(1, idle)))
    assert isinstance(greeting, Greeting)
    assert greeting.slot_id is None


def test_whole_seconds_left_are_as_good_as_parts_of_them() -> None:
    said = {"number": 1, "journal_id": "j", "boot_id": "b", "last_fact": 0, "slot_id": A}
    rest = {"total_seconds": 60, "remaining_seconds": 12, "confines": False, "applications": []}
    greeting = load_message(raw({"hello": {**said, **rest}}))
    assert isinstance(greeting, Greeting)
    assert type(greeting.remaining_seconds) is float


def test_answers_and_facts_arrive_as_they_were_given() -> None:
    accepted = Accepted(7, 3600, True)
    assert load_message(whole(dump_answer(2, accepted, moved=True))) == Reply(2, accepted, True)
    assert load_message(whole(dump_answer(2, Accepted(7)))) == Reply(2, Accepted(7))
    refused = Refused(Refusal.WIPING)
    assert load_message(whole(dump_answer(2, refused))) == Reply(2, refused)
    assert load_message(whole(dump_told(FACT))) == Told(7, FACT)


def test_what_a_newer_gate_says_is_taken_for_what_it_is_at_least() -> None:
    assert load_message(raw({"told": {"fact": 8, "kind": "moon_rose"}})) == Told(8, None)
    assert load_message(raw({"reply": 2, "refused": "mercury"})) == Reply(
        2, Refused(Refusal.UNSUPPORTED)
    )


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"hello": {}},
        {"hello": {"applications": [1]}},
        {"hello": {"applications": []}},
        {"reply": 1, "accepted": {"fact": "1"}, "moved": True},
        {"told": {"fact": "1"}},
        {"reply": 1},
    ],
)
def test_what_no_gate_says_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(FrameInvalid):
        load_message(raw(said))


def test_nothing_too_long_is_sent() -> None:
    with pytest.raises(FrameInvalid):
        dump_ask(1, LaunchAsk(A, "internet", "x" * LONGEST_FRAME))


@given(st.binary(max_size=400))
def test_random_bytes_are_refused_and_nothing_else(data: bytes) -> None:
    try:
        for frame in Frames().feed(data):
            load_ask(frame)
    except (FrameInvalid, AskInvalid):
        pass


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=8))
def test_any_json_in_any_place_is_refused_or_taken_by_its_type(value: object) -> None:
    for name in ("slot_id", "seconds", "grace"):
        ask = {"ask": 1, "verb": "open", "slot_id": A, "seconds": 60, "grace": 1, name: value}
        try:
            _, taken = load_ask(raw(ask))
        except AskInvalid:
            continue
        assert type(getattr(taken, name)) is (str if name == "slot_id" else int)


def test_a_shell_of_an_earlier_version_asks_for_no_appearance() -> None:
    ask = {"ask": 1, "verb": "launch", "slot_id": A, "app_id": "internet", "url": ""}
    assert load_ask(raw(ask)) == (1, LaunchAsk(A, "internet", ""))


@pytest.mark.parametrize(
    "wrong", [{"text_size": "200"}, {"text_size": 150}, {"contrast": "yes"}, {"profile": "child"}]
)
def test_an_appearance_is_one_of_the_table(wrong: dict[str, object]) -> None:
    ask = {"ask": 1, "verb": "launch", "slot_id": A, "app_id": "internet", "url": "", **wrong}
    with pytest.raises(AskInvalid):
        load_ask(raw(ask))

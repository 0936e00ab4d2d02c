"""What passes over the gate's socket: frames of a length and one JSON object, both limited.

The shell asks, numbering what it asks; the gate replies under that number, and tells facts in
between. Nothing is taken from the bytes before the whole frame has the types that its verb wants,
and no verb carries a path or a command. Seconds are whole; a fact is told as its journal has it.
"""

import json
import struct
from dataclasses import MISSING, asdict, dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar, get_args, get_type_hints

from kiosk.gate.answer import Accepted, Answer, Refusal, Refused
from kiosk.gate.appearance import TextSize
from kiosk.gate.fact import EndReason, Fact, FactInvalid, dump_fact, load_fact
from kiosk.gate.service import Hello
from kiosk.rules.person import BrowserProfile

LONGEST_FRAME = 8192
"""Bytes of JSON in one frame, either way."""

_LENGTH = struct.Struct(">I")


class PowerKind(StrEnum):
    """What may be asked of the machine itself."""

    REBOOT = "reboot"
    POWEROFF = "poweroff"


@dataclass(frozen=True, slots=True)
class HelloAsk:
    """What does the gate run?"""


@dataclass(frozen=True, slots=True)
class FollowAsk:
    """Tell the facts numbered after `after_n`, and every later one."""

    after_n: int


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """Open a slot."""

    slot_id: str
    seconds: int
    grace: int


@dataclass(frozen=True, slots=True)
class ExtendAsk:
    """Bring a slot to a total."""

    slot_id: str
    total_seconds: int


@dataclass(frozen=True, slots=True)
class ShortenAsk:
    """Bring a slot to a smaller total."""

    slot_id: str
    total_seconds: int


@dataclass(frozen=True, slots=True)
class EndAsk:
    """End a slot."""

    slot_id: str
    reason: EndReason


@dataclass(frozen=True, slots=True)
class AwayAsk:
    """The visitor stepped away, or came back."""

    slot_id: str
    on: bool


@dataclass(frozen=True, slots=True)
class LaunchAsk:
    """Start an application of the gate's table, with a web address or an empty one.

    How it is to look, and for whom, may be left out.
    """

    slot_id: str
    app_id: str
    url: str
    text_size: TextSize = TextSize.NORMAL
    contrast: bool = False
    profile: BrowserProfile = BrowserProfile.ADULT


@dataclass(frozen=True, slots=True)
class PowerAsk:
    """Restart the machine, or switch it off."""

    kind: PowerKind


Ask = (
    HelloAsk
    | FollowAsk
    | OpenAsk
    | ExtendAsk
    | ShortenAsk
    | EndAsk
    | AwayAsk
    | LaunchAsk
    | PowerAsk
)

_VERBS: MappingProxyType[str, type[Ask]] = MappingProxyType(
    {
        "hello": HelloAsk,
        "follow": FollowAsk,
        "open": OpenAsk,
        "extend_to": ExtendAsk,
        "shorten_to": ShortenAsk,
        "end": EndAsk,
        "away": AwayAsk,
        "launch": LaunchAsk,
        "power": PowerAsk,
    }
)
_NAMES: MappingProxyType[type[Ask], str] = MappingProxyType({v: k for k, v in _VERBS.items()})


@dataclass(frozen=True, slots=True)
class Greeting:
    """The reply to a hello. Of an application the shell learns its id, not its program."""

    number: int
    journal_id: str
    boot_id: str
    last_fact: int
    slot_id: str | None
    total_seconds: int
    remaining_seconds: float
    confines: bool
    applications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to any other verb.

    `moved` says that the slot's total is another than before the verb.
    """

    number: int
    answer: Answer
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A fact; None where this version does not understand what the gate's version says."""

    number: int
    fact: Fact | None


Message = Greeting | Reply | Told


class FrameInvalid(ValueError):
    """The bytes are no message at all: nothing more can be read of this connection."""


class AskInvalid(ValueError):
    """An ask that cannot be taken. `number` is what its sender calls it."""

    def __init__(self, number: int, code: Refusal) -> None:
        super().__init__(code.value)
        self.number = number
        self.code = code


class Frames:
    """Puts frames together out of whatever pieces arrive."""

    def __init__(self) -> None:
        self._data = bytearray()

    @property
    def partial(self) -> bool:
        """Whether a frame has begun and is not whole."""
        return bool(self._data)

    def feed(self, data: bytes) -> list[bytes]:
        """Take more bytes, and return the frames that are whole now.

        Raises:
            FrameInvalid: a frame says that it is empty or too long.
        """
        self._data += data
        whole = []
        while len(self._data) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._data)
            if not 0 < length <= LONGEST_FRAME:
                raise FrameInvalid(f"a frame of {length} bytes")
            end = _LENGTH.size + length
            if len(self._data) < end:
                break
            whole.append(bytes(self._data[_LENGTH.size : end]))
            del self._data[:end]
        return whole


def dump_ask(number: int, ask: Ask) -> bytes:
    """Return the frame of an ask."""
    return _frame({"ask": number, "verb": _NAMES[type(ask)], **asdict(ask)})


def load_ask(frame: bytes) -> tuple[int, Ask]:
    """Return an ask and its number.

    Raises:
        FrameInvalid: it is no numbered ask.
        AskInvalid: it has a number, but no verb that is known, or other arguments than it takes.
    """
    match _parse(frame):
        case {"ask": int(number), "verb": str(verb), **rest} if type(number) is int:
            kind = _VERBS.get(verb)
            if kind is None:
                raise AskInvalid(number, Refusal.VERB_UNKNOWN)
            try:
                return number, _build(kind, {str(name): value for name, value in rest.items()})
            except FrameInvalid as error:
                raise AskInvalid(number, Refusal.ASK_INVALID) from error
        case _:
            raise FrameInvalid("a frame holds no numbered ask")


def dump_hello(number: int, hello: Hello) -> bytes:
    """Return the frame that answers a hello."""
    greeting = Greeting(
        number=number,
        journal_id=hello.journal_id,
        boot_id=hello.boot_id,
        last_fact=hello.last_fact,
        slot_id=hello.slot_id,
        total_seconds=hello.total_seconds,
        remaining_seconds=hello.remaining_seconds,
        confines=hello.confines,
        applications=tuple(one.app_id for one in hello.applications),
    )
    return _frame({"hello": asdict(greeting)})


def dump_answer(number: int, answer: Answer, *, moved: bool = False) -> bytes:
    """Return the frame that answers any other verb."""
    if isinstance(answer, Refused):
        return _frame({"reply": number, "refused": answer.code.value})
    return _frame({"reply": number, "accepted": asdict(answer), "moved": moved})


def dump_told(fact: Fact) -> bytes:
    """Return the frame that tells a fact."""
    return _frame({"told": dump_fact(fact)})


def load_message(frame: bytes) -> Message:
    """Return what the gate says.

    Raises:
        FrameInvalid: it says nothing that can be understood.
    """
    match _parse(frame):
        case {"hello": dict(raw)}:
            listed = raw.get("applications")
            if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
                raise FrameInvalid("a greeting lists no applications")
            return _build(Greeting, {**raw, "applications": tuple(listed)})
        case {"reply": int(number), "refused": str(code)}:
            known = code in Refusal.__members__.values()
            return Reply(number, Refused(Refusal(code) if known else Refusal.UNSUPPORTED))
        case {"reply": int(number), "accepted": dict(raw), "moved": bool(moved)}:
            return Reply(number, _build(Accepted, raw), moved)
        case {"told": dict(raw)} if type(raw.get("fact")) is int:
            try:
                return Told(raw["fact"], load_fact(raw))
            except FactInvalid:
                return Told(raw["fact"], None)
        case _:
            raise FrameInvalid("a frame holds nothing that the gate says")


def _frame(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")
    if len(text) > LONGEST_FRAME:
        raise FrameInvalid(f"a frame of {len(text)} bytes")
    return _LENGTH.pack(len(text)) + text


def _parse(frame: bytes) -> object:
    try:
        return json.loads(frame, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise FrameInvalid("a frame holds no JSON") from error


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


Made = TypeVar("Made")


def _build(kind: type[Made], raw: dict[str, Any]) -> Made:
    hints = get_type_hints(kind)
    wanted = {
        field.name
        for field in fields(kind)  # type: ignore[arg-type]
        if field.name in raw or field.default is MISSING
    }
    return kind(**{name: _value(hints[name], raw.get(name)) for name in wanted})


def _value(hint: Any, value: object) -> Any:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        if isinstance(value, str) and value in hint.__members__.values():
            return hint(value)
    elif hint is float and type(value) is int:
        return float(value)
    elif type(value) in (get_args(hint) or (hint,)) or hint == tuple[str, ...]:
        return value
    raise FrameInvalid("a value is missing or of another type")

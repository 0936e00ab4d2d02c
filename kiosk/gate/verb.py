"""Carrying out what was asked over the socket."""

from kiosk.gate.answer import Accepted, Answer, Refusal, Refused
from kiosk.gate.appearance import Appearance
from kiosk.gate.power import Power
from kiosk.gate.protocol import (
    Ask,
    AwayAsk,
    EndAsk,
    ExtendAsk,
    FollowAsk,
    HelloAsk,
    LaunchAsk,
    OpenAsk,
    PowerAsk,
    ShortenAsk,
    dump_answer,
    dump_hello,
)
from kiosk.gate.service import Gate


def carry_out(gate: Gate, power: Power, number: int, ask: Ask) -> bytes:
    """Do what is asked, and return the frame of the reply. Facts are told apart from it."""
    if isinstance(ask, HelloAsk):
        return dump_hello(number, gate.hello())
    before = gate.hello().total_seconds
    answer = _answer(gate, power, ask)
    moved = isinstance(answer, Accepted) and answer.total_seconds != before
    return dump_answer(number, answer, moved=moved)


def _answer(gate: Gate, power: Power, ask: Ask) -> Answer:
    match ask:
        case OpenAsk(slot_id, seconds, grace):
            return gate.open(slot_id, seconds, grace)
        case ExtendAsk(slot_id, total_seconds):
            return gate.extend_to(slot_id, total_seconds)
        case ShortenAsk(slot_id, total_seconds):
            return gate.shorten_to(slot_id, total_seconds)
        case EndAsk(slot_id, reason):
            return gate.end(slot_id, reason)
        case AwayAsk(slot_id, on):
            return gate.away(slot_id, on)
        case LaunchAsk(slot_id, app_id, url, text_size, contrast, profile):
            return gate.launch(slot_id, app_id, url, Appearance(text_size, contrast), profile)
        case PowerAsk(kind):
            if gate.hello().slot_id is not None:
                return Refused(Refusal.IN_USE)
            code = power.ask(kind)
            return Accepted(gate.hello().last_fact) if code is None else Refused(code)
        case FollowAsk() | HelloAsk():  # pragma: no branch
            return Accepted(gate.hello().last_fact)

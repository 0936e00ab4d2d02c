"""A hub with tills, over real sockets: it answers what the test says, and may lose an answer."""

from dataclasses import dataclass, field
from urllib.parse import urlparse

from kiosk.wire.codec import Message, encode
from kiosk.wire.desk import Estate
from kiosk.wire.problem import Problem, ProblemCode
from tests.desk.hub_double import DeskHub
from tests.hublink.server import Asked

MONEY = ("top-ups", "print-cards", "tills", "postings", "refunds", "doubts", "receipts")
OF_A_SITE = ("tills", "till-journal", "doubts")


@dataclass
class Money:
    """What the test may read and change; answers are by the path without its query."""

    answers: dict[str, Message | bytes] = field(default_factory=dict)
    asks: list[tuple[str, bytes]] = field(default_factory=list)
    loses: int = 0


class TillHub(DeskHub):
    """The hub. `money` is in the hands of the test."""

    def __init__(self, estate: Estate) -> None:
        super().__init__(estate)
        self.money = Money()

    def serve(self, asked: Asked) -> None:
        """Answer what is about money; the rest as any hub."""
        url = urlparse(asked.seen.path)
        parts = url.path.split("/")[2:]
        is_money = parts[0] in MONEY or (parts[0] == "sites" and parts[2] in OF_A_SITE)
        if not is_money or self._down:
            super().serve(asked)
            return
        self.seen.append(asked.seen)
        self.money.asks.append((asked.seen.path, asked.seen.body))
        if self.money.loses:
            self.money.loses -= 1
            asked.close()
            return
        answer = self.money.answers.get(url.path)
        if isinstance(answer, bytes):
            asked.answer(answer, headers=[("Content-Type", "application/pdf")])
        elif answer is None:
            asked.answer(encode(Problem(code=ProblemCode.NOT_FOUND)), 404)
        else:
            asked.answer(encode(answer), headers=[("Content-Type", "application/json")])

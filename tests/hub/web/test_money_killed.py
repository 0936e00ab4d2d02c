"""The real hub, killed by the system while four tills are at work: no cent twice, none lost.

The tills are counted, closed and opened meanwhile, receipts are written and copied.
"""

import itertools
import random
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from admin_console.hub.members.hasher import Argon2Hasher
from admin_console.hub.members.local import LocalPeople
from admin_console.hub.members.moneykey import HmacMoneyKeys
from admin_console.hub.members.reference import HmacReferences
from admin_console.hub.secret import ensure_pepper, open_secrets
from admin_console.hub.service.clock import SystemClock
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.account import CREDIT_BOOK
from admin_console.hub.service.money.cardview import account_of
from admin_console.hub.service.money.cases import money_cases
from admin_console.hub.service.money.record import Till
from admin_console.hub.service.money.tillverify import verify_money
from admin_console.hub.service.staff import StaffDoor
from admin_console.hub.store.store import Store, open_store
from kiosk.wire.codec import Message, decode, encode
from kiosk.wire.desk import Role, SignInStaff, StaffAnswer, StaffSignedIn
from kiosk.wire.money import (
    IssueCard,
    Means,
    MoneyRefused,
    PrintCardView,
    ReceiptView,
    ToppedUp,
    TopUp,
    TopUpAnswer,
)
from kiosk.wire.place import SiteView
from kiosk.wire.till import (
    CloseTill,
    ClosingAnswer,
    CoinCount,
    CopyReceipt,
    CountTill,
    OpenTill,
    ReceiptAnswer,
    TillAnswer,
    TillClosed,
)
from tests.helpers.postgres import Cluster
from tests.helpers.process import Program, Programs, wait_until
from tests.hub.web.house import PLAIN, new_id

HUB = [sys.executable, "-m", "admin_console.hub", "serve"]
PASSWORD = "un vélo rouge et lent"
NUMBERS = [f"77{n:011d}" for n in range(4)]
TILLS = 4
M = TypeVar("M", bound=Message)


@dataclass(frozen=True)
class Errand:
    """An ask of a cashier, and what may be answered."""

    path: str
    ask: TopUp | OpenTill | CountTill | CloseTill | CopyReceipt
    form: Any


class Counter:
    """Serves at four tills of a hub that dies now and then: takes money, counts, closes, opens."""

    def __init__(self, programs: Programs, state: Path, address: str) -> None:
        self._programs = programs
        self._settings = {
            "CRENEAU_STATE": str(state),
            "CRENEAU_LISTEN": "127.0.0.1:0",
            "CRENEAU_DATABASE_URL": address,
        }
        self._hub: Program | None = None
        self._url = ""
        self._token = ""
        self._guard = threading.Lock()
        self.open: dict[str, Errand] = {}
        self.answered: dict[str, Message] = {}

    def serve(self) -> None:
        """Start the hub, and sign in the first time."""
        self._hub = self._programs.start(HUB, environment=self._settings, name="hub")
        self._url = self._hub.wait_for_line(r"^listening on (http://\S+:\d+)$", within=30)[1]
        if not self._token:
            ask = SignInStaff(name="cashier", password=PASSWORD)
            told: StaffAnswer = decode(self._post("/v1/staff/sessions", encode(ask)), StaffAnswer)
            assert isinstance(told, StaffSignedIn)
            self._token = told.token

    def kill(self) -> None:
        """Kill the hub as the system would, and forget its process."""
        assert self._hub is not None
        self._hub.process.kill()
        self._hub.process.wait(10)

    def _post(self, path: str, body: bytes) -> bytes:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        answer = httpx.post(
            self._url + path,
            content=body,
            headers=headers,
            trust_env=False,
            verify=PLAIN,
            timeout=20,
        )
        assert answer.status_code == 200, answer.text
        return answer.content

    def ask(self, errand: Errand) -> None:
        """Ask once; the answer counts if it comes. What was refused is not asked again."""
        told: Message = decode(self._post(errand.path, encode(errand.ask)), errand.form)
        with self._guard:
            self.open.pop(errand.ask.ask_id, None)
            if isinstance(told, MoneyRefused):
                # It may have been done before: then it is not refused when it is asked again.
                assert errand.ask.ask_id not in self.answered
                return
            earlier = self.answered.setdefault(errand.ask.ask_id, told)
        assert earlier == told, "one receipt, two answers"

    def work(self, seed: int, enough: Callable[[], bool]) -> None:
        """Serve visitors until the hub dies: sometimes one whose receipt did not come out."""
        dice = random.Random(seed)
        till, steps = f"till-{seed % TILLS}", itertools.cycle(("count", "close", "open"))
        while not enough():
            with self._guard:
                waiting = list(self.open.values())
            if waiting and dice.random() < 0.5:
                errand = dice.choice(waiting)
            elif dice.random() < 0.3:
                errand = turn(till, next(steps), dice)
            else:
                errand = payment(till, dice)
            with self._guard:
                if errand.ask.ask_id not in self.answered:
                    self.open[errand.ask.ask_id] = errand
            try:
                self.ask(errand)
            except httpx.HTTPError:
                return

    def of(self, kind: type[M]) -> list[M]:
        """Return the answers of a kind."""
        return [one for one in list(self.answered.values()) if isinstance(one, kind)]


def payment(till: str, dice: random.Random) -> Errand:
    """Return that somebody pays at a till."""
    ask = TopUp(
        ask_id=new_id(),
        till_id=till,
        number=dice.choice(NUMBERS),
        amount_cents=dice.randint(1, 5),
        means=dice.choice(list(Means)),
    )
    return Errand("/v1/top-ups", ask, TopUpAnswer)


def turn(till: str, step: str, dice: random.Random) -> Errand:
    """Return what somebody does with a till; out of turn it is refused."""
    if dice.random() < 0.3:
        copy = CopyReceipt(
            ask_id=new_id(), till_id=till, year=datetime.now(UTC).year, number=dice.randint(1, 9)
        )
        return Errand("/v1/receipts/copy", copy, ReceiptAnswer)
    match step:
        case "count":
            coins = (CoinCount(value_cents=1, pieces=dice.randint(0, 50)),)
            count = CountTill(ask_id=new_id(), till_id=till, coins=coins)
            return Errand("/v1/tills/count", count, TillAnswer)
        case "close":
            close = CloseTill(ask_id=new_id(), till_id=till, kept_cents=0, reason="counted so")
            return Errand("/v1/tills/close", close, ClosingAnswer)
        case _:
            begin = OpenTill(ask_id=new_id(), till_id=till, float_cents=dice.randint(0, 9))
            return Errand("/v1/tills/open", begin, TillAnswer)


def furnish(state: Path, address: str) -> tuple[bytes, dict[str, str]]:
    """Put a site, four tills, four cards and a cashier into the state of a hub."""
    state.mkdir()
    pepper = ensure_pepper(open_secrets(state))
    clock = SystemClock()
    store = open_store(address, clock.now)
    hasher = Argon2Hasher()
    with store.begin(write=True) as work:
        work.sites.add(SiteView(site_id="a", name="A", town="T", staffed=True))
        for place in range(TILLS):
            work.money.tills.add(Till(f"till-{place}", "a", "Caisse", clock.now()))
    door = StaffDoor(store, clock, random.Random(1).randbytes, hasher)
    staff_id = door.add("cashier", "Cashier", PASSWORD, frozenset({Role.CASHIER}))
    assert isinstance(staff_id, str)
    people = LocalPeople(store, HmacReferences(pepper), hasher)
    keys = HmacMoneyKeys(pepper)
    cases = money_cases(store, clock, random.Random(2).randbytes, keys, people)
    staff = StaffIdentity(staff_id, "cashier", "Cashier", frozenset({Role.CASHIER}), ("a",))
    cards: dict[str, str] = {}
    for number in NUMBERS:
        made = cases.cards.issue(staff, IssueCard(ask_id=new_id(), site_id="a", number=number))
        assert isinstance(made, PrintCardView)
        cards[number] = made.card_id
    store.close()
    return pepper, cards


def balances(store: Store, cards: dict[str, str]) -> int:
    with store.begin(write=False) as work:
        return sum(work.money.ledger.balance(account_of(card)) for card in cards.values())


@pytest.mark.timeout(3600)
def test_a_hub_killed_under_load_keeps_every_answered_receipt_once(
    programs: Programs, tmp_path: Path, count_of: Callable[[int], int]
) -> None:
    kill_again_and_again(
        programs, tmp_path / "state", f"sqlite:///{tmp_path}/hub.sqlite", count_of(200)
    )


@pytest.mark.timeout(3600)
def test_so_does_a_hub_on_postgresql(
    programs: Programs, tmp_path: Path, postgres_cluster: Cluster, count_of: Callable[[int], int]
) -> None:
    address = postgres_cluster.create_database()
    kill_again_and_again(programs, tmp_path / "state", address, count_of(40))
    postgres_cluster.drop_database(address)


def kill_again_and_again(programs: Programs, state: Path, address: str, times: int) -> None:
    """Kill a hub that takes money so many times, and look at the ledger when it is over."""
    pepper, cards = furnish(state, address)
    counter = Counter(programs, state, address)
    dice = random.Random(7)
    for turn in range(times):
        counter.serve()
        dead = threading.Event()
        before = len(counter.of(ToppedUp))
        hands = [
            threading.Thread(target=counter.work, args=(turn * TILLS + till, dead.is_set))
            for till in range(TILLS)
        ]
        for hand in hands:
            hand.start()
        enough = dice.randint(1, 15)
        wait_until(lambda: len(counter.of(ToppedUp)) >= before + enough, within=60)  # noqa: B023
        counter.kill()
        dead.set()
        for hand in hands:
            hand.join(30)

    counter.serve()
    unanswered = len(counter.open)
    for errand in list(counter.open.values()):
        counter.ask(errand)
    counter.kill()

    store = open_store(address, SystemClock().now)
    verdict = verify_money(store, HmacMoneyKeys(pepper))
    assert verdict.sound, verdict.findings
    taken = counter.of(ToppedUp)
    assert balances(store, cards) == sum(one.amount_cents for one in taken)
    assert sum(book.lines for book in verdict.books if book.book_id == CREDIT_BOOK) == len(taken)
    receipts = [one.receipt for one in taken if one.receipt is not None]
    for till in {one.till_id for one in receipts}:
        numbers = sorted(one.number for one in receipts if one.till_id == till)
        assert numbers == list(range(1, len(numbers) + 1)), "the receipts of a till have a gap"
    closings = counter.of(TillClosed)
    assert len(closings) >= times // 4, "hardly a till was closed"
    with store.begin(write=False) as work:
        kept = {till: work.money.tills.events(till) for till in {one.till_id for one in closings}}
    for closing in closings:
        assert any(event.answer == encode(closing) for event in kept[closing.till_id])
    copies = [(one.till_id, one.number, one.copy) for one in counter.of(ReceiptView)]
    assert len(copies) == len(set(copies)), "two asks were given the same copy"
    store.close()
    assert unanswered, "no receipt was ever on its way when the hub died"

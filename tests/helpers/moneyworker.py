"""A process that takes money and prints, beside others that do the same on the same cards.

Started as `python -m tests.helpers.moneyworker ADDRESS SEED COUNT FACTS`; prints what was answered
to each ask as one JSON object. Processes of one run share a pool of asks: each is made by several.
"""

import json
import random
import sys
from dataclasses import dataclass

from admin_console.hub.service.identity import StaffIdentity, StationIdentity
from admin_console.hub.service.money.cases import money_cases
from admin_console.hub.store.engine import make_engine
from admin_console.hub.store.store import Store
from kiosk.wire.codec import encode
from kiosk.wire.desk import Role
from kiosk.wire.hold import AuthoriseHold, HoldView, SendHold, SettleHold
from kiosk.wire.money import Means, ReceiptView, ToppedUp, TopUp
from kiosk.wire.till import (
    CloseTill,
    CoinCount,
    CopyReceipt,
    CountTill,
    OpenTill,
    TillClosed,
    TillView,
)
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import Dice
from tests.helpers.moneyhouse import TILLS, MoneyHouse, job


@dataclass(frozen=True)
class Facts:
    """What all processes of a run know: who acts, and the pool of ids that they share."""

    staff_id: str
    station: list[str]
    numbers: list[str]
    ids: list[str]


def play(address: str, seed: int, count: int, facts: Facts) -> dict[str, object]:
    """Ask for things by chance; return the answers that moved money, by ask."""
    clock = FakeClock()
    store = Store(make_engine(address), clock.now)
    house = MoneyHouse(store, clock, furnish=False)
    # Chance of its own: two processes that draw the same ids would be two only by name.
    house.money = money_cases(store, clock, Dice(1000 + seed), house.money_keys, house.people)
    cashier = StaffIdentity(facts.staff_id, "c", "C", frozenset({Role.CASHIER}), ("trapeze", "bij"))
    station = StationIdentity(*facts.station)
    dice = random.Random(seed)
    told: dict[str, object] = {}
    for _ in range(count):
        place = dice.randrange(len(facts.ids))
        ask_id, number = facts.ids[place], facts.numbers[place % len(facts.numbers)]
        if place % 7 == 0:
            told |= turn(house, cashier, place, ask_id)
        elif place % 3:
            ask = TopUp(
                ask_id=ask_id,
                till_id=sorted(TILLS)[place % 2],
                number=number,
                amount_cents=10 + place % 7,
                means=Means.CASH,
            )
            paid = house.money.topups.top_up(cashier, ask)
            if isinstance(paid, ToppedUp):
                told[ask_id] = json.loads(encode(paid))
        else:
            told |= print_one(house, station, ask_id, number, place % 2)
    store.close()
    return told


def turn(house: MoneyHouse, cashier: StaffIdentity, place: int, ask_id: str) -> dict[str, object]:
    """Do what comes next at a till, under the ask of this place; copy its first receipt."""
    till, tills = sorted(TILLS)[place % 2], house.money.tills
    asks: tuple[OpenTill | CountTill | CloseTill, ...] = (
        CountTill(
            ask_id=ask_id, till_id=till, coins=(CoinCount(value_cents=1, pieces=40 + place),)
        ),
        CloseTill(ask_id=ask_id, till_id=till, kept_cents=place, reason="counted so"),
        OpenTill(ask_id=ask_id, till_id=till, float_cents=20 + place),
    )
    ask = asks[place // 7 % 3]
    if isinstance(ask, CountTill):
        answer: object = tills.count(cashier, ask)
    elif isinstance(ask, CloseTill):
        answer = tills.close(cashier, ask)
    else:
        answer = tills.open(cashier, ask)
    told = {}
    if isinstance(answer, TillView | TillClosed):
        told[f"{ask_id}/till"] = json.loads(encode(answer))
    copy_id = f"{ask_id[:-4]}{place:04x}"
    copy = CopyReceipt(ask_id=copy_id, till_id=till, year=house.clock.now().year, number=1)
    copied = house.money.receipts.copy(cashier, copy)
    if isinstance(copied, ReceiptView):
        told[f"{copy_id}/copy"] = json.loads(encode(copied))
    return told


def print_one(
    house: MoneyHouse, station: StationIdentity, ask_id: str, number: str, printed: int
) -> dict[str, object]:
    """Print a page on a card."""
    wanted = AuthoriseHold(
        hold_id=ask_id, slot_id=ask_id, job=job(False), quoted_cents=10, number=number
    )
    held = house.money.holds.authorise(station, wanted)
    if not isinstance(held, HoldView):
        return {}
    house.money.holds.send(station, SendHold(hold_id=ask_id))
    done = house.money.holds.settle(station, SettleHold(hold_id=ask_id, printed=printed))
    assert isinstance(done, HoldView), done
    return {ask_id: json.loads(encode(held)), f"{ask_id}/settle": json.loads(encode(done))}


def main() -> None:
    """Play, and say what was answered."""
    address, seed, count, facts = sys.argv[1:]
    told = play(address, int(seed), int(count), Facts(**json.loads(facts)))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()

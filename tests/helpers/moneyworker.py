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
from kiosk.wire.money import Means, ToppedUp, TopUp
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
        if place % 3:
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
            continue
        wanted = AuthoriseHold(
            hold_id=ask_id, slot_id=ask_id, job=job(False), quoted_cents=10, number=number
        )
        held = house.money.holds.authorise(station, wanted)
        if isinstance(held, HoldView):
            told[ask_id] = json.loads(encode(held))
            house.money.holds.send(station, SendHold(hold_id=ask_id))
            done = house.money.holds.settle(station, SettleHold(hold_id=ask_id, printed=place % 2))
            assert isinstance(done, HoldView), done
            told[f"{ask_id}/settle"] = json.loads(encode(done))
    store.close()
    return told


def main() -> None:
    """Play, and say what was answered."""
    address, seed, count, facts = sys.argv[1:]
    told = play(address, int(seed), int(count), Facts(**json.loads(facts)))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()

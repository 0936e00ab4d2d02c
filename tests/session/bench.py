"""What a workstation in memory is made of: its room, a session that keeps nothing, its gate."""

from dataclasses import dataclass, field
from functools import cached_property

from kiosk.gate.answer import Accepted, Answer, Refusal
from kiosk.gate.appearance import PLAIN, Appearance
from kiosk.gate.backend import Application
from kiosk.gate.fact import EndReason as GateReason
from kiosk.gate.fact import Proof, Residue
from kiosk.gate.service import Gate
from kiosk.gatelink.translation import translate
from kiosk.rules.person import BrowserProfile
from kiosk.session.gatefact import GateFact
from kiosk.session.port import Answered, GateHello
from kiosk.wire.credit import ReadSeatCredit
from kiosk.wire.event import EndReason
from kiosk.wire.place import HoursView, RoomView, RuleView, SeatView, SiteView
from kiosk.wire.station import (
    StationSituation,
)
from tests.helpers.clock import FakeClock


def situation(clock: FakeClock, *, closes_at: int = 1440, cursor: int = 5) -> StationSituation:
    """A room that is open every day until `closes_at`, in minutes from local midnight."""
    day = ((0, closes_at),)
    return StationSituation(
        cursor=cursor,
        hub_time=clock.wall(),
        site=SiteView(
            site_id="trapeze",
            name="Trapèze",
            town="Boulogne",
            staffed=True,
            house_rules="On parle à voix basse.",
        ),
        room=RoomView(
            room_id="trapeze/salle",
            site_id="trapeze",
            name="Salle",
            hours=HoursView(zone="Europe/Paris", week=(day,) * 7),
            rule=RuleView(
                slot_seconds=3600,
                grace_seconds=120,
                closing_margin_seconds=600,
                shortest_slot_seconds=300,
            ),
        ),
        seat=SeatView(
            seat_id="trapeze/salle/7", room_id="trapeze/salle", site_id="trapeze", number=7
        ),
    )


@dataclass
class MemoryBackend:
    """A session of which nothing is left, unless the test says so."""

    launched: list[str] = field(default_factory=list)
    profiles: list[BrowserProfile] = field(default_factory=list)
    residue: Residue | None = None
    willing: bool = True
    confines: bool = False

    def applications(self) -> tuple[Application, ...]:
        return (Application("internet", "/usr/bin/browser", takes_url=True),)

    def start(self, slot_id: str) -> None:
        pass

    def launch(
        self,
        slot_id: str,
        app_id: str,
        url: str,
        appearance: Appearance = PLAIN,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> Refusal | None:
        if not self.willing:
            return Refusal.SESSION_FAILED
        self.launched.append(app_id)
        self.profiles.append(profile)
        return None

    def cover(self, slot_id: str, on: bool) -> None:
        pass

    def end(self, slot_id: str | None) -> None:
        pass

    def audit(self, slot_id: str | None) -> Proof | Residue:
        return self.residue or Proof(len(self.launched), 0)

    def close(self) -> None:
        pass


class CreditAsks:
    """The part of the hub's port that is about print credit."""

    @cached_property
    def asked_credit(self) -> list[tuple[str, ReadSeatCredit]]:
        """What the hub was asked, with the ids of the asks."""
        return []

    def ask_credit(self, ask_id: str, ask: ReadSeatCredit) -> None:
        self.asked_credit.append((ask_id, ask))


class GateLine:
    """The gate's port, straight to the real gate."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate

    def hello(self) -> GateHello:
        hello = self.gate.hello()
        return GateHello(hello.slot_id, hello.last_fact, ("internet",))

    def facts_after(self, n: int) -> tuple[GateFact, ...]:
        return tuple(translate(fact) for fact in self.gate.facts_after(n))

    def open(self, slot_id: str, seconds: int, grace: int, answered: Answered) -> None:
        answered(isinstance(self.gate.open(slot_id, seconds, grace), Accepted))

    def extend_to(self, slot_id: str, total_seconds: int, answered: Answered) -> None:
        before = self.gate.hello().total_seconds
        answered(_took_hold(self.gate.extend_to(slot_id, total_seconds), before))

    def shorten_to(self, slot_id: str, total_seconds: int, answered: Answered) -> None:
        before = self.gate.hello().total_seconds
        answered(_took_hold(self.gate.shorten_to(slot_id, total_seconds), before))

    def end(self, slot_id: str, reason: EndReason, answered: Answered) -> None:
        answered(isinstance(self.gate.end(slot_id, GateReason(reason.value)), Accepted))

    def away(self, slot_id: str, on: bool, answered: Answered) -> None:
        answered(isinstance(self.gate.away(slot_id, on), Accepted))

    def launch(
        self,
        slot_id: str,
        app_id: str,
        url: str,
        answered: Answered,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> None:
        answer = self.gate.launch(slot_id, app_id, url, profile=profile)
        answered(isinstance(answer, Accepted))


def _took_hold(answer: Answer, before: int) -> bool:
    if not isinstance(answer, Accepted):
        return False
    return not answer.clamped or answer.total_seconds != before

"""The real program, killed right after it let somebody in: the slot stands, a verifier may not."""

import sys
from pathlib import Path

import httpx
import pytest

from admin_console.hub.composition import main
from admin_console.hub.members.hasher import Argon2Hasher
from kiosk.rules.knowncard import card_lookup, card_secret
from kiosk.wire.codec import LARGEST_ANSWER, Message, decode, encode
from kiosk.wire.provision import Provisions
from kiosk.wire.station import (
    EnrolmentAnswer,
    EnrolStation,
    OpenSlot,
    SlotAnswer,
    SlotGranted,
    StationEnrolled,
)
from tests.helpers.process import Program, Programs, wait_until
from tests.hub.web.house import new_id

HUB = [sys.executable, "-m", "admin_console.hub", "serve"]


class Client:
    """A station that speaks to whichever program serves the house now."""

    def __init__(self, programs: Programs, state: Path) -> None:
        self._programs = programs
        self._settings = {"CRENEAU_STATE": str(state), "CRENEAU_LISTEN": "127.0.0.1:0"}
        self._token = ""
        self.url = ""
        self.hub: Program | None = None

    def serve(self) -> None:
        """Start the hub."""
        self.hub = self._programs.start(HUB, environment=self._settings, name="hub")
        self.url = self.hub.wait_for_line(r"^listening on (http://\S+:\d+)$", within=30)[1]

    def kill(self) -> None:
        """Kill the hub as a power cut would."""
        assert self.hub is not None
        self.hub.process.kill()
        self.hub.process.wait(10)

    def enrol(self, code: str) -> None:
        """Become a station."""
        ask = EnrolStation(code=code, station_id=new_id(), hostname="pc")
        answer: EnrolmentAnswer = decode(self.post("/v1/enrolments", ask), EnrolmentAnswer)
        assert isinstance(answer, StationEnrolled)
        self._token = answer.token

    def post(self, path: str, body: Message) -> bytes:
        """Ask for something."""
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        return httpx.post(
            self.url + path, content=encode(body), headers=headers, trust_env=False, timeout=20
        ).content

    def provisions(self) -> Provisions:
        """Fetch what lets the station act alone."""
        headers = {"Authorization": f"Bearer {self._token}"}
        answer = httpx.get(f"{self.url}/v1/provisions", headers=headers, trust_env=False)
        found: Provisions = decode(answer.content, Provisions, LARGEST_ANSWER)
        return found


@pytest.fixture
def sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> tuple[Path, str, list[str]]:
    """Plant the sample; returns its state, a code that enrols, and the lines of cards."""
    monkeypatch.setenv("CRENEAU_STATE", str(tmp_path / "state"))
    capfd.readouterr()
    assert main(["sample", "--always-open"]) == 0
    printed = capfd.readouterr().out
    code = printed.split("Enrolment codes")[1].splitlines()[1].split()[0]
    return tmp_path / "state", code, printed.split("Cards")[1].splitlines()[1:]


def test_a_hub_killed_after_the_answer_loses_no_slot_and_the_card_becomes_known_later(
    programs: Programs, sample: tuple[Path, str, list[str]]
) -> None:
    state, code, lines = sample
    card, pin = lines[0].split()[:2]
    station = Client(programs, state)
    station.serve()
    station.enrol(code)
    ask = OpenSlot(slot_id=new_id(), card=card, pin=pin)
    answer = station.post("/v1/slots", ask)
    assert isinstance(_decoded(answer), SlotGranted)

    station.kill()
    station.serve()

    assert station.post("/v1/slots", ask) == answer
    wait_until(lambda: len(station.provisions().cards) == 1)
    found = station.provisions()
    (known,) = found.cards
    assert known.lookup == card_lookup(found.room_key, card)
    hasher = Argon2Hasher()
    assert hasher.verify(card_secret(found.room_key, card, pin), known.verifier)
    assert not hasher.verify(card_secret(found.room_key, card, "0000"), known.verifier)


def _decoded(answer: bytes) -> SlotAnswer:
    found: SlotAnswer = decode(answer, SlotAnswer)
    return found

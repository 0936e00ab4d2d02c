"""A visit by ear: through a screen reader's bus, and through the voice of the workstation."""

import re
from collections.abc import Iterator

import pytest

from tests.helpers import atspi
from tests.helpers.atspi import AccessBus
from tests.helpers.process import Programs
from tests.helpers.speechd import SpeechDaemon
from tests.helpers.xvfb import Xvfb
from tests.stories.conftest import SEAT
from tests.stories.house import GUARD_SECONDS, House, Kiosk, pause


@pytest.fixture
def bus(programs: Programs) -> Iterator[AccessBus]:
    """An accessibility bus."""
    if why := atspi.missing():
        pytest.skip(why)
    with AccessBus(programs) as made:
        yield made


@pytest.fixture
def read_kiosk(house: House, display: Xvfb, bus: AccessBus) -> Kiosk:
    """A workstation whose faces are on the bus."""
    made = Kiosk(house, display, SEAT, environment=bus.environment)
    made.start(enrol=True)
    made.wait_for_face("lock")
    return made


@pytest.fixture
def daemon(programs: Programs) -> Iterator[SpeechDaemon]:
    """A speech-dispatcher that writes down what it says."""
    if not SpeechDaemon.is_installed():
        pytest.skip("speech-dispatcher is not installed")
    with SpeechDaemon(programs) as made:
        yield made


def test_a_visit_is_read_through_the_accessibility_bus(
    house: House, read_kiosk: Kiosk, bus: AccessBus
) -> None:
    member = house.members[0]
    bus.wait_to_hear("Bonjour. Ce poste est libre.")
    field = bus.find("text", "Numéro de carte")
    assert {"focused", "editable", "showing"} <= field.states
    read_kiosk.screen.type_text(member.card)
    read_kiosk.screen.press("Return")

    code = bus.find("password text", "Code secret (4 chiffres)")
    assert "focused" in code.states
    wrong = "1111" if member.pin != "1111" else "2222"
    read_kiosk.screen.tap(wrong)
    # Dots and nothing else: neither on the bus nor in the name.
    assert not re.search(r"\d", code.text)
    assert wrong not in " ".join(part.name for part in bus.parts())
    read_kiosk.screen.press("Return")
    heard = bus.wait_to_hear("La carte et le code ne vont pas ensemble.")
    assert "essais" in heard

    read_kiosk.screen.tap(member.pin)
    bus.find("push button", "Ouvrir ma session").press()
    read_kiosk.wait_for_face("session")
    bus.wait_to_hear("Bienvenue. C’est votre première fois ici.")
    assert "focused" in bus.find("push button", "J’ai compris").states
    read_kiosk.read_rules()
    heard = bus.wait_to_hear("Bonjour. Il vous reste 1 heure, jusqu’à ")
    names = [part.name for part in bus.parts()]
    assert any(name.startswith("Il vous reste 1 heure, jusqu’à ") for name in names)
    bus.find("push button", "Aide")
    assert [part.role for part in bus.parts() if "focused" in part.states] == ["push button"]

    pause(GUARD_SECONDS)
    bus.find("push button", "Terminer ma session…").press()
    bus.find("dialog", "Terminer votre session ?")
    assert "focused" in bus.find("push button", "Continuer").states
    pause(GUARD_SECONDS)
    bus.find("push button", "Terminer et tout effacer").press()
    bus.wait_to_hear("Au revoir.")
    bus.wait_to_hear("effacé")
    # No card and no code has been told to anybody who listens.
    told = " ".join(bus.heard())
    assert member.card not in told
    assert member.pin not in told


def test_a_face_is_read_aloud_by_the_real_voice(
    house: House, display: Xvfb, daemon: SpeechDaemon
) -> None:
    daemon.start()
    kiosk = Kiosk(
        house, display, SEAT, environment={"SPEECHD_ADDRESS": f"unix_socket:{daemon.socket}"}
    )
    program = kiosk.start(enrol=True)
    kiosk.wait_for_face("lock")
    program.wait_for_line("a voice answers")
    to_listen = ("shift+Tab",) * 2
    display.press(*to_listen, "Return")
    heard = daemon.wait_for("Bouton : Ouvrir ma session")
    assert heard.language == "fr"
    assert float(heard.rate) < 0
    told = " ".join(one.text for one in daemon.heard())
    assert told.startswith("Bonjour. Ce poste est libre.")

    kiosk.sign_in(house.members[0])
    kiosk.wait_for_face("session")
    assert daemon.program is not None
    daemon.program.kill()
    program.wait_for_line("the voice has gone")
    daemon.start()
    before = len(program.lines)
    program.wait_for_line("a voice answers", after=before - 1)
    everything = " ".join(one.text for one in daemon.heard())
    assert house.members[0].card not in everything
    assert house.members[0].pin not in everything

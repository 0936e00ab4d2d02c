"""The session of windowed mode, with real processes of pretended programs."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from kiosk.gate.answer import Refusal
from kiosk.gate.appearance import Appearance, TextSize
from kiosk.gate.backend import Application, SessionFailed
from kiosk.gate.fact import Proof, Residue, ResidueReason
from kiosk.gate.openbackend import MARK, PREFIX, OpenBackend
from tests.gate.fake import slot_id

A, B = slot_id(1), slot_id(2)

# What a visitor's program may do to outlive its end: ignore signals, fork, leave its session.
STUBBORN = """
import os, signal, sys, time
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
    signal.signal(number, signal.SIG_IGN)
open(os.path.join(os.environ["TMPDIR"], "trace"), "w").write("x")
for _ in range(2):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            open(os.path.join(os.environ["HOME"], f"child-{os.getpid()}"), "w").write("x")
            time.sleep(600)
        os._exit(0)
time.sleep(600)
"""
TELLING = """
import json, os, sys
place = os.path.join(os.environ["HOME"], "told")
with open(place + ".new", "w") as file:
    json.dump({"arguments": sys.argv[1:], "variables": dict(os.environ)}, file)
os.rename(place + ".new", place)
"""


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within 20 seconds"
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def short_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "t"))


def program(app_id: str, text: str, *arguments: str) -> Application:
    return Application(app_id, sys.executable, ("-c", text, *arguments), app_id == "internet")


@pytest.fixture
def make_backend(tmp_path: Path) -> Iterator[Callable[[], OpenBackend]]:
    made: list[OpenBackend] = []

    def make() -> OpenBackend:
        applications = (
            program("internet", TELLING, "--profile={private}/browser"),
            program("stubborn", STUBBORN),
            Application("missing", str(tmp_path / "nothing")),
        )
        made.append(OpenBackend(tmp_path / "links", VARIABLES, applications))
        return made[-1]

    yield make
    for backend in made:
        backend.end(None)
        backend.close()


VARIABLES = {
    "PATH": "/nowhere",
    "HOME": "/home/dev",
    "LANG": "fr_FR.UTF-8",
    "LC_TIME": "fr_FR.UTF-8",
    "DISPLAY": ":7",
    "SECRET_TOKEN": "s3cret",
    "WAYLAND_DISPLAY": "wayland-0",
    "XDG_RUNTIME_DIR": "/run/user/1000",
}


@pytest.fixture
def backend(make_backend: Callable[[], OpenBackend]) -> OpenBackend:
    return make_backend()


def private_folder(tmp_path: Path, slot: str = A) -> Path:
    return (tmp_path / "links" / slot).readlink()


def start_stubborn(backend: OpenBackend, tmp_path: Path) -> list[psutil.Process]:
    """Start the stubborn program, and return all that it became."""
    assert backend.launch(A, "stubborn", "") is None
    home = private_folder(tmp_path) / "home"
    wait_for(lambda: len(list(home.glob("child-*"))) == 2)
    children = [psutil.Process(int(one.name[6:])) for one in home.glob("child-*")]
    return [*children, *(psutil.Process(leader.pid) for leader in backend._leaders)]


def test_a_program_gets_a_private_place_and_few_variables(
    backend: OpenBackend, tmp_path: Path
) -> None:
    backend.start(A)
    assert backend.launch(A, "internet", "https://example.org/") is None
    private = private_folder(tmp_path)
    told = private / "home" / "told"
    wait_for(told.exists)
    heard = json.loads(told.read_text())
    assert heard["arguments"] == [f"--profile={private}/browser", "https://example.org/"]
    variables = heard["variables"]
    assert variables["HOME"] == str(private / "home")
    assert variables["TMPDIR"] == str(private / "tmp")
    assert variables["XDG_RUNTIME_DIR"] == str(private / "run")
    assert variables["XAUTHORITY"] == "/home/dev/.Xauthority"
    assert variables["WAYLAND_DISPLAY"] == "/run/user/1000/wayland-0"
    assert (variables["DISPLAY"], variables["LC_TIME"]) == (":7", "fr_FR.UTF-8")
    assert "SECRET_TOKEN" not in variables
    assert (private.stat().st_mode & 0o777) == 0o700


def test_nothing_of_a_stubborn_program_outlives_the_end(
    backend: OpenBackend, tmp_path: Path
) -> None:
    backend.start(A)
    processes = start_stubborn(backend, tmp_path)
    assert len(processes) == 3
    private = private_folder(tmp_path)
    assert backend.audit(A) == Residue(ResidueReason.PROCESSES, 3)
    backend.end(A)
    assert backend.audit(A) == Proof(3, 3)
    assert not any(one.is_running() and one.status() != "zombie" for one in processes)
    assert not private.exists()


def test_the_next_gate_ends_what_a_killed_one_started(
    make_backend: Callable[[], OpenBackend], tmp_path: Path
) -> None:
    killed = make_backend()
    killed.start(A)
    processes = start_stubborn(killed, tmp_path)
    leaders = killed._leaders
    survivor = make_backend()
    survivor.start(A)
    assert len(list((tmp_path / "t").iterdir())) == 1
    survivor.end(None)
    for leader in leaders:
        leader.wait(5)
    assert isinstance(survivor.audit(None), Proof)
    assert not any(one.is_running() and one.status() != "zombie" for one in processes)


def test_a_neighbours_session_is_left_alone(tmp_path: Path) -> None:
    applications = (program("stubborn", STUBBORN),)
    ours = OpenBackend(tmp_path / "ours", VARIABLES, applications)
    links = OpenBackend(tmp_path / "links", VARIABLES, applications)
    ours.start(B)
    links.start(A)
    start_stubborn(links, tmp_path)
    ours.end(B)
    assert ours.audit(B) == Proof(0, 0)
    assert links.audit(A) == Residue(ResidueReason.PROCESSES, 3)
    links.end(A)
    assert isinstance(links.audit(A), Proof)


def test_a_program_that_has_ended_by_itself_does_not_count(
    backend: OpenBackend, tmp_path: Path
) -> None:
    backend.start(A)
    backend.launch(A, "internet", "")
    leader = psutil.Process(backend._leaders[0].pid)
    wait_for(lambda: leader.status() == psutil.STATUS_ZOMBIE)
    assert backend.audit(A) == Residue(ResidueReason.FILES, 1)
    backend.end(A)
    assert backend.audit(A) == Proof(0, 1)


def test_launches_that_cannot_be_are_refused(
    backend: OpenBackend, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.openbackend", "application missing did not start")
    backend.start(A)
    assert backend.launch(A, "terminal", "") is Refusal.APPLICATION_UNKNOWN
    assert backend.launch(A, "stubborn", "https://example.org") is Refusal.URL_INVALID
    assert backend.launch(A, "missing", "") is Refusal.SESSION_FAILED


def test_starting_again_keeps_the_private_folder(backend: OpenBackend, tmp_path: Path) -> None:
    backend.start(A)
    before = private_folder(tmp_path)
    backend.start(A)
    assert private_folder(tmp_path) == before


def test_a_session_that_finds_no_room_is_said(tmp_path: Path) -> None:
    (tmp_path / "links").write_text("a file")
    with pytest.raises(SessionFailed):
        OpenBackend(tmp_path / "links", VARIABLES, ()).start(A)


@pytest.mark.parametrize("name", ["elsewhere", f"t/{PREFIX}file", f"t/{PREFIX}gone"])
def test_a_link_to_what_we_did_not_make_removes_nothing(
    backend: OpenBackend, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name
    if name == "elsewhere":
        target.mkdir()
    elif name.endswith("file"):
        target.write_text("precious")
    existed = target.exists()
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / A).symlink_to(target)
    backend.end(A)
    assert target.exists() == existed
    assert backend.audit(A) == Proof(0, 0)


def test_a_folder_that_cannot_be_removed_is_residue(
    backend: OpenBackend,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.gate.openbackend", "a private folder is not removed: errno 16")

    def refuse(folder: Path) -> int:
        raise OSError(16, "Device or resource busy", str(folder))

    backend.start(A)
    with monkeypatch.context() as patch:
        patch.setattr("kiosk.gate.openbackend.remove_tree", refuse)
        backend.end(A)
    assert backend.audit(A) == Residue(ResidueReason.FILES, 1)
    backend.end(A)
    assert backend.audit(A) == Proof(0, 0)


def test_a_bus_of_its_own_is_put_before_the_program(tmp_path: Path) -> None:
    runner = tmp_path / "bin" / "dbus-run-session"
    runner.parent.mkdir()
    runner.write_text('#!/bin/sh\nshift\nDBUS_SESSION_BUS_ADDRESS=own exec "$@"\n')
    runner.chmod(0o755)
    variables = VARIABLES | {"PATH": f"{runner.parent}{os.pathsep}/bin"}
    backend = OpenBackend(tmp_path / "links", variables, (program("internet", TELLING),))
    backend.start(A)
    backend.launch(A, "internet", "", Appearance(TextSize.LARGE))
    told = private_folder(tmp_path) / "home" / "told"
    wait_for(told.exists)
    heard = json.loads(told.read_text())["variables"]
    assert heard["DBUS_SESSION_BUS_ADDRESS"] == "own"
    assert heard["QT_SCALE_FACTOR"] == "1.25"
    assert heard[MARK] == str(private_folder(tmp_path))
    backend.end(A)


def test_the_programs_of_this_machine_are_looked_up_by_its_path(tmp_path: Path) -> None:
    thunar = tmp_path / "bin" / "thunar"
    thunar.parent.mkdir()
    thunar.write_text("#!/bin/sh\n")
    thunar.chmod(0o755)
    backend = OpenBackend(tmp_path / "links", {"PATH": str(thunar.parent)})
    assert [one.program for one in backend.applications()] == [str(thunar)]
    assert not backend.confines

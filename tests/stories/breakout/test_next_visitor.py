"""Two visitors in a row: the second looks for anything of the first, everywhere."""

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.gate.application import find_applications
from kiosk.gate.cell import CellLimits, CellPlan
from kiosk.gate.confinedbackend import ConfinedBackend
from kiosk.gate.drop import Account
from tests.helpers.confine import VISITOR, needs_root, wait_for
from tests.helpers.cups import PRINTER, PrintSystem, is_here
from tests.helpers.process import wait_until
from tests.helpers.stage import NEXT_SLOT, SLOT, Stage
from tests.stories.breakout.attack import X11

pytestmark = needs_root

MARK = "secret-of-the-first-visitor"

LEAVE = f"""{X11}
mark = {MARK!r}
for folder in ("/tmp", "/var/tmp", "/dev/shm", os.environ["HOME"], os.environ["XDG_RUNTIME_DIR"]):
    open(f"{{folder}}/{{mark}}", "w").write(mark)
libc = ctypes.CDLL(None)
segment = libc.shmget(0x5EC3E7, 4096, 0o1666)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
ctypes.memmove(libc.shmat(segment, None, 0), mark.encode(), len(mark))
X.XInternAtom.argtypes = [D, ctypes.c_char_p, ctypes.c_int]
X.XInternAtom.restype = ctypes.c_ulong
X.XChangeProperty.argtypes = [D, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_int,
                              ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
X.XChangeProperty(own, root, X.XInternAtom(own, b"LEAK", 0), 31, 8, 0, mark.encode(), len(mark))
X.XStoreBytes.argtypes = [D, ctypes.c_char_p, ctypes.c_int]
X.XStoreBytes(own, mark.encode(), len(mark))
X.XCreateSimpleWindow.argtypes = [D, ctypes.c_ulong] + [ctypes.c_int] * 2 + [ctypes.c_uint] * 3 \\
    + [ctypes.c_ulong] * 2
X.XCreateSimpleWindow.restype = ctypes.c_ulong
window = X.XCreateSimpleWindow(own, root, 0, 0, 9, 9, 0, 0, 0)
X.XSetSelectionOwner.argtypes = [D] + [ctypes.c_ulong] * 3
X.XSetSelectionOwner(own, X.XInternAtom(own, b"CLIPBOARD", 0), window, 0)
X.XChangeKeyboardMapping.argtypes = [D, ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
X.XChangeKeyboardMapping(own, 38, 1, ctypes.byref(ctypes.c_ulong(0)), 1)
X.XAutoRepeatOff.argtypes = [D]
X.XAutoRepeatOff(own)
X.XSync(own, 0)
told["left"] = True
tell()
time.sleep(600)
"""

SEARCH = f"""{X11}
mark = {MARK!r}.encode()
found = []
for top in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/home", "/var/spool", "/var/mail",
            os.environ["HOME"]):
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            try:
                told_by_name = mark.decode() in name
                if told_by_name or (os.path.isfile(path) and mark in open(path, "rb").read()):
                    found.append(path)
            except OSError:
                pass
told["files"] = found
told["shared"] = ctypes.CDLL(None).shmget(0x5EC3E7, 0, 0)
X.XInternAtom.argtypes = [D, ctypes.c_char_p, ctypes.c_int]
X.XInternAtom.restype = ctypes.c_ulong
told["atom"] = X.XInternAtom(own, b"LEAK", 1)
X.XGetSelectionOwner.argtypes = [D, ctypes.c_ulong]
X.XGetSelectionOwner.restype = ctypes.c_ulong
told["clipboard"] = X.XGetSelectionOwner(own, X.XInternAtom(own, b"CLIPBOARD", 0))
X.XFetchBytes.argtypes = [D, ctypes.c_void_p]
X.XFetchBytes.restype = ctypes.c_void_p
length = ctypes.c_int(0)
X.XFetchBytes(own, ctypes.byref(length))
told["cut buffer"] = length.value
X.XKeycodeToKeysym.argtypes = [D, ctypes.c_ubyte, ctypes.c_int]
X.XKeycodeToKeysym.restype = ctypes.c_ulong
told["key a"] = X.XKeycodeToKeysym(own, 38, 0)
told["size"] = [X.XDisplayWidth(ctypes.c_void_p(own), 0), X.XDisplayHeight(ctypes.c_void_p(own), 0)]
told["profile"] = os.listdir(os.path.join(os.environ["HOME"], ".creneau"))
told["home"] = sorted(os.listdir(os.environ["HOME"]))
"""

PRINT = f"""
mark = {MARK!r}
open("/tmp/letter.txt", "w").write(mark)
order = ["lp", "-h", "{{socket}}", "-U", "visiteur", "-d", {PRINTER!r}, "-t", mark]
told["sent"] = [
    subprocess.run([*order, *hold, "/tmp/letter.txt"], stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL).returncode
    for hold in (["-H", "hold"], [])
]
"""

QUEUES = """
told["told"] = [
    line
    for which in ("not-completed", "completed", "all")
    for line in subprocess.run(
        ["lpstat", "-h", "{socket}", "-U", "visiteur", "-W", which, "-o"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout.splitlines()
]
"""

NOTHING = {
    "files": [],
    "shared": -1,
    "atom": 0,
    "clipboard": 0,
    "cut buffer": 0,
    "key a": ord("a"),
    "size": [1366, 768],
    "profile": [],
    "home": [".creneau"],
}


def search(stage: Stage) -> dict[str, object]:
    found = stage.run(SEARCH)
    # The window manager makes it, in every session.
    found["home"] = [one for one in found["home"] if one != ".cache"]
    return found


def test_the_second_visitor_finds_nothing_of_the_first(stage: Stage) -> None:
    stage.backend.start(SLOT)
    clean = search(stage)
    assert clean == NOTHING
    assert stage.hear(LEAVE) == {"left": True}
    soiled = search(stage)
    assert len(list(soiled["files"])) >= 5  # type: ignore[call-overload]
    changed = {name for name, value in soiled.items() if value != NOTHING[name]}
    assert changed == {"files", "shared", "atom", "clipboard", "cut buffer", "key a", "home"}
    stage.end()
    stage.backend.start(NEXT_SLOT)
    stage.slot = NEXT_SLOT
    assert search(stage) == NOTHING


@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no chromium here")
@pytest.mark.timeout(240)
def test_a_browser_runs_in_its_own_sandbox_and_its_profile_is_gone(stage: Stage) -> None:
    applications = find_applications("/usr/bin", as_root=False)
    stage.plan = replace(stage.plan, applications=applications, cell=roomy(stage))
    stage.backend = ConfinedBackend(stage.plan)
    stage.backend.start(SLOT)
    # Nothing answers there: what the profile keeps is where the visitor wanted to go.
    assert stage.backend.launch(SLOT, "internet", f"http://127.0.0.1:9/{MARK}") is None
    profile = stage.outside(stage.plan.cell.private / "browser")
    wait_for((profile / "Local State").exists, "a profile", 90)
    wait_for(lambda: is_marked(profile), "the mark in the profile", 90)
    programs = stage.plan.ground.find().part("programs")
    wait_for(lambda: len(programs.members()) >= 8, "the browser's processes", 90)
    wait_for(lambda: shows_window(stage), "the browser's window", 90)
    sandboxed = [pid for pid in programs.members() if in_other_user_namespace(pid)]
    assert sandboxed, "no process of the browser has a namespace of its own"
    proof = stage.end()
    assert proof.processes >= 8
    stage.backend.start(NEXT_SLOT)
    stage.slot = NEXT_SLOT
    assert search(stage) == NOTHING


def is_marked(profile: Path) -> bool:
    """Tell whether a file of the profile holds the mark; a browser's files come and go."""
    for folder, _, names in os.walk(profile):
        for name in names:
            with suppress(OSError):
                if MARK.encode() in Path(folder, name).read_bytes():
                    return True
    return False


@pytest.mark.skipif(not is_here(), reason="there is no cupsd here")
def test_nothing_of_the_first_waits_in_a_print_queue(
    stage: Stage, print_system: PrintSystem, tmp_path: Path
) -> None:
    visitor = Account(VISITOR.uid, VISITOR.gid, "visiteur")
    cell = replace(stage.plan.cell, visitor=visitor)
    companions = tuple(replace(one, account=visitor) for one in stage.plan.companions)
    stage.plan = replace(
        stage.plan,
        cell=cell,
        companions=companions,
        cancel=str(print_system.make_order("cancel")),
    )
    stage.backend = ConfinedBackend(stage.plan)
    letter = tmp_path / "letter.txt"
    letter.write_text("of somebody at the desk\n")
    print_system.send("accueil", letter, held=True)

    stage.backend.start(SLOT)
    sent = stage.run(PRINT.format(socket=print_system.socket))
    assert sent["sent"] == [0, 0]
    wait_until(lambda: print_system.jobs("visiteur") >= 1, within=20, what="a job that waits")
    assert known_jobs(stage, print_system) == {"unknown", "visiteur"}
    stage.end()

    stage.backend.start(NEXT_SLOT)
    stage.slot = NEXT_SLOT
    wait_until(lambda: print_system.documents() == 1, within=20, what="only the desk's document")
    assert known_jobs(stage, print_system) == {"unknown"}


def known_jobs(stage: Stage, print_system: PrintSystem) -> set[str]:
    """Let the visitor ask whose documents there are, and were; CUPS names nobody else to them."""
    told = stage.run(QUEUES.format(socket=print_system.socket))["told"]
    return {line.split()[1] for line in told if line.startswith(f"{PRINTER}-")}


def roomy(stage: Stage) -> CellPlan:
    limits = CellLimits(home_bytes=1 << 30, spool_bytes=512 << 20, files=20_000)
    return replace(stage.plan.cell, limits=limits)


def shows_window(stage: Stage) -> bool:
    found = stage.run(
        """
told["windows"] = subprocess.run(
    ["xdotool", "search", "--onlyvisible", "--class", "chromium"],
    stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout.split()
"""
    )
    return bool(found["windows"])


def in_other_user_namespace(pid: int) -> bool:
    try:
        mine = Path("/proc/self/ns/user").readlink()
        return Path(f"/proc/{pid}/ns/user").readlink() != mine
    except OSError:
        return False

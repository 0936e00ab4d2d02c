"""Whatever a visitor leaves is gone, and the wipe touches nothing that is not theirs."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.gate.sweep import find_ipc
from tests.helpers.confine import VISITOR, needs_root
from tests.helpers.stage import Stage

pytestmark = needs_root

PLACES = ("/tmp", "/var/tmp", "/dev/shm")


def test_files_and_shared_memory_everywhere_are_gone_and_were_never_outside(
    session: Stage,
) -> None:
    mark = f"creneau-mark-{os.getpid()}"
    told = session.run(
        f"""
libc = ctypes.CDLL(None)
for folder in ("/tmp", "/var/tmp", "/dev/shm", os.environ["HOME"], os.environ["XDG_RUNTIME_DIR"]):
    os.makedirs(f"{{folder}}/{mark}/deep/deeper")
    open(f"{{folder}}/{mark}/deep/file", "w").write("x" * 100_000)
    os.chmod(f"{{folder}}/{mark}/deep", 0)
made = 0o1666
told["shared"] = [libc.shmget(7, 1 << 20, made), libc.msgget(7, made), libc.semget(7, 1, made)]
told["queue"] = libc.mq_open(b"/{mark}", os.O_CREAT | os.O_RDWR, 0o666, None) >= 0
told["mine"] = len(open("/proc/sysvipc/shm").readlines()) - 1
"""
    )
    assert min(told["shared"]) >= 0
    assert told["mine"] >= 1
    assert not any(list(find_ipc(kind, VISITOR.uid)) for kind in ("shm", "msg", "sem"))
    assert not any((Path(place) / mark).exists() for place in PLACES)
    assert session.end().files >= 20
    assert not any((Path(place) / mark).exists() for place in (*PLACES, "/dev/mqueue"))


def test_cron_at_and_mail_cannot_even_be_written(session: Stage) -> None:
    told = session.run(
        """
line = "* * * * * touch /tmp/from-cron\\n"
for folder in ("/var/spool/cron/crontabs", "/var/spool/cron/atjobs", "/var/mail", "/var/spool",
               "/var/lib/systemd/linger", "/etc/cron.d", "/run/user"):
    if os.path.isdir(folder):
        told[folder] = refusal(lambda: open(folder + "/visitor", "w").write(line))
def run(words, text):
    if not os.path.exists(words[0]):
        return 127
    return subprocess.run(words, input=text, text=True, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode
told["codes"] = [run(["/usr/bin/crontab", "-"], line), run(["/usr/bin/at", "now + 1 minute"], "id"),
                 run(["/usr/bin/systemd-run", "--user", "/bin/true"], "")]
"""
    )
    assert 0 not in told.pop("codes")
    assert told
    assert all(one.split()[-1] in {"13", "30"} for one in told.values())


# The word of the visitor is left in one of the folders that are full.
MAKE_ROOM = """
if os.path.exists("/tmp/big"):
    os.remove("/tmp/big")
"""


@pytest.mark.parametrize("what", ["bytes", "files", "shared memory"])
def test_a_session_that_is_full_ends_as_any_other(session: Stage, what: str) -> None:
    text = {
        "bytes": """
for folder in (os.environ["HOME"], "/tmp", "/var/tmp"):
    with open(folder + "/big", "wb", buffering=0) as file:
        told[folder] = refusal(lambda: [file.write(bytes(1 << 20)) for _ in range(70)])
""",
        "files": """
for folder in (os.environ["HOME"], "/var/tmp", "/dev/shm"):
    told[folder] = refusal(lambda: [open(f"{folder}/{one}", "w").close() for one in range(2500)])
""",
        "shared memory": """
with open("/dev/shm/big", "wb", buffering=0) as file:
    told["shm"] = refusal(lambda: [file.write(bytes(1 << 20)) for _ in range(70)])
""",
    }[what]
    told = session.run(text + MAKE_ROOM)
    assert set(told.values()) == {"OSError 28"}
    proof = session.end()
    assert proof.files >= (1 if what == "shared memory" else 3)
    session.backend.start(session.slot)
    room = "told['room'] = refusal(lambda: open('/tmp/x', 'w').write('x' * 99999))"
    assert session.run(room) == {"room": ""}


@pytest.fixture
def precious() -> Iterator[Path]:
    """A folder of the machine that anybody might write to, if they could."""
    folder = Path(f"/var/lib/creneau-precious-{os.getpid()}")
    folder.mkdir()
    folder.chmod(0o777)
    (folder / "file").write_text("of somebody else")
    (folder / "file").chmod(0o666)
    yield folder
    (folder / "file").unlink()
    folder.rmdir()


def test_links_and_mounts_lead_the_wipe_nowhere(session: Stage, precious: Path) -> None:
    told = session.run(
        f"""
home, precious = os.environ["HOME"], {str(precious)!r}
os.symlink("/etc", home + "/etc")
os.symlink(precious, "/tmp/precious")
os.symlink("/", "/var/tmp/root")
told["hard link"] = refusal(os.link, precious + "/file", home + "/file")
told["write"] = refusal(lambda: open(precious + "/file", "a"))
told["new"] = refusal(lambda: open(precious + "/other", "w"))
told["remove"] = refusal(os.unlink, "/tmp/precious/file")
told["mode"] = refusal(os.chmod, precious + "/file", 0o777)
libc = ctypes.CDLL(None)
if libc.unshare(0x10000000 | 0x00020000) == 0:
    uid = {VISITOR.uid}
    open("/proc/self/setgroups", "w").write("deny")
    open("/proc/self/uid_map", "w").write(f"0 {{uid}} 1")
    os.makedirs("/tmp/inside/folder")
    told["bound"] = libc.mount(precious.encode(), b"/tmp/inside/folder", None, 4096, None) == 0
    told["through"] = refusal(lambda: open("/tmp/inside/folder/file", "a"))
    told["again"] = libc.mount(None, b"/tmp/inside/folder", None, 4096 | 32, None)
"""
    )
    assert told["hard link"].split()[-1] in {"1", "18", "30"}
    assert [told[name] for name in ("write", "new", "remove")] == ["OSError 30"] * 3
    assert told["mode"].split()[-1] in {"1", "30"}
    if told.get("bound"):
        assert told["through"] == "OSError 30"
        assert told["again"] == -1
    session.end()
    assert [one.name for one in precious.iterdir()] == ["file"]
    assert (precious / "file").read_text() == "of somebody else"
    assert stat.S_IMODE((precious / "file").stat().st_mode) == 0o666
    assert Path("/etc/passwd").exists()

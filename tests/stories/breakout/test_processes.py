"""Whatever a visitor starts is gone at the end, and reaches nobody else's program before."""

import os
from pathlib import Path

from kiosk.gate.answer import Refused
from kiosk.gate.clock import SystemClock
from kiosk.gate.fact import EndReason, Wiped
from kiosk.gate.journal import Journal
from kiosk.gate.service import Gate
from tests.helpers.confine import COMET, STRANGER, STUBBORN, VISITOR, needs_root, start, wait_for
from tests.helpers.stage import SLOT, Stage

pytestmark = needs_root


def test_orphans_that_ignore_every_signal_do_not_outlive_the_end(session: Stage) -> None:
    programs = session.plan.ground.find().part("programs")
    before = len(programs.members())
    session.begin(STUBBORN.format(count=40))
    session.begin("os.system('nohup sleep 600 & setsid sleep 600 &'); time.sleep(600)")
    wait_for(lambda: len(programs.members()) >= before + 44, "the crowd")
    assert session.end().processes >= 44


def test_comets_and_a_fork_bomb_are_ended_while_the_gate_goes_on_answering(
    stage: Stage, tmp_path: Path
) -> None:
    clock = SystemClock()
    gate = Gate(clock, Journal.open(tmp_path / "gate.journal", lambda: "a journal"), stage.backend)
    gate.start()
    gate.open(SLOT, 3600, 0)
    stage.begin(
        f"""
for _ in range(30):
    if os.fork() == 0:
        exec({COMET!r})
while True:
    try:
        os.fork()
    except OSError:
        pass
"""
    )
    programs = stage.plan.ground.find().part("programs")
    wait_for(lambda: len(programs.members()) >= 200, "the bomb")
    assert gate.hello().slot_id == SLOT
    assert 3590 < gate.remaining(SLOT) <= 3600
    gate.end(SLOT, EndReason.FINISHED)
    wait_for(lambda: tick(gate), "the wipe")
    assert isinstance(gate.facts_after(0)[-1].body, Wiped)
    gate.close()


def test_a_visitor_who_stops_all_that_starts_under_their_account_stops_no_clock(
    stage: Stage, tmp_path: Path
) -> None:
    gate = Gate(
        SystemClock(), Journal.open(tmp_path / "gate.journal", lambda: "a journal"), stage.backend
    )
    gate.start()
    gate.open(SLOT, 3600, 0)
    stage.begin(
        """
while True:
    refusal(os.kill, -1, signal.SIGSTOP)
"""
    )
    for _ in range(20):
        # Each of them may be stopped between the gate's account and its own first word.
        gate.launch(SLOT, "true", "")
        stage.backend.mend(SLOT)
    assert gate.hello().slot_id == SLOT
    gate.end(SLOT, EndReason.FINISHED)
    wait_for(lambda: tick(gate), "the wipe")
    gate.close()
    Journal.open(tmp_path / "gate.journal", lambda: "no other").close()


def tick(gate: Gate) -> bool:
    gate.tick()
    return isinstance(gate.facts_after(0)[-1].body, Wiped)


def test_no_second_visitor_signs_in_while_the_first_is_being_wiped(
    stage: Stage, tmp_path: Path
) -> None:
    gate = Gate(
        SystemClock(), Journal.open(tmp_path / "gate.journal", lambda: "a journal"), stage.backend
    )
    gate.start()
    gate.open(SLOT, 3600, 0)
    left = Path(f"/var/tmp/creneau-left-{os.getpid()}")
    left.mkdir()
    os.chown(left, VISITOR.uid, VISITOR.gid)
    try:
        gate.end(SLOT, EndReason.FINISHED)
        gate.tick()
        answer = gate.open("01920000-0000-7000-8000-0000000000aa", 3600, 0)
        assert isinstance(answer, Refused)
        assert answer.code == "wiping"
    finally:
        left.rmdir()
    wait_for(lambda: tick(gate), "the wipe")
    gate.close()


def test_what_cron_or_at_started_for_the_visitor_is_swept_with_its_files(session: Stage) -> None:
    # As they would: under the account, outside every session.
    note = f"/var/tmp/creneau-cron-{os.getpid()}"
    stray = start(f"open({note!r}, 'w'); import time; time.sleep(600)")
    wait_for(Path(note).exists)
    session.end()
    assert stray.wait(5) == -9
    assert not Path(note).exists()


def test_a_namespace_of_ones_own_saves_no_process(session: Stage) -> None:
    told = session.hear(
        r"""
libc = ctypes.CDLL(None, use_errno=True)
uid = os.getuid()
told["user namespace"] = libc.unshare(0x10000000 | 0x00020000)
def write(path, text):
    with open(path, "w") as file:
        file.write(text)
write("/proc/self/setgroups", "deny")
told["two numbers"] = refusal(write, "/proc/self/uid_map", f"0 {uid} 1\n1 100000 65536")
write("/proc/self/uid_map", f"0 {uid} 1")
told["root inside"] = os.getuid()
told["unmount"] = libc.umount2(b"/proc", 2)
told["mount"] = libc.mount(b"tmpfs", b"/mnt", b"tmpfs", 0, None)
told["system"] = refusal(lambda: open("/etc/passwd", "a"))
tell()
if os.fork() == 0:
    os.setsid()
time.sleep(600)
"""
    )
    # A container may refuse the namespace itself; where it is given, it opens nothing.
    if told["user namespace"] == 0:
        assert told["root inside"] == 0
        assert told["two numbers"] == "PermissionError 1"
        assert told["unmount"] == -1
        assert told["system"].split()[-1] in {"13", "30"}
    session.end()


def test_the_programs_of_the_house_can_be_neither_seen_nor_read_nor_signalled(
    session: Stage,
) -> None:
    shell = start("import time; time.sleep(600)", STRANGER, environment={"SECRET": "of the shell"})
    try:
        for target in (shell.pid, os.getpid(), 1):
            told = session.run(
                f"""
target = {target}
libc = ctypes.CDLL(None, use_errno=True)
told["listed"] = str(target) in os.listdir("/proc")
for name in ("environ", "mem", "maps", "cmdline", "root", "fd"):
    told[name] = refusal(os.stat, f"/proc/{{target}}/{{name}}")
told["ptrace"] = (libc.ptrace(16, target, 0, 0), ctypes.get_errno())
told["signal"] = refusal(os.kill, target, signal.SIGKILL)
"""
            )
            assert told.pop("listed") is False
            assert told.pop("ptrace")[0] == -1
            assert told.pop("signal") == "PermissionError 1"
            assert set(told.values()) == {"FileNotFoundError 2"}
        assert shell.poll() is None
    finally:
        shell.kill()
        shell.wait(5)


def test_a_shell_is_only_ever_the_visitors(session: Stage) -> None:
    told = session.run(
        """
def run(*words):
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True)
    return done.returncode, done.stdout.strip()
told["shell"] = run("/bin/sh", "-c", "id -u")
for name in ("sudo", "su", "pkexec"):
    if os.path.exists("/usr/bin/" + name):
        told[name] = run("/usr/bin/" + name, *(["-c"] if name == "su" else []), "/usr/bin/id")[0]
told["status"] = [line.split()[1] for line in open("/proc/self/status")
                  if line.startswith(("NoNewPrivs", "CapEff"))]
"""
    )
    assert told.pop("shell") == [0, str(VISITOR.uid)]
    assert told.pop("status") == ["0" * 16, "1"]
    assert 0 not in told.values()


def test_a_setuid_program_gives_nothing(session: Stage) -> None:
    # A copy that belongs to root, in a place that the session sees.
    tool = Path(f"/usr/local/bin/creneau-id-{os.getpid()}")
    tool.write_bytes(Path("/usr/bin/id").read_bytes())
    tool.chmod(0o4755)
    try:
        outside = start(f"import os; os.execv({str(tool)!r}, ['id'])", VISITOR)
        assert outside.wait(10) == 0
        told = session.run(
            f"""
told["id"] = subprocess.run([{str(tool)!r}, "-u"], stdin=subprocess.DEVNULL,
                            capture_output=True, text=True).stdout.strip()
told["mounted"] = bool(os.statvfs({str(tool)!r}).f_flag & os.ST_NOSUID)
"""
        )
        assert told == {"id": str(VISITOR.uid), "mounted": True}
    finally:
        tool.unlink()


def test_the_gates_own_folder_and_socket_are_not_there(session: Stage) -> None:
    import socket

    listening = socket.socket(socket.AF_UNIX)
    path = session.plan.cell.run / "gate.sock"
    listening.bind(str(path))
    listening.listen()
    path.chmod(0o666)
    try:
        told = session.run(
            f"""
told["connect"] = refusal(socket.socket(socket.AF_UNIX).connect, {str(path)!r})
told["note"] = os.path.exists({str(session.plan.remnant)!r})
told["listing"] = sorted(os.listdir({str(path.parent)!r}))
"""
        )
    finally:
        listening.close()
        path.unlink()
    assert told["connect"] == "FileNotFoundError 2"
    assert told["note"] is False
    assert told["listing"] == sorted(
        ["face", "visitor", *(f"{one}.cookie" for one in {VISITOR.uid, session.plan.face.uid})]
    )


def test_nobody_inside_sets_the_clock_not_even_as_root_of_a_namespace(session: Stage) -> None:
    told = session.run(
        """
new_user, new_time = 0x10000000, 0x80
told["set"] = refusal(time.clock_settime, time.CLOCK_REALTIME, 0.0)
libc = ctypes.CDLL(None, use_errno=True)
told["apart"] = libc.unshare(new_user | new_time) == 0
told["set as its root"] = refusal(time.clock_settime, time.CLOCK_REALTIME, 0.0)
"""
    )
    assert told["set"] == "PermissionError 1"
    assert told["set as its root"] == "PermissionError 1"

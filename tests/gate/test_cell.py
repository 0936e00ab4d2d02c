"""What a session sees of the machine: only fresh memory to write to, and little to look at."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.gate.cell import Cell, CellPlan, make_cell, share_of
from kiosk.gate.cgroup import PROGRAMS, Group, GroupLimits
from kiosk.gate.drop import Account, SpawnFailed
from tests.helpers.confine import FACE, VISITOR, ground, needs_root, start

pytestmark = needs_root


@pytest.mark.parametrize("gigabytes", [2, 4, 8, 64])
def test_all_that_a_session_may_write_fits_into_the_memory(gigabytes: int) -> None:
    memory = gigabytes << 30
    limits = share_of(memory)
    file_systems = 6
    kept_for_each_file = 1024
    written = limits.home_bytes + (file_systems - 1) * limits.spool_bytes
    assert written + file_systems * limits.files * kept_for_each_file < memory * 3 // 4
    assert limits.files >= 30_000


@pytest.fixture
def group() -> Iterator[Group]:
    made = ground().make(GroupLimits())
    yield made
    made.kill()
    assert made.wait_until_empty(5)
    made.remove()


@pytest.fixture
def plan() -> Iterator[CellPlan]:
    base = Path(f"/run/creneau-cell-{os.getpid()}")
    for name in ("secrets", "run/shell"):
        (base / name).mkdir(parents=True)
        (base / name / "file").write_text("x")
    yield CellPlan(
        VISITOR,
        FACE,
        base / "home",
        base / "run",
        hidden=(base / "secrets",),
        shown=(base / "run" / "shell",),
    )
    for name in ("secrets/file", "run/shell/file"):
        (base / name).unlink()
    for name in ("secrets", "run/shell", "run", "home", ""):
        if (base / name).is_dir():
            (base / name).rmdir()


def test_a_gate_that_makes_its_files_for_itself_alone_still_makes_folders_for_all(
    plan: CellPlan, group: Group
) -> None:
    before = os.umask(0o077)
    try:
        cell, holder = make_cell(plan, group.part(PROGRAMS).door)
    finally:
        os.umask(before)
    text = f"import os; raise SystemExit(os.listdir({str(plan.shown[0])!r}) != ['file'])"
    assert visit(cell, group, text) == 0
    group.kill()
    holder.wait(5)


@pytest.fixture
def cell(plan: CellPlan, group: Group) -> Iterator[Cell]:
    made, holder = make_cell(plan, group.part(PROGRAMS).door)
    yield made
    group.kill()
    holder.wait(5)


def visit(cell: Cell, group: Group, text: str, who: Account = VISITOR) -> int:
    """Run Python inside; it leaves with the number of what went wrong."""
    return start(text, who, cell.place(group.part(PROGRAMS).door, "/")).wait(20)


def test_only_fresh_memory_can_be_written(cell: Cell, group: Group) -> None:
    text = f"""
import os
known = (".X11-unix", ".ICE-unix", ".creneau")
for number, folder in enumerate(("/tmp", "/var/tmp", "/dev/shm", {str(cell.plan.home)!r}), 1):
    if [one for one in os.listdir(folder) if one not in known]:
        raise SystemExit(number)
    open(folder + "/mine", "w").write("x")
"""
    assert visit(cell, group, text) == 0
    assert not (cell.plan.home / "mine").exists()
    assert cell.seen_from_outside(cell.plan.home / "mine").exists()


def test_even_root_inside_can_write_nowhere_else(cell: Cell, group: Group) -> None:
    text = """
for number, folder in enumerate(("/etc", "/var/spool", "/run", "/root", "/dev"), 1):
    try:
        open(folder + "/creneau-test", "w")
    except OSError as error:
        if error.errno != 30:
            raise SystemExit(number)
    else:
        raise SystemExit(number)
open("/dev/null", "w").write("x")
"""
    assert visit(cell, group, text, Account(0, 0)) == 0


def test_what_is_hidden_is_empty_and_what_is_shown_is_there(cell: Cell, group: Group) -> None:
    plan = cell.plan
    text = f"""
import os
if os.listdir({str(plan.hidden[0])!r}):
    raise SystemExit(1)
if sorted(os.listdir({str(plan.run)!r})) != ["face", "shell", "visitor"]:
    raise SystemExit(2)
if os.listdir({str(plan.shown[0])!r}) != ["file"]:
    raise SystemExit(3)
"""
    assert visit(cell, group, text) == 0


def test_only_the_visitors_own_processes_are_seen(cell: Cell, group: Group) -> None:
    text = f"""
import os
seen = [int(one) for one in os.listdir("/proc") if one.isdigit()]
raise SystemExit({os.getpid()} in seen or os.getpid() not in seen or 1 in seen)
"""
    assert visit(cell, group, text) == 0


def test_each_accounts_folders_are_closed_to_the_other(cell: Cell, group: Group) -> None:
    for who, theirs in ((VISITOR, cell.plan.face_runtime), (FACE, cell.plan.home)):
        text = f"""
import os
try:
    os.listdir({str(theirs)!r})
except PermissionError:
    raise SystemExit(7)
"""
        assert visit(cell, group, text, who) == 7


def test_a_file_of_the_run_folder_is_read_by_its_owner_alone(cell: Cell, group: Group) -> None:
    path = cell.plan.run / "cookie"
    cell.write(path, b"secret", VISITOR)
    text = f"raise SystemExit(open({str(path)!r}).read() != 'secret')"
    assert visit(cell, group, text) == 0
    assert visit(cell, group, text, FACE) == 1
    with pytest.raises(FileExistsError):
        cell.write(path, b"again", VISITOR)


def test_files_are_counted_without_walking_through_them(cell: Cell, group: Group) -> None:
    before = cell.count_files()
    text = "[open(f'/tmp/file-{one}', 'w') for one in range(50)]"
    assert visit(cell, group, text) == 0
    assert cell.count_files() == before + 50
    assert Cell(cell.plan, 2**22 + 1).count_files() == 0


def test_a_cell_falls_with_its_last_process(plan: CellPlan, group: Group) -> None:
    cell, holder = make_cell(plan, group.part(PROGRAMS).door)
    assert visit(cell, group, "open('/tmp/mine', 'w').write('x' * 1000)") == 0
    group.kill()
    holder.wait(5)
    assert not cell.seen_from_outside(Path("/tmp")).exists()
    assert str(plan.home) not in Path("/proc/mounts").read_text()


def test_a_cell_that_cannot_be_furnished_is_said(plan: CellPlan, group: Group) -> None:
    wrong = replace(plan, shown=(plan.run / "nothing",))
    with pytest.raises(SpawnFailed, match="No such file"):
        make_cell(wrong, group.part(PROGRAMS).door)
    assert group.wait_until_empty(5)

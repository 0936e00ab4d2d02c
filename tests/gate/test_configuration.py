"""What root has set is believed only when root alone can have set it, and makes sense."""

import os
import pwd
from pathlib import Path

import pytest

from kiosk.gate.account import find_account, home_of
from kiosk.gate.backend import Application
from kiosk.gate.configuration import BackendKind, Screen, read_configuration
from kiosk.gate.drop import Account
from kiosk.gate.machine import Caps
from kiosk.gate.protocol import PowerKind
from kiosk.gate.trusted import NotTrusted, read_trusted

ACCOUNTS = """
[accounts]
kiosk = 23001
face = 23003
visitor = 23002
"""
OWNER = os.geteuid()


def write(folder: Path, text: str, name: str = "gate.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    path.chmod(0o644)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(NotTrusted) as refused:
        read_configuration(path, OWNER)
    return str(refused.value)


GOOD = '[[application]]\nid = "a"\nprogram = "/bin/a"'


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    path.write_bytes(b"socket = \xff")
    assert "is not written as TOML" in refusal(path)


def test_everything_but_the_accounts_has_a_default(tmp_path: Path) -> None:
    found = read_configuration(write(tmp_path, ACCOUNTS), OWNER)
    assert found.backend is BackendKind.CONFINED
    assert found.caps == Caps()
    assert found.socket == Path("/run/creneau/gate.socket")
    assert found.state == Path("/var/lib/creneau/gate")
    assert found.displays.screen is Screen.XORG
    assert (found.kiosk, found.visitor) == (Account(23001, 23001), Account(23002, 23002))
    assert (found.shell, found.applications, found.power) == ((), (), {})


def test_everything_can_be_said(tmp_path: Path) -> None:
    table = write(
        tmp_path,
        """
        [[application]]
        id = "internet"
        program = "/usr/bin/chromium"
        arguments = ["--user-data-dir={private}/browser"]
        takes_url = true

        [[application]]
        id = "writer"
        off = true
        """,
        "applications.toml",
    )
    found = read_configuration(
        write(
            tmp_path,
            f"""
            backend = "xephyr"
            state = "/srv/gate"
            run = "/run/gate"
            home = "/home/guest"
            hidden = ["/srv"]
            shown = ["/srv/modeles"]
            keys = ["vfat", "ext4"]
            applications = "{table}"
            {ACCOUNTS}
            [caps]
            max_total_seconds = 7200
            max_grace_seconds = 60
            notice_seconds = 600
            wipe_seconds = 5
            [display]
            screen = "xvfb"
            lock_terminal = 2
            session_terminal = 3
            configuration = "/etc/creneau/xorg.conf"
            size = "1920x1080x24"
            [shell]
            program = ["/usr/bin/creneau-kiosk", "--hub", "https://hub.example.org"]
            [shell.environment]
            LANG = "fr_FR.UTF-8"
            [power]
            reboot = ["/usr/bin/systemctl", "reboot"]
            """,
        ),
        OWNER,
    )
    assert found.backend is BackendKind.XEPHYR
    assert found.backend.confines
    assert found.caps == Caps(7200, 60, 600, 5.0)
    assert (found.displays.screen, found.displays.session_terminal) == (Screen.XVFB, 3)
    assert found.shell[0] == "/usr/bin/creneau-kiosk"
    assert found.shell_environment == {"LANG": "fr_FR.UTF-8"}
    assert found.power == {PowerKind.REBOOT: ("/usr/bin/systemctl", "reboot")}
    assert found.hidden == (Path("/srv"),)
    assert found.keys == ("vfat", "ext4")
    assert (found.shown, found.without) == ((Path("/srv/modeles"),), frozenset({"writer"}))
    assert found.applications == (
        Application(
            "internet", "/usr/bin/chromium", ("--user-data-dir={private}/browser",), takes_url=True
        ),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("cap = 5", "cap is not known"),
        ("[caps]\nmax_total_second = 60", "max_total_second is not known"),
        ("[caps]\nmax_total_seconds = -1", "0 or more"),
        ("[caps]\nmax_total_seconds = true", "0 or more"),
        ("[caps]\nnotice_seconds = 1.5", "0 or more"),
        ("caps = 5", "caps is to be a table"),
        ('backend = "none"', "one of confined, xephyr, open"),
        ("backend = 1", "one of confined"),
        ('run = "run/creneau"', "a whole path"),
        ("state = 5", "a text in quotes"),
        ("hidden = [1]", "a list of texts"),
        ('keys = ["vfat", "nfs"]', "keys is to be a list of vfat, exfat, ntfs3, ext4"),
        ('[shell]\nprogram = "creneau-kiosk"', "a list of texts"),
        ("[shell.environment]\nLANG = 1", "a text in quotes"),
        ('[power]\nhalt = ["/sbin/halt"]', "halt is not known"),
        ('[display]\nscreen = "given"', "displays of the gate's own"),
        ('shown = ["srv"]', "a list of whole paths"),
        ('shown = ["/srv"]', "/srv is shown, and lies in no folder that is hidden"),
        ('hidden = ["/srv"]\nshown = ["/srv"]', "lies in no folder that is hidden"),
        ("[caps", "not written as TOML"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    tmp_path: Path, text: str, says: str
) -> None:
    # A key before the first table belongs to the top of the file.
    assert says in refusal(write(tmp_path, f"{text}\n{ACCOUNTS}"))


@pytest.mark.parametrize(
    ("accounts", "says"),
    [
        ("kiosk = 1.5", "the name or the number of an account"),
        ("kiosk = -1", "the name or the number of an account"),
        ('kiosk = "nobody-of-this-name"', "no account named nobody-of-this-name"),
        ("boss = 0", "boss is not known"),
        ("visitor = 0", "root can be neither the visitor nor the face"),
        ("face = 0", "root can be neither the visitor nor the face"),
        ("face = 23002\nkiosk = 23002", "are to be three accounts"),
        ("visitor = 23002\nface = 23002", "are to be three accounts"),
    ],
)
def test_an_account_must_be_there(tmp_path: Path, accounts: str, says: str) -> None:
    rest = "\n".join(
        f"{name} = 23001" for name in ("kiosk", "face", "visitor") if name not in accounts
    )
    assert says in refusal(write(tmp_path, f"[accounts]\n{accounts}\n{rest}"))


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('[[application]]\nid = "a"', "line 1: program is to be a text"),
        ('[[application]]\nid = "a"\nprogram = "sh"', "line 1: program is to be a whole path"),
        (f'{GOOD}\n\n[[application]]\nid = "b"\nprogram = 1', "line 5: program is to be a text"),
        (f"{GOOD}\ntakes_url = 1", "line 1: takes_url is to be true or false"),
        (f"# ours\n{GOOD}\n{GOOD}", "line 5: an entry before it has the same id, a"),
        (f"{GOOD}\noff = true", "line 1: program is not known"),
        (
            '[[application]]\nid = "a"\noff = true\n' * 2,
            "line 4: an entry before it has the same id",
        ),
        (f'{GOOD}\n[[ application ]] # b\nid = "b"\nprogramme = "/b"', "line 4: program is to be"),
        (
            'application = [{id = "a", program = "/a"}, {id = 2}]',
            "application 2: id is to be a text",
        ),
        ("application = 1", "a list of tables"),
        ("applications = []", "applications is not known"),
        (f"{GOOD}\nscaling = 'big'", "line 1: scaling is to be one of"),
        (f"{GOOD}\nmore words\n", "(at line 4, column"),
    ],
)
def test_a_table_of_applications_that_makes_no_sense_is_refused(
    tmp_path: Path, table: str, says: str
) -> None:
    path = write(tmp_path, table, "applications.toml")
    assert says in refusal(write(tmp_path, f'applications = "{path}"\n{ACCOUNTS}'))


@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_a_file_that_others_may_write_is_not_believed(tmp_path: Path, mode: int) -> None:
    path = write(tmp_path, ACCOUNTS)
    path.chmod(mode)
    assert "may be written by others" in refusal(path)


def test_a_file_in_a_folder_that_others_may_write_is_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    path = write(folder, ACCOUNTS)
    folder.chmod(0o777)
    assert "may be written by others" in refusal(path)
    folder.chmod(0o1777)
    read_configuration(path, OWNER)


def test_a_link_a_folder_and_nothing_are_not_believed(tmp_path: Path) -> None:
    target = write(tmp_path, ACCOUNTS)
    link = tmp_path / "link.toml"
    link.symlink_to(target)
    assert "cannot be read" in refusal(link)
    os.mkfifo(tmp_path / "pipe.toml")
    assert "is no file" in refusal(tmp_path / "pipe.toml")
    assert "cannot be read" in refusal(tmp_path)
    assert "cannot be read" in refusal(tmp_path / "missing.toml")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_not_believed(tmp_path: Path) -> None:
    path = write(tmp_path, ACCOUNTS)
    os.chown(path, 23002, 23002)
    with pytest.raises(NotTrusted, match="belongs to uid 23002"):
        read_trusted(path)


def test_an_account_is_known_by_name_with_its_groups_and_its_home() -> None:
    root = find_account("root")
    assert (root.uid, root.name) == (0, "root")
    assert find_account(0) == root
    assert root.gid == 0
    assert home_of(root) == pwd.getpwuid(0).pw_dir
    mine = find_account("root").groups
    assert 0 not in mine
    assert set(mine) == set(os.getgrouplist("root", 0)) - {0}
    stranger = find_account(999_999)
    assert (stranger, home_of(stranger)) == (Account(999_999, 999_999), "/")

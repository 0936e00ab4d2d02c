"""The doctor finds what an installation left open, and says how to close it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.gate.doctor.account import Accounts
from kiosk.gate.doctor.finding import Finding, Verdict
from kiosk.gate.doctor.machine import Machine
from kiosk.gate.doctor.report import FONT_FILES, examine, examine_here, is_fit, printed_report
from kiosk.look import font
from tests.gate.doctor.room import install, write

ASSETS = Path(__file__).parents[3] / "assets"


def look_at(machine: Machine, qt: str | None = "6.11.3", assets: Path = ASSETS) -> list[Finding]:
    fonts = {name: assets / "fonts" / name for name in FONT_FILES}
    return list(examine(machine, Accounts(), qt, fonts))


def faults(machine: Machine, qt: str | None = "6.11.3", assets: Path = ASSETS) -> list[str]:
    found = look_at(machine, qt, assets)
    return [one.subject for one in found if one.verdict is not Verdict.GOOD]


def test_nothing_is_wrong_with_a_workstation_as_it_is_installed(tmp_path: Path) -> None:
    found = look_at(install(tmp_path))

    assert [one for one in found if one.verdict is not Verdict.GOOD] == []
    assert is_fit(found)


def remove(name: str) -> Callable[[Path], object]:
    return lambda root: (root / name).unlink()


def put(name: str, text: str) -> Callable[[Path], object]:
    return lambda root: write(root, name, text)


def add(name: str, text: str) -> Callable[[Path], object]:
    def append(root: Path) -> None:
        before = (root / name).read_text(encoding="utf-8")
        write(root, name, before + text)

    return append


def lead(name: str, target: str) -> Callable[[Path], object]:
    def link(root: Path) -> None:
        (root / name).unlink()
        (root / name).symlink_to(target)

    return link


def bring_firefox(root: Path) -> None:
    write(root, "usr/bin/firefox", "#!/bin/sh\n").chmod(0o755)
    write(root, "etc/firefox/policies/policies.json", '{"policies": {}}')


FLAGS_OFF = 'Section "ServerFlags"\nOption "DontZap" "off"\nEndSection'
XORG = "etc/X11/xorg.conf.d/90-creneau.conf"
LOGIND = "etc/systemd/logind.conf.d/creneau.conf"
UNITS = "etc/systemd/system"

SPOILT = {
    "no X flags": (remove(XORG), ["DontVTSwitch", "DontZap"]),
    "a later file that turns the flags off": (
        put("etc/X11/xorg.conf.d/95.conf", FLAGS_OFF),
        ["DontZap"],
    ),
    "flags in a comment": (
        put(XORG, 'Section "ServerFlags"\n#Option "DontVTSwitch"\nOption "DontZap"\nEndSection'),
        ["DontVTSwitch"],
    ),
    "a layout that zaps": (
        put("etc/default/keyboard", 'XKBOPTIONS="terminate:ctrl_alt_bksp"'),
        ["keyboard"],
    ),
    "a console": (remove(f"{UNITS}/getty@.service"), ["text consoles"]),
    "consoles by logind": (
        remove(LOGIND),
        ["NAutoVTs", "ReserveVT", "HandlePowerKey", "HandleSuspendKey", "HandleHibernateKey",
         "HandleLidSwitch"],
    ),
    "a stronger drop-in": (
        put("etc/systemd/logind.conf.d/zz.conf", "[Login]\nHandlePowerKey=poweroff\n"),
        ["HandlePowerKey"],
    ),
    "a file that systemd cannot read": (
        put("etc/systemd/logind.conf", "NAutoVTs=6\n"),
        [],
    ),
    "a masked unit that starts something": (
        lead(f"{UNITS}/ctrl-alt-del.target", "/lib/systemd/system/reboot.target"),
        ["Ctrl+Alt+Del"],
    ),
    "SysRq": (put("proc/sys/kernel/sysrq", "438\n"), ["SysRq"]),
    "no SysRq to read": (remove("proc/sys/kernel/sysrq"), ["SysRq"]),
    "sleep": (remove(f"{UNITS}/suspend.target"), ["sleep"]),
    "an open boot menu": (put("boot/grub/grub.cfg", "menuentry Debian {}"), ["boot menu"]),
    "no boot menu": (remove("boot/grub/grub.cfg"), ["boot menu"]),
    "no cron list": (remove("etc/cron.allow"), ["/etc/cron.allow"]),
    "a visitor on the at list": (add("etc/at.allow", "visitor\n"), ["/etc/at.allow"]),
    "no polkit rule": (remove("etc/polkit-1/rules.d/00-creneau.rules"), ["polkit"]),
    "a polkit rule before ours": (
        put("etc/polkit-1/rules.d/00-a.rules", "return polkit.Result.YES;"),
        ["polkit"],
    ),
    "subordinate ids": (put("etc/subuid", "visitor:100000:65536\n"), ["/etc/subuid"]),
    "a powerful group": (
        put("etc/group", "sudo:x:27:clerk,visitor\n"),
        ["groups of visitor"],
    ),
    "a face with powers": (
        put("etc/group", "video:x:44:creneau-face\ninput:x:104:creneau-face\n"),
        ["groups of creneau-face"],
    ),
    "a powerful group of their own": (put("etc/group", "sudo:x:903:\n"), ["groups of visitor"]),
    "a crontab": (put("var/spool/cron/crontabs/visitor", ""), ["left behind"]),
    "a shell": (
        put("etc/passwd", "kiosk:x:901:901::/:/usr/sbin/nologin\n"
            "creneau-face:x:902:902::/:/usr/sbin/nologin\nvisitor:x:903:903::/:/bin/bash\n"),
        ["visitor"],
    ),
    "shared uids": (
        put("etc/passwd", "kiosk:x:901:901::/:/bin/false\n"
            "creneau-face:x:901:902::/:/bin/false\nvisitor:x:903:903::/:/bin/false\n"),
        ["accounts"],
    ),
    "a root face": (
        put("etc/passwd", "kiosk:x:901:901::/:/bin/false\n"
            "creneau-face:x:0:902::/:/bin/false\nvisitor:x:903:903::/:/bin/false\n"),
        ["creneau-face"],
    ),
    "no accounts": (put("etc/passwd", ""), ["kiosk", "creneau-face", "visitor"]),
    "an old kernel": (put("proc/sys/kernel/osrelease", "5.10.0-8-amd64"), ["kernel"]),
    "a kernel without a name": (put("proc/sys/kernel/osrelease", "?"), ["kernel"]),
    "no cgroup2": (put("proc/self/mounts", "tmpfs /tmp tmpfs rw 0 0\n"), ["cgroup2"]),
    "no controllers": (
        put("sys/fs/cgroup/cgroup.controllers", "hugetlb\n"),
        ["cgroup pids", "cgroup memory"],
    ),
    "no namespaces": (remove("proc/self/ns/ipc"), ["namespaces"]),
    "kept crashes": (
        remove("etc/systemd/coredump.conf.d/creneau.conf"),
        ["crash reports"],
    ),
    "another keeper of crashes": (
        put("proc/sys/kernel/core_pattern", "|/usr/share/apport/apport"),
        ["crash reports"],
    ),
    "swap on a disk": (
        put("proc/swaps", "Filename Type\n/dev/sda2 partition\n"),
        ["swap"],
    ),
    "no X server": (remove("usr/bin/Xorg"), ["X server"]),
    "no browser": (remove("usr/bin/chromium"), ["browser"]),
    "a browser that is a snap": (
        put("usr/bin/chromium", "#!/bin/sh\nexec /snap/bin/chromium\n"),
        ["browser"],
    ),
    "a browser without rules": (
        remove("etc/chromium/policies/managed/creneau.json"),
        ["rules of chromium"],
    ),
    "no place for the rules for minors": (
        remove("etc/chromium/policies/managed/creneau-minor.json"),
        ["rules of chromium"],
    ),
    "one rule fewer": (
        put("etc/chromium/policies/managed/zz.json", '{"PasswordManagerEnabled": true}'),
        ["rules of chromium"],
    ),
    "rules that cannot be read": (
        put("etc/chromium/policies/managed/aa.json", "[]"),
        ["rules of chromium"],
    ),
    "a site's own rule": (
        put("etc/chromium/policies/managed/town.json", '{"HomepageLocation": "https://town.fr"}'),
        [],
    ),
    "another browser without rules": (
        bring_firefox,
        ["rules of firefox-esr"],
    ),
    "addresses kept by the kernel": (
        put("proc/sys/net/ipv4/tcp_no_metrics_save", "0\n"),
        ["addresses"],
    ),
    "names kept by the resolver": (
        remove("etc/systemd/resolved.conf.d/creneau.conf"),
        ["names"],
    ),
    "Bluetooth": (remove(f"{UNITS}/bluetooth.service"), ["Bluetooth"]),
    "documents kept by CUPS": (
        put("etc/cups/cupsd.conf", "PreserveJobFiles No\n# PreserveJobHistory No\n"),
        ["PreserveJobHistory"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "expected"), SPOILT.values(), ids=SPOILT.keys())
def test_what_stands_open_is_named(
    tmp_path: Path, spoil: Callable[[Path], object], expected: list[str]
) -> None:
    machine = install(tmp_path)
    spoil(tmp_path)

    found = [one for one in look_at(machine) if one.verdict is not Verdict.GOOD]

    assert [one.subject for one in found] == expected
    assert all(one.mend for one in found)


def test_a_machine_without_polkit_or_cups_needs_neither(tmp_path: Path) -> None:
    machine = install(tmp_path)
    (tmp_path / "etc/polkit-1/rules.d/00-creneau.rules").unlink()
    (tmp_path / "usr/bin/pkaction").unlink()
    (tmp_path / "etc/cups/cupsd.conf").unlink()

    assert faults(machine) == []


@pytest.mark.parametrize("version", ["6.12.0", "6.7.3", None])
def test_a_release_of_qt_that_aborts_or_is_missing_is_named(
    tmp_path: Path, version: str | None
) -> None:
    assert faults(install(tmp_path), qt=version) == ["PySide6"]


def test_missing_fonts_are_named(tmp_path: Path) -> None:
    assert faults(install(tmp_path), assets=tmp_path) == ["fonts"]


def test_the_doctor_looks_for_the_fonts_that_the_faces_load() -> None:
    assert FONT_FILES == font.FONT_FILES


def test_the_report_says_what_is_wrong_and_how_to_mend_it(tmp_path: Path) -> None:
    machine = install(tmp_path)
    (tmp_path / "etc/cron.allow").unlink()
    (tmp_path / "boot/grub/grub.cfg").unlink()

    found = look_at(machine)
    lines = printed_report(found).splitlines()

    assert (
        "WRONG  /etc/cron.allow: is missing, so that a visitor may plant a job for later" in lines
    )
    assert "       -> make /etc/cron.allow with the names that may, or empty" in lines
    assert lines[-1] == f"{len(found)} looked at, 1 wrong, 1 to look at"
    assert not is_fit(found)


def test_the_doctor_can_look_at_the_machine_it_runs_on() -> None:
    found = examine_here(Path("/nowhere/gate.toml"), ASSETS)

    assert {"gate.toml", "PySide6", "kernel", "fonts"} <= {one.subject for one in found}
    assert found[0].said == "/nowhere/gate.toml cannot be read: No such file or directory"
    assert not is_fit(found)

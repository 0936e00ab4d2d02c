"""A workstation made of files, as the installation leaves it, for the doctor to look at."""

import shutil
from pathlib import Path

from kiosk.gate.doctor.machine import Machine

INSTALLED = Path(__file__).parents[3] / "installers" / "workstation"

PASSWD = """\
root:x:0:0:root:/root:/bin/bash
kiosk:x:901:901::/var/lib/creneau/kiosk:/usr/sbin/nologin
creneau-face:x:902:902::/nonexistent:/usr/sbin/nologin
visitor:x:903:903::/home/visitor:/usr/sbin/nologin
"""
GRUB = 'set superusers="town"\npassword_pbkdf2 town grub.pbkdf2.sha512.10000.AB.CD\n'


def install(root: Path) -> Machine:
    """Lay the workstation's files into an empty folder, beside a system that would run them."""
    shutil.copytree(INSTALLED / "etc", root / "etc", dirs_exist_ok=True)
    for line in (INSTALLED / "masked-units.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            (root / "etc/systemd/system" / line).symlink_to("/dev/null")
    write(root, "etc/passwd", PASSWD)
    write(root, "etc/group", "sudo:x:27:clerk\naudio:x:29:visitor\n")
    write(root, "etc/cups/cupsd.conf", "PreserveJobFiles No\nPreserveJobHistory No\n")
    write(root, "boot/grub/grub.cfg", GRUB)
    write(root, "proc/sys/kernel/osrelease", "6.1.0-31-amd64\n")
    write(root, "proc/sys/kernel/sysrq", "0\n")
    write(root, "proc/sys/net/ipv4/tcp_no_metrics_save", "1\n")
    write(root, "proc/sys/kernel/core_pattern", "|/usr/lib/systemd/systemd-coredump %P\n")
    write(root, "proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n")
    write(root, "proc/swaps", "Filename Type Size Used Priority\n/dev/zram0 partition 1 0 100\n")
    write(root, "proc/self/ns/mnt", "")
    write(root, "proc/self/ns/ipc", "")
    write(root, "sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n")
    for program in ("Xorg", "openbox", "chromium", "pkaction"):
        write(root, f"usr/bin/{program}", "#!/bin/sh\n").chmod(0o755)
    return Machine(root)


def write(root: Path, name: str, text: str) -> Path:
    """Write a file of the machine, with its folders."""
    place = root / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return place

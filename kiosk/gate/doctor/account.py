"""What the visitor's account may do and keep outside of a session."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.gate.doctor.finding import Finding, doubtful, good, wrong
from kiosk.gate.doctor.machine import Machine

POWERFUL_GROUPS = frozenset({
    "root", "adm", "sudo", "wheel", "disk", "shadow", "docker", "lxd", "libvirt", "kvm", "netdev",
    "plugdev", "lpadmin", "systemd-journal", "input", "kmem", "tty",
})  # fmt: skip
"""Groups that give more than a visitor needs."""

_KEEPING_PLACES = (
    "/var/spool/cron/crontabs/{name}",
    "/var/mail/{name}",
    "/var/lib/systemd/linger/{name}",
)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Names of the three accounts of a workstation."""

    visitor: str = "visitor"
    face: str = "creneau-face"
    kiosk: str = "kiosk"


def check_accounts(machine: Machine, accounts: Accounts) -> Iterator[Finding]:
    """Look whether the three accounts are there, apart, and without a way in."""
    found = {
        name: machine.account(name) for name in (accounts.kiosk, accounts.face, accounts.visitor)
    }
    for name, account in found.items():
        if account is None:
            yield wrong(name, "the account is missing", f"useradd --system --user-group {name}")
        elif account.uid == 0:
            yield wrong(name, "the account is root", f"give {name} a uid of its own")
        elif account.shell.rpartition("/")[2] not in ("nologin", "false"):
            yield wrong(
                name,
                f"the account may log in with {account.shell}",
                f"usermod --shell /usr/sbin/nologin {name}",
            )
        else:
            yield good(name, f"has uid {account.uid} and no way to log in")
    uids = [account.uid for account in found.values() if account is not None]
    if len(set(uids)) < len(uids):
        yield wrong("accounts", "two of them share a uid", "give each a uid of its own")


def check_visitor(machine: Machine, accounts: Accounts) -> Iterator[Finding]:
    """Look what the visitor's account could reach or leave behind."""
    name = accounts.visitor
    # The face stands on the visitor's display: whatever it may do, a visitor may.
    for one in (name, accounts.face):
        yield _check_groups(machine, one)
    for file in ("/etc/subuid", "/etc/subgid"):
        if any(line.split(":")[0] == name for line in machine.lines(file)):
            yield wrong(
                file,
                f"gives {name} subordinate ids, under which programs escape a search by uid",
                f"take the line of {name} out of {file}",
            )
        else:
            yield good(file, f"gives {name} nothing")
    kept = [place.format(name=name) for place in _KEEPING_PLACES]
    there = [place for place in kept if machine.has(place)]
    if there:
        yield wrong("left behind", f"{there[0]} is there", f"look at it, then remove {there[0]}")


def _check_groups(machine: Machine, name: str) -> Finding:
    powerful = sorted(POWERFUL_GROUPS.intersection(machine.groups_of(name)))
    if not powerful:
        return good(f"groups of {name}", "give no power")
    return wrong(
        f"groups of {name}",
        f"{', '.join(powerful)} give powers over the machine",
        f"gpasswd --delete {name} {powerful[0]}, or give {name} a group of its own",
    )


def check_jobs(machine: Machine, accounts: Accounts) -> Iterator[Finding]:
    """Look whether the visitor could plant a job that runs after the slot (crontab(1), at(1))."""
    for file in ("/etc/cron.allow", "/etc/at.allow"):
        if not machine.has(file):
            yield wrong(
                file,
                "is missing, so that a visitor may plant a job for later",
                f"make {file} with the names that may, or empty",
            )
        elif accounts.visitor in machine.lines(file):
            yield wrong(
                file,
                f"names {accounts.visitor}",
                f"take {accounts.visitor} out of {file}",
            )
        else:
            yield good(file, f"keeps {accounts.visitor} out")


def check_denials(machine: Machine, accounts: Accounts) -> Iterator[Finding]:
    """Look whether polkit refuses the visitor and the face everything (polkit(8))."""
    texts = [
        one.read_text(encoding="utf-8", errors="replace")
        for one in machine.files("/etc/polkit-1/rules.d", "*.rules")[:1]
    ]
    named = all(f'"{name}"' in text for text in texts for name in (accounts.visitor, accounts.face))
    if texts and named and "polkit.Result.NO" in texts[0]:
        yield good("polkit", "refuses the visitor everything")
    elif machine.find_program("pkaction") is None and not machine.has("/usr/lib/polkit-1"):
        yield good("polkit", "is not on this machine")
    else:
        yield wrong(
            "polkit",
            "may let a visitor change network, time, disks or power",
            "install 00-creneau.rules into /etc/polkit-1/rules.d: it must be read first",
        )


def check_swap(machine: Machine) -> Iterator[Finding]:
    """Look whether pages of a session can reach a disk."""
    rows = [line.split()[0] for line in machine.lines("/proc/swaps")[1:]]
    disks = [name for name in rows if not name.startswith("/dev/zram")]
    if disks:
        yield doubtful(
            "swap",
            f"{disks[0]} may keep pages of what a visitor wrote",
            "use zram, or encrypt the swap with a new key at each boot, or swapoff",
        )
    else:
        yield good("swap", "stays in memory")

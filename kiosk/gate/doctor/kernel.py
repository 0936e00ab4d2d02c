"""What the kernel must be able to do for a session to be confined and ended."""

import re
from collections.abc import Iterator

from kiosk.gate.doctor.finding import Finding, doubtful, good, wrong
from kiosk.gate.doctor.machine import Machine

OLDEST_KERNEL = (5, 14)
"""The first with `cgroup.kill`."""


def check_kernel(machine: Machine) -> Iterator[Finding]:
    """Look at the kernel's age and what it offers."""
    release = (machine.read("/proc/sys/kernel/osrelease") or "").strip()
    found = re.match(r"(\d+)\.(\d+)", release)
    if found is None:
        yield doubtful("kernel", "its release cannot be read", "mount /proc")
    elif (int(found[1]), int(found[2])) < OLDEST_KERNEL:
        yield wrong(
            "kernel",
            f"{release} cannot end a session in one stroke",
            "use Linux 5.14 or later: Debian 12, Ubuntu 22.04",
        )
    else:
        yield good("kernel", release)


def check_cgroups(machine: Machine) -> Iterator[Finding]:
    """Look whether the sessions' control groups can be made, limited and killed."""
    mounts = machine.find_mount("cgroup2")
    if not mounts:
        yield wrong("cgroup2", "is not mounted", "boot without systemd.unified_cgroup_hierarchy=0")
        return
    yield good("cgroup2", f"is mounted at {mounts[0]}")
    offered = (machine.read(f"{mounts[0]}/cgroup.controllers") or "").split()
    for controller, does in (("pids", "a fork bomb"), ("memory", "a program that eats memory")):
        if controller in offered:
            yield good(f"cgroup {controller}", "limits a session")
        else:
            yield doubtful(
                f"cgroup {controller}",
                f"is not to be had: {does} is limited by account only",
                "boot with the unified hierarchy alone (the default since Debian 11)",
            )


def check_namespaces(machine: Machine) -> Iterator[Finding]:
    """Look whether a session can have its own files and its own shared memory."""
    missing = [one for one in ("mnt", "ipc") if not machine.has(f"/proc/self/ns/{one}")]
    if missing:
        yield wrong(
            "namespaces",
            f"the kernel has no {missing[0]} namespace",
            "use a kernel of the distribution",
        )
    else:
        yield good("namespaces", "for files and shared memory are there")


def check_core_dumps(machine: Machine) -> Iterator[Finding]:
    """Look whether a crash writes a session's memory to the disk (core(5))."""
    pattern = (machine.read("/proc/sys/kernel/core_pattern") or "").strip()
    storage = machine.read_setting("systemd/coredump.conf", "Coredump", "Storage")
    if pattern.startswith("|") and not ("systemd-coredump" in pattern and storage == "none"):
        yield doubtful(
            "crash reports",
            "the memory of a crashed program is kept outside the session",
            "put Storage=none under [Coredump] in /etc/systemd/coredump.conf.d/creneau.conf, "
            "and remove apport",
        )
    else:
        yield good("crash reports", "keep nothing of a session")

"""What a machine itself remembers of where a visitor was, and tells to whoever comes next."""

from collections.abc import Iterator

from kiosk.gate.doctor.finding import Finding, good, wrong
from kiosk.gate.doctor.machine import Machine

BLUETOOTH = "bluetooth.service"


def check_addresses(machine: Machine) -> Iterator[Finding]:
    """Look whether the kernel keeps a list of the addresses that were spoken to (tcp(7))."""
    if (machine.read("/proc/sys/net/ipv4/tcp_no_metrics_save") or "").strip() == "1":
        yield good("addresses", "are not kept by the kernel")
    else:
        yield wrong(
            "addresses",
            "any visitor can list those of the visitors before with `ip tcp_metrics`",
            "put net.ipv4.tcp_no_metrics_save = 1 into /etc/sysctl.d/60-creneau.conf, then "
            "sysctl --system",
        )


def check_names(machine: Machine) -> Iterator[Finding]:
    """Look whether names that were looked up are kept for anybody to ask (resolved.conf(5))."""
    if machine.read_setting("systemd/resolved.conf", "Resolve", "Cache") == "no":
        yield good("names", "that were looked up are not kept")
    else:
        yield wrong(
            "names",
            "systemd-resolved keeps those that were looked up: how fast it answers tells which",
            "put Cache=no under [Resolve] in /etc/systemd/resolved.conf.d/creneau.conf",
        )


def check_bluetooth(machine: Machine) -> Iterator[Finding]:
    """Look whether a visitor could leave a keyboard or a telephone paired with the machine."""
    if machine.is_masked(BLUETOOTH):
        yield good("Bluetooth", "is masked")
    else:
        yield wrong(
            "Bluetooth",
            "what a visitor pairs stays paired: a keyboard of theirs would type for the next one",
            f"systemctl mask {BLUETOOTH}",
        )

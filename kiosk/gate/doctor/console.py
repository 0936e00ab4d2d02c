"""Ways past the lock by keys: other consoles, the zap, SysRq, sleep, the power key."""

import re
from collections.abc import Iterator

from kiosk.gate.doctor.finding import Finding, doubtful, good, wrong
from kiosk.gate.doctor.machine import Machine

_X_FOLDERS = ("/usr/share/X11/xorg.conf.d", "/etc/X11/xorg.conf.d")
_LOGIND_FILE = "/etc/systemd/logind.conf.d/creneau.conf"
_TRUE = {"1", "on", "true", "yes", ""}

SLEEP_UNITS = (
    "sleep.target",
    "suspend.target",
    "hibernate.target",
    "hybrid-sleep.target",
    "suspend-then-hibernate.target",
)
POWER_KEYS = ("HandlePowerKey", "HandleSuspendKey", "HandleHibernateKey", "HandleLidSwitch")


def check_x_server(machine: Machine) -> Iterator[Finding]:
    """Look whether the keys that leave or end an X server are off (xorg.conf(5))."""
    flags = _x_flags(machine)
    for flag, does in (
        ("DontVTSwitch", "Ctrl+Alt+F1 to F12 leave the lock"),
        ("DontZap", "Ctrl+Alt+Backspace ends the display"),
    ):
        if flags.get(flag.lower(), "off") in _TRUE:
            yield good(flag, "is on")
        else:
            mend = f'put Option "{flag}" "on" into ServerFlags of /etc/X11/xorg.conf.d'
            yield wrong(flag, f"is off: {does}", mend)
    options = machine.read("/etc/default/keyboard") or ""
    if "terminate:ctrl_alt_bksp" in options:
        yield wrong(
            "keyboard",
            "the layout ends the display with Ctrl+Alt+Backspace",
            "take terminate:ctrl_alt_bksp out of XKBOPTIONS in /etc/default/keyboard",
        )


def _x_flags(machine: Machine) -> dict[str, str]:
    found: dict[str, str] = {}
    files = [one for folder in _X_FOLDERS for one in machine.files(folder, "*.conf")]
    texts = [one.read_text(encoding="utf-8", errors="replace") for one in files]
    for text in [machine.read("/etc/X11/xorg.conf") or "", *texts]:
        uncommented = "\n".join(line.partition("#")[0] for line in text.splitlines())
        for part in re.findall(
            r'Section\s+"ServerFlags"(.*?)EndSection', uncommented, re.DOTALL | re.IGNORECASE
        ):
            for name, value in re.findall(r'Option\s+"(\w+)"(?:\s+"([^"]*)")?', part):
                found[name.lower()] = value.lower()
    return found


def check_consoles(machine: Machine) -> Iterator[Finding]:
    """Look whether a text console could be opened beside the lock."""
    if machine.is_masked("getty@.service") and machine.is_masked("autovt@.service"):
        yield good("text consoles", "are masked")
    else:
        yield wrong(
            "text consoles",
            "a login prompt may be opened on another console",
            "systemctl mask getty@.service autovt@.service",
        )
    for key in ("NAutoVTs", "ReserveVT"):
        if machine.read_setting("systemd/logind.conf", "Login", key) == "0":
            yield good(key, "is 0")
        else:
            yield wrong(
                key,
                "logind starts text consoles when they are switched to",
                f"put {key}=0 under [Login] in {_LOGIND_FILE}",
            )


def check_reboot_keys(machine: Machine) -> Iterator[Finding]:
    """Look whether keys restart the machine or speak to its kernel."""
    if machine.is_masked("ctrl-alt-del.target"):
        yield good("Ctrl+Alt+Del", "does nothing")
    else:
        yield wrong("Ctrl+Alt+Del", "restarts the machine", "systemctl mask ctrl-alt-del.target")
    sysrq = (machine.read("/proc/sys/kernel/sysrq") or "").strip()
    if sysrq == "0":
        yield good("SysRq", "is off")
    else:
        yield wrong(
            "SysRq",
            f"is {sysrq or 'not known'}: Alt+SysRq keys end the lock's programs",
            "put kernel.sysrq = 0 into /etc/sysctl.d/60-creneau.conf, then sysctl --system",
        )


def check_power(machine: Machine) -> Iterator[Finding]:
    """Look whether the machine can be sent to sleep, or off, by whoever sits there."""
    awake = [unit for unit in SLEEP_UNITS if not machine.is_masked(unit)]
    if not awake:
        yield good("sleep", "is masked")
    else:
        yield wrong("sleep", f"is possible by {awake[0]}", f"systemctl mask {' '.join(awake)}")
    for key in POWER_KEYS:
        value = machine.read_setting("systemd/logind.conf", "Login", key)
        if value in ("ignore", "lock"):
            yield good(key, f"is {value}")
        elif key == "HandlePowerKey":
            yield wrong(
                key,
                f"is {value or 'poweroff, the default'}",
                f"put HandlePowerKey=ignore under [Login] in {_LOGIND_FILE}",
            )
        else:
            yield doubtful(
                key,
                f"is {value or 'at its default'}",
                f"put {key}=ignore under [Login] in {_LOGIND_FILE}",
            )


def check_boot_menu(machine: Machine) -> Iterator[Finding]:
    """Look whether the boot menu lets anybody change what is started."""
    menu = machine.read("/boot/grub/grub.cfg")
    if menu is None:
        yield doubtful(
            "boot menu",
            "no GRUB menu can be read here",
            "make sure by hand that the boot menu and the firmware ask for a password",
        )
    elif "password_pbkdf2" in menu and "superusers" in menu:
        yield good("boot menu", "asks for a password")
    else:
        yield wrong(
            "boot menu",
            "anybody may change the kernel's command line",
            "set superusers and password_pbkdf2 in /etc/grub.d/40_custom, then update-grub",
        )

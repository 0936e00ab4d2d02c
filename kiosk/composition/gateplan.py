"""From what root has set to the parts that the gate is made of."""

import logging
import os
import shutil
from pathlib import Path

import psutil

from kiosk.gate.account import home_of
from kiosk.gate.application import find_applications, merge_applications
from kiosk.gate.backend import Application, SessionBackend
from kiosk.gate.cell import CellPlan, share_of
from kiosk.gate.cgroup import CgroupMissing, Ground, GroupLimits, PlainGround, find_mount
from kiosk.gate.clock import Clock
from kiosk.gate.configuration import BackendKind, Configuration, Screen
from kiosk.gate.confinedbackend import ConfinedBackend
from kiosk.gate.confinement import PATH, Companion, Confinement
from kiosk.gate.disk import find_disks
from kiosk.gate.display import DisplayKind, ServerPlan
from kiosk.gate.documents import Documents
from kiosk.gate.drop import Account
from kiosk.gate.keeper import Keeper
from kiosk.gate.keyring import MEDIA, Keyring
from kiosk.gate.keywatch import KeyWatch
from kiosk.gate.lockdisplay import GivenDisplay, LockDisplay, LockPlan, OwnDisplay
from kiosk.gate.loop import Part
from kiosk.gate.openbackend import OpenBackend
from kiosk.gate.scope import ScopeGround
from kiosk.gate.service import Gate
from kiosk.gate.shellprocess import ShellLauncher
from kiosk.gate.supervisor import Supervisor
from kiosk.gate.terminal import Terminals
from kiosk.gate.trusted import NotTrusted
from kiosk.gate.viewer import preferred_viewers

GROUP = "creneau-session"
SYSTEMD = Path("/run/systemd/system")
"""This folder is there where systemd runs, see sd_booted(3)."""

KEYS = Path(__file__).parent.parent.parent / "assets" / "openbox" / "rc.xml"
_PROGRAMS = {DisplayKind.XORG: "Xorg", DisplayKind.XVFB: "Xvfb", DisplayKind.XEPHYR: "Xephyr"}

_log = logging.getLogger(__name__)


def make_keyring(configuration: Configuration) -> Keyring | None:
    """Return the USB keys of sessions; None where root allows none, or nothing is confined."""
    if not configuration.keys or not configuration.backend.confines:
        return None
    return Keyring(configuration.keys, configuration.visitor, MEDIA)


def make_key_watch(
    configuration: Configuration,
    clock: Clock,
    gate: Gate,
    backend: SessionBackend,
    keys: Keyring | None,
) -> tuple[Part, ...]:
    """Return what watches which keys come and go, if any are opened here."""
    if keys is None or not isinstance(backend, ConfinedBackend):
        return ()
    memory = configuration.run / "keys.json"
    return (KeyWatch(clock, gate, backend.view_of, keys, find_disks, memory),)


def make_backend(
    configuration: Configuration, lock: LockDisplay, keys: Keyring | None = None
) -> SessionBackend:
    """Return what keeps sessions.

    Args:
        configuration: what root has set.
        lock: the display that a session is drawn on where it has none of its own.
        keys: the USB keys of sessions.

    Raises:
        NotTrusted: the configuration asks for what this machine has not.
    """
    if configuration.backend is BackendKind.OPEN:
        _log.warning("the backend `open` confines nothing: for trials only")
        environment = {**_language(), "PATH": PATH, **configuration.shell_environment}
        links = configuration.state / "sessions"
        return OpenBackend(
            links, environment, _find_applications(configuration, environment["PATH"])
        )
    if os.geteuid() != 0:
        raise NotTrusted("only root can confine a session")
    return ConfinedBackend(_plan_confinement(configuration, lock), keys)


def make_supervisor(
    configuration: Configuration, clock: Clock, lock: LockDisplay
) -> Supervisor | None:
    """Return what keeps the shell alive, None where somebody else does.

    Raises:
        NotTrusted: the configuration asks for what this machine has not.
    """
    if not configuration.shell:
        return None
    account = configuration.kiosk
    environment = {
        **_language(),
        "PATH": PATH,
        "HOME": home_of(account),
        "USER": account.name or str(account.uid),
        **configuration.shell_environment,
    }
    return Supervisor(
        clock,
        ShellLauncher(
            configuration.shell,
            account,
            environment,
            configuration.run / "shell.json",
            lock,
        ),
    )


def make_lock_display(configuration: Configuration) -> LockDisplay:
    """Return the display of the lock.

    Raises:
        NotTrusted: the configuration asks for what this machine has not.
    """
    displays = configuration.displays
    if displays.screen is Screen.GIVEN:
        return GivenDisplay()
    kind = DisplayKind(displays.screen.value)
    return OwnDisplay(
        LockPlan(
            kind,
            _find(kind),
            configuration.run,
            configuration.kiosk,
            displays.lock_terminal,
            displays.configuration,
            displays.size,
        )
    )


def make_keeper(gate: Gate, backend: SessionBackend, clock: Clock) -> tuple[Part, ...]:
    """Return what keeps a session whole while it runs; one that confines nothing has no need."""
    return (Keeper(clock, gate, backend),) if isinstance(backend, ConfinedBackend) else ()


def _plan_confinement(configuration: Configuration, lock: LockDisplay) -> Confinement:
    memory = psutil.virtual_memory().total
    displays = configuration.displays
    has_screen = displays.screen is Screen.XORG
    kind = DisplayKind(displays.screen.value)
    if configuration.backend is BackendKind.XEPHYR:
        kind = DisplayKind.XEPHYR
    # Xorg reaches the screen as root only, and the lock's display is the shell's; a virtual screen
    # needs nothing that the face has not.
    accounts = {DisplayKind.XORG: Account(0, 0), DisplayKind.XEPHYR: configuration.kiosk}
    return Confinement(
        cell=CellPlan(
            visitor=configuration.visitor,
            face=configuration.face,
            home=configuration.home,
            run=configuration.run,
            hidden=configuration.hidden,
            shown=configuration.shown,
            media=MEDIA,
            limits=share_of(memory),
            documents=Documents(configuration.templates, preferred_viewers()),
        ),
        server=ServerPlan(
            kind,
            accounts.get(kind, configuration.face),
            _find(kind),
            displays.session_terminal,
            displays.configuration,
            displays.size,
            lock.environment,
        ),
        ground=_make_ground(),
        applications=_find_applications(configuration, PATH),
        companions=_find_companions(configuration),
        terminals=Terminals(displays.lock_terminal) if has_screen else None,
        language=_language(),
        group_limits=GroupLimits(memory_bytes=memory * 3 // 4),
    )


def _find_applications(configuration: Configuration, path: str) -> tuple[Application, ...]:
    # Without confinement programs run as the gate does.
    as_root = not configuration.backend.confines and os.geteuid() == 0
    found = find_applications(path, as_root=as_root, has_scanner=configuration.has_scanner)
    return merge_applications(found, configuration.applications, configuration.without)


def _make_ground() -> Ground:
    try:
        mount = find_mount()
    except CgroupMissing as error:
        raise NotTrusted(str(error) or "this machine has no control groups") from error
    return ScopeGround(mount) if SYSTEMD.is_dir() else PlainGround(GROUP, mount)


def _find_companions(configuration: Configuration) -> tuple[Companion, ...]:
    openbox = shutil.which("openbox", path=PATH)
    if openbox is None:
        raise NotTrusted("openbox is not installed: windows of programs could not be moved")
    arguments = (openbox, "--sm-disable", "--config-file", str(KEYS))
    windows = Companion("windows", arguments, configuration.visitor)
    if not configuration.face_program:
        return (windows,)
    socket = ("--socket", str(configuration.face_socket), "--slot", "{slot}")
    variables = {"QT_QPA_PLATFORM": "xcb", **configuration.face_environment}
    face = (*configuration.face_program, *socket)
    return (windows, Companion("face", face, configuration.face, variables))


def _find(kind: DisplayKind) -> str:
    found = shutil.which(_PROGRAMS[kind], path=PATH)
    if found is None:
        raise NotTrusted(f"{_PROGRAMS[kind]} is not installed")
    return found


def _language() -> dict[str, str]:
    return {"LANG": os.environ.get("LANG", "C.UTF-8")}

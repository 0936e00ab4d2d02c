"""A machine as its files tell it, read below a root that tests make up."""

import os
import re
from collections.abc import Iterator
from configparser import ConfigParser
from configparser import Error as ConfigInvalid
from dataclasses import dataclass
from pathlib import Path

_SYSTEM_FOLDERS = ("usr/lib", "run", "etc")
"""Where drop-ins stand, the stronger one last (systemd.unit(5), logind.conf(5))."""


@dataclass(frozen=True, slots=True)
class Account:
    """A line of passwd."""

    name: str
    uid: int
    gid: int
    home: str
    shell: str


@dataclass(frozen=True, slots=True)
class Machine:
    """Read access to the files of a machine.

    Attributes:
        root: folder that stands for `/`.
    """

    root: Path = Path("/")

    def path(self, name: str) -> Path:
        """Return where an absolute name stands."""
        return self.root / name.lstrip("/")

    def read(self, name: str) -> str | None:
        """Return the text of a file, None where there is none to read."""
        try:
            return self.path(name).read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, NotADirectoryError, PermissionError, IsADirectoryError):
            return None

    def lines(self, name: str) -> list[str]:
        """Return the lines of a file that say something, without comments."""
        text = self.read(name) or ""
        stripped = (line.strip() for line in text.splitlines())
        return [line for line in stripped if line and not line.startswith("#")]

    def files(self, folder: str, pattern: str) -> list[Path]:
        """Return the files of a folder, in the order in which programs read them."""
        place = self.path(folder)
        return sorted(place.glob(pattern)) if place.is_dir() else []

    def has(self, name: str) -> bool:
        """Tell whether a name is taken, also by a link that leads nowhere."""
        return os.path.lexists(self.path(name))

    def is_masked(self, unit: str) -> bool:
        """Tell whether systemd may never start a unit."""
        place = self.path(f"/etc/systemd/system/{unit}")
        return place.is_symlink() and str(place.readlink()) == "/dev/null"

    def runs_systemd(self) -> bool:
        """Tell whether systemd is what starts this machine (sd_booted(3))."""
        return self.path("/run/systemd/system").is_dir()

    def read_setting(self, file: str, section: str, key: str) -> str | None:
        """Return a setting of a systemd-style file with its drop-ins, the last word winning."""
        found = None
        for text in self._drop_ins(file):
            parser = ConfigParser(interpolation=None, strict=False)
            parser.optionxform = str  # type: ignore[assignment,method-assign]
            try:
                parser.read_string(text)
            except ConfigInvalid:
                continue
            found = parser.get(section, key, fallback=found)
        return found

    def _drop_ins(self, file: str) -> Iterator[str]:
        yield self.read(f"/etc/{file}") or ""
        names: dict[str, Path] = {}
        for folder in _SYSTEM_FOLDERS:
            names |= {one.name: one for one in self.files(f"/{folder}/{file}.d", "*.conf")}
        for name in sorted(names):
            yield names[name].read_text(encoding="utf-8", errors="replace")

    def account(self, name: str) -> Account | None:
        """Return the account of a name."""
        for line in self.lines("/etc/passwd"):
            match line.split(":"):
                case [found, _, uid, gid, _, home, shell] if (
                    found == name and uid.isdigit() and gid.isdigit()
                ):
                    return Account(name, int(uid), int(gid), home, shell)
        return None

    def groups_of(self, name: str) -> list[str]:
        """Return the groups of an account: its own by its number, and those that name it."""
        account = self.account(name)
        own = "" if account is None else str(account.gid)
        found = []
        for line in self.lines("/etc/group"):
            match line.split(":"):
                case [group, _, number, members] if number == own or name in members.split(","):
                    found.append(group)
        return found

    def find_program(self, *names: str) -> str | None:
        """Return the first of some programs that stands in the system's folders."""
        for name in names:
            for folder in ("/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"):
                place = self.path(f"{folder}/{name}")
                if place.is_file() and os.access(place, os.X_OK):
                    return f"{folder}/{name}"
        return None

    def find_mount(self, kind: str) -> list[str]:
        """Return where file systems of a kind are mounted (proc_pid_mounts(5))."""
        found = []
        for line in self.lines("/proc/self/mounts"):
            match line.split():
                case [_, place, mounted, *_] if mounted == kind:
                    found.append(_unescaped(place))
        return found


def _unescaped(name: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), name)

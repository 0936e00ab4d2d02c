"""A print system of one test: a real cupsd on a socket of its own; its printer prints nowhere."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.helpers.process import wait_until

PRINTER = "trapeze"
NEEDED = ("cupsd", "lp", "lpadmin", "lpstat", "cancel")
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def is_here() -> bool:
    """Say whether this machine has a print system."""
    return all(shutil.which(name, path=_PATH) for name in NEEDED)


class PrintSystem:
    """Runs as root. Paths are short: a unix socket holds 107 bytes."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="cups-", dir="/run"))
        # A visitor's programs reach the socket, as they do on a station.
        self.folder.chmod(0o755)
        self.socket = self.folder / "socket"
        self._daemon: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The daemon's process."""
        assert self._daemon is not None
        return self._daemon.pid

    def start(self) -> None:
        """Start the daemon, and give it a printer."""
        for name in ("spool", "spool/tmp", "cache", "state", "root"):
            (self.folder / name).mkdir()
        (self.folder / "cupsd.conf").write_text(
            f"Listen {self.socket}\nBrowsing Off\nLogLevel none\n"
            # What the doctor asks of a station.
            "PreserveJobFiles No\nPreserveJobHistory No\n"
            "<Location />\n  Order allow,deny\n  Allow all\n</Location>\n"
            "<Policy default>\n  <Limit All>\n    Order deny,allow\n  </Limit>\n</Policy>\n"
        )
        (self.folder / "cups-files.conf").write_text(
            f"ServerRoot {self.folder}/root\nStateDir {self.folder}/state\n"
            f"CacheDir {self.folder}/cache\nRequestRoot {self.folder}/spool\n"
            f"TempDir {self.folder}/spool/tmp\nErrorLog {self.folder}/error\n"
            f"AccessLog {self.folder}/access\nPageLog {self.folder}/page\nFileDevice Yes\n"
        )
        program = shutil.which("cupsd", path=_PATH)
        assert program is not None
        self._daemon = subprocess.Popen(
            [
                program,
                "-f",
                "-c",
                str(self.folder / "cupsd.conf"),
                "-s",
                str(self.folder / "cups-files.conf"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self.socket.exists, within=20, what="the socket of cupsd")
        self.ask("lpadmin", "-p", PRINTER, "-E", "-v", "file:///dev/null", "-m", "raw")

    def stop(self) -> None:
        """End it, and remove what it kept."""
        if self._daemon is not None:
            self._daemon.terminate()
            self._daemon.wait(20)
        shutil.rmtree(self.folder)

    def ask(self, name: str, *words: str) -> str:
        """Run one of the programs of CUPS against this daemon; return what it says."""
        program = shutil.which(name, path=_PATH)
        assert program is not None
        told = subprocess.run(
            [program, *words],
            env={"CUPS_SERVER": str(self.socket), "LC_ALL": "C"},
            check=True,
            capture_output=True,
            text=True,
            timeout=30,
        )
        return told.stdout

    def send(self, user: str, document: Path, *, held: bool) -> None:
        """Send a document as somebody."""
        self.ask("lp", "-U", user, "-d", PRINTER, *(["-H", "hold"] if held else []), str(document))

    def jobs(self, user: str) -> int:
        """Count what the print system knows of somebody: what waits, and what is history."""
        asked = (self.ask("lpstat", "-W", which, "-u", user) for which in ("all", "completed"))
        return sum(len(told.splitlines()) for told in asked)

    def documents(self) -> int:
        """Count the documents that lie in the spool."""
        return sum(1 for path in (self.folder / "spool").iterdir() if path.name.startswith("d"))

    def make_order(self, name: str) -> Path:
        """Return a program that is one of CUPS and speaks with this daemon."""
        program = shutil.which(name, path=_PATH)
        made = self.folder / name
        made.write_text(f'#!/bin/sh\nCUPS_SERVER={self.socket} exec {program} "$@"\n')
        made.chmod(0o755)
        return made

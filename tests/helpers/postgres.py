"""A throw-away PostgreSQL for the store tests: real, private, and gone afterwards.

Life cycle: one cluster for a test run (fixture `postgres_cluster`), in a temporary folder, reached
by a unix socket in that folder only. PostgreSQL refuses to run as root, so a root test run gives it
the system user `postgres`. It dies with the test run even if that is killed.
"""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tests.helpers.process import wait_until

START_SECONDS = 30.0
OWNER = "creneau"

# A test database may forget everything at a power cut; that makes it several times faster.
_SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "32MB",
    "synchronous_commit": "off",
    "timezone": "UTC",
}


def _programs() -> Path:
    """Return the folder of the newest installed server's programs."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    assert elsewhere, (
        "PostgreSQL is missing: the stores are tested on it too, and `make test` installs it "
        "(installers/prepare.sh test)"
    )
    return Path(elsewhere).resolve().parent


class Cluster:
    """A running server and the databases made on it."""

    def __init__(self) -> None:
        self._programs = _programs()
        # Not pytest's folder: a socket path may have no more than 107 characters.
        self._folder = Path(tempfile.mkdtemp(prefix="creneau-pg-", dir="/tmp"))
        self._numbers = itertools.count(1)
        self._server: subprocess.Popen[bytes] | None = None
        self._log = self._folder / "log"
        self._log.touch()
        if os.geteuid() == 0:
            try:
                account = pwd.getpwnam("postgres")
            except KeyError:
                message = "root cannot run PostgreSQL, and there is no system user `postgres`"
                raise AssertionError(message) from None
            for path in (self._folder, self._log):
                os.chown(path, account.pw_uid, account.pw_gid)
            user = ["--reuid", "postgres", "--regid", "postgres", "--init-groups"]
        else:
            user = []
        self._prefix = ["setpriv", *user, "--pdeathsig", "INT"]

    @property
    def pid(self) -> int:
        """The process id of the server."""
        assert self._server is not None
        return self._server.pid

    def start(self) -> None:
        """Make the cluster and start the server; return when it answers."""
        data = self._folder / "data"
        self._run(
            *("initdb", "--pgdata", str(data), "--username", OWNER, "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions"),
        )
        settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
        with self._log.open("ab") as log:
            self._server = subprocess.Popen(
                [
                    *self._prefix,
                    str(self._programs / "postgres"),
                    *("-D", str(data), f"--unix_socket_directories={self._folder}"),
                    *settings,
                ],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(self._answers, within=START_SECONDS, what="PostgreSQL to answer")

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [*self._prefix, str(self._programs / program), *words],
            cwd=self._folder,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{program} failed:\n{done.stdout}{done.stderr}"

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self._folder), user=OWNER, dbname="postgres", autocommit=True
        )

    def _answers(self) -> bool:
        assert self._server is not None
        assert self._server.poll() is None, f"PostgreSQL ended:\n{self._log.read_text()}"
        try:
            with self._connect():
                return True
        except psycopg.OperationalError:
            return False

    def create_database(self) -> str:
        """Make an empty database and return its address for SQLAlchemy (psycopg 3)."""
        name = f"house_{next(self._numbers)}"
        with self._connect() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        host = quote(str(self._folder), safe="")
        return f"postgresql+psycopg://{OWNER}@/{name}?host={host}"

    def drop_database(self, address: str) -> None:
        """Remove a database made here, and end the connections that still hold it."""
        name = address.partition("@/")[2].partition("?")[0]
        with self._connect() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def stop(self) -> None:
        """Stop the server at once and remove the folder."""
        if self._server is not None:
            self._server.send_signal(2)
            try:
                self._server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait(timeout=15)
            self._server = None
        shutil.rmtree(self._folder)

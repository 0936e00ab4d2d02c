"""Real programs for stories: started, listened to, waited for, and never left behind.

Life cycle: `Programs` belongs to one test (fixture `programs`); each `Program` runs in a process
group of its own and is killed with all its descendants when the test ends, whatever happened.
A test never sleeps: it waits for a line of the log or for a condition, both with a deadline.
"""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import psutil

POLL_SECONDS = 0.02

T = TypeVar("T")


class DeadlinePassed(AssertionError):
    """What a test waited for did not come in time."""


def wait_until(condition: Callable[[], T], *, within: float = 10.0, what: str = "") -> T:
    """Call `condition` until its answer is true, and return that answer.

    Args:
        condition: Asked every 20 ms; what it raises goes through.
        within: Seconds before giving up.
        what: Says in the failure what was waited for.

    Raises:
        DeadlinePassed: The answer was still false after `within` seconds.
    """
    deadline = time.monotonic() + within
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() >= deadline:
            message = f"not within {within:g} s: {what or condition}"
            raise DeadlinePassed(message)
        time.sleep(POLL_SECONDS)


class Program:
    """One running program and everything it has said so far.

    Standard output and standard error are read together by a thread that ends with the program.

    Attributes:
        name: What failures call it.
        process: The process itself; its pid is the head of its process group.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        name: str = "",
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Start `command` with the test's environment, overlaid with `environment`."""
        self.name = name or Path(command[0]).name
        self._lines: list[str] = []
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            bufsize=1,
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, name=f"log of {self.name}", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as stream:
            for line in stream:
                self._lines.append(line.rstrip("\n"))

    @property
    def pid(self) -> int:
        """The process id."""
        return self.process.pid

    @property
    def running(self) -> bool:
        """Whether the program has not ended yet."""
        return self.process.poll() is None

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines said so far."""
        return tuple(self._lines)

    def wait_for_line(self, pattern: str, *, within: float = 15.0, after: int = 0) -> re.Match[str]:
        """Return the match of the first line, from line number `after` on, that has `pattern`.

        Raises:
            DeadlinePassed: No such line within `within` seconds.
            AssertionError: The program ended without saying it.
        """

        def said() -> re.Match[str] | None:
            ended = not self.running and not self._reader.is_alive()
            for line in self._lines[after:]:
                if match := re.search(pattern, line):
                    return match
            if ended:
                message = f"{self.name} ended ({self.process.returncode}) without {pattern!r}"
                raise AssertionError(f"{message}\n{self.tail()}")
            return None

        try:
            found = wait_until(said, within=within, what=f"{pattern!r} in the log of {self.name}")
        except DeadlinePassed as late:
            message = f"{late}\n{self.tail()}"
            raise DeadlinePassed(message) from None
        assert found is not None
        return found

    def wait_for_end(self, *, within: float = 15.0) -> int:
        """Return the exit status once the program has ended by itself."""
        wait_until(lambda: not self.running, within=within, what=f"the end of {self.name}")
        self._reader.join(timeout=within)
        return self.process.returncode

    def tail(self, count: int = 40) -> str:
        """The last lines, for a failure to show."""
        return "\n".join(f"{self.name}| {line}" for line in self._lines[-count:])

    def stop(self, *, within: float = 10.0) -> int:
        """Ask the program to end (SIGTERM), wait for it, and return its exit status."""
        if self.running:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.wait_for_end(within=within)
        finally:
            self.kill()

    def freeze(self) -> None:
        """Stop the program where it stands, as a hung one would (SIGSTOP)."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen program go on (SIGCONT)."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kill the program and all its descendants at once (SIGKILL), and reap it."""
        descendants: list[psutil.Process] = []
        with contextlib.suppress(psutil.NoSuchProcess):
            descendants = psutil.Process(self.pid).children(recursive=True)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        for process in descendants:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait(timeout=10)
        psutil.wait_procs(descendants, timeout=5)
        self._reader.join(timeout=10)


class Programs:
    """The programs of one test; all are gone when it ends."""

    def __init__(self) -> None:
        self._started: list[Program] = []

    def start(
        self,
        command: Sequence[str | Path],
        *,
        name: str = "",
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> Program:
        """Start a program that ends with the test at the latest."""
        program = Program(command, name=name, environment=environment, folder=folder)
        self._started.append(program)
        return program

    def __iter__(self) -> Iterator[Program]:
        return iter(self._started)

    def kill_all(self) -> None:
        """Kill the programs, the youngest first."""
        for program in reversed(self._started):
            program.kill()

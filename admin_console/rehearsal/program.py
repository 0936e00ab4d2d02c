"""The programs of the product as child processes: started, watched, and all ended at the end.

Life cycle: `Programs` is an asynchronous context manager. Each program leads a process group of its
own, so that Ctrl-C reaches the rehearsal alone, which then ends them in order; should the rehearsal
be killed, the kernel ends them. What they say goes into one file each.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE_SECONDS = 5.0
LOOK_SECONDS = 0.05
SCRIPTS = Path(sys.executable).parent


class ProgramFailed(Exception):
    """A program could not be started, or did not do what it was started for."""


@dataclass(frozen=True, slots=True)
class Program:
    """A running program and the file with what it says."""

    name: str
    process: Process
    log: Path

    async def wait_for(self, words: str, seconds: float) -> None:
        """Wait until the program has said these words.

        Raises:
            ProgramFailed: it ended without, or said nothing of it in so many seconds.
        """
        deadline = asyncio.get_running_loop().time() + seconds
        while words not in self.log.read_text(encoding="utf-8", errors="replace"):
            late = asyncio.get_running_loop().time() > deadline
            if late or self.process.returncode is not None:
                raise ProgramFailed(f"{self.name} does not come up\n{self.tail()}")
            await asyncio.sleep(LOOK_SECONDS)

    def tail(self, lines: int = 15) -> str:
        """Return the end of what it said."""
        said = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(f"  {self.name}| {line}" for line in said[-lines:])


class Programs:
    """Starts programs and ends them all, the youngest first.

    Args:
        logs: the folder of their logs, made when needed.
        environment: laid over the rehearsal's own for all of them.
    """

    def __init__(self, logs: Path, environment: Mapping[str, str]) -> None:
        self._logs = logs
        self._environment = environment
        self._started: list[Program] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for program in reversed(self._started):
            await _end(program.process)

    async def start(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        keep_open: Sequence[int] = (),
    ) -> Program:
        """Start a program of the product, or of the system; it may use the files `keep_open`.

        Raises:
            ProgramFailed: there is no such program.
        """
        self._logs.mkdir(parents=True, exist_ok=True)
        log = self._logs / f"{name}.log"
        with log.open("wb") as file:
            process = await asyncio.create_subprocess_exec(
                *_tied_to_us(),
                find(command[0]),
                *command[1:],
                stdin=DEVNULL,
                stdout=file,
                stderr=file,
                env={
                    **os.environ,
                    "PYTHONUNBUFFERED": "1",
                    **self._environment,
                    **(environment or {}),
                },
                start_new_session=True,
                pass_fds=keep_open,
            )
        program = Program(name, process, log)
        self._started.append(program)
        return program

    async def run(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> str:
        """Run a program to its end and return what it printed.

        Raises:
            ProgramFailed: there is no such program, or it ended with a failure.
        """
        process = await asyncio.create_subprocess_exec(
            *_tied_to_us(),
            find(command[0]),
            *command[1:],
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            env={**os.environ, **self._environment, **(environment or {})},
            start_new_session=True,
        )
        try:
            printed, complaint = await process.communicate()
        except BaseException:
            await _end(process)
            raise
        if process.returncode != 0:
            said = complaint.decode(errors="replace").strip()
            raise ProgramFailed(f"{command[0]} ended with {process.returncode}: {said}")
        return printed.decode(errors="replace")


def find(name: str) -> str:
    """Return the path of a program: the product's own first, then the system's.

    Raises:
        ProgramFailed: there is none of that name.
    """
    own = SCRIPTS / name
    found = str(own) if own.is_file() else shutil.which(name)
    if found is None:
        raise ProgramFailed(f"{name} is not installed: `make run` installs what is needed")
    return found


def _tied_to_us() -> list[str]:
    setpriv = shutil.which("setpriv")
    return [] if setpriv is None else [setpriv, "--pdeathsig", "TERM", "--"]


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), PATIENCE_SECONDS)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()

"""Keeping the shell alive: started, started again, and its display with it where that is no help.

The shell outlives the gate: a gate that comes back takes up the shell that runs. Without a shell
the lock's display shows nothing, so a shell that keeps dying harms nobody but those who wait.
"""

import logging
from collections import deque
from typing import Protocol

from kiosk.gate.clock import Clock

PAUSES_SECONDS = (0.1, 0.1, 1.0, 2.0, 5.0, 10.0, 30.0)
"""How long a shell that has died stays away: by the number of its deaths within the last minute."""

LOOKED_BACK_SECONDS = 60.0
DEATHS_FOR_A_NEW_DISPLAY = 5
LOOK_SECONDS = 0.5
"""Of a shell that an earlier gate started, the kernel does not tell the end: it is looked for."""

_log = logging.getLogger(__name__)


class Running(Protocol):
    """A shell that was started, by this gate or by an earlier one."""

    @property
    def is_child(self) -> bool:
        """Whether a signal tells of its end."""
        ...

    def ended(self) -> bool:
        """Tell whether it is gone."""
        ...


class Launcher(Protocol):
    """Starts the shell on its display."""

    def take_back(self) -> Running | None:
        """Return the shell that an earlier gate has left running."""
        ...

    def start(self) -> Running:
        """Start a shell, with its display where there is none.

        Raises:
            OSError: it cannot be started.
        """
        ...

    def drop_display(self) -> None:
        """End the display, if it is the gate's own; the next start makes a new one."""
        ...


class Supervisor:
    """A part of the loop."""

    def __init__(self, clock: Clock, launcher: Launcher) -> None:
        self._clock = clock
        self._launcher = launcher
        self._shell: Running | None = None
        self._start_at = 0.0
        self._deaths: deque[float] = deque(maxlen=len(PAUSES_SECONDS))

    def start(self) -> None:
        """Take up the shell that runs, or start one."""
        self._shell = self._launcher.take_back()
        if self._shell is not None:
            _log.info("the shell still runs")
        self.tick()

    def next_deadline(self) -> float | None:
        """Return when to look again."""
        if self._shell is None:
            return self._start_at
        return None if self._shell.is_child else self._clock.boot_seconds() + LOOK_SECONDS

    def tick(self) -> None:
        """Notice the end of the shell, and start it again when its pause is over."""
        now = self._clock.boot_seconds()
        if self._shell is not None:
            if not self._shell.ended():
                return
            self._shell = None
            self._note_death(now)
        if now >= self._start_at:
            try:
                self._shell = self._launcher.start()
            except OSError as error:
                _log.error("the shell does not start: %s", error.strerror)
                self._note_death(now)

    def _note_death(self, now: float) -> None:
        self._deaths.append(now)
        while now - self._deaths[0] > LOOKED_BACK_SECONDS:
            self._deaths.popleft()
        count = len(self._deaths)
        pause = PAUSES_SECONDS[count - 1]
        self._start_at = now + pause
        _log.warning("the shell has ended, %d times in a minute; again in %g s", count, pause)
        if count == DEATHS_FOR_A_NEW_DISPLAY:
            _log.warning("its display is ended with it")
            self._launcher.drop_display()

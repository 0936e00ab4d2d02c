"""A program that appends to a journal until it is killed, and tells what was acknowledged.

`python -m tests.journal.scribe FILE`: prints `opened NUMBER` once, then each acknowledged ticket.
Each entry holds as many events as its ticket modulo 4, and keeps its ticket and the next number.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Slot

from kiosk.journal.opened import Opened
from kiosk.journal.thread import JournalThread
from tests.journal.sample import events

AHEAD = 5
"""Entries on their way at a time."""


class Scribe(QObject):
    """Keeps the journal busy."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.journal = JournalThread(path, self)
        self.journal.opened.connect(self.begin)
        self.journal.appended.connect(self.go_on)
        self._ticket = 0
        self._next_seq = 0
        self.journal.load()

    @Slot(object)
    def begin(self, found: Opened) -> None:
        self._next_seq = found.next_seq
        os.write(1, b"opened %d\n" % found.next_seq)
        for _ in range(AHEAD):
            self._append()

    @Slot(int)
    def go_on(self, ticket: int) -> None:
        os.write(1, b"%d\n" % ticket)
        self._append()

    def _append(self) -> None:
        self._ticket += 1
        count = self._ticket % 4
        written = events(self._next_seq, count)
        self._next_seq += count
        self.journal.append(written, b"%d %d" % (self._ticket, self._next_seq), self._ticket)


if __name__ == "__main__":
    application = QCoreApplication(sys.argv)
    scribe = Scribe(Path(sys.argv[1]))
    application.exec()

"""Collects what Python forgot between two events of Qt, never in the midst of one.

Python looks for forgotten cycles whenever enough objects were made, in whatever thread and at
whatever call. Where Qt asks a widget for its height and the answer makes objects, that look may
find a forgotten window, and destroy widgets that Qt is just now walking through. A program of Qt
therefore stops Python's own looks, and lets the event loop look, in its own thread.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

LOOK_MS = 5_000
"""Long enough to cost an idle program nothing, short enough for a busy one to stay small."""


def collect_due() -> int:
    """Collect the generations that Python itself would collect by now; return how many objects."""
    found = 0
    counts = gc.get_count()
    for generation, (count, most) in enumerate(zip(counts, gc.get_threshold(), strict=True)):
        if count <= most:
            break
        found = gc.collect(generation)
    return found


class GarbageCollector(QObject):
    """Looks in the place of Python, from when it is made until it is stopped.

    What exists by then (modules, styles, catalogues) stays for good, and is not walked again.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.collect()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        """Let Python look by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _look(self) -> None:
        collect_due()

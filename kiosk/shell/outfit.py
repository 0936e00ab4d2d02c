"""What every face is made with: how to look, which language to speak, what to guard against."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.shell.display import Display
from kiosk.shell.reader import Reader
from kiosk.shell.words import Teller


@dataclass(frozen=True, slots=True)
class Outfit:
    """The common arguments of pages and dialogs; the window makes it once.

    Attributes:
        look: how to look.
        language: which language to speak.
        guard: keeps accidents away; shared by the whole program.
        clock: seconds of a monotonic clock, for keys that repeat.
        display: what the visitor chose of size, contrast and language.
        teller: the sentences that follow from a snapshot.
        reader: reads the face aloud, where there is a voice.
    """

    look: Look
    language: Language
    guard: Guard
    clock: Callable[[], float]
    display: Display
    teller: Teller
    reader: Reader

"""Where an error happened, without what it says.

The text of an error may quote what somebody typed or what stands in a row: a log of the house holds
the kinds of the errors and the lines of code, nothing else.
"""

import traceback
from pathlib import Path
from typing import TypedDict

DEEPEST = 30


class Described(TypedDict):
    """An error for the log: its kind, those of its causes, and the lines it came through."""

    error: str
    causes: list[str]
    frames: list[str]


def describe(error: BaseException) -> Described:
    """Return what a log may hold of an error."""
    causes: list[str] = []
    current = error.__cause__ or error.__context__
    while current is not None and len(causes) < DEEPEST:
        causes.append(_kind(current))
        current = current.__cause__ or current.__context__
    frames = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    ]
    return Described(error=_kind(error), causes=causes, frames=frames)


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"

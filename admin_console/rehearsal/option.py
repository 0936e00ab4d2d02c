"""The command line of the rehearsal: words into one typed value."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DEFAULT_STATE = Path("build") / "rehearsal"
SEAT_NUMBER = 7


@dataclass(frozen=True, slots=True)
class Options:
    """What the rehearsal is asked for.

    Attributes:
        state: the folder of everything that it keeps.
        fresh: whether it forgets the last rehearsal first.
        desk: whether it starts the staff console.
        kiosk: whether it starts the workstation's window.
        play: whether it plays a visit by itself on a virtual screen, and ends.
        seed: of the visitors.
        fast: visits are this many times as quick; slots are not.
    """

    state: Path
    fresh: bool
    desk: bool
    kiosk: bool
    play: bool
    seed: int
    fast: float


def read_options(arguments: Sequence[str], *, display: bool) -> Options:
    """Return what is asked for; leaves the process with a message when that is unclear.

    Args:
        arguments: the words of the command line.
        display: whether windows can be shown; a visit is played where they cannot.
    """
    parser = argparse.ArgumentParser(
        prog="python -m admin_console.rehearsal",
        description="The whole product on this machine, with simulated visitors.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--state",
        type=Path,
        default=DEFAULT_STATE,
        metavar="FOLDER",
        help=f"where everything is kept, {DEFAULT_STATE} if not said",
    )
    parser.add_argument("--fresh", action="store_true", help="forget the last rehearsal first")
    parser.add_argument("--no-desk", action="store_true", help="do not start the staff console")
    parser.add_argument(
        "--no-kiosk", action="store_true", help="do not start the workstation's window"
    )
    parser.add_argument(
        "--play",
        action="store_true",
        help="play a visit on a virtual screen, leave pictures, and end: also what happens where "
        "there is no display",
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="other visitors than those of 1"
    )
    parser.add_argument(
        "--fast",
        type=_speed,
        default=1.0,
        metavar="N",
        help="visits N times as quick; the slots themselves keep their length",
    )
    told = parser.parse_args(arguments)
    shows = not (told.no_desk and told.no_kiosk)
    play = told.play or (shows and not display)
    if play and (told.no_desk or told.no_kiosk):
        parser.error("a played visit needs both windows: leave out --no-desk and --no-kiosk")
    return Options(
        state=told.state.absolute(),
        fresh=told.fresh,
        desk=not told.no_desk,
        kiosk=not told.no_kiosk,
        play=play,
        seed=told.seed,
        fast=told.fast,
    )


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 1000:  # noqa: PLR2004 - quicker than that nobody sees anything
        message = f"a number above 0 and up to 1000 is needed, not {text!r}"
        raise argparse.ArgumentTypeError(message)
    return speed

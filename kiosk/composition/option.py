"""The command line of the workstation."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HUB_ENV = "CRENEAU_HUB"
CODE_ENV = "CRENEAU_ENROL_CODE"
DEFAULT_HUB = "http://127.0.0.1:8620"
DEFAULT_GATE = Path("/run/creneau/gate.socket")
DEFAULT_FACE_SOCKET = Path("/run/creneau-face/socket")
DEFAULT_FACE_ACCOUNT = "creneau-face"
WINDOW_SIZE = "1366x768"
FULL = "full"


@dataclass(frozen=True, slots=True)
class Options:
    """What a workstation is told at its start.

    Attributes:
        hub: address of the hub.
        pin: SHA-256 of the hub's public key, for the first contact with a self-signed hub.
        state: folder of the shell's journal and the secrets; in a window of the gate's, too.
        code: enrolment code; used only while the station is not enrolled.
        seat: number of the seat wanted at enrolment, None for the first empty one.
        size: width and height of the window in pixels, None for full screen.
        gate: the socket of the gate; None in a window, which has a gate of its own.
        face_socket: where session faces connect, on a workstation that confines.
        face_account: name or uid of the account under which they run.
    """

    hub: str
    pin: str
    state: Path
    code: str | None
    seat: int | None
    language: str
    size: tuple[int, int] | None
    gate: Path | None = None
    face_socket: Path = DEFAULT_FACE_SOCKET
    face_account: str = DEFAULT_FACE_ACCOUNT


def make_parser() -> argparse.ArgumentParser:
    """Return the parser; docs/operations.md tells each flag."""
    parser = argparse.ArgumentParser(
        prog="creneau-kiosk", description="The shell of a public workstation."
    )
    parser.add_argument(
        "--windowed",
        action="store_true",
        help="run in a window, with a gate of its own that confines nothing",
    )
    parser.add_argument(
        "--gate",
        type=Path,
        metavar="SOCKET",
        default=DEFAULT_GATE,
        help=f"where the root service listens (default: {DEFAULT_GATE})",
    )
    parser.add_argument(
        "--face-socket",
        type=Path,
        metavar="SOCKET",
        default=DEFAULT_FACE_SOCKET,
        help=f"where session faces connect (default: {DEFAULT_FACE_SOCKET})",
    )
    parser.add_argument(
        "--face-account",
        metavar="NAME",
        default=DEFAULT_FACE_ACCOUNT,
        help=f"name or uid of their account (default: {DEFAULT_FACE_ACCOUNT})",
    )
    parser.add_argument(
        "--hub",
        default=os.environ.get(HUB_ENV, DEFAULT_HUB),
        help=f"address of the hub (default: {HUB_ENV}, else {DEFAULT_HUB})",
    )
    parser.add_argument("--pin", default="", help="SHA-256 of the hub's public key, hexadecimal")
    parser.add_argument("--state", type=Path, default=None, help="folder for what must be kept")
    parser.add_argument(
        "--enrol", metavar="CODE", default=None, help=f"enrolment code (or in {CODE_ENV})"
    )
    parser.add_argument("--seat", type=int, default=None, help="number of the seat to become")
    parser.add_argument(
        "--language", choices=("fr", "en"), default="fr", help="first language of the screen"
    )
    parser.add_argument(
        "--size",
        default=None,
        metavar="WxH",
        help=f"size of the window, or `full` (default: {WINDOW_SIZE} if windowed, else full)",
    )
    return parser


def read_options(arguments: Sequence[str]) -> Options:
    """Read the command line; argparse ends the program on one that makes no sense."""
    parser = make_parser()
    found = parser.parse_args(arguments)
    return Options(
        hub=found.hub,
        pin=found.pin,
        state=found.state or _default_state(),
        code=found.enrol or os.environ.get(CODE_ENV) or None,
        seat=found.seat,
        language=found.language,
        size=_size(parser, found.size or (WINDOW_SIZE if found.windowed else FULL)),
        gate=None if found.windowed else found.gate,
        face_socket=found.face_socket,
        face_account=found.face_account,
    )


def _size(parser: argparse.ArgumentParser, text: str) -> tuple[int, int] | None:
    if text == FULL:
        return None
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        parser.error(f"--size is a width and a height, for example 1366x768, not {text!r}")
    return int(width), int(height)


def _default_state() -> Path:
    home = os.environ.get("XDG_STATE_HOME")
    base = Path(home) if home else Path.home() / ".local" / "state"
    return base / "creneau" / "kiosk"

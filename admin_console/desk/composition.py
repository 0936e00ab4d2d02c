"""`creneau-desk`: the only place that knows all parts of the console.

Reads where the hub is, dresses the program, and shows the window. Nothing is kept on disk but what
each account has chosen of the appearance.
"""

import argparse
import os
import secrets
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from admin_console.desk.desk import Desk
from admin_console.desk.display import Display, DisplayMemory
from admin_console.desk.room_board.keeper import Keeper
from admin_console.desk.room_board.window import BoardWindow
from admin_console.desk.ticket_desk import TicketTaker
from admin_console.desk.window import DeskWindow
from kiosk.hublink.client import AddressRefused, HubClient
from kiosk.hublink.network import make_manager
from kiosk.hublink.reader import ChangeReader
from kiosk.hublink.secret import SecretStore
from kiosk.hublink.stream import ChangeStream
from kiosk.look.garbage import GarbageCollector
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.quitting import quit_on_signals

HUB_ENV = "CRENEAU_HUB"
DEFAULT_HUB = "http://127.0.0.1:8620"
SIZE = (1440, 900)
BOARD_SIZE = (1920, 1080)


def make_window(app: QApplication, options: argparse.Namespace) -> DeskWindow:
    """Put the console together.

    Raises:
        AddressRefused: the address of the hub is none to speak to.
    """
    look = Look.for_program(app, "console")
    if options.contrast:
        look.use(name="high_contrast")
    language = Language(options.language)
    guard = Guard(app, look.tokens.behaviour, time.monotonic, app)
    client = HubClient(make_manager(app), options.hub, pinned_key=options.pin, parent=app)
    desk = Desk(
        client,
        ChangeStream(client, app),
        ChangeReader(client, app),
        wall_clock,
        secrets.token_bytes,
        app,
    )
    display = Display(look, language, DisplayMemory(options.settings), app)
    window = DeskWindow(desk, look, guard, language, display, options.user)
    window.resize(*SIZE)
    return window


def make_board_window(app: QApplication, options: argparse.Namespace) -> BoardWindow:
    """Put the board of a room together.

    Raises:
        AddressRefused: the address of the hub is none to speak to.
    """
    look = Look.for_program(app, "console")
    if options.contrast:
        look.use(name="high_contrast")
    language = Language(options.language)
    client = HubClient(make_manager(app), options.hub, pinned_key=options.pin, parent=app)
    stream, reader = ChangeStream(client, app), ChangeReader(client, app)
    desk = Desk(client, stream, reader, wall_clock, secrets.token_bytes, app)
    taker = TicketTaker(client, options.board, desk.now, secrets.token_bytes, app)
    keeper = Keeper(SecretStore(options.settings.parent / "board", "creneau-desk"))
    window = BoardWindow(desk, taker, look, language, keeper, options.board)
    window.resize(*BOARD_SIZE)
    return window


def wall_clock() -> datetime:
    """Return this machine's time, aware."""
    return datetime.now(UTC)


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="creneau-desk", description="Staff console of Créneau.")
    parser.add_argument(
        "--hub",
        default=os.environ.get(HUB_ENV, DEFAULT_HUB),
        help=f"address of the hub (default: {HUB_ENV}, else {DEFAULT_HUB})",
    )
    parser.add_argument("--pin", default="", help="SHA-256 of the hub's public key, hexadecimal")
    parser.add_argument("--user", default="", help="name to propose at sign-in")
    parser.add_argument(
        "--language", choices=("fr", "en"), default="fr", help="language at the start"
    )
    parser.add_argument("--contrast", action="store_true", help="start in high contrast")
    parser.add_argument(
        "--board", metavar="ROOM", default="", help="be the board of a room, on the whole screen"
    )
    parser.add_argument(
        "--settings",
        type=Path,
        default=settings_path(),
        help="file that keeps what each account has chosen of the appearance",
    )
    return parser.parse_args(arguments)


def settings_path() -> Path:
    """Return where the choices of this computer's user are kept."""
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "creneau" / "desk.ini"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the console; return the exit code."""
    options = read_options(sys.argv[1:] if arguments is None else arguments)
    app = QApplication([sys.argv[0]])
    app.setApplicationName("creneau-desk")
    try:
        window = make_board_window(app, options) if options.board else make_window(app, options)
    except AddressRefused as error:
        sys.stderr.write(f"creneau-desk: {error}\n")
        return 2
    ending = quit_on_signals(app)
    if isinstance(window, BoardWindow):
        window.showFullScreen()
        window.begin()
    else:
        window.show()
    collector = GarbageCollector(app)
    code = app.exec()
    collector.stop()
    window.close()
    ending.close()
    return code

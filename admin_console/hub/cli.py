"""The command line of `creneau-hub`: words into one typed value, and nothing done yet."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

MOST_USES = 1000


@dataclass(frozen=True, slots=True)
class Serve:
    """Run the hub. `listen` None means as the settings say."""

    listen: str | None
    tls: bool


@dataclass(frozen=True, slots=True)
class PlantSample:
    """Fill an empty store with a sample estate, and print what is needed to try it.

    `estate` is the file that describes it, None for the one that the product carries.
    """

    always_open: bool
    estate: str | None = None


@dataclass(frozen=True, slots=True)
class MakeEnrolCode:
    """Make a code that enrols stations in a room."""

    room: str
    uses: int


@dataclass(frozen=True, slots=True)
class Upgrade:
    """Bring the tables up to date."""


@dataclass(frozen=True, slots=True)
class ShowDocument:
    """Print the OpenAPI document."""


@dataclass(frozen=True, slots=True)
class MakeCertificate:
    """Make the hub's own key and certificate where there are none, and print the key's hash."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportMembers:
    """Say what a file of members would do; write it if that is `confirmed`."""

    file: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class VerifyLedger:
    """Look through all books of the ledger and name the first bad line of each."""


Order = (
    Serve
    | PlantSample
    | MakeEnrolCode
    | ImportMembers
    | VerifyLedger
    | Upgrade
    | ShowDocument
    | MakeCertificate
)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; docs/operations.md names all of its flags."""
    parser = argparse.ArgumentParser(
        prog="creneau-hub", description="The server of Créneau.", allow_abbrev=False
    )
    orders = parser.add_subparsers(dest="order", required=True, metavar="ORDER")
    serve = orders.add_parser("serve", help="run the hub", allow_abbrev=False)
    serve.add_argument("--listen", metavar="HOST:PORT", help="where, instead of CRENEAU_LISTEN")
    serve.add_argument(
        "--tls",
        action="store_true",
        help="speak TLS with the hub's own certificate if the settings name none",
    )
    sample = orders.add_parser(
        "sample",
        help="fill an empty store with the sample estate, print cards, staff and codes",
        allow_abbrev=False,
    )
    sample.add_argument(
        "--always-open", action="store_true", help="open every room day and night, to try it"
    )
    sample.add_argument(
        "--estate", metavar="FILE", help="another estate file than the one that is shipped"
    )
    code = orders.add_parser(
        "enrol-code", help="make a code that enrols stations in a room", allow_abbrev=False
    )
    code.add_argument("--room", metavar="SITE/ROOM", required=True, help="the room")
    code.add_argument(
        "--uses", metavar="N", type=_uses, default=1, help="how many stations, 1 if not said"
    )
    members = orders.add_parser(
        "members", help="take members from a file", allow_abbrev=False
    ).add_subparsers(dest="act", required=True, metavar="ACT")
    taking = members.add_parser(
        "import", help="say what a CSV file would do, list its bad lines", allow_abbrev=False
    )
    taking.add_argument("file", metavar="FILE", help="the file, in UTF-8")
    taking.add_argument("--confirm", action="store_true", help="write it, if no line is bad")
    ledger = orders.add_parser(
        "ledger", help="look after the books of print credit", allow_abbrev=False
    ).add_subparsers(dest="act", required=True, metavar="ACT")
    ledger.add_parser(
        "verify", help="look through all books, name the first bad line", allow_abbrev=False
    )
    orders.add_parser("upgrade", help="bring the tables up to date", allow_abbrev=False)
    orders.add_parser("openapi", help="print the OpenAPI document", allow_abbrev=False)
    certificate = orders.add_parser(
        "certificate", help="make the hub's own TLS key and certificate", allow_abbrev=False
    )
    certificate.add_argument(
        "--name",
        metavar="HOST",
        action="append",
        default=[],
        help="a host name or address of the hub; may be given several times",
    )
    return parser


def read_order(arguments: Sequence[str]) -> Order:
    """Return what is asked for; leaves the process with a message when that is unclear."""
    told = build_parser().parse_args(arguments)
    match told.order:
        case "serve":
            return Serve(listen=told.listen, tls=told.tls)
        case "sample":
            return PlantSample(always_open=told.always_open, estate=told.estate)
        case "enrol-code":
            return MakeEnrolCode(room=told.room, uses=told.uses)
        case "members":
            return ImportMembers(file=told.file, confirmed=told.confirm)
        case "ledger":
            return VerifyLedger()
        case "upgrade":
            return Upgrade()
        case "openapi":
            return ShowDocument()
        case _:
            return MakeCertificate(names=tuple(told.name))


def _uses(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_USES:
        message = f"a number from 1 to {MOST_USES} is needed, not {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)

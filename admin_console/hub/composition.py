"""The program `creneau-hub`, put together: the only place that knows all the rooms of the hub.

Read from the bottom: `main` reads the command line and the settings and carries out one order;
`serve` is the long-lived one. What stops a program at its start is said in one sentence.
"""

import contextlib
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from admin_console.hub.cli import (
    ImportMembers,
    MakeCertificate,
    MakeEnrolCode,
    Order,
    PlantSample,
    Serve,
    ShowDocument,
    Upgrade,
    VerifyLedger,
    read_order,
)
from admin_console.hub.members.hasher import Argon2Hasher
from admin_console.hub.members.key import HmacKeys
from admin_console.hub.members.local import LocalPeople
from admin_console.hub.members.moneykey import HmacMoneyKeys
from admin_console.hub.members.reference import HmacReferences
from admin_console.hub.printout import printed_import, printed_sample, printed_verdict
from admin_console.hub.secret import Secrets, SecretsUnavailable, ensure_pepper, open_secrets
from admin_console.hub.service.act import ActJournal
from admin_console.hub.service.answer import NotFound
from admin_console.hub.service.card import Cards
from admin_console.hub.service.clock import SystemClock
from admin_console.hub.service.command import Commands
from admin_console.hub.service.contact import ContactBook, Presence
from admin_console.hub.service.day import Days
from admin_console.hub.service.enrolment import Enrolment
from admin_console.hub.service.estate import SampleEstate
from admin_console.hub.service.feed import Feed
from admin_console.hub.service.guestpass import PassDesk, PassOpenings
from admin_console.hub.service.guide import Guide
from admin_console.hub.service.holiday import CountryUnknown, check_country
from admin_console.hub.service.hours import Hours
from admin_console.hub.service.houserules import HouseRules
from admin_console.hub.service.importing import Imports, digest_of
from admin_console.hub.service.intake import Intake
from admin_console.hub.service.janitor import Janitor
from admin_console.hub.service.meeting import Meetings
from admin_console.hub.service.money.cases import money_cases
from admin_console.hub.service.money.sample import SampleMoney
from admin_console.hub.service.money.tillverify import verify_money
from admin_console.hub.service.opening import Openings
from admin_console.hub.service.parked import ParkedDesk
from admin_console.hub.service.port import CardReferences
from admin_console.hub.service.provision import Provisioning
from admin_console.hub.service.registry import Registry
from admin_console.hub.service.renewal import Renewals
from admin_console.hub.service.roomrule import RoomRules
from admin_console.hub.service.sample import SampleInvalid, read_sample
from admin_console.hub.service.series import SeriesBook
from admin_console.hub.service.staff import StaffDoor
from admin_console.hub.service.ticket import Tickets
from admin_console.hub.service.workshop import Workshops
from admin_console.hub.setting import KeyPair, SettingInvalid, Settings, read_settings
from admin_console.hub.store.engine import DatabaseUnknown, sqlite_address
from admin_console.hub.store.lockfile import StoreInUse, StoreLock
from admin_console.hub.store.store import Store, open_store
from admin_console.hub.web.application import Application, UseCases, make_application
from admin_console.hub.web.certificate import CertificateUnusable, ensure_key_pair, fingerprint
from admin_console.hub.web.log import configure
from admin_console.hub.web.server import AddressUnusable, Server, bind, raise_file_limit
from kiosk.wire.people import ImportChecked

SAMPLE = ("sample", "estate.toml")
_STOPPERS = (
    AddressUnusable, CertificateUnusable, CountryUnknown, DatabaseUnknown, SampleInvalid,
    SecretsUnavailable, SettingInvalid, StoreInUse,
)  # fmt: skip


class Unservable(Exception):
    """The order cannot be carried out; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Hub:
    """The parts of a hub that orders use."""

    cases: UseCases
    hasher: Argon2Hasher
    references: CardReferences


def build_hub(store: Store, pepper: bytes, hub_key: str, country: str = "") -> Hub:
    """Put the use cases together on a store.

    Args:
        store: where everything is kept.
        pepper: the key of the card references.
        hub_key: what stations are told of the hub's public key; empty without TLS.
        country: whose public holidays rooms keep, by the settings.
    """
    clock = SystemClock()
    # A core is left to everybody else while people sign in, where there is more than one.
    hasher = Argon2Hasher(cores=_spare_cores())
    references = HmacReferences(pepper)
    people = LocalPeople(store, references, hasher)
    keys = HmacKeys(pepper)
    openings = Openings(store, clock, people)
    presence = Presence(clock)
    contacts = ContactBook(store, clock, presence)
    commands = Commands(store, clock)

    def database_answers() -> bool:
        try:
            store.ping()
        except SQLAlchemyError:
            return False
        return True

    cases = UseCases(
        clock=clock,
        enrolment=Enrolment(store, clock, secrets.token_bytes, hub_key),
        openings=openings,
        renewals=Renewals(store, clock),
        tickets=Tickets(store, clock, people, secrets.token_bytes, keys),
        intake=Intake(store, clock, keys),
        feed=Feed(store, clock),
        commands=commands,
        staff=StaffDoor(store, clock, secrets.token_bytes, hasher),
        presence=presence,
        contacts=contacts,
        days=Days(store, clock),
        cards=Cards(store, clock, people),
        acts=ActJournal(store),
        hours=Hours(store, clock),
        rules=RoomRules(store, clock),
        house_rules=HouseRules(store),
        series=SeriesBook(store, clock, secrets.token_bytes),
        workshops=Workshops(store, clock, secrets.token_bytes),
        meetings=Meetings(store, clock, people),
        registry=Registry(store, clock, references, hasher, secrets.token_bytes),
        imports=Imports(store, clock, references, hasher.hash_all),
        guide=Guide(store, clock),
        provisioning=Provisioning(store, clock, people, keys, hasher),
        passes=PassDesk(store, clock, secrets.token_bytes, keys),
        pass_openings=PassOpenings(store, clock, keys, openings),
        parked=ParkedDesk(store),
        janitor=Janitor(store, clock, commands, presence, contacts, country=country),
        money=money_cases(store, clock, secrets.token_bytes, HmacMoneyKeys(pepper), people),
        watch=store.watch,
        database_answers=database_answers,
    )
    return Hub(cases, hasher, references)


@contextlib.contextmanager
def open_database(settings: Settings, *, alone: bool) -> Iterator[Store]:
    """Open the database of the settings with its tables up to date.

    Args:
        settings: say which.
        alone: this program is the only one that may serve or fill the file.

    Raises:
        Unservable: the database does not answer.
        StoreInUse: it is a file, and a hub is serving it.
    """
    clock = SystemClock()
    with contextlib.ExitStack() as stack:
        address = settings.database_url
        if address is None:
            address = sqlite_address(settings.database_file)
            if alone:
                stack.enter_context(StoreLock(settings.database_file))
        try:
            store = open_store(address, clock.now)
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", error)).partition("\n")[0]
            message = f"the database does not answer: {reason}"
            raise Unservable(message) from error
        stack.callback(store.close)
        yield store


def serve(settings: Settings, order: Serve) -> None:
    """Run the hub until it is asked to stop."""
    if order.listen is not None:
        settings = settings.listening(order.listen)
    key_pair = _choose_key_pair(settings, own=order.tls)
    check_country(settings.holidays)
    kept = open_secrets(settings.state)
    undo_log = configure(settings.log, sys.stderr)
    try:
        with open_database(settings, alone=True) as store:
            application = _application(store, kept, key_pair, settings.holidays)
            raise_file_limit()
            with contextlib.closing(bind(settings.listen)) as listener:
                scheme = "http" if key_pair is None else "https"
                port = listener.getsockname()[1]
                host = str(settings.listen).rpartition(":")[0]

                def ready() -> None:
                    structlog.get_logger("creneau.hub").info(
                        "started",
                        version=version("creneau"),
                        kept_in=kept.place,
                        database="file" if settings.database_url is None else "address",
                    )
                    _say(f"listening on {scheme}://{host}:{port}")

                server = Server(application.asgi, key_pair, ready, application.broker.close)
                server.run(sockets=[listener])
    finally:
        undo_log()


def plant_sample(settings: Settings, order: PlantSample) -> None:
    """Fill an empty store with the sample estate and print what is needed to try it.

    The codes are printed anew from a store that holds the sample already, served or not.
    """
    path = _asset(*SAMPLE) if order.estate is None else Path(order.estate)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"the estate file {path} cannot be read: {type(error).__name__}"
        raise Unservable(message) from error
    sample = read_sample(text)
    pepper = ensure_pepper(open_secrets(settings.state))
    with open_database(settings, alone=False) as store:
        hub = build_hub(store, pepper, "")
        estate = SampleEstate(
            store, hub.cases.clock, secrets.token_bytes, hub.references, hub.hasher.hash_all, sample
        )
        planted = estate.plant(always_open=order.always_open)
        if planted:
            money = hub.cases.money
            SampleMoney(store, hub.cases.clock, secrets.token_bytes, money, sample).plant()
        printed = estate.print_out(hub.cases.enrolment)
        # Of a store that holds a real town, not even the invented cards are printed.
        if not planted and len(printed.codes) < sum(len(site.room) for site in sample.site):
            message = "the store holds another estate: the sample goes into an empty one only"
            raise Unservable(message)
        _say(printed_sample(printed))


def make_enrol_code(settings: Settings, order: MakeEnrolCode) -> None:
    """Print a new code for a room."""
    with open_database(settings, alone=False) as store:
        enrolment = Enrolment(store, SystemClock(), secrets.token_bytes)
        # Identifiers of rooms are written with a dot; the one who types may write a slash.
        code = enrolment.make_code(order.room.replace("/", "."), order.uses)
        if isinstance(code, NotFound):
            message = f"there is no room {order.room}"
            raise Unservable(message)
        _say(code)


def import_members(settings: Settings, order: ImportMembers) -> None:
    """Print what a file of members would do, and do it if that is confirmed; served or not.

    Raises:
        Unservable: the file cannot be read, or a line of it is bad; nothing was written.
    """
    try:
        content = Path(order.file).read_bytes()
    except OSError as error:
        message = f"the file of members cannot be read: {type(error).__name__}"
        raise Unservable(message) from error
    pepper = ensure_pepper(open_secrets(settings.state))
    with open_database(settings, alone=False) as store:
        imports = build_hub(store, pepper, "").cases.imports
        answer = imports.take(content, digest_of(content) if order.confirmed else "")
    _say(printed_import(answer))
    if isinstance(answer, ImportChecked) and answer.faults:
        message = "the file has bad lines: nothing was written"
        raise Unservable(message)


def verify_books(settings: Settings) -> None:
    """Print how each book of the ledger stands; served or not.

    Raises:
        Unservable: a line is not what was written.
    """
    keys = HmacMoneyKeys(ensure_pepper(open_secrets(settings.state)))
    with open_database(settings, alone=False) as store:
        verdict = verify_money(store, keys)
    _say(printed_verdict(verdict))
    if not verdict.sound:
        message = "the ledger is not as it was written: stop taking money, keep a copy, call help"
        raise Unservable(message)


def show_document() -> None:
    """Print the OpenAPI document, from a hub on an empty store that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(sqlite_address(Path(folder) / "empty.sqlite"), SystemClock().now)
        with contextlib.closing(store):
            hub = build_hub(store, bytes(32), "")
            application = make_application(hub.cases, version("creneau"), slow_threads=1)
            _say(application.document.decode())


def make_certificate(settings: Settings, order: MakeCertificate) -> None:
    """Make the hub's own key and certificate where there are none; print the key's hash."""
    files = settings.own_key_pair
    made = ensure_key_pair(files, order.names, SystemClock().now())
    _say(f"certificate {files.certificate} ({'made now' if made else 'already there'})")
    _say(f"key {files.key}")
    _say(f"key fingerprint (SHA-256) {fingerprint(files.certificate)}")


def carry_out(order: Order, settings: Settings) -> None:
    """Carry out an order."""
    settings.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    match order:
        case Serve():
            serve(settings, order)
        case PlantSample():
            plant_sample(settings, order)
        case MakeEnrolCode():
            make_enrol_code(settings, order)
        case ImportMembers():
            import_members(settings, order)
        case VerifyLedger():
            verify_books(settings)
        case Upgrade():
            with open_database(settings, alone=True):
                _say("the tables are up to date")
        case ShowDocument():
            show_document()
        case MakeCertificate():
            make_certificate(settings, order)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status: 0, 1 if the order failed, 2 if it is unclear."""
    order = read_order(sys.argv[1:] if arguments is None else arguments)
    try:
        carry_out(order, read_settings(os.environ))
    except (*_STOPPERS, Unservable) as error:
        sys.stderr.write(f"creneau-hub: {error}\n")
        return 1
    return 0


def _application(
    store: Store, kept: Secrets, key_pair: KeyPair | None, country: str
) -> Application:
    hub_key = "" if key_pair is None else fingerprint(key_pair.certificate)
    hub = build_hub(store, ensure_pepper(kept), hub_key, country)
    # Two threads more than hashes: somebody who waits for the database keeps no hash waiting.
    return make_application(hub.cases, version("creneau"), slow_threads=_spare_cores() + 2)


def _choose_key_pair(settings: Settings, *, own: bool) -> KeyPair | None:
    """Return the certificate to show; None for plain HTTP, which stays on this machine."""
    if settings.key_pair is not None:
        return settings.key_pair
    mine = settings.own_key_pair
    if own:
        ensure_key_pair(mine, [settings.listen.host], SystemClock().now())
        return mine
    if settings.listen.is_loopback:
        return None
    if mine.certificate.is_file() and mine.key.is_file():
        return mine
    message = (
        f"will not listen on {settings.listen} without TLS, codes would cross the network in the "
        "clear: name a certificate and its key in CRENEAU_TLS_CERTIFICATE and CRENEAU_TLS_KEY, or "
        "add --tls to use one that the hub makes for itself"
    )
    raise Unservable(message)


def _spare_cores() -> int:
    return max(1, (os.cpu_count() or 1) - 1)


def _asset(*parts: str) -> Path:
    # PyInstaller unpacks the assets beside the code, under this name.
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if isinstance(frozen, str) else Path(__file__).resolve().parents[2]
    return root.joinpath("assets", *parts)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()

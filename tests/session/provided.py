"""What a hub gives a station for the time without it: the card of a reader, keys, a pass."""

import hashlib
from datetime import date, timedelta
from typing import Any

from kiosk.rules.guestpass import Use, make_pass
from kiosk.rules.hours import local_date
from kiosk.rules.knowncard import card_lookup, card_secret
from kiosk.session.command import CardChecked, ProvisionsRead
from kiosk.wire.face import RefusalFace, SessionFace, SignInAsked
from kiosk.wire.provision import DayKey, KnownCardView, Provisions
from tests.session.station import CARD, PIN, Station

ROOM_KEY = b"r" * 32
LOOKUP = card_lookup(ROOM_KEY, CARD)
SIGN_IN = SignInAsked(card=CARD, pin=PIN)


def key_of(day: date) -> bytes:
    """Return the key of a day."""
    return day.isoformat().encode().ljust(32, b".")


def today(station: Station) -> date:
    """Return the local date at the station."""
    return local_date(station.clock.wall(), "Europe/Paris")


def known_card(station: Station, **told: Any) -> KnownCardView:
    """Return the card of the reader of these tests, accepted two days ago."""
    whole: dict[str, Any] = {
        "lookup": LOOKUP,
        "verifier": verifier_of(card_secret(ROOM_KEY, CARD, PIN)),
        "accepted_at": station.clock.wall() - timedelta(days=2),
        "first_name": "Jeanne",
    }
    return KnownCardView(**(whole | told))


def provisions(station: Station, *cards: KnownCardView, **told: Any) -> Provisions:
    """Return what the hub tells: these cards, and the keys of a week."""
    days = [today(station) + timedelta(days=ahead) for ahead in range(8)]
    keys = tuple(DayKey(day=day, key=key_of(day)) for day in days)
    whole: dict[str, Any] = {
        "at": station.clock.wall(),
        "room_key": ROOM_KEY,
        "day_keys": keys,
        "cards": cards,
    }
    return Provisions(**(whole | told))


def pass_of(station: Station, *, code: int = 0, serial: int = 7, ahead: int = 0) -> str:
    """Return the digits of a pass of today, or of another day."""
    day = today(station) + timedelta(days=ahead)
    return make_pass(key_of(day), Use(day, code, serial))


def verifier_of(secret: str) -> str:
    """Return a verifier that takes no time."""
    return f"fast:{hashlib.sha256(secret.encode()).hexdigest()}"


def provide(station: Station, told: Provisions | None) -> None:
    """The hub tells what lets the station act alone."""
    station.provisions = told
    station.session.handle(ProvisionsRead(told))
    station.settle()


def finish_check(station: Station) -> None:
    """Let the slow hash end; here a verifier is the secret's own hash."""
    slot_id, secret, verifier = station.checks.pop(0)
    station.session.handle(CardChecked(slot_id, fits=verifier == verifier_of(secret)))
    station.settle()


def sit_alone(station: Station) -> str:
    """Open a slot for the known card without the hub; return its id."""
    station.wish(SIGN_IN)
    finish_check(station)
    sitting = station.session.state.kept.sitting
    assert sitting is not None
    return sitting.slot_id


def session_of(station: Station) -> SessionFace:
    """Return the face of the session that runs."""
    assert station.shown.session is not None
    return station.shown.session


def refusal_of(station: Station) -> RefusalFace:
    """Return why the last try at the lock was refused."""
    assert station.shown.lock is not None
    assert station.shown.lock.refusal is not None
    return station.shown.lock.refusal

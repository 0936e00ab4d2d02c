"""What a station needs to take visitors while the hub is away, and how a card becomes known."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from admin_console.hub.service.allowance import midnight, used_of
from admin_console.hub.service.bell import room_topic
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.membership import facts_of
from admin_console.hub.service.port import Clock, People, SecretHasher, Store, Work
from admin_console.hub.service.provisionbook import Keys, Known
from kiosk.rules.hours import local_date
from kiosk.rules.knowncard import KNOWN_DAYS, card_lookup, card_secret
from kiosk.rules.person import Admitted, may_sit
from kiosk.rules.signin import SignIn
from kiosk.wire.change import ProvisionsChanged
from kiosk.wire.place import RoomView
from kiosk.wire.provision import DayKey, KnownCardView, PassUse, Provisions
from kiosk.wire.station import OpenSlot

DAYS_AHEAD = 7
"""Stations have the keys of today and of this many days after it."""

TOLD_AGAIN = timedelta(days=1)
"""A card that is accepted again is news to the stations only after so long."""

RECOGNISED_DAYS = 2 * KNOWN_DAYS
"""How long the hub recognises a card whose station was away, after its last acceptance."""

_KNOWN_CARDS = "known cards"

NO_CODE = ""
"""The verifier of a card that is known by itself, where the card alone opens a slot."""


class Provisioning:
    """Provides the stations of a room, and makes the verifiers of the cards that sit there.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        people: knows the members.
        keys: derives the keys that stations are told.
        hasher: makes the verifiers, one at a time on each core.
    """

    def __init__(
        self, store: Store, clock: Clock, people: People, keys: Keys, hasher: SecretHasher
    ) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._keys = keys
        self._hasher = hasher

    def provide(self, station: StationIdentity) -> Provisions:
        """Return what the station's room needs to take visitors without the hub.

        Raises:
            LookupError: its room is gone, which no use case can cause.
        """
        now = self._clock.now()
        with self._store.begin(write=False) as work:
            room = work.rooms.get(station.room_id)
            if room is None:
                message = "the room of an enrolled station is gone"
                raise LookupError(message)
            today = local_date(now, room.hours.zone)
            cards = _cards(work, room, today, now)
            used = work.passes.used_from(station.site_id, today)
        days = (today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1))
        return Provisions(
            at=now,
            room_key=self._keys.room_key(room.room_id),
            day_keys=tuple(
                DayKey(day=day, key=self._keys.day_key(station.site_id, day)) for day in days
            ),
            cards=cards,
            used=tuple(PassUse.of(use) for use in used),
        )

    def remember(self, station: StationIdentity, ask: OpenSlot) -> None:
        """Let the stations of a room know a card whose slot there was granted just now.

        Takes as long as two slow hashes where the card or its code is new to the room. The code is
        checked anew: it may have been changed meanwhile, and a grant that is only repeated says
        nothing of the code that came with the repetition. Where the card alone opens there is
        none to check. A card of a source that is not the hub's own is not kept.
        """
        reference = self._people.reference(ask.card)
        with self._store.begin(write=False) as work:
            room = work.rooms.get(station.room_id)
            by_card = room is not None and room.sign_in is SignIn.CARD
            mark = _mark(work, reference, by_card=by_card)
            known = work.known.get(station.room_id, reference)
        if mark is None:
            return
        verifier: str | None = None
        if by_card:
            verifier = NO_CODE
        elif not _holds(known, mark):
            if ask.pin is None or self._people.check(ask.card, ask.pin) is None:
                return
            key = self._keys.room_key(station.room_id)
            verifier = self._hasher.hash(card_secret(key, ask.card, ask.pin))
        with self._store.begin(write=True) as work:
            work.hold(_KNOWN_CARDS)
            if _mark(work, reference, by_card=by_card) == mark:
                self._keep(work, station, ask.card, reference, verifier, mark)

    def _keep(
        self,
        work: Work,
        station: StationIdentity,
        card: str,
        reference: str,
        verifier: str | None,
        mark: bytes,
    ) -> None:
        now = self._clock.now()
        known = work.known.get(station.room_id, reference)
        if known is not None and _holds(known, mark):
            work.known.save(replace(known, accepted_at=now))
            news = now - known.accepted_at >= TOLD_AGAIN
        elif verifier is not None:
            lookup = card_lookup(self._keys.room_key(station.room_id), card)
            work.known.save(Known(station.room_id, reference, lookup, now, verifier, mark))
            news = True
        else:
            # Forgotten since it was looked at: the next slot makes it known again.
            return
        if news:
            tell_provisions(work, [station.room_id])


def forget_known(work: Work, *references: str) -> None:
    """Let no station take these cards without the hub any more, and tell the stations.

    To be called by whoever changes a code or what is known of a person, in the same unit of work.
    Where somebody sat with one, the hub still recognises it.
    """
    work.hold(_KNOWN_CARDS)
    tell_provisions(work, work.known.forget(references))


def tell_provisions(work: Work, room_ids: Collection[str]) -> None:
    """Tell the stations of some rooms that there is something new to fetch."""
    for room_id in room_ids:
        room = work.rooms.get(room_id)
        if room is not None:
            work.changes.add(
                ProvisionsChanged(room_id=room_id),
                topic=room_topic(room_id),
                site_id=room.site_id,
                for_staff=False,
            )


def tell_site_provisions(work: Work, site_id: str) -> None:
    """Tell all stations of a site that there is something new to fetch."""
    tell_provisions(work, [room.room_id for room in work.rooms.of_sites([site_id])])


def _cards(work: Work, room: RoomView, today: date, now: datetime) -> tuple[KnownCardView, ...]:
    """Return the known cards of a room whose holders may sit there today."""
    known = work.known.of_room(room.room_id, now - timedelta(days=KNOWN_DAYS))
    members = work.members.of([one.reference for one in known])
    categories = {category.key: category for category in work.categories.all()}
    used: dict[str, int] = {}
    for person, slot in work.sitters.opened_since(room.room_id, midnight(room, now)):
        used[person] = used.get(person, 0) + used_of(slot, now)
    views = []
    for one in known:
        member = members.get(one.reference)
        category = None if member is None else categories.get(member.category)
        if member is None or category is None or one.verifier is None:
            continue
        if one.verifier == NO_CODE and room.sign_in is not SignIn.CARD:
            # Known from the days when the card alone opened: no code was ever checked here.
            continue
        admitted = may_sit(room.admission.as_rule(), facts_of(member, category), today)
        if isinstance(admitted, Admitted):
            views.append(
                KnownCardView(
                    lookup=one.lookup,
                    verifier=one.verifier,
                    accepted_at=one.accepted_at,
                    first_name=member.first_name,
                    time=member.time,
                    profile=admitted.profile,
                    used_today_seconds=min(used.get(one.reference, 0), 24 * 3600),
                )
            )
    return tuple(views)


def _mark(work: Work, reference: str, *, by_card: bool) -> bytes | None:
    """Return what tells a member's code from the one before; None where there is nothing to tell.

    Where the card alone opens, a member without a code has a mark too.
    """
    member = work.members.get(reference)
    if member is None:
        return None
    if by_card:
        return hashlib.sha256(NO_CODE.encode()).digest()
    return None if member.pin_hash is None else hashlib.sha256(member.pin_hash.encode()).digest()


def _holds(known: Known | None, mark: bytes) -> bool:
    return known is not None and known.verifier is not None and known.code_mark == mark

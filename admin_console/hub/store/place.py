"""Sites, rooms, seats, stations and enrolment codes."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.record import EnrolmentCode, Seat, Station
from admin_console.hub.store import schema
from admin_console.hub.store.row import columns, every, first, values
from kiosk.wire.codec import decode, encode
from kiosk.wire.place import RoomView, SiteView

_site, _room, _seat = schema.site.c, schema.room.c, schema.seat.c
_station, _code = schema.station.c, schema.enrolment_code.c

# The station of a seat is the one that is not retired; the seat row itself does not say.
_DERIVED = ("station_id",)
_SEATS = select(*columns(schema.seat), _station.station_id).outerjoin(
    schema.station, (_station.seat_id == _seat.seat_id) & _station.retired_at.is_(None)
)
_ONE_SEAT = _SEATS.where(_seat.seat_id == bindparam("seat_id"))
_OF_ROOM = _SEATS.where(_seat.room_id == bindparam("room_id")).order_by(_seat.number)
_OF_SITES = _SEATS.where(_seat.site_id.in_(bindparam("site_ids", expanding=True))).order_by(
    _seat.room_id, _seat.number
)
_IN_CONTACT = _SEATS.where(_seat.in_contact.is_(True)).order_by(_seat.seat_id)
_SAVE_SEAT = update(schema.seat).where(_seat.seat_id == bindparam("key"))
_FIXED = ("seat_id", "room_id", "site_id", "number", *_DERIVED)

_ONE_ROOM = select(_room.body).where(_room.room_id == bindparam("room_id"))
_HELD_ROOM = _ONE_ROOM.with_for_update()
_BY_TOKEN = (
    select(_station.station_id, _seat.seat_id, _seat.room_id, _seat.site_id)
    .join(schema.seat, _station.seat_id == _seat.seat_id)
    .where(_station.token_sha256 == bindparam("token"), _station.retired_at.is_(None))
)


class SiteRows:
    """The sites; what the wire says of one is kept whole."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, site: SiteView) -> None:
        """Keep a new site, after the others."""
        place = self._connection.scalar(select(func.count()).select_from(schema.site))
        self._connection.execute(
            insert(schema.site).values(site_id=site.site_id, place=place, body=encode(site))
        )

    def get(self, site_id: str) -> SiteView | None:
        """Return a site."""
        body = self._connection.scalar(select(_site.body).where(_site.site_id == site_id))
        return None if body is None else decode(body, SiteView)

    def hold(self, site_id: str) -> SiteView | None:
        """Return a site and lock its row; SQLite has locked everything already."""
        one = select(_site.body).where(_site.site_id == site_id).with_for_update()
        body = self._connection.scalar(one)
        return None if body is None else decode(body, SiteView)

    def save(self, site: SiteView) -> None:
        """Write what a site tells of itself; its place stays."""
        self._connection.execute(
            update(schema.site).where(_site.site_id == site.site_id).values(body=encode(site))
        )

    def all(self) -> tuple[SiteView, ...]:
        """Return all sites in their order."""
        bodies = self._connection.scalars(select(_site.body).order_by(_site.place))
        return tuple(decode(body, SiteView) for body in bodies)


class RoomRows:
    """The rooms; what the wire says of one is kept whole."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, room: RoomView) -> None:
        """Keep a new room, after the others."""
        place = self._connection.scalar(select(func.count()).select_from(schema.room))
        self._connection.execute(
            insert(schema.room).values(
                room_id=room.room_id, site_id=room.site_id, place=place, body=encode(room)
            )
        )

    def get(self, room_id: str) -> RoomView | None:
        """Return a room."""
        body = self._connection.scalar(_ONE_ROOM, {"room_id": room_id})
        return None if body is None else decode(body, RoomView)

    def hold(self, room_id: str) -> RoomView | None:
        """Return a room and lock its row; SQLite has locked everything already."""
        body = self._connection.scalar(_HELD_ROOM, {"room_id": room_id})
        return None if body is None else decode(body, RoomView)

    def save(self, room: RoomView) -> None:
        """Write a room's name, hours, rule and bookings; its site and its place stay."""
        self._connection.execute(
            update(schema.room)
            .where(_room.room_id == room.room_id, _room.site_id == room.site_id)
            .values(body=encode(room))
        )

    def of_sites(self, site_ids: Collection[str]) -> tuple[RoomView, ...]:
        """Return the rooms of some sites in their order."""
        bodies = self._connection.scalars(
            select(_room.body).where(_room.site_id.in_(site_ids)).order_by(_room.place)
        )
        return tuple(decode(body, RoomView) for body in bodies)


class SeatRows:
    """The seats, each with the station that fills it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, seat: Seat) -> None:
        """Keep a new seat."""
        self._connection.execute(insert(schema.seat), values(seat, without=_DERIVED))

    def get(self, seat_id: str) -> Seat | None:
        """Return a seat."""
        return first(self._connection, _ONE_SEAT, Seat, seat_id=seat_id)

    def of_room(self, room_id: str) -> tuple[Seat, ...]:
        """Return the seats of a room by number."""
        return every(self._connection, _OF_ROOM, Seat, room_id=room_id)

    def of_sites(self, site_ids: Collection[str]) -> tuple[Seat, ...]:
        """Return the seats of some sites by room and number."""
        return every(self._connection, _OF_SITES, Seat, site_ids=list(site_ids))

    def in_contact(self) -> tuple[Seat, ...]:
        """Return the seats whose station was in contact when last written."""
        return every(self._connection, _IN_CONTACT, Seat)

    def save(self, seat: Seat) -> None:
        """Write what stands at a seat."""
        self._connection.execute(_SAVE_SEAT, {"key": seat.seat_id, **values(seat, without=_FIXED)})


class StationRows:
    """The stations, retired ones too: their slots and facts name them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, station: Station) -> None:
        """Keep a new station."""
        self._connection.execute(insert(schema.station), values(station))

    def get(self, station_id: str) -> Station | None:
        """Return a station."""
        wanted = select(schema.station).where(_station.station_id == station_id)
        return first(self._connection, wanted, Station)

    def by_token(self, token_sha256: bytes) -> StationIdentity | None:
        """Return who holds this token, unless retired."""
        return first(self._connection, _BY_TOKEN, StationIdentity, token=token_sha256)

    def enrol_again(self, station: Station) -> None:
        """Give a known station its new seat and token; a retired one is somebody again."""
        self._connection.execute(
            update(schema.station)
            .where(_station.station_id == station.station_id)
            .values(values(station, without=("station_id", "version", "windowed")))
        )

    def retire(self, station_id: str, at: datetime) -> None:
        """Make a station nobody."""
        self._connection.execute(
            update(schema.station).where(_station.station_id == station_id).values(retired_at=at)
        )

    def describe(self, station_id: str, version: str, windowed: bool) -> None:
        """Keep what a station said of itself when it started."""
        self._connection.execute(
            update(schema.station)
            .where(_station.station_id == station_id)
            .values(version=version, windowed=windowed)
        )


class CodeRows:
    """The enrolment codes, by their SHA-256."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, code: EnrolmentCode) -> None:
        """Keep a new code."""
        self._connection.execute(insert(schema.enrolment_code), values(code))

    def get(self, code_sha256: bytes) -> EnrolmentCode | None:
        """Return a code."""
        wanted = select(schema.enrolment_code).where(_code.code_sha256 == code_sha256)
        return first(self._connection, wanted, EnrolmentCode)

    def use(self, code_sha256: bytes) -> bool:
        """Use a code once; False when nothing is left of it."""
        used = self._connection.execute(
            update(schema.enrolment_code)
            .where(_code.code_sha256 == code_sha256, _code.uses_left > 0)
            .values(uses_left=_code.uses_left - 1)
        )
        return used.rowcount == 1

    def drop_expired(self, now: datetime) -> int:
        """Forget the codes that are too old."""
        gone = self._connection.execute(
            delete(schema.enrolment_code).where(_code.expires_at <= now)
        )
        return gone.rowcount

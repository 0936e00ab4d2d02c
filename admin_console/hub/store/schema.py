"""The tables of the hub, one schema for SQLite and PostgreSQL.

A change here comes with a migration; a test compares the two on both databases.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from admin_console.hub.service.record import SlotState
from admin_console.hub.store.column import Choice, Instant, Json, Numbered
from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.person import BrowserProfile
from kiosk.rules.presence import LockCause
from kiosk.rules.ticket import TicketState
from kiosk.wire.command import CommandState
from kiosk.wire.station import RenewalKind

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

ID = String(36)
NAME = String(80)
REFERENCE = String(64)

metadata = MetaData(naming_convention=NAMES)

meta = Table(
    "meta",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("last_change", BigInteger, nullable=False),
    Column("dropped_change", BigInteger, nullable=False),
    Column("last_act", BigInteger, nullable=False, server_default=text("0")),
)
"""One row. Taking a number locks it until the commit, so that numbers commit in order."""

site = Table(
    "site",
    metadata,
    Column("site_id", NAME, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("body", Json, nullable=False),
)

room = Table(
    "room",
    metadata,
    Column("room_id", NAME, primary_key=True),
    Column("site_id", NAME, ForeignKey("site.site_id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("body", Json, nullable=False),
)

seat = Table(
    "seat",
    metadata,
    Column("seat_id", NAME, primary_key=True),
    Column("room_id", NAME, ForeignKey("room.room_id"), nullable=False),
    Column("site_id", NAME, ForeignKey("site.site_id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("label", NAME, nullable=False),
    Column("in_contact", Boolean, nullable=False),
    Column("contact_since", Instant),
    Column("out_of_order", Text),
    Column("out_of_order_since", Instant),
    Column("order_seq", BigInteger, nullable=False),
    Column("help_asked_at", Instant),
    Column("clock_trusted", Boolean, nullable=False, server_default=text("true")),
    Column("key_left_at", Instant),
    UniqueConstraint("room_id", "number"),
)

station = Table(
    "station",
    metadata,
    Column("station_id", ID, primary_key=True),
    Column("seat_id", NAME, ForeignKey("seat.seat_id"), nullable=False),
    Column("hostname", NAME, nullable=False),
    Column("token_sha256", LargeBinary, nullable=False, unique=True),
    Column("enrolled_at", Instant, nullable=False),
    Column("retired_at", Instant),
    Column("version", NAME, nullable=False),
    Column("windowed", Boolean, nullable=False),
)
Index(
    "uq_station_seat_id_active",
    station.c.seat_id,
    unique=True,
    sqlite_where=text("retired_at IS NULL"),
    postgresql_where=text("retired_at IS NULL"),
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    Column("code_sha256", LargeBinary, primary_key=True),
    Column("room_id", NAME, ForeignKey("room.room_id"), nullable=False),
    Column("uses_left", Integer, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

category = Table(
    "category",
    metadata,
    Column("key", NAME, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("title", NAME, nullable=False),
    Column("staff", Boolean, nullable=False),
    Column("needs_authorisation", Boolean, nullable=False),
    Column("profile", Choice(BrowserProfile), nullable=False),
)
"""The kinds of member, the same in the whole town."""

member = Table(
    "member",
    metadata,
    Column("reference", REFERENCE, primary_key=True),
    Column("first_name", NAME, nullable=False),
    Column("pin_hash", Text),
    Column("category", NAME, ForeignKey("category.key"), nullable=False),
    Column("least_age", Integer),
    Column("resident", Boolean, nullable=False),
    Column("authorised_on", Date),
    Column("valid_until", Date),
    Column("time", Numbered(AdaptedTime), nullable=False),
    Column("first_used_at", Instant),
    Column("tried_at", Instant),
)
"""The members. Without `pin_hash` a card opens nothing until a code is made."""

slot = Table(
    "slot",
    metadata,
    Column("slot_id", ID, primary_key=True),
    Column("seat_id", NAME, ForeignKey("seat.seat_id"), nullable=False),
    Column("room_id", NAME, ForeignKey("room.room_id"), nullable=False),
    Column("station_id", ID, ForeignKey("station.station_id"), nullable=False),
    Column("state", Choice(SlotState), nullable=False),
    Column("granted_at", Instant, nullable=False),
    Column("total_seconds", Integer, nullable=False),
    Column("grace_seconds", Integer, nullable=False),
    Column("opened_at", Instant),
    Column("ends_at", Instant),
    Column("renewals", Integer, nullable=False),
    Column("in_grace", Boolean, nullable=False),
    Column("ended_at", Instant),
    Column("end_reason", String(16)),
    Column("used_seconds", Integer, nullable=False),
    Column("remaining_seconds", Integer, nullable=False),
    Column("end_told", Boolean, nullable=False),
    Column("wiped_clean", Boolean),
    Column("last_seq", BigInteger, nullable=False),
    Column("declined", Boolean, nullable=False, server_default=text("false")),
    Column("declined_seq", BigInteger),
    Column("mercy", Boolean, nullable=False, server_default=text("false")),
    Column("locked", Choice(LockCause)),
    Column("locked_since", Instant),
    Column("locked_seq", BigInteger),
    Column("resumes", ID),
    Column("total_seq", BigInteger, nullable=False, server_default=text("-1")),
    Column("shortened", Boolean, nullable=False, server_default=text("false")),
    Column("series_id", ID),
    Column("trial", Boolean, nullable=False, server_default=text("false")),
    Column("left_at", Instant),
    Column("time", Numbered(AdaptedTime), nullable=False, server_default=text("2")),
    Index("ix_slot_seat_id_opened_at", "seat_id", "opened_at"),
    Index("ix_slot_room_id_opened_at", "room_id", "opened_at"),
)
Index(
    "uq_slot_seat_id_open",
    slot.c.seat_id,
    unique=True,
    sqlite_where=text("state = 'open'"),
    postgresql_where=text("state = 'open'"),
)
Index(
    "ix_slot_seat_id_live",
    slot.c.seat_id,
    slot.c.granted_at,
    sqlite_where=text("state IN ('granted', 'open')"),
    postgresql_where=text("state IN ('granted', 'open')"),
)
Index(
    "ix_slot_room_id_live",
    slot.c.room_id,
    sqlite_where=text("state IN ('granted', 'open')"),
    postgresql_where=text("state IN ('granted', 'open')"),
)
Index(
    "ix_slot_granted_at_waiting",
    slot.c.granted_at,
    sqlite_where=text("state = 'granted'"),
    postgresql_where=text("state = 'granted'"),
)
Index(
    "ix_slot_ends_at_open",
    slot.c.ends_at,
    sqlite_where=text("state = 'open'"),
    postgresql_where=text("state = 'open'"),
)

slot_person = Table(
    "slot_person",
    metadata,
    Column("slot_id", ID, ForeignKey("slot.slot_id"), primary_key=True),
    Column("reference", REFERENCE, nullable=False, index=True),
)
"""Who a slot was for; the purge takes this row and leaves the slot."""

opening_answer = Table(
    "opening_answer",
    metadata,
    Column("slot_id", ID, primary_key=True),
    Column("station_id", ID, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("answer", Json, nullable=False),
)

renewal_answer = Table(
    "renewal_answer",
    metadata,
    Column("slot_id", ID, ForeignKey("slot.slot_id"), primary_key=True),
    Column("from_total_seconds", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False, index=True),
    Column("granted_total", Integer),
    Column("kind", Choice(RenewalKind), nullable=False, server_default=text("'asked'")),
    Column("answer", Json, nullable=False),
)

ticket = Table(
    "ticket",
    metadata,
    Column("room_id", NAME, ForeignKey("room.room_id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("taken_at", Instant, nullable=False),
    Column("place", Integer, nullable=False),
    Column("state", Choice(TicketState), nullable=False),
    Column("seat", Integer),
    Column("hold_until", Instant),
    Column("missed", Integer, nullable=False),
    Column("back_at", Instant),
    Column("ended_at", Instant),
    Column("coded", Boolean, nullable=False, server_default=text("false")),
)
"""The tickets of a room on its local date, numbered from 1."""

ticket_person = Table(
    "ticket_person",
    metadata,
    Column("room_id", NAME, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("reference", REFERENCE, nullable=False, index=True),
    ForeignKeyConstraint(
        ["room_id", "day", "number"], ["ticket.room_id", "ticket.day", "ticket.number"]
    ),
)
"""Whose a ticket is, a card's reference or that of a code; the purge leaves the ticket."""

ticket_answer = Table(
    "ticket_answer",
    metadata,
    Column("ask_id", ID, primary_key=True),
    Column("ask_sha256", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("answer", Json, nullable=False),
)

waiting = Table(
    "waiting",
    metadata,
    Column("room_id", NAME, ForeignKey("room.room_id"), primary_key=True),
    Column("day", Date, nullable=False),
    Column("look_at", Instant),
    Column("body", Json, nullable=False),
)
"""What was last told of a room's list, standing refusals included, and when to look again.

`look_at` is null while nobody waits.
"""
Index(
    "ix_waiting_look_at_live",
    waiting.c.look_at,
    sqlite_where=text("look_at IS NOT NULL"),
    postgresql_where=text("look_at IS NOT NULL"),
)

event = Table(
    "event",
    metadata,
    Column("event_id", ID, primary_key=True),
    Column("station_id", ID, ForeignKey("station.station_id"), nullable=False),
    Column("seat_id", NAME, ForeignKey("seat.seat_id"), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("clock_trusted", Boolean, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Json, nullable=False),
    Column("code", NAME),
    Index("ix_event_station_id_seq", "station_id", "seq"),
    Index("ix_event_seat_id_at", "seat_id", "at"),
)
"""The journal. Triggers refuse to change or take away a row."""

parked_event = Table(
    "parked_event",
    metadata,
    Column("event_id", ID, ForeignKey("event.event_id"), primary_key=True),
    Column("received_at", Instant, nullable=False, index=True),
)
"""The facts that contradict what the hub knows, for the desk to look at."""

change = Table(
    "change",
    metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("topic", String(100), nullable=False),
    Column("site_id", NAME, nullable=False),
    Column("for_staff", Boolean, nullable=False),
    Column("body", Json, nullable=False),
    Index("ix_change_topic_n", "topic", "n"),
    Index("ix_change_site_id_n", "site_id", "n"),
)

command = Table(
    "command",
    metadata,
    Column("command_id", ID, primary_key=True),
    Column("staff_id", ID, ForeignKey("staff.staff_id"), nullable=False),
    Column("site_id", NAME, nullable=False),
    Column("room_id", NAME, nullable=False),
    Column("seat_id", NAME, ForeignKey("seat.seat_id"), nullable=False),
    Column("station_id", ID, ForeignKey("station.station_id"), nullable=False),
    Column("slot_id", ID),
    Column("kind", String(40), nullable=False),
    Column("body", Json, nullable=False),
    Column("state", Choice(CommandState), nullable=False),
    Column("issued_at", Instant, nullable=False, index=True),
    Column("expires_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("code", NAME),
)
Index(
    "ix_command_expires_at_waiting",
    command.c.expires_at,
    sqlite_where=text("state IN ('sent', 'received')"),
    postgresql_where=text("state IN ('sent', 'received')"),
)

staff = Table(
    "staff",
    metadata,
    Column("staff_id", ID, primary_key=True),
    Column("name", NAME, nullable=False, unique=True),
    Column("display_name", NAME, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("roles", Json, nullable=False),
    Column("site_ids", Json),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("token_sha256", LargeBinary, primary_key=True),
    Column("staff_id", ID, ForeignKey("staff.staff_id"), nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)

tries = Table(
    "tries",
    metadata,
    Column("subject", String(100), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Instant, nullable=False, index=True),
)

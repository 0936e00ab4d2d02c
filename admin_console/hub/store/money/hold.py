"""The holds as they stand, and the price lists."""

from datetime import date, datetime

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from admin_console.hub.service.money.record import Hold, PostingKind, Price
from admin_console.hub.store.money.schema import ledger_posting, price_line, print_hold
from admin_console.hub.store.row import every, first, values
from kiosk.rules.credit import OPEN_STATES, HoldState

_hold, _price, _posting = print_hold.c, price_line.c, ledger_posting.c


class HoldRows:
    """The holds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, hold: Hold) -> None:
        """Keep a new hold."""
        self._connection.execute(insert(print_hold), values(hold))

    def get(self, hold_id: str) -> Hold | None:
        """Return a hold."""
        return first(self._connection, select(print_hold).where(_hold.hold_id == hold_id), Hold)

    def hold(self, hold_id: str) -> Hold | None:
        """Return a hold, and keep everybody else from it."""
        wanted = select(print_hold).where(_hold.hold_id == hold_id).with_for_update()
        return first(self._connection, wanted, Hold)

    def save(self, hold: Hold) -> None:
        """Write how a hold stands."""
        self._connection.execute(
            update(print_hold)
            .where(_hold.hold_id == hold.hold_id)
            .values(
                state=hold.state,
                heard_at=hold.heard_at,
                free_pages=hold.free_pages,
                printed=hold.printed,
                charged_cents=hold.charged_cents,
                refunded_pages=hold.refunded_pages,
            )
        )

    def open_of(self, card_id: str) -> tuple[Hold, ...]:
        """Return the holds of a card whose credit is set aside."""
        wanted = select(print_hold).where(
            _hold.card_id == card_id, _hold.state.in_(sorted(OPEN_STATES))
        )
        return every(self._connection, wanted, Hold)

    def hand_over(self, card_id: str, to_card_id: str) -> None:
        """Let the open holds of a card belong to the one that replaces it."""
        self._connection.execute(
            update(print_hold)
            .where(_hold.card_id == card_id, _hold.state.in_(sorted(OPEN_STATES)))
            .values(card_id=to_card_id)
        )

    def stale(self, authorised_before: datetime, heard_before: datetime) -> tuple[str, ...]:
        """Return ids of holds authorised, or sending and last heard of, before these."""
        wanted = select(_hold.hold_id).where(
            _hold.state.in_([HoldState.AUTHORISED, HoldState.SENDING]),
            or_(
                and_(_hold.state == HoldState.AUTHORISED, _hold.authorised_at < authorised_before),
                and_(_hold.state == HoldState.SENDING, _hold.heard_at < heard_before),
            ),
        )
        return tuple(self._connection.scalars(wanted.order_by(_hold.hold_id)))

    def doubtful(self, site_id: str) -> tuple[Hold, ...]:
        """Return the doubtful holds of a site, the oldest first."""
        wanted = (
            select(print_hold)
            .where(_hold.state == HoldState.DOUBTFUL, _hold.site_id == site_id)
            .order_by(_hold.authorised_at, _hold.hold_id)
        )
        return every(self._connection, wanted, Hold)

    def free_pages(self, holder: str, since: date) -> int:
        """Count the free pages of somebody from a day on."""
        found = self._connection.scalar(
            select(func.coalesce(func.sum(_hold.free_pages), 0)).where(
                _hold.holder == holder, _hold.day >= since
            )
        )
        return int(found or 0)

    def refunds(self, site_id: str, printer: str, since: datetime) -> int:
        """Count the refunds of a printer's jobs from an instant on."""
        found = self._connection.scalar(
            select(func.count())
            .select_from(ledger_posting)
            .join(print_hold, _hold.hold_id == _posting.hold_id)
            .where(
                _posting.kind == PostingKind.REFUND,
                _posting.at >= since,
                _hold.site_id == site_id,
                _hold.printer == printer,
            )
        )
        return int(found or 0)

    def forget_holders(self, before: date) -> int:
        """Forget for whom free pages counted before a day."""
        gone = self._connection.execute(
            update(print_hold)
            .where(_hold.holder.is_not(None), _hold.day < before)
            .values(holder=None)
        )
        return gone.rowcount


class PriceRows:
    """The lines of the price lists; there is no way here to change one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, line: Price) -> None:
        """Keep a new line."""
        self._connection.execute(insert(price_line), values(line))

    def get(self, line_id: str) -> Price | None:
        """Return a line."""
        return first(self._connection, select(price_line).where(_price.line_id == line_id), Price)

    def of_site(self, site_id: str) -> tuple[Price, ...]:
        """Return the lines of a site, the oldest first."""
        wanted = (
            select(price_line)
            .where(_price.site_id == site_id)
            .order_by(_price.written_at, _price.line_id)
        )
        return every(self._connection, wanted, Price)

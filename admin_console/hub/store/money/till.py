"""The tills, the chains of what happened to them, and their receipts."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from admin_console.hub.service.money.record import (
    Receipt,
    ReceiptCopy,
    Till,
    TillEvent,
    TillEventKind,
)
from admin_console.hub.store.money.schema import receipt, receipt_copy, till, till_event
from admin_console.hub.store.row import every, first, values

_till, _event, _receipt, _copy = till.c, till_event.c, receipt.c, receipt_copy.c


class TillRows:
    """The tills, and what happened to each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, made: Till) -> None:
        """Keep a new till."""
        self._connection.execute(insert(till), values(made))

    def get(self, till_id: str) -> Till | None:
        """Return a till."""
        return first(self._connection, select(till).where(_till.till_id == till_id), Till)

    def hold(self, till_id: str) -> Till | None:
        """Return a till, and keep everybody else from it."""
        wanted = select(till).where(_till.till_id == till_id).with_for_update()
        return first(self._connection, wanted, Till)

    def save(self, changed: Till) -> None:
        """Write how a till stands."""
        self._connection.execute(
            update(till)
            .where(_till.till_id == changed.till_id)
            .values(values(changed, without=("till_id", "site_id")))
        )

    def of_site(self, site_id: str) -> tuple[Till, ...]:
        """Return the tills of a site by name."""
        wanted = select(till).where(_till.site_id == site_id).order_by(_till.name, _till.till_id)
        return every(self._connection, wanted, Till)

    def event(self, ask_id: str) -> TillEvent | None:
        """Return what an ask did to a till."""
        wanted = select(till_event).where(_event.ask_id == ask_id)
        return first(self._connection, wanted, TillEvent)

    def last_event(self, till_id: str) -> TillEvent | None:
        """Return the newest line of a till's chain."""
        wanted = select(till_event).where(_event.till_id == till_id)
        return first(self._connection, wanted.order_by(_event.number.desc()).limit(1), TillEvent)

    def events(self, till_id: str, session: int | None = None) -> tuple[TillEvent, ...]:
        """Return the lines of a till's chain, of one opening or of all, the oldest first."""
        wanted = select(till_event).where(_event.till_id == till_id)
        if session is not None:
            wanted = wanted.where(_event.session == session)
        return every(self._connection, wanted.order_by(_event.number), TillEvent)

    def note(self, event: TillEvent) -> None:
        """Keep what happened."""
        self._connection.execute(insert(till_event), values(event))

    def closings(self, site_id: str, since: datetime, until: datetime) -> tuple[TillEvent, ...]:
        """Return the closings of a site's tills from one instant to before another."""
        wanted = (
            select(till_event)
            .join(till, _till.till_id == _event.till_id)
            .where(
                _till.site_id == site_id,
                _event.kind == TillEventKind.CLOSED,
                _event.at >= since,
                _event.at < until,
            )
            .order_by(_event.at, _event.till_id)
        )
        return every(self._connection, wanted, TillEvent)


class ReceiptRows:
    """The receipts; they are only ever added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, made: Receipt) -> None:
        """Keep a receipt."""
        self._connection.execute(insert(receipt), values(made))

    def get(self, till_id: str, year: int, number: int) -> Receipt | None:
        """Return a receipt."""
        wanted = select(receipt).where(
            _receipt.till_id == till_id, _receipt.year == year, _receipt.number == number
        )
        return first(self._connection, wanted, Receipt)

    def of_posting(self, posting_id: str) -> Receipt | None:
        """Return the receipt of a posting."""
        wanted = select(receipt).where(_receipt.posting_id == posting_id)
        return first(self._connection, wanted, Receipt)

    def last_number(self, till_id: str, year: int) -> int:
        """Return the newest number of a till and year, 0 before the first."""
        found: int | None = self._connection.scalar(
            select(func.max(_receipt.number)).where(
                _receipt.till_id == till_id, _receipt.year == year
            )
        )
        return found or 0

    def count(self, till_id: str, session: int) -> int:
        """Count the receipts of an opening of a till."""
        found: int | None = self._connection.scalar(
            select(func.count()).where(_receipt.till_id == till_id, _receipt.session == session)
        )
        return found or 0

    def page(self, till_id: str, year: int, before: int | None, limit: int) -> tuple[Receipt, ...]:
        """Return the newest receipts, those before a number if given, newest first."""
        wanted = select(receipt).where(_receipt.till_id == till_id, _receipt.year == year)
        if before is not None:
            wanted = wanted.where(_receipt.number < before)
        return every(
            self._connection, wanted.order_by(_receipt.number.desc()).limit(limit), Receipt
        )

    def of_site(self, site_id: str, since: datetime, until: datetime) -> tuple[Receipt, ...]:
        """Return the receipts of a site's tills from one instant to before another."""
        wanted = (
            select(receipt)
            .join(till, _till.till_id == _receipt.till_id)
            .where(_till.site_id == site_id, _receipt.at >= since, _receipt.at < until)
            .order_by(_receipt.till_id, _receipt.year, _receipt.number)
        )
        return every(self._connection, wanted, Receipt)

    def is_paper_taken(self, till_id: str, paper_number: str) -> bool:
        """Tell whether a receipt of the paper book was entered already."""
        wanted = select(func.count()).where(
            _receipt.till_id == till_id, _receipt.paper_number == paper_number
        )
        return bool(self._connection.scalar(wanted))

    def copy(self, ask_id: str) -> ReceiptCopy | None:
        """Return the copy that an ask made."""
        wanted = select(receipt_copy).where(_copy.ask_id == ask_id)
        return first(self._connection, wanted, ReceiptCopy)

    def count_copies(self, till_id: str, year: int, number: int) -> int:
        """Count the copies of a receipt."""
        wanted = select(func.count()).where(
            _copy.till_id == till_id, _copy.year == year, _copy.number == number
        )
        return self._connection.scalar(wanted) or 0

    def add_copy(self, made: ReceiptCopy) -> None:
        """Keep that a copy was made."""
        self._connection.execute(insert(receipt_copy), values(made))

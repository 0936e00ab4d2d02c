"""The print cards and what was done to them."""

from datetime import date

from sqlalchemy import Connection, case, func, insert, select, update

from admin_console.hub.service.money.account import AccountKind
from admin_console.hub.service.money.record import CardAct, PrintCard
from admin_console.hub.store.money.schema import ledger_line, print_card, print_card_act
from admin_console.hub.store.row import every, first, values
from kiosk.wire.money import CardState

_card, _act = print_card.c, print_card_act.c


class PrintCardRows:
    """The print cards."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, card: PrintCard) -> None:
        """Keep a new card."""
        self._connection.execute(insert(print_card), values(card))

    def save(self, card: PrintCard) -> None:
        """Write what may change of a card."""
        self._connection.execute(
            update(print_card)
            .where(_card.card_id == card.card_id)
            .values(
                state=card.state,
                member=card.member,
                replaced_by=card.replaced_by,
                expires_on=card.expires_on,
            )
        )

    def get(self, card_id: str) -> PrintCard | None:
        """Return a card."""
        return first(
            self._connection, select(print_card).where(_card.card_id == card_id), PrintCard
        )

    def hold(self, card_id: str) -> PrintCard | None:
        """Return a card, and keep everybody else from it."""
        wanted = select(print_card).where(_card.card_id == card_id).with_for_update()
        return first(self._connection, wanted, PrintCard)

    def by_number(self, number_digest: str) -> PrintCard | None:
        """Return the card with this number."""
        wanted = select(print_card).where(_card.number_digest == number_digest)
        return first(self._connection, wanted, PrintCard)

    def of_member(self, member: str) -> tuple[PrintCard, ...]:
        """Return the cards that are tied to a member, the oldest first."""
        wanted = select(print_card).where(_card.member == member)
        return every(self._connection, wanted.order_by(_card.issued_at, _card.card_id), PrintCard)

    def act(self, ask_id: str) -> CardAct | None:
        """Return what was done for an ask."""
        wanted = select(print_card_act).where(_act.ask_id == ask_id)
        return first(self._connection, wanted, CardAct)

    def note(self, act: CardAct) -> None:
        """Keep what was done."""
        self._connection.execute(insert(print_card_act), values(act))

    def with_credit(self, last_day_before: date) -> tuple[int, int]:
        """Count the cards with credit, and sum in cents that whose last day is before a date."""
        credit = (
            select(ledger_line.c.subject, (-func.sum(ledger_line.c.amount_cents)).label("cents"))
            .where(ledger_line.c.kind == AccountKind.CARD.value)
            .group_by(ledger_line.c.subject)
            .subquery()
        )
        soon = case((_card.expires_on < last_day_before, credit.c.cents), else_=0)
        row = self._connection.execute(
            select(func.count(), func.coalesce(func.sum(soon), 0))
            .select_from(credit)
            .join(print_card, _card.card_id == credit.c.subject)
            .where(credit.c.cents > 0)
        ).one()
        return int(row[0]), int(row[1])

    def lapsing(self, before: date, limit: int) -> tuple[str, ...]:
        """Return ids of cards in use whose last day was before a date."""
        wanted = (
            select(_card.card_id)
            .where(
                _card.expires_on < before,
                _card.state.in_([CardState.ACTIVE, CardState.BLOCKED]),
            )
            .order_by(_card.expires_on)
            .limit(limit)
        )
        return tuple(self._connection.scalars(wanted))

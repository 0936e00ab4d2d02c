"""A print card as it is shown, and why one is good for nothing."""

from admin_console.hub.service.act import Whom
from admin_console.hub.service.bell import seat_topic, site_topic
from admin_console.hub.service.money.account import Account, AccountKind
from admin_console.hub.service.money.record import PrintCard
from admin_console.hub.service.port import Work
from kiosk.wire.change import CreditChanged
from kiosk.wire.money import CardState, MoneyFault, PrintCardView

_FAULTS = {
    CardState.BLOCKED: MoneyFault.CARD_BLOCKED,
    CardState.REPLACED: MoneyFault.CARD_REPLACED,
    CardState.EXPIRED: MoneyFault.CARD_EXPIRED,
}


def account_of(card_id: str) -> Account:
    """Return the account of a card's credit."""
    return Account(AccountKind.CARD, card_id)


def whom_of(card: PrintCard | None) -> Whom | None:
    """Return whom an act about a card is about, for the journal."""
    return None if card is None else Whom(card.number_digest, card.last_four)


def fault_of(card: PrintCard | None) -> MoneyFault | None:
    """Return why no money moves on a card, None if it does."""
    return MoneyFault.CARD_UNKNOWN if card is None else _FAULTS.get(card.state)


def view_of(work: Work, card: PrintCard, change_cents: int = 0) -> PrintCardView:
    """Return how a card stands, once a change that is being written has been made."""
    return PrintCardView(
        card_id=card.card_id,
        last_four=card.last_four,
        state=card.state,
        balance_cents=work.money.ledger.balance(account_of(card.card_id)) + change_cents,
        held_cents=sum(one.amount_cents for one in work.money.holds.open_of(card.card_id)),
        tied=card.member is not None,
        expires_on=card.expires_on,
    )


def tell_card(work: Work, card_id: str, site_id: str) -> None:
    """Tell the seat of whoever a card belongs to that something moved on it.

    Of a card that is nobody's the stations of the site are told, for it is shown where it was
    passed, which is written nowhere. No figure is told: who may see one asks for it.
    """
    card = work.money.cards.get(card_id)
    if card is None:
        return
    if card.member is None:
        changed = CreditChanged(card_id=card_id)
        work.changes.add(changed, topic=site_topic(site_id), site_id=site_id, for_staff=False)
        return
    for seated in work.slots.live_of(card.member):
        slot = seated.slot
        seat = work.seats.get(slot.seat_id)
        work.changes.add(
            CreditChanged(card_id=card_id, slot_id=slot.slot_id),
            topic=seat_topic(slot.seat_id),
            site_id=site_id if seat is None else seat.site_id,
            for_staff=False,
        )

"""A print card as it is shown, and why one is good for nothing."""

from admin_console.hub.service.act import Whom
from admin_console.hub.service.money.account import Account, AccountKind
from admin_console.hub.service.money.record import PrintCard
from admin_console.hub.service.port import Work
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

"""What all steps of a hold share: its locks, its accounts, and how it is shown."""

from msgspec.structs import replace

from admin_console.hub.service.money.account import Account, AccountKind, Entry, credit, debit
from admin_console.hub.service.money.cardview import account_of, view_of
from admin_console.hub.service.money.record import Hold, PrintCard
from admin_console.hub.service.port import Work
from kiosk.rules.credit import OPEN_STATES, HoldState
from kiosk.wire.hold import HoldView

ACCOUNTS = {
    HoldState.AUTHORISED: AccountKind.AUTHORISED,
    HoldState.SENDING: AccountKind.SENDING,
    HoldState.DOUBTFUL: AccountKind.DOUBTFUL,
}


def take_hold(work: Work, hold_id: str) -> tuple[Hold, PrintCard | None] | None:
    """Lock a hold and the card that its credit returns to: its own, or what replaced it."""
    found = work.money.holds.get(hold_id)
    if found is None:
        return None
    card = None if found.card_id is None else take_living(work, found.card_id)
    held = work.money.holds.hold(hold_id)
    return None if held is None else (held, card)


def take_living(work: Work, card_id: str) -> PrintCard | None:
    """Lock a card, or the one that took over its credit, however often that was replaced."""
    card = work.money.cards.hold(card_id)
    while card is not None and card.replaced_by is not None:
        card = work.money.cards.hold(card.replaced_by)
    return card


def set_aside(hold: Hold) -> Account:
    """Return the account where the credit of an open hold stands."""
    return Account(ACCOUNTS[hold.state], hold.hold_id)


def source_of(card: PrintCard | None, site_id: str) -> Account:
    """Return where the credit of a hold comes from; without a card it is nothing at all."""
    if card is None:
        return Account(AccountKind.SALES, site_id)
    return account_of(card.card_id)


def closing_entries(hold: Hold, card: PrintCard | None, charged_cents: int) -> tuple[Entry, ...]:
    """Return the entries that settle a hold: what is charged to sales, the rest to the card."""
    back = hold.amount_cents - charged_cents
    entries = [debit(set_aside(hold), hold.amount_cents)]
    if charged_cents:
        entries.append(credit(Account(AccountKind.SALES, hold.site_id), charged_cents))
    if back or not charged_cents:
        entries.append(credit(source_of(card, hold.site_id), back))
    return tuple(entries)


def hold_view(work: Work, hold: Hold, card: PrintCard | None, change_cents: int = 0) -> HoldView:
    """Return how a hold stands; the card's balance as it is once a change has been written."""
    shown = None
    if card is not None:
        held = sum(
            one.amount_cents
            for one in work.money.holds.open_of(card.card_id)
            if one.hold_id != hold.hold_id
        )
        own = hold.amount_cents if hold.state in OPEN_STATES else 0
        view = view_of(work, card, change_cents)
        shown = replace(view, held_cents=held + own)
    return HoldView(
        hold_id=hold.hold_id,
        state=hold.state,
        held_cents=hold.amount_cents if hold.state in OPEN_STATES else 0,
        charged_cents=hold.charged_cents,
        printed=hold.printed,
        refunded_pages=hold.refunded_pages,
        printer=hold.printer,
        authorised_at=hold.authorised_at,
        card=shown,
    )

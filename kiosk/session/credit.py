"""Print credit on the seat: asked for when it may have moved, told as of then without the hub.

It is asked for by itself where the slot opens, when the hub comes back and when it says that
something moved. No credit moves here: the station only shows what the ledger says. The number of a
card that was passed stays in memory while its visitor sits, and is written nowhere.
"""

from dataclasses import replace

from kiosk.session.command import CreditAnswered, CreditUnanswered
from kiosk.session.effect import AskCredit
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State
from kiosk.session.wallet import Wallet
from kiosk.wire.change import CreditChanged
from kiosk.wire.credit import CardFault, CreditGround, ReadSeatCredit, SeatCredit
from kiosk.wire.creditface import CreditFace, CreditSeen, CreditWish, PrintCardPassed
from kiosk.wire.face import Contact


def follow(decision: Decision, moment: Moment) -> Decision:
    """Ask the hub where what is shown may be old; one ask at a time."""
    state = decision.state
    sitting, wallet = state.kept.sitting, state.wallet
    if sitting is None or sitting.opened_boot is None:
        return decision.then(Decision(state.but(wallet=None)))
    if wallet is None or wallet.slot_id != sitting.slot_id:
        wallet = Wallet(sitting.slot_id)
    if not wallet.due or wallet.ask_id is not None or state.contact is not Contact.LIVE:
        return decision.then(Decision(state.but(wallet=wallet)))
    ask = ReadSeatCredit(slot_id=wallet.slot_id, number=wallet.trying or wallet.number)
    asked = state.but(wallet=replace(wallet, due=False, ask_id=moment.fresh_id))
    return decision.then(Decision(asked, effects=(AskCredit(moment.fresh_id, ask),)))


def ask_anew(state: State, *, if_missed: bool = False) -> State:
    """Note that what is shown may be old, or with `if_missed` only where an ask was in vain."""
    wallet = state.wallet
    if wallet is None or (if_missed and not wallet.missed):
        return state
    return state.but(wallet=replace(wallet, due=True))


def hear_change(state: State, change: CreditChanged) -> State:
    """Ask anew where the change is about this seat's visitor, or about a card that is shown."""
    wallet = state.wallet
    if wallet is None:
        return state
    cards = () if wallet.told is None else wallet.told.cards
    is_shown = any(card.card_id == change.card_id for card in cards)
    return ask_anew(state) if is_shown or change.slot_id == wallet.slot_id else state


def take_wish(state: State, wish: CreditWish) -> State:
    """Look anew, look for a card that was passed, or forget what was said about it."""
    wallet = state.wallet
    if wallet is None:
        return state
    read = replace(wallet, fault=None, retry_seconds=0, unanswered=False)
    if isinstance(wish, CreditSeen):
        return state.but(wallet=read)
    if not isinstance(wish, PrintCardPassed):
        return ask_anew(state)
    if state.contact is not Contact.LIVE:
        return state.but(wallet=replace(read, unanswered=True))
    # An ask on its way is about another card: its answer is no longer waited for.
    return state.but(wallet=replace(read, trying=wish.number, ask_id=None, due=True))


def take_credit(state: State, command: CreditAnswered) -> State:
    """Show the answer; one that nobody waits for any more is dropped."""
    wallet, answer = state.wallet, command.answer
    if wallet is None or wallet.ask_id != command.ask_id:
        return state
    settled = replace(wallet, ask_id=None, trying=None, missed=False)
    if not isinstance(answer, SeatCredit):
        # The hub may not have heard yet that somebody sits here.
        missed = answer.ground is CreditGround.NOBODY_HERE
        return state.but(wallet=replace(settled, told=None, number=None, missed=missed))
    if answer.fault is None:
        number = wallet.trying or wallet.number
        return state.but(wallet=replace(settled, told=answer, number=number))
    if wallet.trying is None and answer.fault is CardFault.TOO_MANY_TRIES:
        # Others were tried in vain; the card that is shown is still a good one.
        return state.but(wallet=replace(settled, missed=True))
    settled = replace(settled, fault=answer.fault, retry_seconds=answer.retry_seconds)
    if wallet.trying is not None and wallet.number is not None:
        return state.but(wallet=settled)
    return state.but(wallet=replace(settled, told=answer, number=None))


def miss_credit(state: State, command: CreditUnanswered) -> State:
    """Go on showing what was told before, as of then."""
    wallet = state.wallet
    if wallet is None or wallet.ask_id != command.ask_id:
        return state
    unanswered = wallet.unanswered or wallet.trying is not None
    return state.but(
        wallet=replace(wallet, ask_id=None, trying=None, unanswered=unanswered, missed=True)
    )


def credit_face(state: State) -> CreditFace | None:
    """Return what is shown, None where nothing is known or prints are not sold."""
    wallet, situation = state.wallet, state.kept.situation
    if wallet is None or wallet.told is None or situation is None:
        return None
    return CreditFace(
        at=wallet.told.at,
        stale=state.contact is not Contact.LIVE or wallet.missed,
        cards=wallet.told.cards,
        movements=wallet.told.movements,
        reading=wallet.trying is not None,
        fault=wallet.fault,
        unanswered=wallet.unanswered,
        retry_seconds=wallet.retry_seconds,
        top_up=situation.site.top_up,
    )

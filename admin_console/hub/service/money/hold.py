"""Holds: authorised, sent, settled; what a station asks about its own jobs.

Each step has a key made of the hold's id, so that no step is ever taken twice, whoever asks.
Nothing goes to a printer before `sending` is committed. What is being sent never expires.
"""

import dataclasses
from collections.abc import Callable

import msgspec

from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.money.account import credit, debit
from admin_console.hub.service.money.cardtries import card_wait, count_unknown_card
from admin_console.hub.service.money.cardview import account_of, view_of
from admin_console.hub.service.money.holdbook import (
    closing_entries,
    hold_view,
    set_aside,
    source_of,
    take_hold,
)
from admin_console.hub.service.money.ledger import Ask, AskReused, Draft, Ledger
from admin_console.hub.service.money.port import MoneyKeys
from admin_console.hub.service.money.pricelist import site_date
from admin_console.hub.service.money.quote import Payer, find_payer, kept_quote, quote_for
from admin_console.hub.service.money.record import Hold, PostingKind, PrintCard
from admin_console.hub.service.port import Clock, Store, Work
from kiosk.rules.credit import AUTHORISED_SECONDS, HoldState, HoldStep, step_hold
from kiosk.wire.codec import Message, decode, encode
from kiosk.wire.hold import (
    AuthoriseHold,
    HoldAnswer,
    HoldView,
    KeepHold,
    PrintQuoteAnswer,
    PrintQuoted,
    QuotePrint,
    ReleaseHold,
    SendHold,
    SettleHold,
)
from kiosk.wire.money import MoneyFault, MoneyRefused
from kiosk.wire.tariff import QuoteView


def step_key(hold_id: str, step: HoldStep) -> str:
    """Return the key of a step of a hold."""
    return f"{hold_id}/{step}"


class Holds:
    """What a station asks.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        keys: digests the numbers of cards.
        ledger: moves the credit.
    """

    def __init__(self, store: Store, clock: Clock, keys: MoneyKeys, ledger: Ledger) -> None:
        self._store = store
        self._clock = clock
        self._keys = keys
        self._ledger = ledger

    def quote(self, station: StationIdentity, ask: QuotePrint) -> PrintQuoteAnswer:
        """Return what a job costs whoever sits here."""
        with self._store.begin(write=False) as work:
            answer = self._quoted(work, station, ask)
        self._count_unknown(station, ask, answer)
        return answer

    def _quoted(self, work: Work, station: StationIdentity, ask: QuotePrint) -> PrintQuoteAnswer:
        payer = self._payer(work, station, ask)
        if isinstance(payer, MoneyRefused):
            return payer
        found = quote_for(work, station.site_id, payer, ask.job, self._clock)
        if isinstance(found, MoneyRefused):
            return found
        card = None if payer.card is None else view_of(work, payer.card)
        return PrintQuoted(quote=found, card=card)

    def _payer(
        self, work: Work, station: StationIdentity, ask: QuotePrint | AuthoriseHold
    ) -> Payer | MoneyRefused:
        """Return who prints; too many unknown numbers keep a station waiting."""
        wait = 0 if ask.number is None else card_wait(work, station, self._clock)
        if wait:
            return MoneyRefused(fault=MoneyFault.TOO_MANY_TRIES, retry_seconds=wait)
        return find_payer(work, station, ask.slot_id, ask.number, self._keys)

    def _count_unknown(
        self, station: StationIdentity, ask: QuotePrint | AuthoriseHold, answer: Message
    ) -> None:
        is_refused = isinstance(answer, MoneyRefused) and answer.fault is MoneyFault.CARD_UNKNOWN
        if is_refused and ask.number is not None:
            count_unknown_card(self._store, station, self._clock)

    def authorise(self, station: StationIdentity, ask: AuthoriseHold) -> HoldAnswer:
        """Set aside what a job costs, if the card has it and the price is what was confirmed."""
        with self._store.begin(write=True) as work:
            answer = self._confirmed(work, station, ask)
        self._count_unknown(station, ask, answer)
        return answer

    def _confirmed(self, work: Work, station: StationIdentity, ask: AuthoriseHold) -> HoldAnswer:
        wanted = Ask(ask.hold_id, station.station_id, ask)
        if (earlier := self._recalled(work, wanted, MoneyFault.ASK_REUSED)) is not None:
            return earlier
        payer = self._payer(work, station, ask)
        if isinstance(payer, MoneyRefused):
            return payer
        if payer.holder is not None:
            # Two jobs of one person must not both take the last free pages.
            work.hold(f"free:{payer.holder}")
        if payer.card is not None:
            work.money.cards.hold(payer.card.card_id)
            payer = find_payer(work, station, ask.slot_id, ask.number, self._keys)
            if isinstance(payer, MoneyRefused):
                return payer
        quoted = quote_for(work, station.site_id, payer, ask.job, self._clock)
        if isinstance(quoted, MoneyRefused):
            return quoted
        if quoted.cents != ask.quoted_cents:
            return MoneyRefused(fault=MoneyFault.PRICE_CHANGED, needed_cents=quoted.cents)
        return self._authorise(work, station, wanted, ask, payer, quoted)

    def _authorise(
        self,
        work: Work,
        station: StationIdentity,
        wanted: Ask,
        ask: AuthoriseHold,
        payer: Payer,
        quoted: QuoteView,
    ) -> HoldAnswer:
        card, cents = payer.card, quoted.cents
        if card is None and cents:
            return MoneyRefused(fault=MoneyFault.CARD_UNKNOWN, needed_cents=cents)
        if card is not None:
            balance = work.money.ledger.balance(account_of(card.card_id))
            if balance < cents:
                return MoneyRefused(
                    fault=MoneyFault.CREDIT_SHORT, balance_cents=balance, needed_cents=cents
                )
        now = self._clock.now()
        hold = Hold(
            hold_id=ask.hold_id,
            station_id=station.station_id,
            slot_id=ask.slot_id,
            site_id=station.site_id,
            state=HoldState.AUTHORISED,
            amount_cents=cents,
            authorised_at=now,
            heard_at=now,
            day=site_date(work, station.site_id, self._clock),
            card_id=None if card is None else card.card_id,
            printer=ask.printer,
            holder=payer.holder,
            free_pages=quoted.free_pages,
        )
        draft = Draft(
            PostingKind.AUTHORISATION,
            hold.site_id,
            (debit(source_of(card, hold.site_id), cents), credit(set_aside(hold), cents)),
            detail=encode(quoted),
            card_id=hold.card_id,
            hold_id=hold.hold_id,
        )
        view = hold_view(work, hold, card, -cents)
        work.money.holds.add(hold)
        self._ledger.enter(work, self._ledger.new_posting(wanted, draft), draft.entries, view)
        return view

    def send(self, station: StationIdentity, ask: SendHold) -> HoldAnswer:
        """Mark that a job is about to be sent; only after this answer is it."""

        def step(work: Work, wanted: Ask, hold: Hold, card: PrintCard | None) -> HoldAnswer:
            now = self._clock.now()
            if (now - hold.authorised_at).total_seconds() > AUTHORISED_SECONDS:
                return MoneyRefused(fault=MoneyFault.HOLD_EXPIRED)
            if step_hold(hold.state, HoldStep.SEND) is None:
                return MoneyRefused(fault=over_or(hold, MoneyFault.HOLD_SENT))
            sent = dataclasses.replace(hold, state=HoldState.SENDING, heard_at=now)
            return move_hold(self._ledger, work, wanted, hold, sent, card, PostingKind.SENDING)

        return self._step(station, ask.hold_id, HoldStep.SEND, ask, step)

    def keep(self, station: StationIdentity, ask: KeepHold) -> HoldAnswer:
        """Hear that a job is still being printed."""
        with self._store.begin(write=True) as work:
            found = take_hold(work, ask.hold_id)
            if found is None or found[0].station_id != station.station_id:
                return MoneyRefused(fault=MoneyFault.HOLD_UNKNOWN)
            hold, card = found
            if hold.state is HoldState.SENDING:
                hold = dataclasses.replace(hold, heard_at=self._clock.now())
                work.money.holds.save(hold)
            return hold_view(work, hold, card)

    def settle(self, station: StationIdentity, ask: SettleHold) -> HoldAnswer:
        """Charge the pages that came out, and give the rest back."""

        def step(work: Work, wanted: Ask, hold: Hold, card: PrintCard | None) -> HoldAnswer:
            return settle_hold(self._ledger, work, wanted, hold, card, ask.printed)

        return self._step(station, ask.hold_id, HoldStep.SETTLE, ask, step)

    def release(self, station: StationIdentity, ask: ReleaseHold) -> HoldAnswer:
        """Give back what was set aside for a job that was not sent."""

        def step(work: Work, wanted: Ask, hold: Hold, card: PrintCard | None) -> HoldAnswer:
            return release_hold(self._ledger, work, wanted, hold, card)

        return self._step(station, ask.hold_id, HoldStep.RELEASE, ask, step)

    def _step(
        self,
        station: StationIdentity,
        hold_id: str,
        step: HoldStep,
        ask: Message,
        take: Callable[[Work, Ask, Hold, PrintCard | None], HoldAnswer],
    ) -> HoldAnswer:
        wanted = Ask(step_key(hold_id, step), station.station_id, ask)
        with self._store.begin(write=True) as work:
            if (earlier := self._recalled(work, wanted, MoneyFault.HOLD_OVER)) is not None:
                return earlier
            found = take_hold(work, hold_id)
            if found is None or found[0].station_id != station.station_id:
                return MoneyRefused(fault=MoneyFault.HOLD_UNKNOWN)
            return take(work, wanted, *found)

    def _recalled(self, work: Work, wanted: Ask, other: MoneyFault) -> HoldAnswer | None:
        try:
            earlier = self._ledger.recall(work, wanted)
        except AskReused:
            return MoneyRefused(fault=other)
        if earlier is None:
            return None
        told: HoldView = decode(earlier.answer, HoldView)
        return told


def move_hold(
    ledger: Ledger,
    work: Work,
    wanted: Ask,
    before: Hold,
    after: Hold,
    card: PrintCard | None,
    kind: PostingKind,
) -> HoldView:
    """Move what is set aside from the account of one state to that of another."""
    cents = before.amount_cents
    draft = Draft(
        kind,
        before.site_id,
        (debit(set_aside(before), cents), credit(set_aside(after), cents)),
        card_id=None if card is None else card.card_id,
        hold_id=before.hold_id,
    )
    work.money.holds.save(after)
    view = hold_view(work, after, card)
    ledger.enter(work, ledger.new_posting(wanted, draft), draft.entries, view)
    return view


def settle_hold(
    ledger: Ledger,
    work: Work,
    wanted: Ask,
    hold: Hold,
    card: PrintCard | None,
    printed: int,
    reason: str = "",
) -> HoldAnswer:
    """Charge the pages of a job that came out; more than it has are charged as the job."""
    made = work.money.ledger.by_key(hold.hold_id)
    if made is None or step_hold(hold.state, HoldStep.SETTLE) is None:
        return MoneyRefused(fault=over_or(hold, MoneyFault.HOLD_NOT_SENT))
    quote = kept_quote(made.detail)
    charge = quote.charge(printed)
    # Free pages that came out are settled as well as paid ones.
    state = step_hold(hold.state, HoldStep.SETTLE, charge.cents or charge.free_pages)
    assert state is not None  # noqa: S101 - asked above
    after = dataclasses.replace(
        hold,
        state=state,
        printed=min(printed, quote.job.pages),
        charged_cents=charge.cents,
        free_pages=charge.free_pages,
    )
    return _close(ledger, work, wanted, hold, after, card, reason)


def release_hold(
    ledger: Ledger, work: Work, wanted: Ask, hold: Hold, card: PrintCard | None
) -> HoldAnswer:
    """Give all of a hold back that was not sent."""
    if step_hold(hold.state, HoldStep.RELEASE) is None:
        return MoneyRefused(fault=over_or(hold, MoneyFault.HOLD_SENT))
    after = dataclasses.replace(hold, state=HoldState.RELEASED, free_pages=0)
    return _close(ledger, work, wanted, hold, after, card, "")


def _close(
    ledger: Ledger,
    work: Work,
    wanted: Ask,
    before: Hold,
    after: Hold,
    card: PrintCard | None,
    reason: str,
) -> HoldView:
    charged = after.charged_cents
    draft = Draft(
        PostingKind.SETTLEMENT if after.state is HoldState.SETTLED else PostingKind.RELEASE,
        before.site_id,
        closing_entries(before, card, charged),
        detail=msgspec.json.encode({"printed": after.printed}),
        card_id=None if card is None else card.card_id,
        hold_id=before.hold_id,
        reason=reason,
    )
    work.money.holds.save(after)
    view = hold_view(work, after, card, before.amount_cents - charged)
    ledger.enter(work, ledger.new_posting(wanted, draft), draft.entries, view)
    return view


def over_or(hold: Hold, fault: MoneyFault) -> MoneyFault:
    """Return why a step is not taken: the hold is over, or it is not the time."""
    over = hold.state in {HoldState.SETTLED, HoldState.RELEASED}
    return MoneyFault.HOLD_OVER if over else fault

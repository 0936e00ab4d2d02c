"""What is said of print credit: the balance, what moved, where to buy, why a card is not shown."""

from dataclasses import dataclass

from kiosk.look.language import N_
from kiosk.shell.outfit import Outfit
from kiosk.wire.credit import CardFault, Movement, MovementKind
from kiosk.wire.creditface import CreditFace
from kiosk.wire.face import Snapshot
from kiosk.wire.money import CardState

MINUTE = 60
MINUS, PLUS = "\u2212\u00a0", "+\u00a0"

KINDS = {
    MovementKind.TOP_UP: N_("Top-up"),
    MovementKind.PRINTING: N_("Print under way"),
    MovementKind.PRINTED: N_("Print job"),
    MovementKind.GIVEN_BACK: N_("Credit given back"),
    MovementKind.MOVED: N_("From your card before"),
    MovementKind.LAPSED: N_("Credit that has ended"),
    MovementKind.CORRECTED: N_("Correction"),
}
FAULTS = {
    CardFault.UNKNOWN: N_("This is no print card that we know. Look at the number again."),
    CardFault.OF_ANOTHER: N_("This print card belongs to somebody else."),
    CardFault.BLOCKED: N_("This print card is blocked. Its credit is safe."),
    CardFault.REPLACED: N_("This print card has been replaced by another one."),
    CardFault.EXPIRED: N_("The credit of this print card has ended."),
}


@dataclass(frozen=True, slots=True)
class MovementWords:
    """One movement: when, what, by how much, and what was left."""

    when: str
    what: str
    amount: str
    balance: str

    @property
    def spoken(self) -> str:
        """Return all of it."""
        return ". ".join((self.what, self.when, self.amount, self.balance))


def credit_of(snapshot: Snapshot) -> CreditFace | None:
    """Return the credit that is told, None where prints are not sold."""
    return None if snapshot.session is None else snapshot.session.credit


def balance_words(outfit: Outfit, snapshot: Snapshot, credit: CreditFace) -> str:
    """Return the balance of the card that pays, nothing where there is no card."""
    if not credit.cards:
        return ""
    return outfit.teller.phrase(snapshot).money(credit.cards[0].balance_cents)


def label_words(outfit: Outfit, snapshot: Snapshot, credit: CreditFace) -> str:
    """Return what stands beside the balance."""
    _ = outfit.language.gettext
    if not credit.cards:
        return _("My print card")
    if credit.stale and credit.at is not None:
        time = outfit.teller.phrase(snapshot).time(credit.at)
        return _("Credit at %(time)s") % {"time": time}
    return _("Print credit")


def short_label(outfit: Outfit, snapshot: Snapshot, credit: CreditFace) -> str:
    """Return the same where room is short: of when the balance is, or what it is."""
    if credit.stale and credit.at is not None:
        return outfit.teller.phrase(snapshot).time(credit.at)
    # Translators: print credit, beside its figure, where "Print credit" is too long.
    return outfit.language.pgettext("short", "Credit")


def state_words(outfit: Outfit, snapshot: Snapshot, credit: CreditFace) -> str:
    """Return what there is to know of the card that pays, and of the others."""
    _ = outfit.language.gettext
    phrase = outfit.teller.phrase(snapshot)
    told = []
    if credit.stale and credit.at is not None:
        time = {"time": phrase.time(credit.at)}
        told.append(_("This is the balance at %(time)s. No credit moves at the moment.") % time)
    if not credit.cards:
        told.append(_("Scan your print card to see its credit."))
        return " ".join(told)
    first, *others = credit.cards
    told.append(_("Card whose number ends in %(digits)s.") % {"digits": first.last_four})
    if first.state is CardState.BLOCKED:
        told.append(_("This print card is blocked. Its credit is safe."))
    if first.held_cents:
        amount = {"amount": phrase.money(first.held_cents)}
        told.append(_("%(amount)s more is set aside for a print under way.") % amount)
    if first.expires_on is not None:
        day = {"date": phrase.number_date(first.expires_on)}
        told.append(_("The credit is good until %(date)s.") % day)
    for other in others:
        said = {"digits": other.last_four, "amount": phrase.money(other.balance_cents)}
        told.append(_("Other card, ending in %(digits)s: %(amount)s.") % said)
    return " ".join(told)


def movement_words(outfit: Outfit, snapshot: Snapshot, line: Movement) -> MovementWords:
    """Return a movement in words and figures."""
    _, ngettext = outfit.language.gettext, outfit.language.ngettext
    phrase = outfit.teller.phrase(snapshot)
    is_today = phrase.local_date(line.at) == phrase.local_date(snapshot.now)
    what = _(KINDS[line.kind])
    if line.kind is MovementKind.PRINTED and line.pages:
        pages = ngettext("Print, %(count)d page", "Print, %(count)d pages", line.pages)
        what = pages % {"count": line.pages}
    sign = MINUS if line.change_cents < 0 else PLUS
    return MovementWords(
        when=phrase.time(line.at) if is_today else phrase.short_day(line.at),
        what=what,
        amount=sign + phrase.money(abs(line.change_cents)),
        balance=_("Balance: %(amount)s") % {"amount": phrase.money(line.balance_cents)},
    )


def top_up_words(outfit: Outfit, snapshot: Snapshot, credit: CreditFace) -> str:
    """Return where and when more credit is to be had."""
    _ = outfit.language.gettext
    if credit.top_up:
        return credit.top_up
    if snapshot.staffed:
        return _("At the front desk, while it is open.")
    return outfit.teller.who_helps(snapshot) or _("Ask where you got your print card.")


def fault_words(outfit: Outfit, snapshot: Snapshot, credit: CreditFace) -> str:
    """Return why the card that was passed is not shown, nothing where it is."""
    _ = outfit.language.gettext
    if credit.unanswered:
        return _("We cannot look for a card at the moment. Your credit is safe.")
    if credit.fault is None:
        return ""
    if credit.fault is CardFault.TOO_MANY_TRIES:
        minutes = max(1, -(-credit.retry_seconds // MINUTE)) * MINUTE
        wait = outfit.teller.phrase(snapshot).long_duration(minutes)
        return _("Too many numbers were not right. Wait %(duration)s.") % {"duration": wait}
    return _(FAULTS[credit.fault])

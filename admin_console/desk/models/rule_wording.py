"""What the editor of a room's limits says, in the language of the screen."""

from collections.abc import Mapping
from datetime import UTC
from html import escape

from admin_console.desk.models.rule_draft import RuleWriting, Value
from admin_console.desk.models.typed import read_length
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language
from kiosk.look.phrase import NBSP, Phrase
from kiosk.look.trouble import Trouble
from kiosk.rules.roomrule import BOUNDS, RuleFault, RuleFaultKind, RuleField
from kiosk.rules.signin import SignIn
from kiosk.wire.problem import ProblemCode

MINUTE = 60
RENEWED = frozenset({RuleField.SLOT, RuleField.RENEWALS, RuleField.DAILY, RuleField.SHORTEST_SLOT})
"""What a renewal goes by."""
COUNTED = frozenset({RuleField.RENEWALS, RuleField.CODED_TICKETS})
"""What is a number of something; the others are durations, but for the letter."""


class RuleWording:
    """Tells limits, their faults, and what they change."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._phrase = Phrase(language, UTC)

    # --------------------------------------------------------------------------------- fields

    def name(self, name: RuleField) -> tuple[str, str]:
        """Return what a limit is called, and what it is counted by."""
        _ = self.language.gettext
        told: Mapping[RuleField, tuple[str, str]] = {
            RuleField.SLOT: (_("Length"), _("of a session")),
            RuleField.SHORTEST_SLOT: (_("Shortest session"), _("with less, none opens")),
            RuleField.RENEWALS: (_("Renewals"), _("at most, if the seat is free")),
            RuleField.DAILY: (_("Time in a day"), _("at most, for each person")),
            RuleField.GRACE: (_("Time to save"), _("after the end of a session")),
            RuleField.MERCY: (_("A few minutes more"), _("once, when a renewal is refused")),
            RuleField.CLOSING_MARGIN: (_("Before the room closes"), _("no session is open")),
            RuleField.HOLD: (_("Keep a seat"), _("after the call")),
            RuleField.AWAY: (_("Break of the visitor"), _("screen locked")),
            RuleField.IDLE: (_("Nobody there"), _("before the seat asks, then locks")),
            RuleField.RESUME: (_("After a power cut"), _("to take up one’s session again")),
            RuleField.LETTER: (_("Letter of the tickets"), _("the A of A-18")),
            RuleField.CODED_TICKETS: (
                _("Tickets without a card"),
                _("given by the board, at the same time"),
            ),
            RuleField.SIGN_IN: (_("To open a session"), _("what a visitor needs")),
        }
        return told[name]

    def tell(self, name: RuleField, value: Value) -> str:
        """Return a value as it stands in its field; a limit that there is not says so."""
        if value is None:
            return self.language.gettext("no limit")
        if name is RuleField.SIGN_IN:
            return self.sign_in(SignIn(str(value)))
        if isinstance(value, str) or name in COUNTED:
            return str(value)
        minutes, seconds = divmod(value, MINUTE)
        if not seconds:
            return self._phrase.duration(value)
        hours, minutes = divmod(minutes, MINUTE)
        parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
        return NBSP.join(f"{count}{NBSP}{unit}" for count, unit in parts if count)

    def sign_in(self, value: SignIn) -> str:
        """Return what opens a session, as it follows a colon."""
        _ = self.language.gettext
        if value is SignIn.CARD:
            return _("the card alone is enough")
        return _("the card and its secret code")

    def sign_in_choices(self) -> tuple[tuple[SignIn, str], ...]:
        """Return what may be chosen, in as few words as a side of the control holds."""
        _ = self.language.gettext
        return (
            (SignIn.CARD_AND_PIN, _("Card and code")),
            (SignIn.CARD, _("Card alone")),
        )

    def sign_in_means(self, value: SignIn) -> str:
        """Return what a choice means for those who come."""
        _ = self.language.gettext
        if value is SignIn.CARD:
            return _(
                "The card alone is enough: nobody is asked for a secret code. Whoever finds a card "
                "can sit with it. Only for a room where no money moves."
            )
        return _("Whoever sits down shows their card, then types its secret code.")

    def read(self, name: RuleField, text: str) -> Value:
        """Return the value that a text means, None where it means none."""
        plain = text.strip()
        if name is RuleField.LETTER:
            return plain.upper()
        if name in COUNTED:
            return int(plain) if plain.isdecimal() else None
        return read_length(plain)

    # --------------------------------------------------------------------------------- faults

    def unread(self) -> Trouble:
        """Return that a text means nothing."""
        _ = self.language.gettext
        return Trouble(
            _("This is not understood."),
            _("What you wrote stays here, and nothing is saved."),
            _("Write for example 1 h 30, or 90."),
        )

    def fault(self, fault: RuleFault) -> Trouble:
        """Return what is wrong with a field, what is kept, and what to do."""
        _ = self.language.gettext
        bounds = BOUNDS.get(fault.field, ())
        least, most = [self.tell(fault.field, one) for one in bounds] or ("", "")
        facts = {
            RuleFaultKind.TOO_LITTLE: (
                _("This is too little."),
                _("Write at least %(least)s.") % {"least": least},
            ),
            RuleFaultKind.TOO_MUCH: (
                _("This is too much."),
                _("Write at most %(most)s.") % {"most": most},
            ),
            RuleFaultKind.ABOVE_SLOT: (
                _("It is longer than a session: none could open."),
                _("Write less, or make the sessions longer."),
            ),
            RuleFaultKind.BELOW_SHORTEST: (
                _("It is less than the shortest session: none could open."),
                _("Write more, or make the shortest session shorter."),
            ),
            RuleFaultKind.NO_LETTER: (
                _("This is no letter from A to Z."),
                _("Write one letter."),
            ),
            RuleFaultKind.LETTER_TAKEN: (
                _("Another room of this place has this letter."),
                _("Choose another letter."),
            ),
            RuleFaultKind.LETTER_WAITED_FOR: (
                _("Somebody waits with a ticket of the old letter."),
                _("Change the letter when nobody waits."),
            ),
            RuleFaultKind.MONEY_MOVES: (
                _("Pages cost money here: whoever finds a card could spend its credit."),
                _("Keep card and code."),
            ),
        }
        fact, advice = facts[fault.kind]
        return Trouble(fact, _("What you wrote stays here, and nothing is saved."), advice)

    # -------------------------------------------------------------------------------- answers

    def failure(self, failure: Failure) -> Trouble:
        """Return why nothing was saved, or why nobody knows."""
        _ = self.language.gettext
        kept = _("What you wrote stays here.")
        code = failure.problem.code if failure.problem is not None else None
        if code is ProblemCode.NOT_ALLOWED:
            advice = _("Ask an administrator of this place.")
            return Trouble(_("You may not change these limits."), kept, advice)
        if failure.reason is Reason.UNREACHABLE:
            advice = _("Save again once the connection is back.")
            return Trouble(_("No connection: nothing was saved."), kept, advice)
        if failure.reason is Reason.PROBLEM:
            advice = _("Cancel the changes and begin again, or tell IT.")
            return Trouble(_("These limits could not be saved."), kept, advice)
        advice = _("Save again: nothing is ever entered twice.")
        return Trouble(_("No answer came: perhaps it is saved."), kept, advice)

    def faulty(self) -> Trouble:
        """Return that the hub refuses what is marked in the fields."""
        _ = self.language.gettext
        return Trouble(
            _("These limits cannot be kept."),
            _("What you wrote stays here."),
            _("Mend what is marked, then save again."),
        )

    def moved(self) -> Trouble:
        """Return that somebody else has saved meanwhile."""
        _ = self.language.gettext
        return Trouble(
            _("Somebody else has just changed these limits."),
            _("Nothing of yours was saved, and what you wrote stays here."),
            _("Compare, then keep yours or take theirs."),
        )

    def compared(self, mine: RuleWriting) -> str:
        """Return what stands on both sides, field by field; `mine` is over theirs already."""
        _ = self.language.gettext
        return " · ".join(
            _("%(day)s: saved %(theirs)s; yours %(mine)s")
            % {
                "day": self.name(one)[0],
                "theirs": self.tell(one, mine.kept(one)),
                "mine": self.tell(one, mine.value(one)),
            }
            for one in mine.changed()
        )

    # -------------------------------------------------------------------------------- effects

    def change(self, writing: RuleWriting, name: RuleField) -> str:
        """Return what a limit becomes; its name is marked up, and everything escaped."""
        _ = self.language.gettext
        if name is RuleField.SIGN_IN:
            return escape(self.sign_in_means(SignIn(str(writing.value(name)))))
        told = {
            "day": f"<b>{escape(self.name(name)[0])}</b>",
            "after": escape(self.tell(name, writing.value(name))),
            "before": escape(self.tell(name, writing.kept(name))),
        }
        if writing.kept(name) is None:
            return _("%(day)s: %(after)s, where there was no limit.") % told
        return _("%(day)s: %(after)s instead of %(before)s.") % told

    def since(self) -> str:
        """Return from when on new limits hold."""
        return self.language.gettext("It holds as soon as it is saved.")

    def sessions(self, writing: RuleWriting, running: int) -> list[str]:
        """Return what becomes of the sessions that run now."""
        _, ngettext = self.language.gettext, self.language.ngettext
        told = []
        if running:
            told.append(
                ngettext(
                    "%(count)d session that runs now keeps the time it was given.",
                    "%(count)d sessions that run now keep the time they were given.",
                    running,
                )
                % {"count": running}
            )
        if RENEWED & set(writing.changed()):
            told.append(_("Whoever renews from then on does so by the new limits."))
        return told

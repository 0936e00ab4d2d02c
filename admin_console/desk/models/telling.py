"""What the console says of commands, forecasts, a seat's day and refusals.

Codes come from the wire; the sentences live here. A code that this version does not know gets the
plain sentence of its kind, never the code itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from admin_console.desk.models.outgoing import Outgoing, OutgoingState
from kiosk.look.banner import BannerKind
from kiosk.look.language import Language
from kiosk.look.phrase import Phrase
from kiosk.look.token import ColourName
from kiosk.look.trouble import Trouble
from kiosk.rules.slot import Ground
from kiosk.wire.command import CommandState, CommandView
from kiosk.wire.desk import DayLine, ExtensionForecast, ForecastAnswer
from kiosk.wire.event import RESIDUE_PREFIX

SHOWN = 3
SHOWN_FOR = timedelta(minutes=15)
"""How many commands of a seat are told, and for how long."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the panel: an icon, its colour, what it is about, and how it stands."""

    icon: str
    tone: ColourName
    what: str
    how: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What more time would do: a fact and a sentence, and whether it may be given.

    `kind` is the banner's: success delays nobody, warning delays somebody or is cut short.
    """

    kind: BannerKind
    fact: str
    sentence: str = ""
    possible: bool = True


class Telling:
    """Tells commands, forecasts and days."""

    def __init__(self, language: Language, phrase: Phrase) -> None:
        self.language = language
        self.phrase = phrase

    # ----------------------------------------------------------------------------- commands

    def kind(self, kind: str) -> str:
        """Return what a command is for."""
        _ = self.language.gettext
        known = {
            "message": _("Message"),
            "extend": _("More time"),
            "shorten": _("Less time"),
            "open_workshop": _("Opening for a workshop"),
            "end": _("End of the session"),
            "out_of_order": _("Out of order"),
            "in_order": _("Back in service"),
            "identify": _("Identify"),
            "help_coming": _("Answer to the call"),
        }
        return known.get(kind, _("Command"))

    def command(self, command: CommandView) -> Told:
        """Tell a command that the hub knows."""
        _ = self.language.gettext
        what, at = self.kind(command.kind), command.changed_at
        match command.state:
            case CommandState.SENT:
                return Told(
                    "arrow-right", "ink_muted", what, _("Sent, the seat has yet to answer"), at
                )
            case CommandState.RECEIVED if command.kind == "message":
                return Told("eye", "primary", what, _("On the screen, not read yet"), at)
            case CommandState.RECEIVED:
                return Told("monitor", "primary", what, _("Received by the seat"), at)
            case CommandState.DONE if command.kind == "message":
                return Told("circle-check", "success", what, _("Read"), at)
            case CommandState.DONE:
                return Told("circle-check", "success", what, _("Done"), at)
            case CommandState.REFUSED:
                return Told("octagon-x", "danger", what, self.refusal(command.code), at)
            case CommandState.EXPIRED:
                how = self._untouched(_("No answer in time."), _("Please try again.")).whole
                return Told("hourglass", "warning", what, how, at)

    def outgoing(self, outgoing: Outgoing) -> Told:
        """Tell a command that the hub has not answered for."""
        _ = self.language.gettext
        what, at = self.kind(outgoing.kind), outgoing.at
        match outgoing.state:
            case OutgoingState.SENDING:
                return Told("arrow-right", "ink_muted", what, _("Being sent…"), at)
            case OutgoingState.NOT_SENT:
                advice = _("Look at the seat, then try again.")
                fact = _("No contact: perhaps not sent.")
                trouble = Trouble(fact, _("The seat goes on by itself."), advice)
                return Told("unplug", "danger", what, trouble.whole, at)
            case OutgoingState.NOT_ALLOWED:
                fact = _("Refused: your role does not allow it.")
                how = self._untouched(fact, _("Ask somebody who may.")).whole
                return Told("lock", "danger", what, how, at)
            case OutgoingState.IMPOSSIBLE:
                fact = _("Refused: the seat has changed meanwhile.")
                how = self._untouched(fact, _("Look at it again.")).whole
                return Told("octagon-x", "danger", what, how, at)

    def last(
        self, known: Sequence[CommandView], outgoing: Sequence[Outgoing], now: datetime
    ) -> list[tuple[str, Told]]:
        """Return the last commands of a seat as (id, what is told), newest first."""
        told = {one.command_id: (one.issued_at, self.command(one)) for one in known}
        told |= {one.command_id: (one.at, self.outgoing(one)) for one in outgoing}
        fresh = [(at, key, line) for key, (at, line) in told.items() if now - at < SHOWN_FOR]
        fresh.sort(key=lambda item: item[:2], reverse=True)
        return [(key, line) for _at, key, line in fresh[:SHOWN]]

    def refusal(self, code: str | None) -> str:
        """Return why a seat refused a command, that it changed nothing, and what to do."""
        _ = self.language.gettext
        again, told = _("Please try again."), _("Tell the visitor.")
        known = {
            Ground.OVER.value: (_("Refused: that session was over."), _("Look at the seat again.")),
            Ground.CLOSING.value: (_("Refused: the room closes."), told),
            Ground.CLOSED.value: (_("Refused: the room is closed."), told),
            Ground.WORKSHOP.value: (_("Refused: a workshop needs the seat."), told),
            Ground.RESERVATION.value: (_("Refused: the seat is booked."), told),
            Ground.TRIAL.value: (
                _("Refused: the visitor only tries the seat."),
                _("Their own session begins when they sign in again."),
            ),
            Ground.RENEWALS.value: (_("Refused: no more time than that can be given."), told),
            "busy": (_("Refused: the seat was busy with another request."), again),
        }
        if code is not None and code.startswith(RESIDUE_PREFIX):
            fact = _("Cleaned again, and still something of the last visitor is left.")
            return Trouble(fact, _("The seat stays closed."), _("Restart it, or tell IT.")).whole
        fact, advice = known.get(code or "", (_("Refused by the seat."), again))
        return self._untouched(fact, advice).whole

    def _untouched(self, fact: str, advice: str) -> Trouble:
        """Return a trouble that left the seat as it was."""
        return Trouble(fact, self.language.gettext("Nothing has changed."), advice)

    # ----------------------------------------------------------------------------- forecast

    def forecast(self, answer: ForecastAnswer) -> Outlook:
        """Tell what more time would do, before it is given."""
        _, phrase = self.language.gettext, self.phrase
        if not isinstance(answer, ExtensionForecast):
            return Outlook("danger", self._no_more(answer.ground, answer.at), possible=False)
        if answer.delays:
            first = answer.delays[0]
            fact = _("%(duration)s more would keep %(ticket)s waiting until %(time)s.") % {
                "duration": phrase.duration(answer.added_seconds),
                "ticket": first.ticket,
                "time": phrase.time(first.until),
            }
            others = len(answer.delays) - 1
            form = self.language.ngettext(
                "%(count)d other person would wait too.",
                "%(count)d other people would wait too.",
                others,
            )
            return Outlook("warning", fact, form % {"count": others} if others else "")
        if answer.added_seconds < answer.seconds:
            told = {"duration": phrase.duration(answer.added_seconds)}
            if answer.limit is Ground.CLOSING and answer.limit_at is not None:
                told["time"] = phrase.time(answer.limit_at)
                fact = _("The room closes at %(time)s: only %(duration)s more.") % told
            else:
                fact = _("Only %(duration)s more can be given.") % told
            return Outlook("warning", fact, possible=answer.added_seconds > 0)
        fact = _("%(duration)s more would keep nobody waiting.")
        return Outlook("success", fact % {"duration": phrase.duration(answer.added_seconds)})

    def _no_more(self, ground: Ground, at: datetime | None) -> str:
        _ = self.language.gettext
        if ground in {Ground.CLOSING, Ground.CLOSED}:
            if at is None:
                return _("The room closes: no time can be added.")
            told = {"time": self.phrase.time(at)}
            return _("The room closes at %(time)s: no time can be added.") % told
        if ground is Ground.OVER:
            return _("That session is over.")
        return _("No time can be added to this session.")

    # ---------------------------------------------------------------------------------- day

    def day_line(self, line: DayLine) -> Told | None:
        """Tell an event of the day; None for one that says nothing to staff."""
        _ = self.language.gettext
        table: dict[str, tuple[str, ColourName, str]] = {
            "slot_opened": ("log-in", "ink_muted", _("Session opened")),
            "slot_renewed": ("rotate-cw", "ink_muted", _("Session renewed")),
            "slot_extended": ("timer", "ink_muted", _("Time added by staff")),
            "slot_shortened": (
                "timer",
                "ink_muted",
                _("Time shortened for a workshop or a booking"),
            ),
            "grace_started": ("hourglass", "ink_muted", _("Time over, saving")),
            "slot_ended": ("log-out", "ink_muted", _("Session ended")),
            "slot_ended.finished": ("log-out", "ink_muted", _("Session ended by the visitor")),
            "slot_ended.time": ("log-out", "ink_muted", _("Session ended, time over")),
            "slot_ended.staff": ("log-out", "ink_muted", _("Session ended by staff")),
            "slot_ended.power_lost": ("zap", "warning", _("Session ended by a power cut")),
            "slot_ended.fault": ("triangle-alert", "danger", _("Session ended by a fault")),
            "slot_wiped": ("circle-check", "success", _("Cleaned")),
            "help_asked": ("hand", "warning", _("Help asked")),
            "key_left": ("usb", "warning", _("USB key forgotten")),
            "key_taken": ("usb", "ink_muted", _("Forgotten USB key taken")),
            "out_of_order_set": ("wrench", "danger", _("Put out of order")),
            "out_of_order_cleared": ("circle-check", "success", _("Back in service")),
            "station_started": ("power", "ink_muted", _("Computer started")),
            "contact_lost": ("unplug", "ink_muted", _("Contact lost")),
            "contact_found": ("circle-check", "ink_muted", _("Contact found again")),
        }
        what = line.what.replace(":", ".")
        found = table.get(what) or table.get(what.partition(".")[0])
        if found is None:
            return None
        icon, tone, text = found
        return Told(icon, tone, text, at=line.at)

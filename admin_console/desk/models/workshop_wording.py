"""What the trainer is told of a workshop that is on, in the language of the screen."""

from collections.abc import Iterable
from datetime import date

from admin_console.desk.models.series_wording import SeriesWording
from admin_console.desk.models.workshop_day import Turn, WorkshopNow, is_opened_for
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.token import ColourName
from kiosk.look.trouble import Trouble
from kiosk.rules.slot import Ground
from kiosk.wire.place import SeatView, SeriesView
from kiosk.wire.problem import ProblemCode
from kiosk.wire.workshop import WorkshopRefused

ICONS: dict[Turn, tuple[str, ColourName]] = {
    Turn.OPEN: ("circle-check", "success"),
    Turn.OVER: ("hourglass", "warning"),
    Turn.ASKED: ("arrow-right", "primary"),
    Turn.READY: ("monitor", "ink_muted"),
    Turn.TAKEN: ("user", "warning"),
    Turn.SILENT: ("unplug", "warning"),
    Turn.BROKEN: ("wrench", "danger"),
    Turn.EMPTY: ("monitor", "ink_muted"),
    Turn.REFUSED: ("octagon-x", "danger"),
    Turn.EXPIRED: ("hourglass", "warning"),
}


class WorkshopWording:
    """Tells the seats of a workshop, and what came of a wish for all of them."""

    def __init__(self, series: SeriesWording) -> None:
        self.language = series.language
        self.series = series

    def turn(self, turn: Turn) -> str:
        """Return how a seat stands: "ouvert"."""
        pgettext = self.language.pgettext
        known = {
            Turn.OPEN: pgettext("seat of a workshop", "open"),
            Turn.OVER: pgettext("seat of a workshop", "saving, then closed"),
            Turn.ASKED: pgettext("seat of a workshop", "asked"),
            Turn.READY: pgettext("seat of a workshop", "ready"),
            Turn.TAKEN: pgettext("seat of a workshop", "a visitor is there"),
            Turn.SILENT: pgettext("seat of a workshop", "does not answer"),
            Turn.BROKEN: pgettext("seat of a workshop", "out of order"),
            Turn.EMPTY: pgettext("seat of a workshop", "no computer"),
            Turn.REFUSED: pgettext("seat of a workshop", "refused"),
            Turn.EXPIRED: pgettext("seat of a workshop", "no answer in time"),
        }
        return known[turn]

    def line(self, now: WorkshopNow) -> str:
        """Return when it is, and on which seats."""
        series = now.series
        return f"{self.series.span(series.start, series.end)} · {self.series.seats(series.seats)}"

    def note(self, now: WorkshopNow) -> str:
        """Return how far it is: from when on its seats may be opened, or how many are open."""
        _, ngettext = self.language.gettext, self.language.ngettext
        if now.open_count:
            form = ngettext("%(count)d seat open", "%(count)d seats open", now.open_count)
            return form % {"count": now.open_count}
        if now.opens_at is not None:
            return _("Its seats can be opened from %(time)s on.") % {
                "time": self.series.time(now.opens_at)
            }
        return _("No seat is open yet.") if now.may_open else _("It is over.")

    def open(self, count: int) -> str:
        """Return the words of the button that opens so many seats."""
        ngettext = self.language.ngettext
        return ngettext("Open the seat", "Open the %(count)d seats", count) % {"count": count}

    def end(self, ground: Ground) -> str:
        """Return the words of the button that ends what is open."""
        _ = self.language.gettext
        return _("End the workshop") if ground is Ground.WORKSHOP else _("End the booking")

    def end_question(self, now: WorkshopNow) -> str:
        """Return the question before everything ends."""
        _ = self.language.gettext
        return _("End “%(title)s” for everybody?") % {"title": now.series.title}

    def end_text(self, now: WorkshopNow, grace_seconds: int) -> str:
        """Return what ending means."""
        ngettext = self.language.ngettext
        told = {
            "count": now.open_count,
            "duration": self.series.hours.duration(grace_seconds),
        }
        return (
            ngettext(
                "%(count)d seat has %(duration)s to save, then everything there is erased.",
                "%(count)d seats have %(duration)s to save, then everything there is erased.",
                now.open_count,
            )
            % told
        )

    def remove_question(
        self, series: SeriesView, seats: Iterable[SeatView], today: date
    ) -> tuple[str, str, str]:
        """Return the question before a whole series goes, what it means, and the words of a yes."""
        _, ngettext = self.language.gettext, self.language.ngettext
        left = sum(day >= today for day in series.dates)
        open_count = sum(is_opened_for(seat, series.series_id) for seat in seats)
        text = self.series.left(left) + ". "
        text += _("Visitors may sit there again. It cannot be taken back.")
        if open_count:
            form = ngettext(
                "%(count)d seat is open for it, and stays open until its end.",
                "%(count)d seats are open for it, and stay open until their end.",
                open_count,
            )
            text += " " + form % {"count": open_count}
        question = _("Cancel all dates of “%(title)s”?") % {"title": series.title}
        return question, text, _("Cancel all dates")

    def refused(self, refused: WorkshopRefused) -> Trouble:
        """Return why no seat was told."""
        _ = self.language.gettext
        kept = _("No seat has changed.")
        if refused.ground is Ground.TOO_EARLY and refused.at is not None:
            advice = _("Try again from %(time)s on.") % {"time": self.series.time(refused.at)}
            return Trouble(_("It is too early to open the seats."), kept, advice)
        if refused.ground in {Ground.OVER, Ground.WORKSHOP, Ground.CLOSING}:
            advice = _("Give it a later end, then try again.")
            return Trouble(_("No time is left for it today."), kept, advice)
        return Trouble(_("The seats were not opened."), kept, _("Please try again."))

    def failure(self, failure: Failure) -> Trouble:
        """Return why no answer came to a wish for all seats."""
        _ = self.language.gettext
        code = failure.problem.code if failure.problem is not None else None
        if code is ProblemCode.NOT_ALLOWED:
            kept, advice = _("No seat has changed."), _("Ask somebody who may.")
            return Trouble(_("Refused: your role does not allow it."), kept, advice)
        if failure.reason is Reason.UNREACHABLE:
            kept = _("The seats go on by themselves.")
            advice = _("Press again once the connection is back.")
            return Trouble(_("No connection: nothing was sent."), kept, advice)
        if failure.reason is Reason.PROBLEM:
            kept, advice = _("No seat has changed."), _("Look at the list again.")
            return Trouble(_("It is in this room no more."), kept, advice)
        kept = _("Nothing is opened twice.")
        return Trouble(_("No answer came: look at the seats."), kept, _("Press again."))

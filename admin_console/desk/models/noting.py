"""What the console says of notices."""

from collections.abc import Callable

from admin_console.desk.models.notice import Notice, NoticeKind
from admin_console.desk.models.wording import Wording
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.trouble import Trouble


class Noting:
    """Tells notices. `site_name` names a site by its id, for calls from elsewhere."""

    def __init__(self, wording: Wording, site_name: Callable[[str], str]) -> None:
        self._wording = wording
        self._site_name = site_name

    def tell(self, notice: Notice, *, here: str) -> str:
        """Return the sentence of a notice; a call from another site than `here` names its site."""
        _ = self._wording.language.gettext
        if notice.kind in {NoticeKind.PARKED, NoticeKind.KEY}:
            return self._key(notice) if notice.kind is NoticeKind.KEY else self._parked(notice)
        if len(notice.numbers) > 1:
            told = {"seats": self._wording.seat_list(notice.numbers)}
            if notice.kind is NoticeKind.BROKEN:
                return _("%(seats)s are out of order.") % told
            if notice.kind is NoticeKind.CLOCK:
                return _("%(seats)s: wrong clocks. Sessions are whole, and nothing closes.") % told
            return _("%(seats)s do not answer.") % told
        seat = self._wording.seat_name(notice.numbers[0])
        if notice.kind is NoticeKind.HELP:
            if notice.site_id != here:
                told = {"seat": seat, "site": self._site_name(notice.site_id)}
                return _("%(seat)s asks for help, %(site)s.") % told
            return _("%(seat)s asks for help.") % {"seat": seat}
        if notice.kind is NoticeKind.BROKEN:
            return _("%(seat)s is out of order: %(reason)s.") % {
                "seat": seat,
                "reason": self._wording.reason(notice.reason).rstrip("."),
            }
        if notice.kind is NoticeKind.CLOCK:
            return _("%(seat)s: wrong clock. Sessions are whole, and nothing closes.") % {
                "seat": seat
            }
        if notice.at is None:
            return _("%(seat)s does not answer.") % {"seat": seat}
        time = self._wording.phrase.time(notice.at)
        return _("%(seat)s does not answer since %(time)s.") % {"seat": seat, "time": time}

    def unsettled(self, failure: Failure) -> Trouble:
        """Return why facts stay on the list."""
        _ = self._wording.language.gettext
        kept = _("The line stays here, and so do the facts.")
        if failure.reason is Reason.UNREACHABLE:
            fact = _("No connection: it is not noted.")
            return Trouble(fact, kept, _("Press again once the connection is back."))
        if failure.reason is Reason.PROBLEM:
            return Trouble(_("It could not be noted."), kept, _("Press again, or tell IT."))
        return Trouble(_("No answer came: perhaps it is noted."), kept, _("Press again."))

    def _key(self, notice: Notice) -> str:
        """Return where a key stands, and since when."""
        wording = self._wording
        _ = wording.language.gettext
        told = {"seat": wording.seat_name(notice.numbers[0])}
        if notice.at is None:
            return _("%(seat)s: a USB key was forgotten.") % told
        told["time"] = wording.phrase.time(notice.at)
        return _("%(seat)s: a USB key was forgotten, since %(time)s.") % told

    def _parked(self, notice: Notice) -> str:
        """Return what happened, when, and that it stands."""
        wording = self._wording
        _ = wording.language.gettext
        known = {
            "person_seated": _("%(seat)s, while cut off: somebody sat here and elsewhere at once."),
            "person_unknown": _("%(seat)s, while cut off: a card that is not known any more."),
            "seat_held": _("%(seat)s, while cut off: kept for a ticket, and taken by another."),
            "day_exceeded": _("%(seat)s, while cut off: a session beyond the time of the day."),
            "pass_used": _("%(seat)s, while cut off: a guest pass was used again."),
            "pass_unknown": _("%(seat)s, while cut off: a guest pass that nobody gave out."),
            "unknown_slot": _("%(seat)s: a session was told that is not known here."),
            "wrong_station": _("%(seat)s: a session of another seat was told."),
            "slot_over": _("%(seat)s: more was told of a session that was over."),
            "unknown_command": _("%(seat)s: a request was answered that nobody sent."),
            "retired": _("%(seat)s: the computer that was replaced has told something more."),
        }
        form = known.get(notice.code, _("%(seat)s: something was told that does not fit."))
        parts = [form % {"seat": wording.seat_list(notice.numbers)}]
        if notice.at is not None:
            at = {
                "day": wording.phrase.short_day(notice.at),
                "time": wording.phrase.time(notice.at),
            }
            parts.append(_("It was on %(day)s at %(time)s.") % at)
        parts.append(_("Nothing is undone."))
        return " ".join(parts)

"""What the console says of notices."""

from collections.abc import Callable

from admin_console.desk.models.notice import Notice, NoticeKind
from admin_console.desk.models.wording import Wording


class Noting:
    """Tells notices. `site_name` names a site by its id, for calls from elsewhere."""

    def __init__(self, wording: Wording, site_name: Callable[[str], str]) -> None:
        self._wording = wording
        self._site_name = site_name

    def tell(self, notice: Notice, *, here: str) -> str:
        """Return the sentence of a notice; a call from another site than `here` names its site."""
        _ = self._wording.language.gettext
        if len(notice.numbers) > 1:
            told = {"seats": self._wording.seat_list(notice.numbers)}
            if notice.kind is NoticeKind.BROKEN:
                return _("%(seats)s are out of order.") % told
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
        if notice.at is None:
            return _("%(seat)s does not answer.") % {"seat": seat}
        time = self._wording.phrase.time(notice.at)
        return _("%(seat)s does not answer since %(time)s.") % {"seat": seat, "time": time}

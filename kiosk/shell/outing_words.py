"""What is said of each room to whoever asks where to go: the nearest help first."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from kiosk.shell.outfit import Outfit
from kiosk.wire.face import Snapshot, Span
from kiosk.wire.guide import Places, RoomGuide, SiteGuide
from kiosk.wire.place import AdmissionView

FREE, LATER_TODAY, FULL, ANOTHER_DAY = range(4)
TOO_FAR = timedelta(hours=24)
"""A room that closes later than this is said to be open, without until when."""


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """One room: its name, what there is to know, and in a word or two what to count on."""

    name: str
    line: str
    figure: str
    is_free: bool

    @property
    def spoken(self) -> str:
        """Return all of it."""
        return ". ".join(part for part in (self.name, self.figure, self.line) if part)


def place_words(outfit: Outfit, snapshot: Snapshot, places: Places) -> list[PlaceWords]:
    """Return the rooms: free now, open later today, full, open another day; this room before all.

    A room of which no opening is known is no place to go to.
    """
    ranked = []
    for site in places.sites:
        for room in site.rooms:
            rank = _rank(snapshot, room)
            if rank is not None:
                opens = room.opens_at or snapshot.now
                ranked.append(((rank, not room.here, opens), _words(outfit, snapshot, site, room)))
    return [words for _, words in sorted(ranked, key=lambda one: one[0])]


def _rank(snapshot: Snapshot, room: RoomGuide) -> int | None:
    if room.open_until is not None:
        return FREE if room.free_seats else FULL
    if room.opens_at is None or room.closes_at is None:
        return None
    zone = ZoneInfo(snapshot.zone)
    today = snapshot.now.astimezone(zone).date()
    return LATER_TODAY if room.opens_at.astimezone(zone).date() == today else ANOTHER_DAY


def _words(outfit: Outfit, snapshot: Snapshot, site: SiteGuide, room: RoomGuide) -> PlaceWords:
    _ = outfit.language.gettext
    name = site.name if len(site.rooms) == 1 else f"{site.name} · {room.name}"
    if room.here:
        name = _("%(place)s (here)") % {"place": name}
    lines = [_hours(outfit, snapshot, room), *_admission(outfit, room.admission)]
    return PlaceWords(
        name=name,
        line=" ".join(lines),
        figure=_figure(outfit, room),
        is_free=room.free_seats > 0,
    )


def _figure(outfit: Outfit, room: RoomGuide) -> str:
    _, ngettext = outfit.language.gettext, outfit.language.ngettext
    if room.open_until is None:
        return _("Closed now")
    if room.free_seats:
        told = ngettext("%(count)d free seat", "%(count)d free seats", room.free_seats)
        return told % {"count": room.free_seats}
    return _("People are waiting") if room.tickets_wait else _("No free seat")


def _hours(outfit: Outfit, snapshot: Snapshot, room: RoomGuide) -> str:
    _ = outfit.language.gettext
    if room.open_until is not None:
        if room.open_until - snapshot.now > TOO_FAR:
            return _("Open.")
        time = outfit.teller.phrase(snapshot).time(room.open_until)
        return _("Open until %(time)s.") % {"time": time}
    if room.opens_at is None or room.closes_at is None:
        return ""
    span = Span(start=room.opens_at, end=room.closes_at)
    return _("Opens %(when)s.") % {"when": outfit.teller.opening(snapshot, span)}


def _admission(outfit: Outfit, admission: AdmissionView) -> list[str]:
    _ = outfit.language.gettext
    told = []
    if admission.minimum_age is not None:
        told.append(_("From %(age)d years of age.") % {"age": admission.minimum_age})
    if admission.residents_only:
        told.append(_("For people who live in the town."))
    if admission.categories is not None:
        told.append(_("Not for every card."))
    return told

"""*Journal*: what staff did, day by day, for administrators to read. Nothing can be changed."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.act_wording import AUTOMATIC_ICON, ICONS, ActWording
from admin_console.desk.models.board import Board
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.page import Page
from admin_console.desk.parts.act_panel import ActPanel
from admin_console.desk.parts.act_table import ActTable
from admin_console.desk.parts.flow import Apart, Flow
from admin_console.desk.parts.site_choice import SiteChoice
from kiosk.look.announce import announce
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.segment import Choice, Segment
from kiosk.look.words import Words
from kiosk.rules.hours import instant
from kiosk.wire.act import PAGE, ActGroup, ActsPage, ReadActs

EDGE, GAP = 24, 14
ALL, AUTOMATIC = "all", "automatic"
TABLE = 820
"""Least width in pixels, at the usual size of text, of the lines beside their panel."""


class JournalPage(Page):
    """The page.

    Signals:
        lines_asked: the `ReadActs` to ask for; answer with `show_lines`.
    """

    lines_asked = Signal(object)

    icon = "scroll-text"

    def __init__(
        self,
        look: Look,
        guard: Guard,
        wording: Wording,
        board: Board,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._board, self._house_wording = board, wording
        self._wording = ActWording(wording, board.book)
        self._day = wording.phrase.local_date(board.now)
        self._site_id = self._staff_id = ""
        self._skip = 0
        self._page: ActsPage | None = None
        self._ask: ReadActs | None = None
        self.setProperty("ground", "page")
        language = wording.language
        self.sites = SiteChoice(look, guard, language, self)
        self.people = SiteChoice(look, guard, language, self)
        self.before = Button(look, "", "secondary", icon="chevron-left")
        self.day = Words(look, "", "strong")
        self.after = Button(look, "", "secondary", icon="chevron-right", icon_after=True)
        self.groups = Segment(look, (), spoken=" ")
        self.notice = Banner(look, "danger")
        self.notice.hide()
        self.table = ActTable(look, self._wording)
        self.detail = Words(look, "", "body", wrap=True)
        self.foot = Words(look, "", "small", "ink_muted", wrap=True)
        self.newer = Button(look, "", "secondary", icon="chevron-left")
        self.older = Button(look, "", "secondary", icon="chevron-right", icon_after=True)
        self.whole = Banner(look, "success", rem=0.95)
        self.panel = ActPanel(look, self._wording, self.whole)
        self._look = look
        self._lay_out(look)
        self.table.line_told.connect(self.detail.say)
        self.table.line_chosen.connect(self.panel.show_line)
        self.sites.chosen.connect(self._on_site)
        self.people.chosen.connect(self._on_person)
        self.before.clicked.connect(lambda: self._move(-1))
        self.after.clicked.connect(lambda: self._move(1))
        self.groups.chosen.connect(self._read)
        self.newer.clicked.connect(lambda: self._turn(-PAGE))
        self.older.clicked.connect(lambda: self._turn(PAGE))
        language.changed.connect(self.retell)
        self.retell()

    def _lay_out(self, look: Look) -> None:
        filters = Flow(gap=10, line_gap=10)
        days = QWidget()
        around = QHBoxLayout(days)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(12)
        for one in (self.before, self.day, self.after):
            around.addWidget(one)
        for widget in (self.sites.button, self.people.button, days):
            filters.add(widget)
        pager = QWidget()
        row = QHBoxLayout(pager)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(10)
        row.addWidget(self.newer)
        row.addWidget(self.older)
        self._column = column = QVBoxLayout()
        column.setContentsMargins(EDGE, 18, EDGE, 18)
        column.setSpacing(GAP)
        column.addWidget(filters)
        groups = Flow(gap=10, line_gap=10)
        groups.add(self.groups)
        column.addWidget(groups)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(Apart(self.foot, pager, least=260))
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addLayout(column, 1)
        beside.addWidget(self.panel)
        look.changed.connect(self._arrange)
        self._arrange()

    def _arrange(self) -> None:
        """Tell the chosen line in a panel, or below the lines where a panel has no room."""
        least = TABLE * self._look.theme.text_scale + self.panel.width()
        is_wide = self.width() >= least
        self.panel.setVisible(is_wide)
        self.detail.setHidden(is_wide)
        if is_wide:
            self._column.removeWidget(self.whole)
            self.panel.take_foot()
        else:
            self._column.addWidget(self.whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the window."""
        super().resizeEvent(event)
        self._arrange()

    # ---------------------------------------------------------------------------------- the page

    def title(self) -> str:
        """Return the name of the page."""
        return self._house_wording.language.gettext("Journal")

    def cover(self, house: QWidget) -> None:
        """Let the lists lie over the whole house."""
        self.sites.cover(house)
        self.people.cover(house)

    def show_time(self, now: datetime) -> None:
        """Read on where the day goes on."""
        if self.isVisible() and self._is_today() and not self._skip:
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Read when somebody turns to the page."""
        super().showEvent(event)
        self._read()

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        self.groups.set_choices(
            [
                Choice(ALL, _("All")),
                Choice(ActGroup.PEOPLE, _("People"), icon=ICONS[ActGroup.PEOPLE]),
                Choice(ActGroup.MONEY, _("Money"), icon=ICONS[ActGroup.MONEY]),
                Choice(ActGroup.SEATS, _("Seats"), icon=ICONS[ActGroup.SEATS]),
                Choice(ActGroup.SETTINGS, _("Settings"), icon=ICONS[ActGroup.SETTINGS]),
                Choice(AUTOMATIC, _("Automatic"), icon=AUTOMATIC_ICON),
            ],
            _("What it is about"),
        )
        if not self.groups.value():
            self.groups.set_value(ALL)
        self.before.setText(_("Day before"))
        self.after.setText(_("Day after"))
        self.newer.setText(_("Newer"))
        self.older.setText(_("Older"))
        self.table.retell()
        self.panel.retell()
        self._show()

    # ---------------------------------------------------------------------------------- reading

    @property
    def ask(self) -> ReadActs | None:
        """What was asked last."""
        return self._ask

    def show_lines(self, ask: ReadActs, page: ActsPage | None) -> None:
        """Show what came of the last question; None where no answer came."""
        if ask != self._ask:
            return
        _ = self._wording.language.gettext
        self.notice.setVisible(page is None)
        if page is None:
            kept, advice = _("Nothing is lost."), _("The lines are read again by themselves.")
            self.notice.tell(_("No answer came."), f"{kept} {advice}")
            announce(self.table, self.notice.plain())
            return
        self._page = page
        self.table.show_lines(page.lines)
        self._show()

    def _read(self) -> None:
        zone = self._zone()
        group = self.groups.value()
        self._ask = ReadActs(
            since=instant(self._day, 0, zone),
            until=instant(self._day + timedelta(days=1), 0, zone),
            site_id=self._site_id or None,
            staff_id=self._staff_id or None,
            group=None if group in {"", ALL, AUTOMATIC} else ActGroup(group),
            automatic=group == AUTOMATIC,
            skip=self._skip,
        )
        self._show()
        self.lines_asked.emit(self._ask)

    def _begin(self) -> None:
        self._skip = 0
        self._read()

    def _on_site(self, site_id: str) -> None:
        self._site_id = site_id
        self._begin()

    def _on_person(self, staff_id: str) -> None:
        self._staff_id = staff_id
        self._begin()

    def _move(self, days: int) -> None:
        self._day += timedelta(days=days)
        self._staff_id = ""
        self._begin()

    def _turn(self, lines: int) -> None:
        self._skip = max(0, self._skip + lines)
        self._read()

    def _zone(self) -> str:
        sites = self._board.book.sites()
        rooms = [room for site in sites for room in self._board.book.rooms_of(site.site_id)]
        return rooms[0].hours.zone if rooms else "UTC"

    def _today(self) -> date:
        return self._house_wording.phrase.local_date(self._board.now)

    def _is_today(self) -> bool:
        return self._day == self._today()

    # ---------------------------------------------------------------------------------- the face

    def _show(self) -> None:
        _, ngettext = self._wording.language.gettext, self._wording.language.ngettext
        page = self._page
        names = {"": _("All places")}
        names |= {site.site_id: site.name for site in self._board.book.sites()}
        self.sites.show_sites(names, self._site_id)
        actors = () if page is None else page.actors
        people = {"": _("Everybody")} | {one.staff_id: one.name for one in actors}
        people.setdefault(self._staff_id, _("Somebody else"))
        self.people.show_sites(people, self._staff_id)
        day = self._house_wording.phrase.day(self._day)
        self.day.say(_("Today, %(day)s") % {"day": day} if self._is_today() else day)
        self.after.setEnabled(not self._is_today())
        total = 0 if page is None else page.total
        shown = 0 if page is None else len(page.lines)
        told = {"first": self._skip + 1, "last": self._skip + shown, "count": total}
        if not total:
            self.foot.say(_("No line on this day.") if page is not None else _("Reading…"))
        else:
            form = ngettext(
                "%(first)d to %(last)d of %(count)d line",
                "%(first)d to %(last)d of %(count)d lines",
                total,
            )
            self.foot.say(form % told)
        self.newer.setEnabled(self._skip > 0)
        self.older.setEnabled(self._skip + shown < total)
        self._show_whole(page)

    def _show_whole(self, page: ActsPage | None) -> None:
        """Say whether a line is missing: numbers have no holes, and no line can be changed."""
        _, ngettext = self._wording.language.gettext, self._wording.language.ngettext
        self.whole.setVisible(page is not None)
        if page is None:
            return
        if page.kept == page.last:
            form = ngettext(
                "%(count)s line, none is missing.", "%(count)s lines, none is missing.", page.kept
            )
            count = self._house_wording.phrase.number(page.kept)
            self.whole.set_kind("success")
            rest = _("Cards are forgotten after a year. No page, file or print stands here.")
            self.whole.tell(_("The journal is whole."), f"{form % {'count': count}} {rest}")
        else:
            self.whole.set_kind("danger")
            rest = _("The others are kept. Tell IT, and keep a copy of the database.")
            gone = {"count": page.last - page.kept}
            form = ngettext(
                "%(count)d line is missing.", "%(count)d lines are missing.", gone["count"]
            )
            self.whole.tell(form % gone, rest)

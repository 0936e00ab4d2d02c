"""The home of a session: the time on the left, what one can do on the right (k2)."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.look.announce import announce
from kiosk.look.banner import Banner, Notice
from kiosk.look.button import Button
from kiosk.look.role import Stack
from kiosk.look.scroll import ScrollBox
from kiosk.look.words import Words
from kiosk.rules.warning import Stage
from kiosk.shell.help_page import HelpPage
from kiosk.shell.key_words import key_told, removal_words
from kiosk.shell.layout import LARGE, NARROW, SHORT, TOP, WIDE, column, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.shell.tiles import EDGE, HELP, Tiles
from kiosk.shell.time_card import TimeCard
from kiosk.shell.warning_line import WarningLine
from kiosk.wire.face import AwayAsked, LaunchAsked, SessionFace, Snapshot
from kiosk.wire.keyface import KeyRemovalAsked


class Views(Stack):
    """Tiles and help: whichever is up scrolls where what stands below it needs the room."""

    def hasHeightForWidth(self) -> bool:
        """Say that the height may be cut."""
        return False


class HomePage(Page):
    """The home.

    Signals:
        end_asked: *Terminer ma session…*
        display_asked: *Affichage*.
        options_asked: *Que puis-je faire ?*
        credit_asked: *Crédit d'impression*.
        program_asked: back to the programs that run, or to one that is being started.
    """

    end_asked = Signal()
    display_asked = Signal()
    options_asked = Signal()
    credit_asked = Signal()
    program_asked = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        look = outfit.look
        self.time = TimeCard(outfit)
        self.title = Words(look, "", "h1", rem=2.6, wrap=True)
        self.lead = Words(look, "", "lead", "ink_muted", wrap=True)
        self.display = Button(look, "", "tool", icon="a-large-small")
        self.listen = self.listen_button()
        self.call = self.call_button()
        self.tiles = Tiles(outfit)
        self.help = HelpPage(outfit)
        self.running = Banner(look, "info", icon="monitor", rem=1.05)
        self.to_program = Button(look, "", "secondary", size="small")
        self.running.add_action(self.to_program)
        self.key = Banner(look, "info", icon="usb", rem=1.05)
        self.remove = Button(look, "", "secondary", size="small")
        self.key.add_action(self.remove)
        self.back = Button(look, "", "secondary", size="small", icon="monitor")
        self.key.add_action(self.back)
        self.line = WarningLine(outfit, rounded=True)
        self.notice = Notice(look)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.time.end_asked.connect(self.end_asked)
        self.time.away_asked.connect(self._on_away)
        self.time.credit.clicked.connect(self.credit_asked)
        self.display.clicked.connect(self.display_asked)
        self.tiles.chosen.connect(self._on_tile)
        self.help.back_asked.connect(self.show_tiles)
        self.to_program.clicked.connect(self.program_asked)
        self.remove.clicked.connect(self._on_remove)
        self.back.clicked.connect(self.program_asked)
        self.line.wished.connect(self.wished)
        self.line.options_asked.connect(self.options_asked)
        self.line.keyboard_left.connect(self.tiles.focus_first)

    def _lay_out(self) -> None:
        look = self.outfit.look
        self._head = row(spacing=16, margins=(EDGE, 0, EDGE, 0))
        told = column(spacing=4)
        told.addWidget(self.title)
        told.addWidget(self.lead)
        self._head.addLayout(told, 1)
        self._head.addWidget(self.display, 0, TOP)
        self._head.addWidget(self.listen, 0, TOP)
        self._head.addWidget(self.call, 0, TOP)
        scroll = ScrollBox(look)
        scroll.set_content(self.tiles)
        self._scroll = scroll
        self._scroll.viewport().installEventFilter(self)
        self._views = Views()
        self._views.addWidget(scroll)
        self._views.addWidget(self.help)
        self._right = column()
        self._right.addLayout(self._head)
        self._above = QWidget()
        self._right.addWidget(self._above)
        self._right.addWidget(self._views, 1)
        self._right.addSpacing(12)
        foot = column(spacing=16, margins=(EDGE, 0, EDGE, 0))
        foot.addWidget(self.key)
        foot.addWidget(self.running)
        foot.addWidget(self.line)
        quiet = row(margins=(28, 0, 0, 0))
        quiet.addWidget(self.notice, 1)
        foot.addLayout(quiet)
        self._right.addLayout(foot)
        self._whole = row(self, spacing=56)
        beside = column(margins=(0, 8, 0, 0))
        beside.addWidget(self.time)
        self._whole.addLayout(beside)
        self._whole.addLayout(self._right, 1)

    def display_button(self) -> Button:
        """Return the one at the top right."""
        return self.display

    def enter(self) -> None:
        """Give the keyboard to what is shown first."""
        if self.is_help_shown():
            self.help.enter()
        else:
            self.tiles.focus_first()

    def leave(self) -> None:
        """Come back to the tiles."""
        self._views.setCurrentIndex(0)

    def is_help_shown(self) -> bool:
        """Return whether the page of help is up."""
        return self._views.currentIndex() == 1

    def show_tiles(self) -> None:
        """Go back from the page of help."""
        self._turn(0)
        self.tiles.focus_first()

    def show_help(self) -> None:
        """Open the page of help."""
        self._turn(1)
        self.help.enter()

    def _turn(self, view: int) -> None:
        self.outfit.guard.face_changed()
        self.outfit.reader.stop()
        self._views.setCurrentIndex(view)
        self.retell()
        announce(self, self.title.plain())

    def tell(self, snapshot: Snapshot) -> None:
        """Put words and figures in place."""
        session = snapshot.session
        if session is None:
            return
        _ = self.outfit.language.gettext
        self.time.show_session(snapshot, session)
        self.help.show_snapshot(snapshot)
        self.tiles.show_applications(session.applications, has_key=session.keys.open > 0)
        self.display.setText(_("Display"))
        self.listen.retell()
        self.call.setText(_("Call for help"))
        if self.is_help_shown():
            self.title.say(_("Help"))
            self.lead.say(_("How it works, who to call"))
        else:
            name = session.first_name
            self.title.say(_("Hello %(name)s") % {"name": name} if name else _("Hello"))
            self.lead.say(_("What would you like to do?"))
        self._tell_programs(session)
        self._tell_foot(snapshot, session)
        self._tell_key(session)
        self._fit()

    def spoken(self) -> list[str]:
        """Return the time left, what is to be known, and what can be pressed."""
        _ = self.outfit.language.gettext
        if self.is_help_shown():
            return [self.title.plain(), *self.help.spoken()]
        parts = [_("Hello"), *self.time.spoken()]
        if not self.key.isHidden():
            parts.append(self.key.plain())
        if not self.running.isHidden():
            parts.append(self.running.plain())
        if not self.line.isHidden():
            return [*parts, *self.line.spoken()]
        tiles = ", ".join(self.tiles.titles())
        return [*parts, self.notice.plain(), self.lead.plain(), tiles]

    def _tell_key(self, session: SessionFace) -> None:
        language = self.outfit.language
        told = key_told(language, session.keys)
        self.key.setVisible(told is not None)
        if told is None:
            return
        self.key.set_kind(told.kind, "usb")
        # Under what is more urgent a small page has room for one line, and for the fact of it.
        scale = self.outfit.look.theme.text_scale
        is_small = self.height() < SHORT or (scale > 1 and self.width() < WIDE)
        crowded = is_small and not self.line.isHidden()
        both = crowded and session.running_applications > 0
        self.key.tell(told.fact, "" if crowded else told.rest)
        has_programs = session.running_applications > 0 or session.launch_failed
        self.running.setVisible(has_programs and not both)
        self.back.setVisible(both)
        self.back.setText(self.to_program.text())
        self.back.set_compact(scale >= LARGE and self.width() < WIDE)
        had_focus = self.remove.hasFocus()
        self.remove.setVisible(session.keys.open > 0)
        self.remove.setText(removal_words(language, session.keys))
        if had_focus and self.remove.isHidden():
            self.tiles.focus_first()

    def _tell_programs(self, session: SessionFace) -> None:
        _, ngettext = self.outfit.language.gettext, self.outfit.language.ngettext
        count = session.running_applications
        self.running.setVisible(count > 0 or session.launch_failed)
        self.to_program.setVisible(count > 0)
        if session.launch_failed:
            self.running.set_kind("warning", "triangle-alert")
            told = self.outfit.teller.launch_failed()
            self.running.tell(told.fact, told.rest)
            self.to_program.hide()
            return
        self.running.set_kind("info", "monitor")
        opened = ngettext("%(count)d program is open.", "%(count)d programs are open.", count)
        self.running.tell(opened % {"count": count})
        self.to_program.setText(_("Go back to it") if count == 1 else _("Go back to them"))

    def _tell_foot(self, snapshot: Snapshot, session: SessionFace) -> None:
        _ = self.outfit.language.gettext
        self.line.show_session(snapshot, session)
        self.notice.setVisible(session.stage is Stage.NONE)
        if snapshot.windowed:
            self.notice.tell(
                _(
                    "What you open from here is erased at the end; the rest of this computer "
                    "is not. Keep your work on a USB key."
                )
            )
        else:
            self.notice.tell(_("Everything is erased at the end. Keep your work on a USB key."))

    def _on_away(self) -> None:
        self.wished.emit(AwayAsked())

    def _on_remove(self) -> None:
        self.wished.emit(KeyRemovalAsked())

    def _on_tile(self, name: str) -> None:
        if name == HELP:
            self.show_help()
        else:
            self.wished.emit(LaunchAsked(application=name))
            self.program_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        session = None if self.snapshot is None else self.snapshot.session
        if session is not None:
            self._tell_key(session)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the tiles how much room they have."""
        if event.type() == QEvent.Type.Resize:
            self.tiles.fit(self._scroll.viewport().height())
        return False

    def _fit(self) -> None:
        width = self.width()
        scale = self.outfit.look.theme.text_scale
        is_wide = width >= WIDE
        side, top = (64, 40) if is_wide else (40, 32)
        bottom = 52 if is_wide else top
        self._whole.setContentsMargins(side, top, side - EDGE, bottom)
        self._above.setFixedHeight((28 if is_wide and scale < LARGE else 20) - EDGE)
        self._whole.setSpacing((56 if is_wide else 36) - EDGE)
        self.time.setFixedWidth(500 if is_wide else 420 if width >= NARROW else 320)
        self.title.set_size(2.6 if scale == 1 or (is_wide and scale < LARGE) else 2.0)
        self.display.set_compact(not is_wide and scale > 1)
        self.listen.set_compact(not is_wide)
        self.lead.setVisible(self.height() >= SHORT or scale == 1)

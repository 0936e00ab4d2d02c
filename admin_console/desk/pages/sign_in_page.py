"""The way in: name and password, and every refusal in words."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.parts.line import grown
from admin_console.desk.parts.rail import Sign
from kiosk.look.announce import announce
from kiosk.look.banner import Banner, BannerKind
from kiosk.look.button import Button
from kiosk.look.field import Field
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.paint import begin
from kiosk.look.segment import Choice, Segment
from kiosk.look.shelf import Shelf
from kiosk.look.words import Words

BAND = 480
FORM = 400
MORE = 120
"""How much wider the form becomes with the largest text."""
LONGEST = {"name": 80, "password": 500}


class Band(QWidget):
    """The petrol column."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedWidth(BAND)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, with a line beside it where it is black."""
        theme = self._look.theme
        painter = begin(self)
        painter.fillRect(self.rect(), theme.colour("band"))
        if theme.is_high_contrast:
            painter.fillRect(BAND - 2, 0, 2, self.height(), theme.colour("band_line"))
        painter.end()


class SignInPage(QWidget):
    """The page. What is said in the banner is a pair of sentences that the owner chose.

    Signals:
        sign_in_asked: name and password. The password is forgotten here at once when it is refused.
        display_asked: *Affichage*.
        language_asked: the code of the language that is wanted.
    """

    sign_in_asked = Signal(str, str)
    language_asked = Signal(str)
    display_asked = Signal()

    def __init__(
        self, look: Look, language: Language, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._language = look, language
        self._busy = False
        self.setProperty("ground", "page")
        self.brand = Words(look, "Créneau", "h1", "band_ink", rem=2.4)
        self.about = Words(look, "", "body", "band_ink_muted", rem=1.2, wrap=True)
        self.languages = Segment(
            look, [Choice("fr", "Français"), Choice("en", "English")], spoken="Langue, language"
        )
        self.languages.set_value(language.code)
        self.languages.chosen.connect(self.language_asked)
        self.display = Button(look, "", "secondary", icon="a-large-small")
        self.display.clicked.connect(self.display_asked)
        self.title = Words(look, "", "h1")
        self.lead = Words(look, "", "body", "ink_muted", wrap=True)
        self.notice = Banner(look, "info")
        self.notice.hide()
        self.name = Field(look, " ", icon="user")
        self.name.edit.setMaxLength(LONGEST["name"])
        self.name.set_text(name)
        self.password = Field(look, " ", icon="lock")
        self.password.edit.setMaxLength(LONGEST["password"])
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.enter = Button(look, "", "primary", size="main", icon="log-in")
        self.enter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._on_waited)
        self._build()
        self.name.submitted.connect(self._on_name_submitted)
        self.password.submitted.connect(self._ask)
        self.enter.clicked.connect(self._ask)
        look.changed.connect(self._restyle)
        self._restyle()
        language.changed.connect(self.retell)
        self.retell()

    def _build(self) -> None:
        band = Band(self._look)
        left = QVBoxLayout()
        left.setContentsMargins(56, 56, 56, 0)
        left.setSpacing(18)
        left.addWidget(Sign(self._look, 64))
        left.addSpacing(12)
        left.addWidget(self.brand)
        left.addWidget(self.about)
        left.addStretch(1)
        whole = QVBoxLayout(band)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(left, 1)
        whole.addWidget(Shelf(self._look))
        form = QVBoxLayout()
        form.setSpacing(16)
        for part in (self.title, self.lead, self.notice, self.name, self.password):
            form.addWidget(part)
        form.addSpacing(4)
        form.addWidget(self.enter)
        self._form = QWidget()
        self._form.setLayout(form)
        form.setContentsMargins(0, 0, 0, 0)
        # Not by an alignment: the height of a sentence follows from the width it really gets.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._form)
        middle.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(24, 24, 24, 24)
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addStretch(1)
        tools.addWidget(self.languages)
        tools.addWidget(self.display)
        right.addLayout(tools)
        right.addStretch(2)
        right.addLayout(middle)
        right.addStretch(3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(band)
        row.addLayout(right, 1)

    def _restyle(self) -> None:
        self._form.setFixedWidth(grown(self._look, FORM, MORE))

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard where it is needed."""
        super().showEvent(event)
        (self.password if self.name.text() else self.name).edit.setFocus()

    def show_busy(self, busy: bool) -> None:
        """Show that the answer is awaited."""
        self._busy = busy
        if busy:
            self.notice.hide()
        self._show_button()

    def show_notice(self, kind: BannerKind, fact: str, sentence: str) -> None:
        """Say why nobody is signed in."""
        self.show_busy(False)
        self.notice.set_kind(kind)
        self.notice.tell(fact, sentence)
        self.notice.show()
        announce(self, f"{fact} {sentence}".strip(), urgent=kind == "danger")

    def show_refused(self, fact: str, sentence: str, retry_seconds: int = 0) -> None:
        """Say a refusal; the next try must wait so long. The password must be typed anew."""
        self.password.clear()
        if retry_seconds > 0:
            self._wait.start(retry_seconds * 1000)
        self.show_notice("danger", fact, sentence)
        (self.password if self.name.text() else self.name).edit.setFocus()

    def forget(self) -> None:
        """Forget the password; the name stays for the next sign-in of the same person."""
        self.password.clear()
        self.show_busy(False)

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._wait.stop()

    def retell(self) -> None:
        """Say everything again; a notice stays as it was said."""
        _ = self._language.gettext
        self.languages.set_value(self._language.code)
        self.about.say(_("Staff console: which seats are free, who needs help, what to do."))
        self.display.setText(_("Display"))
        self.title.say(_("Sign in"))
        self.lead.say(_("With your staff account."))
        self.name.set_label(_("Name"))
        self.password.set_label(_("Password"))
        self._show_button()

    def _show_button(self) -> None:
        _ = self._language.gettext
        self.enter.setText(_("Signing in…") if self._busy else _("Sign in"))
        self.enter.setEnabled(not self._busy and not self._wait.isActive())
        self.enter.updateGeometry()

    def _on_waited(self) -> None:
        self.notice.hide()
        self._show_button()

    def _on_name_submitted(self) -> None:
        self.password.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask(self) -> None:
        _ = self._language.gettext
        if not self.enter.isEnabled():
            return
        if not self.name.text().strip():
            self.name.say_wrong(_("Type your name."))
            self.name.edit.setFocus()
            return
        if not self.password.text():
            self.password.say_wrong(_("Type your password."))
            self.password.edit.setFocus()
            return
        self.show_busy(True)
        self.sign_in_asked.emit(self.name.text().strip(), self.password.text())

"""The balance on the session home: a quiet box that opens *Mon crédit* (k2)."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.paint import begin, draw_box, turn
from kiosk.shell.credit_words import balance_words, credit_of, label_words, short_label
from kiosk.shell.outfit import Outfit
from kiosk.wire.face import Snapshot

SIDE, GAP = 26, 18


class CreditButton(Button):
    """Icon and label on the left, the balance on the right; the figure stays when room is short."""

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit.look, "", "secondary", icon="wallet", parent=parent)
        self._outfit = outfit
        self._figure = ""
        self._labels: tuple[str, ...] = ()

    def tell(self, snapshot: Snapshot) -> None:
        """Show the balance, and nothing at all where prints are not sold."""
        credit = credit_of(snapshot)
        self.setVisible(credit is not None)
        if credit is None:
            return
        label = label_words(self._outfit, snapshot, credit)
        self._figure = balance_words(self._outfit, snapshot, credit)
        self._labels = (label, short_label(self._outfit, snapshot, credit))
        self.setAccessibleName(": ".join(part for part in (label, self._figure) if part))
        self._choose()

    def restyle(self) -> None:
        """Take sizes and colours of the current theme, and the label that fits them."""
        super().restyle()
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._choose()

    def sizeHint(self) -> QSize:
        """Return the least that is shown: the figure, or the short label where there is none."""
        least = self._wide(self._figure, self._figure_font())
        if not self._figure and self._labels:
            least = self._wide(self._labels[-1], self._label_font())
        height = super().sizeHint().height()
        return QSize(round(2 * SIDE + self.measure().icon + GAP + least + 0.5), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, icon, label and figure."""
        theme, measure = self.look.theme, self.measure()
        fill = theme.colour("soft" if self.underMouse() or self.isDown() else "ground")
        line = theme.colour("control_border")
        painter = begin(self)
        box = QRectF(self.rect())
        draw_box(painter, box, measure.radius, fill, line, theme.control_border)
        icon = QRectF(SIDE, (self.height() - measure.icon) / 2, measure.icon, measure.icon)
        self.look.icons.paint(painter, "wallet", turn(self, icon), theme.colour("primary"))
        upright = Qt.AlignmentFlag.AlignVCenter
        if self.text() != self._figure:
            painter.setPen(theme.colour("ink_muted" if self._figure else "ink"))
            painter.setFont(self._label_font())
            wide = self._wide(self.text(), self._label_font())
            place = QRectF(SIDE + measure.icon + GAP, 0, wide + 2, self.height())
            painter.drawText(turn(self, place), upright, self.text())
        if self._figure:
            painter.setPen(theme.colour("ink"))
            painter.setFont(self._figure_font())
            wide = self._wide(self._figure, self._figure_font())
            place = QRectF(self.width() - SIDE - wide - 1, 0, wide + 2, self.height())
            painter.drawText(turn(self, place), upright, self._figure)
        painter.end()

    def _choose(self) -> None:
        """Take the longest label that fits beside the figure; without room the figure alone."""
        figure = self._wide(self._figure, self._figure_font())
        beside = figure + GAP if self._figure else 0.0
        room = self.width() - 2 * SIDE - self.measure().icon - GAP - beside
        font = self._label_font()
        fits = (one for one in self._labels if self._wide(one, font) <= room)
        least = self._figure or (self._labels[-1] if self._labels else "")
        self.setText(next(fits, least))

    def _label_font(self) -> QFont:
        return self.look.font("body", rem=1.0)

    def _figure_font(self) -> QFont:
        return self.look.font("h3", rem=1.25, weight=700)

    @staticmethod
    def _wide(words: str, font: QFont) -> float:
        return QFontMetricsF(font).horizontalAdvance(words) if words else 0.0

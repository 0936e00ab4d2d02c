"""The live page and the desk."""

from PySide6.QtCore import QObject, Slot

from admin_console.desk.desk import Desk
from admin_console.desk.pages.live_page import LivePage
from kiosk.wire.command import CommandBody


class LiveTie(QObject):
    """Carries commands, tickets, questions and what was seen to the desk, and back what comes."""

    def __init__(self, page: LivePage, desk: Desk) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk
        page.command_asked.connect(self._on_command_asked)
        page.commands_asked.connect(self._on_commands)
        page.forecast_asked.connect(desk.inquiry.ask_forecast)
        page.day_asked.connect(desk.inquiry.ask_day)
        page.card_asked.connect(desk.inquiry.ask_card)
        page.ticket_asked.connect(desk.tickets.change)
        page.overview.seen.connect(desk.parked.settle)
        desk.commands_moved.connect(self._on_commands)
        desk.inquiry.forecast_told.connect(page.show_forecast)
        desk.inquiry.day_told.connect(page.show_day)
        desk.inquiry.card_told.connect(page.show_card)
        desk.tickets.answered.connect(page.show_ticket_answer)
        desk.parked.unsettled.connect(page.overview.show_unsettled)

    @Slot(str, object, object)
    def _on_command_asked(self, seat_id: str, slot_id: str | None, body: CommandBody) -> None:
        self._desk.dispatch.send(seat_id, slot_id, body)

    @Slot(str)
    def _on_commands(self, seat_id: str) -> None:
        self._page.show_outgoing(seat_id, self._desk.dispatch.outgoing_of(seat_id))

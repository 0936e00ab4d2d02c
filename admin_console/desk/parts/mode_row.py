"""What is done at the desk, in three large choices: give a seat, put on the list, guest pass."""

from admin_console.desk.models.offer_face import Act
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.choice_card import ActCard, ChoiceColumns, ChoiceGroup
from kiosk.look.look import Look

ICONS = {Act.SEAT: "monitor", Act.LIST: "list-ordered", Act.PASS: "ticket"}
LEAST = 130


class ModeRow(ChoiceGroup):
    """The choices, each with a line about the room."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__(ChoiceColumns(least=LEAST, gap=14))
        self._wording = wording
        self.set_cards([ActCard(look, act, icon) for act, icon in ICONS.items()])

    def tell(self, free: int, waiting: int, chosen: Act) -> None:
        """Say how many seats are free and how many wait, and show what is being done."""
        _, ngettext = self._wording.language.gettext, self._wording.language.ngettext
        form = ngettext("%(count)d free now", "%(count)d free now", free)
        told = {
            Act.SEAT: (_("Give a seat"), form % {"count": free} if free else _("none free now")),
            Act.LIST: (
                _("Put on the list"),
                self._wording.waiting(waiting) if waiting else _("nobody waits here"),
            ),
            Act.PASS: (_("Guest pass"), _("without a card")),
        }
        for card in self.cards:
            card.tell(*told[Act(card.value)])
        self.set_spoken(_("What is to be done"))
        self.set_value(chosen)

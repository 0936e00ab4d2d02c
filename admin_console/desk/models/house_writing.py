"""What a place says at its seats, while it is written."""

from dataclasses import dataclass, replace

from kiosk.rules.paragraph import as_paragraph
from kiosk.wire.houserules import SetHouseRules
from kiosk.wire.place import SiteView

LONGEST = 500
"""The letters that each text of a place may have at most (`kiosk.wire.codec.Text`)."""


@dataclass(frozen=True, slots=True)
class HouseWriting:
    """What is written, as it would be kept: one paragraph each.

    Attributes:
        before: the rules as they stood.
        draft: the rules as they are written.
        top_up_before: where credit is sold, as it stood.
        top_up: the same as it is written.
    """

    before: str
    draft: str
    top_up_before: str
    top_up: str

    @classmethod
    def of(cls, site: SiteView) -> "HouseWriting":
        """Return what changes nothing yet."""
        return cls(site.house_rules, site.house_rules, site.top_up, site.top_up)

    def with_text(self, text: str) -> "HouseWriting":
        """Return it with other rules."""
        return replace(self, draft=as_paragraph(text))

    def with_top_up(self, text: str) -> "HouseWriting":
        """Return it with other words of where credit is sold."""
        return replace(self, top_up=as_paragraph(text))

    def over(self, site: SiteView) -> "HouseWriting":
        """Return it as a change of what somebody else has saved."""
        return replace(self, before=site.house_rules, top_up_before=site.top_up)

    def says(self, site: SiteView) -> bool:
        """Return whether a site says what is written."""
        return (self.draft, self.top_up) == (site.house_rules, site.top_up)

    def began_with(self, site: SiteView) -> bool:
        """Return whether a site still says what it said when this was begun."""
        return (self.before, self.top_up_before) == (site.house_rules, site.top_up)

    def count(self) -> int:
        """Return how many things would be saved otherwise than before."""
        return (self.draft != self.before) + (self.top_up != self.top_up_before)

    def faults(self) -> tuple[()]:
        """Return nothing: no text that fits is wrong."""
        return ()

    def can_be_saved(self) -> bool:
        """Return whether there is something to save."""
        return bool(self.count())

    def ask(self) -> SetHouseRules:
        """Return what is asked of the hub."""
        return SetHouseRules(
            before=self.before,
            draft=self.draft,
            top_up_before=self.top_up_before,
            top_up=self.top_up,
        )

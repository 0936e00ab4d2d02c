"""The rules of a place while they are written."""

from dataclasses import dataclass, replace

from kiosk.rules.paragraph import as_paragraph
from kiosk.wire.houserules import SetHouseRules
from kiosk.wire.place import SiteView

LONGEST = 500
"""The letters that the rules of a place may have at most (`kiosk.wire.codec.Text`)."""


@dataclass(frozen=True, slots=True)
class HouseWriting:
    """What is written, as it would be kept: one paragraph."""

    before: str
    draft: str

    @classmethod
    def of(cls, site: SiteView) -> "HouseWriting":
        """Return what changes nothing yet."""
        return cls(site.house_rules, site.house_rules)

    def with_text(self, text: str) -> "HouseWriting":
        """Return it with another text."""
        return replace(self, draft=as_paragraph(text))

    def over(self, site: SiteView) -> "HouseWriting":
        """Return it as a change of what somebody else has saved."""
        return replace(self, before=site.house_rules)

    def says(self, site: SiteView) -> bool:
        """Return whether a site has the rules that are written."""
        return self.draft == site.house_rules

    def count(self) -> int:
        """Return how many things would be saved otherwise than before."""
        return int(self.draft != self.before)

    def faults(self) -> tuple[()]:
        """Return nothing: no text that fits is wrong."""
        return ()

    def can_be_saved(self) -> bool:
        """Return whether there is something to save."""
        return bool(self.count())

    def ask(self) -> SetHouseRules:
        """Return what is asked of the hub."""
        return SetHouseRules(before=self.before, draft=self.draft)

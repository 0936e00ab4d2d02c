"""New rules of a place: as somebody wrote them, and what the hub made of them."""

from kiosk.wire.codec import Message, Text
from kiosk.wire.place import SiteView


class SetHouseRules(Message, frozen=True, kw_only=True):
    """Ask to give a site these rules; empty takes them away.

    `before` is what the editor began with: where the site has other rules by now, somebody else has
    saved meanwhile, and nothing is overwritten.
    """

    before: Text
    draft: Text


class HouseRulesSaved(Message, frozen=True, kw_only=True, tag="house_rules_saved"):
    """The rules are kept and told, as one paragraph; the site as it stands now."""

    site: SiteView


class HouseRulesMoved(Message, frozen=True, kw_only=True, tag="house_rules_moved"):
    """Somebody else saved meanwhile, and nothing was kept; the site as it stands now."""

    site: SiteView


HouseRulesAnswer = HouseRulesSaved | HouseRulesMoved

"""What a place says at its seats: as somebody wrote it, and what the hub made of it."""

from kiosk.wire.codec import Message, Text
from kiosk.wire.place import SiteView


class SetHouseRules(Message, frozen=True, kw_only=True):
    """Ask to give a site these rules, and these words of where it sells credit; empty takes away.

    `before` and `top_up_before` are what the editor began with: where the site says something else
    by now, somebody else has saved meanwhile, and nothing is overwritten. Without a `top_up` those
    words stay as they are.
    """

    before: Text
    draft: Text
    top_up_before: Text = ""
    top_up: Text | None = None


class HouseRulesSaved(Message, frozen=True, kw_only=True, tag="house_rules_saved"):
    """All is kept and told, each as one paragraph; the site as it stands now."""

    site: SiteView


class HouseRulesMoved(Message, frozen=True, kw_only=True, tag="house_rules_moved"):
    """Somebody else saved meanwhile, and nothing was kept; the site as it stands now."""

    site: SiteView


HouseRulesAnswer = HouseRulesSaved | HouseRulesMoved

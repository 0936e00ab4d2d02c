"""Giving a site other rules of its own: what it tells whoever sits there first."""

from msgspec.structs import replace

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.bell import site_topic
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Store
from admin_console.hub.service.roomrule import RULERS
from kiosk.rules.paragraph import as_paragraph
from kiosk.wire.act import ActKind
from kiosk.wire.change import SiteChanged
from kiosk.wire.houserules import (
    HouseRulesAnswer,
    HouseRulesMoved,
    HouseRulesSaved,
    SetHouseRules,
)


class HouseRules:
    """Keeps new rules of a site, unless somebody else has kept other ones meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def set_rules(
        self, staff: StaffIdentity, site_id: str, ask: SetHouseRules
    ) -> HouseRulesAnswer | NotAllowed | NotFound:
        """Give a site new rules and tell its stations; whoever has read the old ones is done."""
        if not RULERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=True) as work:
            site = work.sites.hold(site_id)
            if site is None or site_id not in staff.site_ids:
                return NotFound()
            if site.house_rules != ask.before:
                return HouseRulesMoved(site=site)
            rules = as_paragraph(ask.draft)
            if rules != site.house_rules:
                site = replace(site, house_rules=rules)
                work.sites.save(site)
                work.changes.add(SiteChanged(site=site), topic=site_topic(site_id), site_id=site_id)
                note(work, staff, ActKind.HOUSE_RULES_SET, site_id)
            return HouseRulesSaved(site=site)

"""What a site says at its seats: its rules, and where it sells print credit."""

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
from kiosk.wire.place import SiteView


class HouseRules:
    """Keeps new words of a site, unless somebody else has kept other ones meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def set_rules(
        self, staff: StaffIdentity, site_id: str, ask: SetHouseRules
    ) -> HouseRulesAnswer | NotAllowed | NotFound:
        """Give a site new words and tell its stations; whoever has read the old rules is done."""
        if not RULERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=True) as work:
            site = work.sites.hold(site_id)
            if site is None or site_id not in staff.site_ids:
                return NotFound()
            if _has_moved(site, ask):
                return HouseRulesMoved(site=site)
            top_up = site.top_up if ask.top_up is None else as_paragraph(ask.top_up)
            kept = replace(site, house_rules=as_paragraph(ask.draft), top_up=top_up)
            if kept != site:
                work.sites.save(kept)
                work.changes.add(SiteChanged(site=kept), topic=site_topic(site_id), site_id=site_id)
            if kept.house_rules != site.house_rules:
                note(work, staff, ActKind.HOUSE_RULES_SET, site_id)
            if kept.top_up != site.top_up:
                note(work, staff, ActKind.TOP_UP_WORDS_SET, site_id)
            return HouseRulesSaved(site=kept)


def _has_moved(site: SiteView, ask: SetHouseRules) -> bool:
    """Tell whether somebody else has written meanwhile what is to be written now."""
    if site.house_rules != ask.before:
        return True
    return ask.top_up is not None and site.top_up != ask.top_up_before

"""What any store must hold of the rules that staff write for a place."""

import msgspec
import pytest

from admin_console.hub.service.answer import NotAllowed, NotFound
from kiosk.wire.act import ActKind, ReadActs
from kiosk.wire.change import SiteChanged
from kiosk.wire.desk import Role
from kiosk.wire.houserules import HouseRulesMoved, HouseRulesSaved, SetHouseRules
from kiosk.wire.place import SiteView
from tests.helpers.hubhouse import BIJ, TRAPEZE, HubHouse

ADMIN = frozenset({Role.ADMIN})
RULES = "On parle à voix basse."


def site_of(house: HubHouse, site_id: str = "bij") -> SiteView:
    with house.store.begin(write=False) as work:
        site = work.sites.get(site_id)
    assert site is not None
    return site


def acts(house: HubHouse) -> list[tuple[ActKind, str | None]]:
    now = house.clock.now()
    ask = ReadActs(since=now.replace(year=now.year - 1), until=now.replace(year=now.year + 1))
    page = house.acts.read(house.agent(ADMIN), ask)
    assert not isinstance(page, NotAllowed)
    return [(line.kind, line.site_id) for line in page.lines]


class HouseRulesContract:
    """What holds of the rules of a place on every store."""

    def test_rules_of_a_place_are_kept_told_to_its_stations_and_journalled(
        self, house: HubHouse
    ) -> None:
        here, there = house.enrol(BIJ), house.enrol(TRAPEZE)
        before = site_of(house)
        ask = SetHouseRules(before=before.house_rules, draft=f"  {RULES}\n\n")

        saved = house.house_rules.set_rules(house.agent(ADMIN), "bij", ask)

        assert isinstance(saved, HouseRulesSaved)
        assert saved.site.house_rules == RULES
        assert site_of(house) == saved.site
        told = SiteChanged(site=saved.site)
        assert [one.body for one in house.read(here.identity)].count(told) == 1
        assert told not in [one.body for one in house.read(there.identity)]
        assert acts(house) == [(ActKind.HOUSE_RULES_SET, "bij")]

    def test_of_two_who_write_rules_the_second_is_shown_what_the_first_kept(
        self, house: HubHouse
    ) -> None:
        before, admin = site_of(house).house_rules, house.agent(ADMIN)
        first = house.house_rules.set_rules(admin, "bij", SetHouseRules(before=before, draft=RULES))
        second = house.house_rules.set_rules(
            admin, "bij", SetHouseRules(before=before, draft="Ni eau ni gâteaux.")
        )

        assert isinstance(first, HouseRulesSaved)
        assert second == HouseRulesMoved(site=first.site)
        assert site_of(house) == first.site

    def test_the_same_rules_again_are_no_news_and_empty_takes_them_away(
        self, house: HubHouse
    ) -> None:
        admin, station = house.agent(ADMIN), house.enrol(BIJ)
        house.house_rules.set_rules(
            admin, "bij", SetHouseRules(before=site_of(house).house_rules, draft=RULES)
        )
        told, noted = len(house.read(station.identity)), acts(house)

        house.house_rules.set_rules(admin, "bij", SetHouseRules(before=RULES, draft=RULES))
        assert (len(house.read(station.identity)), acts(house)) == (told, noted)

        house.house_rules.set_rules(admin, "bij", SetHouseRules(before=RULES, draft=" "))
        assert site_of(house).house_rules == ""

    def test_where_credit_is_sold_is_kept_told_and_journalled_by_itself(
        self, house: HubHouse
    ) -> None:
        station, admin = house.enrol(BIJ), house.agent(ADMIN)
        before = site_of(house)
        ask = SetHouseRules(
            before=before.house_rules,
            draft=before.house_rules,
            top_up_before=before.top_up,
            top_up=" À la caisse,\nle matin. ",
        )

        saved = house.house_rules.set_rules(admin, "bij", ask)

        assert isinstance(saved, HouseRulesSaved)
        assert saved.site.top_up == "À la caisse, le matin."
        told = SiteChanged(site=saved.site)
        assert [one.body for one in house.read(station.identity)].count(told) == 1
        assert acts(house) == [(ActKind.TOP_UP_WORDS_SET, "bij")]
        # Who began before that is shown it, and an older desk leaves it as it is.
        assert house.house_rules.set_rules(
            admin, "bij", msgspec.structs.replace(ask, top_up="")
        ) == (HouseRulesMoved(site=saved.site))
        older = SetHouseRules(before=before.house_rules, draft=RULES)
        assert isinstance(house.house_rules.set_rules(admin, "bij", older), HouseRulesSaved)
        assert site_of(house).top_up == "À la caisse, le matin."

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
    def test_only_administrators_write_the_rules_of_a_place(
        self, house: HubHouse, role: Role
    ) -> None:
        before = site_of(house)
        ask = SetHouseRules(before=before.house_rules, draft=RULES)
        assert house.house_rules.set_rules(house.agent(frozenset({role})), "bij", ask) == (
            NotAllowed()
        )
        assert site_of(house) == before

    def test_the_rules_of_a_place_beyond_the_sites_of_the_account_are_not_found(
        self, house: HubHouse
    ) -> None:
        staff = house.agent(ADMIN, sites=("bij",))
        ask = SetHouseRules(before="", draft=RULES)
        assert house.house_rules.set_rules(staff, "trapeze", ask) == NotFound()
        assert house.house_rules.set_rules(staff, "nowhere", ask) == NotFound()

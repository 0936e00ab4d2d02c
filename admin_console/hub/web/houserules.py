"""The route by which staff change what a site says at its seats."""

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.houserules import HouseRules
from admin_console.hub.web.argument import BEARER, SiteId, StaffRequest, check_text, problems
from admin_console.hub.web.body import body_of
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import refuse
from kiosk.wire.houserules import HouseRulesAnswer, SetHouseRules


def house_rules_route(house_rules: HouseRules, door: Door, pool: Pool) -> HTTPRouteHandler:
    """Return the route."""

    @post(
        "/sites/{site_id:str}/house-rules",
        status_code=200,
        dto=body_of(SetHouseRules),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 413),
        tags=["staff"],
    )
    async def set_house_rules(
        request: StaffRequest, site_id: SiteId, data: JSONBody[SetHouseRules]
    ) -> HouseRulesAnswer:
        """Give a site other words of its own, or say what somebody else has kept meanwhile."""
        site = check_text(site_id, "site_id")
        found = await pool.run(house_rules.set_rules, request.user, site, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    return set_house_rules

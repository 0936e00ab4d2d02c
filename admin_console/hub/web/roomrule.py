"""The route by which staff change the limits of a room."""

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.roomrule import RoomRules
from admin_console.hub.web.argument import BEARER, RoomId, StaffRequest, check_text, problems
from admin_console.hub.web.body import body_of
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import refuse
from kiosk.wire.rule import RuleAnswer, SetRule


def rule_route(rules: RoomRules, door: Door, pool: Pool) -> HTTPRouteHandler:
    """Return the route."""

    @post(
        "/rooms/{room_id:str}/rule",
        status_code=200,
        dto=body_of(SetRule),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 413),
        tags=["staff"],
    )
    async def set_rule(
        request: StaffRequest, room_id: RoomId, data: JSONBody[SetRule]
    ) -> RuleAnswer:
        """Give a room other limits, or say what is wrong with them and keep nothing."""
        room = check_text(room_id, "room_id")
        found = await pool.run(rules.set_rule, request.user, room, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    return set_rule

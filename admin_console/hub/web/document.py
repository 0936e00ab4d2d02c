"""The OpenAPI document of the hub: JSON alone, no page that would load something from elsewhere."""

from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Litestar, MediaType, Response, Router, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from kiosk.wire.codec import VERSION


def describe_routes(routes: Sequence[HTTPRouteHandler | Router], version: str) -> bytes:
    """Return the document of some routes.

    An application of its own is made for it: the one that serves would otherwise get Litestar's
    document pages, which answer unknown paths below them in HTML.
    """
    described = Litestar(
        route_handlers=routes,
        openapi_config=OpenAPIConfig(
            title="Créneau hub",
            version=version,
            description="What stations and staff consoles ask of the hub. Words: docs/wire.md.",
            use_handler_docstrings=True,
            components=Components(
                security_schemes={"bearer": SecurityScheme(type="http", scheme="bearer")}
            ),
        ),
        logging_config=None,
    )
    document = described.openapi_schema.to_schema()
    _tell_base64(document)
    return msgspec.json.encode(document)


def _tell_base64(node: Any) -> None:
    """Say of bytes how they travel: Litestar takes their length for that of the text."""
    if isinstance(node, list):
        for item in node:
            _tell_base64(item)
    if not isinstance(node, dict):
        return
    if "contentEncoding" in node:
        node["contentEncoding"] = "base64"
        for bound in node.keys() & {"minLength", "maxLength"}:
            node[bound] = -(-node[bound] // 3) * 4
    for value in node.values():
        _tell_base64(value)


def document_route(document: bytes) -> HTTPRouteHandler:
    """Return the route that shows the document."""

    @get(f"/v{VERSION}/openapi.json", include_in_schema=False)
    async def openapi() -> Response[bytes]:
        """Return the OpenAPI document."""
        return Response(document, media_type=MediaType.JSON)

    return openapi

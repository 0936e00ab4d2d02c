"""How the body of a request becomes a message: by the codec of the wire, and by nothing else."""

import re
from collections.abc import Generator
from typing import Any

from litestar.dto import AbstractDTO, DTOConfig
from litestar.dto.data_structures import DTOFieldDefinition
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition

from admin_console.hub.web.problem import Refused
from kiosk.wire.codec import LARGEST_MESSAGE, Message, decode
from kiosk.wire.problem import ProblemCode

# An escaped NUL, unless its backslash is itself escaped.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def body_of(form: type[Message], most_bytes: int = LARGEST_MESSAGE) -> type[AbstractDTO[Any]]:
    """Return what reads a body of this form; its handler has an argument `data` of the same."""

    class Body(WireBody):
        """The body of one route."""

        wanted = form
        longest = most_bytes

    return Body


class WireBody(AbstractDTO[Any]):
    """Reads a body strictly; Litestar's own reading would take "5" for 5."""

    config = DTOConfig()
    model_type: type[Any] = Message
    wanted: type[Message]
    longest: int

    def decode_bytes(self, value: bytes) -> Message:
        """Return the message in a body; raises `MessageInvalid` or `Refused`."""
        if b"\\u0000" in value and _NUL.search(value):
            raise Refused(ProblemCode.INVALID, "a text holds a NUL")
        return decode(value, self.wanted, self.longest)

    @classmethod
    def create_for_field_definition(
        cls, field_definition: FieldDefinition, handler_id: str, backend_cls: Any = None
    ) -> None:
        """Nothing is generated: the message is what travels."""

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: Any
    ) -> Reference | Schema:
        """Return the schema of the message itself."""
        schema: Reference | Schema = schema_creator.for_field_definition(field_definition)
        return schema

    @classmethod
    def generate_field_definitions(
        cls, model_type: type[Any]
    ) -> Generator[DTOFieldDefinition, None, None]:
        """Never asked for, since nothing is generated."""
        yield from ()

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:
        """Never asked for, since nothing is generated."""
        return False

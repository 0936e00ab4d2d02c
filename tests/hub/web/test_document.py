"""The API document tells the truth: what it describes is what the hub takes and answers."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kiosk.wire.desk import Role
from tests.hub.web.house import House, open_house

pytestmark = pytest.mark.leaks_allowed("a hub that tests share starts threads as it needs them")

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as found:
        yield found


def operations(house: House) -> Iterator[Any]:
    document = json.loads(house.application.document)
    # A stream has no end to wait for; it has tests of its own.
    del document["paths"]["/v1/stream"]
    found = schemathesis.openapi.from_dict(document)
    found.config.update(base_url=house.url)
    for operation in found.get_all_operations():
        assert isinstance(operation, Ok)
        yield operation.ok()


def bearer_for(house: House, operation: Any) -> str:
    if operation.method.upper() == "DELETE":
        return "nobody"
    staff = {"staff", "reader"} & set(operation.tags or ())
    return house.staff[Role.ADMIN] if staff else house.station


def check(operation: Any, mode: GenerationMode, bearer: str, examples: int) -> None:
    """Send requests that keep to the document, or break it in one place."""
    headers = {"Authorization": f"Bearer {bearer}"}

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    def keeps_to_it(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    keeps_to_it()


@pytest.mark.parametrize("mode", GenerationMode)
def test_the_hub_keeps_to_its_document(
    shared: House, mode: GenerationMode, count_of: Callable[[int], int]
) -> None:
    checked = 0
    for operation in operations(shared):
        try:
            check(operation, mode, bearer_for(shared, operation), count_of(200))
            checked += 1
        except Unsatisfiable:
            # Nothing can be wrong about a request without parts.
            assert mode is GenerationMode.NEGATIVE

    assert checked > 5


def test_the_document_loads_nothing_from_elsewhere(shared: House) -> None:
    answer = httpx.get(f"{shared.url}/v1/openapi.json", trust_env=False)

    assert answer.headers["content-type"] == "application/json"
    assert b"://" not in answer.content
    assert answer.content == shared.application.document


def test_each_route_says_who_may_use_it_and_how_it_refuses(shared: House) -> None:
    document = json.loads(shared.application.document)
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert operation["description"], path
            assert {"500", "503"} <= set(operation["responses"]), path
            assert ("401" in operation["responses"]) is bool(operation.get("security")), path
            assert ("413" in operation["responses"]) is (method == "post"), path


def test_messages_of_a_choice_are_told_apart_by_their_tag(shared: House) -> None:
    schemas = json.loads(shared.application.document)["components"]["schemas"]

    assert schemas["SlotGranted"]["properties"]["type"]["const"] == "slot_granted"
    assert "type" in schemas["SlotGranted"]["required"]

"""Frozen samples: what an older station or desk wrote is understood for ever.

A sample is written once, by `python -m tests.wire.test_sample`, which adds the missing ones and
never touches one that stands. Change a message so that its sample no longer decodes, and this
fails: add a field with a default instead.
"""

import json
from pathlib import Path

import pytest

from kiosk.wire.codec import VERSION, Message, decode, encode
from tests.wire.test_message import message_types

SAMPLES = Path(__file__).parent / "samples" / f"v{VERSION}"


def sample_path(form: type[Message]) -> Path:
    return SAMPLES / f"{form.__name__}.json"


@pytest.mark.parametrize("form", message_types(), ids=lambda form: form.__name__)
def test_the_frozen_sample_still_decodes_to_all_that_it_says(form: type[Message]) -> None:
    path = sample_path(form)
    assert path.exists(), f"run python -m tests.wire.test_sample to freeze {form.__name__}"
    frozen = path.read_bytes()
    again = json.loads(encode(decode(frozen, form)))
    assert missing(json.loads(frozen), again) == []


def missing(told: object, understood: object, where: str = "") -> list[str]:
    """Return the places of what was told and not understood; fields of later days may be added."""
    match told, understood:
        case dict(), dict():
            return [
                lost
                for name, value in told.items()
                for lost in missing(value, understood.get(name, ...), f"{where}.{name}")
            ]
        case list(), list() if len(told) == len(understood):
            pairs = enumerate(zip(told, understood, strict=True))
            return [lost for place, (a, b) in pairs for lost in missing(a, b, f"{where}[{place}]")]
    return [] if told == understood else [where]


def test_what_is_not_understood_is_found() -> None:
    told = {"a": [{"b": 1, "c": 2}], "d": 3}
    assert missing(told, {"a": [{"b": 1, "c": 2, "later": 0}], "d": 3}) == []
    assert missing(told, {"a": [{"b": 1, "c": 3}]}) == [".a[0].c", ".d"]


def freeze() -> None:
    """Write a sample of each message that has none."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis.strategies import DataObject, data

    from tests.wire.test_message import anything_of

    SAMPLES.mkdir(parents=True, exist_ok=True)
    for form in message_types():
        if sample_path(form).exists():
            continue
        richest = b""

        @settings(
            max_examples=60,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(data())
        def look(source: DataObject) -> None:
            nonlocal richest
            found = encode(source.draw(anything_of(form)))  # noqa: B023 - called at once
            if len(richest) < len(found) < 4000:
                richest = found

        look()
        text = json.dumps(json.loads(richest), ensure_ascii=False, indent=1)
        sample_path(form).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    freeze()

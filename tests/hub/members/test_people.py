import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from admin_console.hub.members.hasher import Argon2Hasher, Cost
from admin_console.hub.members.reference import HmacReferences

CHEAP = Cost(passes=1, memory_kib=64)


def test_a_card_has_one_reference_for_each_pepper() -> None:
    here, there = HmacReferences(b"a" * 32), HmacReferences(b"b" * 32)

    assert here.reference("2048100000001") == here.reference("2048100000001")
    assert here.reference("2048100000001") != there.reference("2048100000001")
    assert "20481" not in here.reference("2048100000001")


def test_a_code_is_sealed_with_its_card() -> None:
    references = HmacReferences(b"a" * 32)

    assert references.seal("11", "1234") != references.seal("111", "234")
    assert references.seal("11", "1234") != references.reference("11")


def test_a_short_pepper_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        HmacReferences(b"short")


def test_a_hash_fits_its_secret_only_and_nobody_never() -> None:
    hasher = Argon2Hasher(CHEAP)
    made = hasher.hash("1234")

    assert made.startswith("$argon2id$")
    assert hasher.verify("1234", made)
    assert not hasher.verify("1235", made)
    assert not hasher.verify("1234", None)


def test_two_hashes_of_one_secret_differ() -> None:
    first, second = Argon2Hasher(CHEAP).hash_all(["1234", "1234"])

    assert first != second


def test_nobody_costs_as_much_as_somebody() -> None:
    """The hash that stands in for nobody carries the same cost as the others."""
    hasher = Argon2Hasher(CHEAP)

    assert (
        hasher._nobody.rpartition("$")[0].rpartition("$")[0]
        == (hasher.hash("1234").rpartition("$")[0].rpartition("$")[0])
    )


def test_no_more_hashes_are_at_work_than_there_are_cores(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hasher = Argon2Hasher(CHEAP, cores=2)
    working, most = 0, 0
    guard = threading.Lock()
    crowd = threading.Event()

    def slow(hashed: str, secret: str) -> bool:
        nonlocal working, most
        with guard:
            working += 1
            most = max(most, working)
        crowd.wait(0.02)
        with guard:
            working -= 1
        return True

    class Slow:
        verify = staticmethod(slow)

    monkeypatch.setattr(hasher, "_hasher", Slow())
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: hasher.verify("1", "x"), range(16)))

    assert most == 2

"""What the gate may expect of every backend, whether it confines or not."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.gate.answer import Refusal
from kiosk.gate.backend import Application, SessionBackend
from kiosk.gate.confinedbackend import ConfinedBackend
from kiosk.gate.fact import Proof, Residue, ResidueReason
from kiosk.gate.openbackend import OpenBackend
from tests.gate.fake import slot_id
from tests.helpers.confine import find_python, needs_root
from tests.helpers.stage import open_stage

A, B = slot_id(1), slot_id(2)


class SessionBackendContract:
    """A program that stays, one that takes an address, one that is not there."""

    @pytest.fixture
    def backend(self) -> Iterator[SessionBackend]:
        raise NotImplementedError

    def test_it_says_what_can_be_launched(self, backend: SessionBackend) -> None:
        assert [one.app_id for one in backend.applications()] == ["stay", "internet"]

    def test_ending_and_looking_without_a_session_is_harmless(
        self, backend: SessionBackend
    ) -> None:
        backend.end(None)
        backend.end(A)
        assert backend.audit(None) == Proof(0, 0)

    def test_what_runs_is_residue_until_its_end_and_then_counted(
        self, backend: SessionBackend
    ) -> None:
        backend.start(A)
        assert backend.launch(A, "stay", "") is None
        found = backend.audit(A)
        assert isinstance(found, Residue)
        assert found.reason is ResidueReason.PROCESSES
        backend.end(A)
        proof = backend.audit(A)
        assert isinstance(proof, Proof)
        assert proof.processes >= 1
        assert backend.audit(A) == proof
        backend.end(A)
        assert backend.audit(A) == proof

    def test_a_slot_that_is_not_named_is_ended_too(self, backend: SessionBackend) -> None:
        backend.start(A)
        backend.launch(A, "stay", "")
        backend.end(None)
        assert isinstance(backend.audit(B), Proof)

    def test_starting_again_ends_nothing(self, backend: SessionBackend) -> None:
        backend.start(A)
        backend.launch(A, "stay", "")
        before = backend.audit(A)
        backend.start(A)
        after = backend.audit(A)
        assert isinstance(before, Residue)
        assert isinstance(after, Residue)
        assert after.count >= before.count

    def test_only_what_the_table_has_is_launched_and_only_as_it_says(
        self, backend: SessionBackend
    ) -> None:
        backend.start(A)
        assert backend.launch(A, "terminal", "") is Refusal.APPLICATION_UNKNOWN
        assert backend.launch(A, "stay", "https://example.org/") is Refusal.URL_INVALID
        assert backend.launch(A, "internet", "https://example.org/") is None

    def test_covering_and_uncovering_are_harmless_at_any_time(
        self, backend: SessionBackend
    ) -> None:
        for on in (True, True, False, False):
            backend.cover(A, on)
        backend.start(A)
        for on in (True, True, False, False):
            backend.cover(A, on)
        assert backend.launch(A, "stay", "") is None


def applications(python: str) -> tuple[Application, ...]:
    stay = "import time; time.sleep(600)"
    return (
        Application("stay", python, ("-I", "-c", stay)),
        Application("internet", python, ("-I", "-c", stay, "--in={private}"), takes_url=True),
    )


class TestOpenBackend(SessionBackendContract):
    @pytest.fixture
    def backend(self, tmp_path: Path) -> Iterator[SessionBackend]:
        made = OpenBackend(tmp_path / "links", {"PATH": os.defpath}, applications(sys.executable))
        yield made
        made.end(None)
        made.close()


@needs_root
class TestConfinedBackend(SessionBackendContract):
    @pytest.fixture
    def backend(self) -> Iterator[SessionBackend]:
        with open_stage() as stage:
            plan = replace(stage.plan, applications=applications(find_python()))
            stage.backend = ConfinedBackend(plan)
            yield stage.backend

"""Slow hashes of codes and passwords: argon2id, one at a time on each core."""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: passes over the memory, and the memory in KiB."""

    passes: int
    memory_kib: int


HOUSE_COST = Cost(passes=2, memory_kib=19 * 1024)
"""About 30 ms of one core of an ordinary server, and 19 MiB while it lasts."""


class Argon2Hasher:
    """Makes and checks argon2id hashes. Safe to use from several threads.

    Args:
        cost: what a new hash costs; a hash carries the cost it was made with.
        cores: how many hashes may be at work at a time; None means the cores of the machine.
    """

    def __init__(self, cost: Cost = HOUSE_COST, cores: int | None = None) -> None:
        self._hasher = PasswordHasher(
            time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=1, type=Type.ID
        )
        self._cores = cores or os.cpu_count() or 1
        self._turns = threading.BoundedSemaphore(self._cores)
        # Checked against when there is nobody, so that the time taken does not say so.
        self._nobody = self._hasher.hash(os.urandom(32).hex())

    def hash(self, secret: str) -> str:
        """Return a hash that carries its own salt and cost."""
        with self._turns:
            return self._hasher.hash(secret)

    def hash_all(self, secrets: Sequence[str]) -> list[str]:
        """Return the hashes of many secrets, with all cores at work."""
        with ThreadPoolExecutor(self._cores, "hasher") as pool:
            return list(pool.map(self.hash, secrets))

    def verify(self, secret: str, hashed: str | None) -> bool:
        """Tell whether the secret fits; None costs the same work and never fits.

        Raises:
            argon2.exceptions.InvalidHashError: what is kept is no hash.
        """
        with self._turns:
            try:
                self._hasher.verify(self._nobody if hashed is None else hashed, secret)
            except VerifyMismatchError:
                return False
        return hashed is not None

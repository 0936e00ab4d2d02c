"""Log records nobody announced fail the test; announced ones must come.

A warning in a log is a defect or a part of the behaviour. In the second case the test says so:
`expect_log("kiosk.journal", "disk full")`.
"""

import logging
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expectation:
    """One kind of record that belongs to the test.

    Attributes:
        logger: The logger's name; its descendants count too.
        pattern: Looked for in the message.
        level: The highest level that may come.
    """

    logger: str
    pattern: str
    level: int

    def covers(self, record: logging.LogRecord) -> bool:
        """Say whether `record` is of this kind."""
        return (
            (record.name == self.logger or record.name.startswith(f"{self.logger}."))
            and record.levelno <= self.level
            and re.search(self.pattern, record.getMessage()) is not None
        )


class LogGuard(logging.Handler):
    """Collects the warnings of one test and compares them with what the test announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []
        self._expected: list[Expectation] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record for the end of the test."""
        self._records.append(record)

    def expect(self, logger: str, pattern: str = "", level: int = logging.WARNING) -> None:
        """Announce records of `logger` whose message has `pattern`, up to `level`."""
        self._expected.append(Expectation(logger, pattern, level))

    def complaints(self) -> list[str]:
        """Return a line for each record that was not announced, and each that did not come."""
        surprises = [
            f"unexpected log record: {record.levelname} {record.name}: {record.getMessage()}"
            for record in self._records
            if not any(expected.covers(record) for expected in self._expected)
        ]
        silences = [
            f"expected log record did not come: {expected.logger} {expected.pattern!r}"
            for expected in self._expected
            if not any(expected.covers(record) for record in self._records)
        ]
        return surprises + silences

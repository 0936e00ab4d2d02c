"""Why the hub gave no answer, for programs. Sentences live in the faces."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.wire.problem import Problem


class Reason(StrEnum):
    """What stood between the question and its answer."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    NOT_TRUSTED = "not_trusted"
    PROBLEM = "problem"
    INVALID_ANSWER = "invalid_answer"


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer. `problem` is what the hub said, with `Reason.PROBLEM` only."""

    reason: Reason
    problem: Problem | None = None

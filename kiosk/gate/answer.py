"""What the gate answers to a verb."""

from dataclasses import dataclass
from enum import StrEnum


class Refusal(StrEnum):
    """Why a verb is refused. Sentences live in the faces."""

    SLOT_ID_INVALID = "slot_id_invalid"
    SECONDS_INVALID = "seconds_invalid"
    GRACE_INVALID = "grace_invalid"
    REASON_INVALID = "reason_invalid"
    URL_INVALID = "url_invalid"
    NO_SLOT = "no_slot"
    OTHER_SLOT = "other_slot"
    SLOT_ENDED = "slot_ended"
    WIPING = "wiping"
    QUARANTINED = "quarantined"
    AWAY = "away"
    APPLICATION_UNKNOWN = "application_unknown"
    SESSION_FAILED = "session_failed"
    JOURNAL_FAILED = "journal_failed"
    UNSUPPORTED = "unsupported"
    IN_USE = "in_use"
    VERB_UNKNOWN = "verb_unknown"
    ASK_INVALID = "ask_invalid"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The verb holds, whether it changed something now or stood already.

    Attributes:
        fact: number of the fact it rests on; who has followed up to it knows the outcome.
        total_seconds: the slot's total in force, None when the slot has ended.
        clamped: a cap of this station, or the notice it leaves, stands before what was asked.
    """

    fact: int
    total_seconds: int | None = None
    clamped: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The verb changed nothing."""

    code: Refusal


Answer = Accepted | Refused

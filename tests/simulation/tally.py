"""What is counted in a year, and what it says. Seconds inside, minutes and per cent outside."""

import statistics
from dataclasses import dataclass, field

IN_VAIN_AFTER = 15 * 60
"""A refusal was in vain when nobody sat down on the seat for so long after its end."""

LATE_AFTER = 10 * 60
"""A call came late when it came so many seconds after its estimate."""


@dataclass(slots=True)
class Tally:
    """The sums of one policy over a year."""

    open_seconds: float = 0.0
    used_seconds: float = 0.0
    visitors: int = 0
    seated: int = 0
    tickets: int = 0
    unanswered: int = 0
    asked: int = 0
    refused: int = 0
    fell: int = 0
    ended_refused: int = 0
    in_vain: int = 0
    missing: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    had_an_hour: int = 0
    wanted_an_hour: int = 0

    def columns(self) -> dict[str, str]:
        """Return the figures of a row, by the head of the column."""
        return {
            "occupancy %": _percent(self.used_seconds, self.open_seconds),
            "visits": f"{self.visitors}",
            "seated %": _percent(self.seated, self.visitors),
            "tickets": f"{self.tickets}",
            "unanswered %": _percent(self.unanswered, self.tickets),
            "wait, median (min)": _minutes(_quantile(self.waits, 50)),
            "wait, mean (min)": _minutes(statistics.fmean(self.waits) if self.waits else 0.0),
            "wait, nine in ten (min)": _minutes(_quantile(self.waits, 90)),
            "renewals asked": f"{self.asked}",
            "refused %": _percent(self.refused, self.asked),
            "refusals that fell": f"{self.fell}",
            "ended for a ticket": f"{self.ended_refused}",
            "of these in vain %": _percent(self.in_vain, self.ended_refused),
            "missed by these, mean (min)": _minutes(
                statistics.fmean(self.missing) if self.missing else 0.0
            ),
            "had their hour %": _percent(self.had_an_hour, self.wanted_an_hour),
            "called before the estimate by, median (min)": (
                _minutes(-_quantile(self.late, 50)) if self.late else "–"
            ),
            "called over 10 min after it %": _percent(
                sum(late > LATE_AFTER for late in self.late), len(self.late)
            ),
        }


def _percent(part: float, whole: float) -> str:
    return "–" if not whole else f"{100 * part / whole:.1f}"


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f}"


def _quantile(values: list[float], percent: int) -> float:
    if len(values) < 2:
        return values[0] if values else 0.0
    return statistics.quantiles(values, n=100)[percent - 1]

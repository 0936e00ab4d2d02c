"""Plays a year of the sample estate and prints what it comes to, in Markdown."""

import argparse
import sys
import time

from tests.simulation.policy import HOUSE, POLICIES
from tests.simulation.tally import Tally
from tests.simulation.year import play, read_rooms


def main() -> int:
    """Play, and print a table for each load."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument(
        "--load",
        type=float,
        nargs="+",
        default=[1.0],
        help="seat hours wanted for each seat hour open (default 1.0)",
    )
    parser.add_argument("--days", type=int, default=365, help="days from 1 January (default 365)")
    parser.add_argument("--compare", action="store_true", help="play the other two policies too")
    parser.add_argument("--seed", type=int, default=1, help="what the draws follow from")
    asked = parser.parse_args()
    rooms, policies = read_rooms(), POLICIES if asked.compare else (HOUSE,)
    for load in asked.load:
        began = time.perf_counter()
        tallies = play(rooms, policies, load, asked.days, asked.seed)
        took = time.perf_counter() - began
        sys.stdout.write(f"\nLoad {load}, {asked.days} days, seed {asked.seed}: {took:.0f} s\n\n")
        sys.stdout.write(table(tallies))
    return 0


def table(tallies: dict[str, Tally]) -> str:
    """Return the figures as a Markdown table, a column for each policy."""
    columns = {name: tally.columns() for name, tally in tallies.items()}
    lines = ["| | " + " | ".join(columns) + " |", "| --- |" + " ---: |" * len(columns)]
    for head in next(iter(columns.values())):
        values = " | ".join(figures[head] for figures in columns.values())
        lines.append(f"| {head} | {values} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())

"""How long to wait before the hub is tried again: longer each time, and not all at once."""

FIRST_SECONDS = 0.5
LONGEST_SECONDS = 30.0


def backoff_seconds(failures: int, draw: float) -> float:
    """Return the pause after so many failures in a row.

    Args:
        failures: 1 after the first.
        draw: a number from 0 to 1 that spreads the stations of a town over time.
    """
    doublings = min(max(failures, 1) - 1, 16)
    ceiling = min(FIRST_SECONDS * 2.0**doublings, LONGEST_SECONDS)
    return ceiling * (0.5 + draw / 2)

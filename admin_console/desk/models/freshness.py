"""How far what the console shows may be trusted."""

from enum import StrEnum


class Freshness(StrEnum):
    """Live; being read; or as old as the loss of contact."""

    LIVE = "live"
    CATCHING_UP = "catching_up"
    LOST = "lost"

"""How the lock and the entry of a pass divide a screen: the column, the edges, the room between."""

from dataclasses import dataclass

from kiosk.shell.layout import LARGE, SHORT, WIDE, is_narrow

REACH = 8
"""How far in pixels a focus ring reaches out of its control, and a little more."""


@dataclass(frozen=True, slots=True)
class LockFrame:
    """The measures of a page, in pixels.

    Attributes:
        is_wide: the screen is as wide as in the design.
        is_banded: a band above takes the place of the column.
        is_short: every pixel of the height counts.
        is_roomy: there is room for the largest words.
        column: how wide the column is.
        left: the edge beside it; with `right`, `top` and `bottom` around what can be done.
        right: see `left`.
        top: see `left`.
        bottom: see `left`.
        foot_gap: above the buttons of the foot.
        room: how wide what can be done may be.
    """

    is_wide: bool
    is_banded: bool
    is_short: bool
    is_roomy: bool
    column: int
    left: int
    right: int
    top: int
    bottom: int
    foot_gap: int
    room: int

    @classmethod
    def of(cls, width: int, height: int, scale: float) -> "LockFrame":
        """Return the measures for a page of this size in pixels and this text scale."""
        is_wide, is_banded, is_short = width >= WIDE, is_narrow(width, scale), height < SHORT
        is_roomy = is_wide and scale < LARGE
        column = (680 if scale < LARGE else 640) if is_wide else 420
        left = (72 if scale < LARGE else 56) if is_wide else 40
        right = 64 if is_wide else 40
        return cls(
            is_wide=is_wide,
            is_banded=is_banded,
            is_short=is_short,
            is_roomy=is_roomy,
            column=column,
            left=left,
            right=right,
            top=40 if is_wide else 32,
            bottom=20 if is_short else 44 if is_roomy else 36,
            foot_gap=12 if is_short else 28,
            room=width - left - right - (0 if is_banded else column),
        )

    def margins(self) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of the layout, which leaves room for the rings."""
        return self.left - REACH, self.top, self.right - REACH, self.bottom

"""What is said when something did not work: three things, and none of them may be missing."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened, without blame; what is kept or safe; what to do now.

    Each is a sentence or more, in the language of the reader. A technical code goes to the log.

    Raises:
        ValueError: one of the three says nothing.
    """

    fact: str
    kept: str
    advice: str

    def __post_init__(self) -> None:
        """Refuse a silence."""
        if not all(part.strip() for part in astuple(self)):
            raise ValueError(f"a trouble says three things: {self}")

    @property
    def rest(self) -> str:
        """Everything after the fact."""
        return f"{self.kept} {self.advice}"

    @property
    def whole(self) -> str:
        """Everything, one sentence after the other."""
        return f"{self.fact} {self.rest}"

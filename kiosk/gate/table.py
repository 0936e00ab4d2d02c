"""A table of a file that root has written: each key is asked for by its type, none is left over.

A key that is not known is refused, because a cap with a mistyped name would be none. Every refusal
is a `NotTrusted`, and says where.
"""

from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from kiosk.gate.account import find_account
from kiosk.gate.drop import Account
from kiosk.gate.trusted import NotTrusted

Chosen = TypeVar("Chosen", bound=StrEnum)


class Table:
    """One table of a file, of which every key must be asked for.

    Args:
        where: what a sentence about it begins with: the file, and the table's name or line.
        raw: what stands in it.
    """

    def __init__(self, where: str, raw: dict[str, Any]) -> None:
        self._where = where
        self._rest = dict(raw)

    def text(self, key: str, default: str | None) -> str:
        """Return a text; None as the default means that it must be there."""
        value = self._rest.pop(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, "a text in quotes")
        return value

    def texts(self) -> dict[str, str]:
        """Return all that is left, as texts."""
        found = {key: self.text(key, None) for key in list(self._rest)}
        self.refuse_the_rest()
        return found

    def folder(self, key: str, default: str | None) -> Path:
        """Return a whole path."""
        path = Path(self.text(key, default))
        if not path.is_absolute():
            raise self._wrong(key, "a whole path, from / on")
        return path

    def optional_path(self, key: str) -> Path | None:
        """Return a whole path, None where nothing is said."""
        return self.folder(key, None) if key in self._rest else None

    def folders(self, key: str) -> tuple[Path, ...]:
        """Return a list of whole paths."""
        paths = tuple(Path(one) for one in self.words(key))
        if not all(path.is_absolute() for path in paths):
            raise self._wrong(key, "a list of whole paths, from / on")
        return paths

    def number(self, key: str, default: int) -> int:
        """Return a whole number, 0 or more."""
        value = self._rest.pop(key, default)
        if type(value) is not int or value < 0:
            raise self._wrong(key, "a whole number, 0 or more")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; false where nothing is said."""
        value = self._rest.pop(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def words(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._rest.pop(key, list(default))
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._wrong(key, "a list of texts")
        return tuple(value)

    def choice(self, key: str, kind: type[Chosen], default: Chosen) -> Chosen:
        """Return one of a list of words."""
        value = self._rest.pop(key, default)
        if value not in kind.__members__.values():
            raise self._wrong(key, "one of " + ", ".join(kind))
        return kind(value)

    def account(self, key: str, default: str) -> Account:
        """Return an account of the machine, named by its name or number."""
        value = self._rest.pop(key, default)
        if type(value) not in {str, int} or (isinstance(value, int) and value < 0):
            raise self._wrong(key, "the name or the number of an account")
        try:
            return find_account(value)
        except LookupError as error:
            raise NotTrusted(f"{self._where}: {error}") from error

    def table(self, key: str) -> "Table":
        """Return a table inside."""
        value = self._rest.pop(key, {})
        if not isinstance(value, dict):
            raise self._wrong(key, "a table")
        return Table(f"{self._where}, {key}", value)

    def tables(self, key: str) -> list[dict[str, Any]]:
        """Return what stands in a list of tables."""
        value = self._rest.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self._wrong(key, "a list of tables")
        return value

    def refuse_the_rest(self) -> None:
        """Refuse what nobody has asked for."""
        for key in self._rest:
            raise NotTrusted(f"{self._where}: {key} is not known")

    def _wrong(self, key: str, wanted: str) -> NotTrusted:
        return NotTrusted(f"{self._where}: {key} is to be {wanted}")

"""From records to rows and back: the columns carry the names of the fields."""

import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Column, Connection, Executable, Row, Table

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R")


def values(record: "DataclassInstance", without: Iterable[str] = ()) -> dict[str, Any]:
    """Return the fields of a record by name, except some."""
    left_out = frozenset(without)
    return {
        field.name: getattr(record, field.name)
        for field in dataclasses.fields(record)
        if field.name not in left_out
    }


def columns(table: Table, without: Iterable[str] = ()) -> list[Column[Any]]:
    """Return the columns of a table, except some."""
    left_out = frozenset(without)
    return [column for column in table.columns if column.name not in left_out]


def record(kind: type[R], row: Row[Any]) -> R:
    """Return the record that a row holds."""
    return kind(**row._mapping)


def first(connection: Connection, statement: Executable, kind: type[R], **given: Any) -> R | None:
    """Return the first row of a statement as a record, or None."""
    row = connection.execute(statement, given).first()
    return None if row is None else record(kind, row)


def every(
    connection: Connection, statement: Executable, kind: type[R], **given: Any
) -> tuple[R, ...]:
    """Return all rows of a statement as records."""
    return tuple(record(kind, row) for row in connection.execute(statement, given))

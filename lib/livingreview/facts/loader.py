"""One loader for every table of facts: what the schema does not foresee is an error."""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from pathlib import Path

import pandas as pd

from livingreview import paths
from livingreview.errors import InputError
from livingreview.facts import sidecar
from livingreview.facts.schema import AMOUNT, INTEGER, TABLES, TEXT, Column, Table

SEPARATOR = "; "

_NUMBER = {INTEGER: r"-?\d+", AMOUNT: r"-?\d+(\.\d+)?"}


def split(value: str) -> list[str]:
    """The parts of a list-valued cell, in order; an empty cell is an empty list.

    >>> split("alloy; polymer"), split("")
    (['alloy', 'polymer'], [])
    """
    return value.split(SEPARATOR) if value else []


def tables() -> list[str]:
    """Names of all tables of facts, sorted."""
    return sorted(TABLES)


def load(name: str) -> pd.DataFrame:
    """A table of facts, typed and checked against its schema and sidecar; a fresh copy each call.

    Text is ``str`` with "" where the source says nothing, whole numbers are ``Int64`` and amounts
    ``Float64`` with <NA>. Lists are joined by "; " (see :func:`split`). Rows stand in file order.

    Raises InputError for an unknown table and for anything that :func:`read_table` refuses.

    >>> len(load("works"))
    52
    """
    if name not in TABLES:
        raise InputError(
            "table of facts", f"one of {', '.join(tables())}", repr(name), "correct the name"
        )
    return _cached(name).copy()


@lru_cache
def _cached(name: str) -> pd.DataFrame:
    return read_table(TABLES[name], paths.DATA, TABLES)


def read_table(table: Table, data: Path, known: dict[str, Table]) -> pd.DataFrame:
    """Read one table below the folder ``data`` and check it against its schema.

    Parameters
    ----------
    table : Table
        What the file must hold.
    data : Path
        Folder that ``table.path`` is relative to.
    known : dict of str to Table
        The tables that a column may refer to.

    Raises
    ------
    InputError
        File and line of: a hash, row count or header that is not the sidecar's; an unknown,
        missing or misplaced column; a line with too few or too many fields; an empty required
        cell; a number that is none; a value outside its allowed set or pattern; a repeated key;
        a list that does not run parallel to its partner; a reference to a row of
        another table that is not there.
    """
    rows = _rows(table, data)
    targets = {
        column.refers: _values(known[column.refers[0]], column.refers[1], data)
        for column in table.columns
        if column.refers
    }
    seen: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        where = f"data/{table.path}, line {line}"
        for column in table.columns:
            _check_cell(f"{where}, column {column.name}", column, row[column.name])
            if column.refers:
                _check_reference(f"{where}, column {column.name}", column, row, targets)
            if column.along:
                _check_parallel(f"{where}, column {column.name}", column, row)
        key = tuple(row[name] for name in table.key)
        if key in seen:
            raise InputError(
                where, f"{', '.join(table.key)} used once",
                f"{' / '.join(key)} again (line {seen[key]})",
                "give the row its own key or remove it",
            )  # fmt: skip
        seen[key] = line
    return pd.DataFrame(
        {c.name: _series(c, [row[c.name] for _, row in rows]) for c in table.columns}
    )


def lines_of(name: str) -> list[int]:
    """Line of the CSV file (header is 1) on which each row of a table starts."""
    return [line for line, _ in _rows(TABLES[name], paths.DATA)]


def _rows(table: Table, data: Path) -> list[tuple[int, dict[str, str]]]:
    path = data / table.path
    text = sidecar.read_checked(path).decode("utf-8")
    where = f"data/{table.path}"
    if "\r" in text:
        raise InputError(where, "lines ended by LF", "CR", "save the file with LF line ends")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(reader)
    names = [c.name for c in table.columns]
    if header != names:
        missing, unknown = set(names) - set(header), set(header) - set(names)
        raise InputError(
            f"{where}, line 1", f"columns {', '.join(names)}",
            f"missing {sorted(missing)}, unknown {sorted(unknown)}, as {', '.join(header)}",
            "correct the header, or the schema if the table is meant to change",
        )  # fmt: skip
    rows = []
    start = reader.line_num + 1
    for fields in reader:
        if len(fields) != len(names):
            raise InputError(
                f"{where}, line {start}", f"{len(names)} fields", f"{len(fields)}",
                "correct the line",
            )  # fmt: skip
        rows.append((start, dict(zip(names, fields, strict=True))))
        start = reader.line_num + 1
    return rows


def _values(table: Table, column: str, data: Path) -> frozenset[str]:
    return frozenset(row[column] for _, row in _rows(table, data))


def _check_cell(where: str, column: Column, value: str) -> None:
    if value != value.strip():
        raise InputError(where, "no spaces at the ends", repr(value), "trim the cell")
    if not value:
        if column.required:
            raise InputError(where, "a value", "an empty cell", "fill the cell from the source")
        return
    if column.dtype in _NUMBER and not re.fullmatch(_NUMBER[column.dtype], value):
        raise InputError(where, f"a number ({column.dtype})", repr(value), "write digits only")
    parts = value.split(SEPARATOR) if column.many else [value]
    for part in parts:
        if not part.strip() or part != part.strip():
            raise InputError(where, "values joined by '; '", repr(value), "correct the list")
        if column.allowed and part not in column.allowed:
            raise InputError(
                where, f"one of {', '.join(column.allowed)}", repr(part),
                "use one of these, or add the value to the schema",
            )  # fmt: skip
        if column.pattern and not re.fullmatch(column.pattern, part):
            raise InputError(where, f"the form {column.pattern}", repr(part), "correct the cell")
    if column.many and len(set(parts)) != len(parts) and column.distinct:
        raise InputError(where, "each value once", repr(value), "remove what is repeated")


def _check_reference(
    where: str, column: Column, row: dict[str, str], targets: dict[tuple[str, str], frozenset[str]]
) -> None:
    value = row[column.name]
    for part in (split(value) if column.many else [value] if value else []):
        if part not in targets[column.refers]:
            raise InputError(
                where, f"a value of {'.'.join(column.refers)}", repr(part),
                f"correct it, or add the row to {column.refers[0]}.csv",
            )  # fmt: skip


def _check_parallel(where: str, column: Column, row: dict[str, str]) -> None:
    here, there = len(split(row[column.name])), len(split(row[column.along]))
    if here != there and (here or column.required):
        raise InputError(
            where, f"as many values as {column.along} ({there})", str(here), "complete the list"
        )


def _series(column: Column, values: list[str]) -> pd.Series:
    if column.dtype == TEXT:
        return pd.Series(values, dtype="str")
    cast = int if column.dtype == INTEGER else float
    return pd.Series([cast(v) if v else pd.NA for v in values], dtype=column.dtype)

"""Decisions of a person on pairs of records: a small CSV that later imports honour.

The list of undecided pairs (:func:`to_csv`) is that very file with the decisions still empty:
whoever decides opens it, writes ``same`` or ``different`` into a row, and saves it. Columns beyond
the five that count are for reading only.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from livingreview.errors import InputError

COLUMNS = ("record_a", "record_b", "decision", "by", "date", "note")
SHOWN = ("title_a", "title_b", "year_a", "year_b", "source_a", "source_b", "similarity", "differs")
SAME, DIFFERENT = "same", "different"

_HEADER = 1 << 16  # characters that blank rows and a header may take in a file to be recognised
_SEPARATOR = re.compile(r'\ufeff?"?sep=([^\w\s"]|\t)?"?[,;\t]*[ \t\r]*\Z', re.IGNORECASE)
_BLANK = re.compile(r'[\s,;"\ufeff]*')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Decision:
    """One decision: the two records, 'same' or 'different', by whom, when, why, and where it stands."""

    record_a: str
    record_b: str
    decision: str
    by: str = ""
    date: str = ""
    note: str = ""
    file: str = ""
    line: int = 0

    @property
    def place(self) -> str:
        """File and line for a message."""
        return f"{self.file}, line {self.line}" if self.file else f"{self.record_a} and {self.record_b}"


@dataclass(frozen=True)
class Undecided:
    """A pair that is alike and was not merged: what it rests on, likeness, what stands against it."""

    record_a: str
    record_b: str
    reason: str
    similarity: float
    differs: tuple[str, ...]
    title_a: str = ""
    title_b: str = ""
    year_a: int | None = None
    year_b: int | None = None
    source_a: str = ""
    source_b: str = ""


def recognises(head: str) -> bool:
    """Whether a text begins as a file of decisions does: its header names both records and decision.

    In whatever order, below blank rows and below the line ``sep=;`` of spreadsheets.

    >>> recognises("record_a,record_b,decision,by,date,note\\n")
    True
    >>> recognises("sep=;\\ndecision;record_a;record_b\\n")
    True
    >>> recognises("Authors;Title;Year")
    False
    """
    return _header(head[:_HEADER]) is not None


@dataclass(frozen=True)
class _Header:
    """Names of the columns, what stands between cells, and where in the text and in which line they begin."""

    names: list[str]
    delimiter: str
    start: int
    line: int


def _first_row(text: str) -> tuple[int, int, str]:
    """Where the first row that says something begins, its line, and what ``sep=`` above it states."""
    at, stated = 0, ""
    while True:
        at = max(at, text.rfind("\n", at, _BLANK.match(text, at).end()) + 1)
        end = text.find("\n", at)
        found = _SEPARATOR.match(text, at, len(text) if end < 0 else end)
        if found is None or end < 0:
            return at, text.count("\n", 0, at) + 1, stated
        at, stated = end + 1, found[1] or stated


def _header(text: str) -> _Header | None:
    """The header, if it names the columns that count; comma, semicolon or tab may stand between them."""
    start, line, stated = _first_row(text)
    for delimiter in dict.fromkeys([*stated, *",;\t"]):
        try:
            row = next(csv.reader(io.StringIO(text[start : start + _HEADER], newline=""), delimiter=delimiter), [])
        except (csv.Error, ValueError):
            continue
        names = _names(row)
        if set(COLUMNS[:3]) <= set(names):
            return _Header(names, delimiter, start, line)
    return None


def _names(row: list[str]) -> list[str]:
    return [cell.strip(" \t\r\n\ufeff").casefold() for cell in row]


def read_decisions(name: str, text: str) -> list[Decision]:
    """The decisions of a file, rows still open left out.

    Parameters
    ----------
    name : str
        Name of the file for messages.
    text : str
        Its text; comma, semicolon or tab between the cells, the columns in any order, further ones
        allowed. A row may end before the decision: spreadsheets leave out empty cells at its end.

    Raises
    ------
    InputError
        Naming the line: a header without ``record_a``, ``record_b`` and ``decision`` or with one
        of :data:`COLUMNS` twice, a row with too few cells, a missing record, a record against
        itself, a decision that is neither ``same`` nor ``different``, or a pair decided both ways
        (naming both lines).

    >>> read_decisions("d.csv", "record_a,record_b,decision\\nr1,r2,same\\nr1,r3,\\n")[0].decision
    'same'
    """
    header = _header(text)
    if header is None:
        start, line, _ = _first_row(text)
        raise InputError(
            f"{name}, line {line}", f"the columns {', '.join(COLUMNS)}", repr(text[start:].split("\n", 1)[0][:80]),
            "begin with the list of undecided pairs that the import wrote",
        )  # fmt: skip
    if twice := [column for column in COLUMNS if header.names.count(column) > 1]:
        raise InputError(
            f"{name}, line {header.line}", "each column once", f"{twice[0]} twice", "remove one of the columns"
        )
    rows = csv.reader(io.StringIO(text[header.start :], newline=""), delimiter=header.delimiter)
    found: dict[tuple[str, str], Decision] = {}
    start = 1
    try:
        for row in rows:
            line, start = start, rows.line_num + 1
            if not any(cell.strip() for cell in row) or _names(row) == header.names:
                continue
            if decision := _decision(name, header.line + line - 1, header.names, row):
                _enter(found, decision)
    except csv.Error as error:
        where = f"{name}, line {header.line + start - 1}"
        raise InputError(where, "a row of CSV", str(error), "mend the row") from error
    return list(found.values())


def _decision(name: str, line: int, header: list[str], row: list[str]) -> Decision | None:
    where = f"{name}, line {line}"
    if len(row) <= max(header.index("record_a"), header.index("record_b")):
        cells_found = f"{len(row)} cell" + "s" * (len(row) != 1)
        raise InputError(where, "record_a, record_b and decision", cells_found, "mend the row")
    cells = {column: _unprotected(cell.strip()) for column, cell in zip(header, row, strict=False)}
    given = cells.get("decision", "").casefold()
    if not given:
        return None
    if given not in (SAME, DIFFERENT):
        raise InputError(
            f"{where}, decision", f"'{SAME}', '{DIFFERENT}' or nothing", repr(given[:40]), "write one of them"
        )
    a, b = cells["record_a"], cells["record_b"]
    if not a or not b:
        raise InputError(where, "two records", "an empty cell", "restore the row from the list of undecided pairs")
    if a == b:
        raise InputError(where, "two records", f"{a!r} twice", "remove the row")
    return Decision(a, b, given, cells.get("by", ""), cells.get("date", ""), cells.get("note", ""), name, line)


def _enter(found: dict[tuple[str, str], Decision], decision: Decision) -> None:
    pair = tuple(sorted((decision.record_a, decision.record_b)))
    before = found.setdefault(pair, decision)
    if before.decision != decision.decision:
        raise InputError(
            f"{before.place} and {decision.place}", "one decision a pair",
            f"'{before.decision}' and '{decision.decision}' for {pair[0]} and {pair[1]}", "remove one of the rows",
        )  # fmt: skip


def combined(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions of several files, each pair once; InputError naming both places where two disagree."""
    found: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        _enter(found, decision)
    return list(found.values())


def chain_of_same(decision: Decision, others: Iterable[Decision]) -> list[Decision]:
    """The fewest decisions 'same' among ``others`` that join the two records of ``decision``."""
    beside: dict[str, list[tuple[str, Decision]]] = {}
    for other in others:
        if other.decision == SAME:
            beside.setdefault(other.record_a, []).append((other.record_b, other))
            beside.setdefault(other.record_b, []).append((other.record_a, other))
    ways: dict[str, list[Decision]] = {decision.record_a: []}
    queue = [decision.record_a]
    for here in queue:
        for there, step in beside.get(here, ()):
            if there not in ways:
                ways[there] = [*ways[here], step]
                queue.append(there)
    return ways[decision.record_b]


def to_csv(undecided: Iterable[Undecided]) -> str:
    """Undecided pairs as a file of decisions, the decision still empty.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it, which
    :func:`read_decisions` takes off again. Likeness has four decimals.
    """
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow([*COLUMNS, *SHOWN])
    for pair in undecided:
        cells = (
            pair.record_a, pair.record_b, "", "", "", "", pair.title_a, pair.title_b,
            "" if pair.year_a is None else str(pair.year_a), "" if pair.year_b is None else str(pair.year_b),
            pair.source_a, pair.source_b, f"{pair.similarity:.4f}", "; ".join(pair.differs),
        )  # fmt: skip
        write.writerow([_protected(cell) for cell in cells])
    return out.getvalue()


def _protected(cell: str) -> str:
    """The apostrophe also before one already there, so that taking one off restores the cell."""
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def _unprotected(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:2] in (*_FORMULA, "'") else cell

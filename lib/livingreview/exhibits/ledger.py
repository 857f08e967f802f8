"""The ledger of exhibits: one row for each figure, table and number, with the records behind it.

A row is written while the chapter runs. Record lists repeat a great deal, so a row names a list
by its hash and the list itself stands once in ``record-sets.jsonl``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROWS, SETS = "ledger.jsonl", "record-sets.jsonl"


def set_hash(records: Iterable[str]) -> str:
    """SHA-256 over the sorted, distinct record ids; the name of a record list.

    >>> set_hash(["b", "a"]) == set_hash(["a", "b", "b"])
    True
    """
    text = "\n".join(sorted(set(records)))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Part:
    """A bar, matrix cell, table row or number: its name, its value, how many records, which."""

    part: str
    value: object
    n: int
    records: str


@dataclass
class Row:
    """One exhibit: what it is, what it was made from, and the hash of each file it wrote.

    ``cell``, ``code`` and ``chapter_code`` (SHA-256 of the cell's source and of all code cells of
    the chapter in order) are filled in from the executed notebook.
    """

    id: str
    kind: str
    chapter: str
    unit: str
    counting: str
    n: int
    parameters: dict
    data: str
    library: str
    files: dict[str, str] = field(default_factory=dict)
    cell: str = ""
    code: str = ""
    chapter_code: str = ""
    parts: list[Part] = field(default_factory=list)


class Ledger:
    """Appends rows of one chapter to a folder; refuses the same exhibit twice."""

    def __init__(self, folder: Path, chapter: str):
        self.rows = folder / f"{chapter}.{ROWS}"
        self.sets = folder / f"{chapter}.{SETS}"
        folder.mkdir(parents=True, exist_ok=True)
        self._seen: set[tuple[str, str]] = set()
        self._written: set[str] = set()
        for path in (self.rows, self.sets):
            path.write_text("", encoding="utf-8")

    def part(self, name: str, value, records: Iterable[str]) -> Part:
        """A part of an exhibit; its record list is stored once."""
        ids = sorted(set(records))
        key = set_hash(ids)
        if key not in self._written:
            self._written.add(key)
            _append(self.sets, {"set": key, "records": ids})
        return Part(str(name), value, len(ids), key)

    def write(self, row: Row) -> None:
        """Add a row; ValueError if this chapter already has an exhibit of that kind and id."""
        if (row.kind, row.id) in self._seen:
            raise ValueError(f"{row.kind} {row.id!r} stands twice in chapter {row.chapter!r}")
        self._seen.add((row.kind, row.id))
        _append(self.rows, asdict(row))


def _append(path: Path, entry: dict) -> None:
    with path.open("a", encoding="utf-8") as out:
        out.write(json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n")


def read_rows(path: Path) -> list[dict]:
    """Rows of a ledger file, in the order they were written."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]

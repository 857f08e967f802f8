"""Reading a vocabulary: a reviewed CSV under ``data/vocabularies`` with its sidecar."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from livingreview.errors import InputError
from livingreview.facts.sidecar import read_checked


def read_vocabulary(path: Path, columns: tuple[str, ...]) -> dict[str, list[str]]:
    """Columns of a vocabulary, all text, in the order of the file.

    The first column is its key. InputError where the file differs from its sidecar, the header
    from ``columns``, a row has another number of fields, or a key stands twice.
    """
    text = read_checked(path).decode("utf-8")
    header, *rows = list(csv.reader(io.StringIO(text)))
    if tuple(header) != columns:
        raise InputError(
            str(path), f"columns {list(columns)}", f"{header}", "restore the header of the file"
        )
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            raise InputError(
                f"{path}, line {number}", f"{len(columns)} fields", f"{len(row)}", "mend the line"
            )
        if row[0] in seen:
            raise InputError(
                f"{path}, line {number}", "each name once", f"{row[0]!r} again", "remove one line"
            )
        seen.add(row[0])
    return {name: [row[i] for row in rows] for i, name in enumerate(columns)}

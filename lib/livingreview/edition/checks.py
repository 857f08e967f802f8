"""What must hold before an edition is published. Each check returns its findings as sentences."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import nbformat

from livingreview import paths
from livingreview.exhibits.ledger import read_rows

_TEXT = {".html", ".css", ".js", ".json", ".jsonl", ".csv", ".svg", ".ipynb", ".txt", ".md", ".inv", ".xml"}
# Marks the exhibit door makes; "absent" and "sentence" stand for text without an exhibit.
_EXHIBITS = ("figure", "table", "number")


def failed_cells(notebooks: Path) -> list[str]:
    """Cells with an error output or anything on standard error."""
    found = []
    for path in sorted(notebooks.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    found.append(f"chapter {path.stem}, cell {cell.id}: {output.ename}: {output.evalue}")
                elif output.output_type == "stream":
                    first = output.text.strip().splitlines()[0] if output.text.strip() else ""
                    found.append(f"chapter {path.stem}, cell {cell.id}: printed {first!r} on {output.name}")
    return found


def unledgered(notebooks: Path, ledger: Path) -> list[str]:
    """Outputs that went round the exhibit door, and ledger rows that no page shows."""
    found = []
    rows = {(r["chapter"], r["kind"], r["id"]) for r in read_rows(ledger)}
    shown = set()
    for path in sorted(notebooks.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                mark = output.get("metadata", {}).get("livingreview")
                if not mark:
                    found.append(f"chapter {path.stem}, cell {cell.id}: an output that is no exhibit")
                elif mark["kind"] == "absent":
                    shown |= {(path.stem, kind, mark["id"]) for kind in ("figure", "table")}
                elif mark["kind"] in _EXHIBITS:
                    shown.add((path.stem, mark["kind"], mark["id"]))
                    if (path.stem, mark["kind"], mark["id"]) not in rows:
                        found.append(f"chapter {path.stem}: {mark['kind']} {mark['id']} has no ledger row")
    found += [f"chapter {c}: {kind} {id} is in the ledger and on no page" for c, kind, id in sorted(rows - shown)]
    return found


def absolute_paths(folder: Path) -> list[str]:
    """Published text files that name a folder of this machine."""
    secret = {str(paths.ROOT), str(Path(tempfile.gettempdir()).resolve()) + os.sep, str(folder), "file:///"}
    home = str(Path.home())
    if home.count("/") >= 1 and len(home) > 1:
        secret.add(home + os.sep)
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in _TEXT):
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(folder).as_posix()} holds the machine's path {s}" for s in sorted(secret) if s in text]
    return found

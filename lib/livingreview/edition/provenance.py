"""What an edition was made from: parameters, inputs by hash, versions, counts."""

from __future__ import annotations

import os
import platform
import tomllib
from datetime import UTC, date, datetime
from importlib import metadata

import livingreview
from livingreview import paths
from livingreview.book.chapter import Chapter
from livingreview.edition import compiling


def clock() -> int:
    """Seconds of the pinned clock: SOURCE_DATE_EPOCH, else the day of the newest data file.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    days = [str(tomllib.loads(p.read_text(encoding="utf-8"))["date"]) for p in _sidecars()]
    newest = date.fromisoformat(max(days))
    return int(datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp())


def describe(chapter: Chapter, name: str, epoch: int) -> dict:
    """The content of ``provenance.json``; ``chapter`` is any open chapter of the edition."""
    selection, ledger = chapter.selection, chapter.source.ledger
    inputs = [
        {k: getattr(f, k) for k in ("name", "bytes", "sha256", "format", "encoding", "read", "kept", "merged", "rejected")}
        for f in ledger.files
    ]
    facts = {
        p.relative_to(paths.DATA).as_posix().removesuffix(".meta.toml"): tomllib.loads(p.read_text(encoding="utf-8"))["sha256"]
        for p in _sidecars()
    }
    return {
        "edition": name,
        "parameters": chapter._common["parameters"],
        "clock": epoch,
        "hashes": {"data": chapter._common["data"], "library": chapter._common["library"], "corpus": chapter.source.data_hash},
        "inputs": inputs,
        "facts": facts,
        "records": {
            "read": ledger.total("read"),
            "merged": ledger.total("merged"),
            "rejected": ledger.total("rejected"),
            "corpus": selection.total,
            "edition": len(selection.kept),
            "outside_range": len(selection.outside),
            "undated": len(selection.undated),
            "without_month": len(selection.without_month),
        },
        "chapters": compiling.chapters_of_toc(),
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """Python, this package and each package that ``pyproject.toml`` names."""
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = sorted(d.split("==")[0] for d in project["dependencies"])
    found = {"python": platform.python_version(), "livingreview": livingreview.__version__}
    return found | {n: metadata.version(n) for n in names}


def _sidecars():
    return sorted(p for p in paths.DATA.rglob("*.meta.toml") if "raw" not in p.relative_to(paths.DATA).parts)

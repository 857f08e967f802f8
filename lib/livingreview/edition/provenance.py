"""What an edition was made from: parameters, inputs by hash, versions, counts."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import UTC, date, datetime

from livingreview.book import origins
from livingreview.book.chapter import Chapter
from livingreview.edition import compiling
from livingreview.errors import InputError


def clock() -> int:
    """Seconds of the pinned clock: SOURCE_DATE_EPOCH, else the day of the newest data file.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isascii() and given.isdigit():
        return int(given)
    if given:
        raise InputError("SOURCE_DATE_EPOCH", "a whole number of seconds", repr(given), "unset or correct it")
    newest = date.fromisoformat(origins.newest_data_day())
    return int(datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp())


def describe(chapter: Chapter, name: str, epoch: int) -> dict:
    """The content of ``provenance.json``; ``chapter`` is any open chapter of the edition."""
    selection, ledger = chapter.selection, chapter.source.ledger
    return {
        "edition": name,
        "parameters": chapter.parameters,
        "clock": epoch,
        "hashes": {"data": chapter.data, "library": chapter.library, "corpus": chapter.source.data_hash},
        "inputs": [asdict(entry) for entry in ledger.files],
        "facts": dict(origins.data_files()),
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
        "versions": origins.versions(),
    }

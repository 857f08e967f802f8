"""What a reader of an export hands on: a record as tags and values, before interpretation."""

from __future__ import annotations

from dataclasses import dataclass

from livingreview.corpus.ledger import Finding

# Tags whose plain-text lines are one value each; in tab-delimited exports "; " stands between.
LISTED = frozenset({"AU", "AF", "C1", "CR"})


@dataclass
class RawRecord:
    """One record of an export.

    Attributes
    ----------
    line : int
        Line of the file where it starts, from 1.
    listed : dict
        Values of the tags in ``LISTED``, one entry an author, address or cited reference.
    joined : dict
        The value of every other tag, on one line.
    lines : dict
        Line where each tag starts.
    """

    line: int
    listed: dict[str, list[str]]
    joined: dict[str, str]
    lines: dict[str, int]


@dataclass(frozen=True)
class Reading:
    """The records of one file, those rejected or repaired, and remarks on the whole file."""

    records: list[RawRecord]
    findings: list[Finding]
    notes: list[str]

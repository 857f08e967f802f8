"""What a reader of an export hands on: a record as tags and values, before interpretation."""

from __future__ import annotations

from dataclasses import dataclass

from livingreview.corpus.ledger import Finding

# Tags whose plain-text lines are one value each; in tab-delimited exports "; " stands between.
LISTED = frozenset({"AU", "AF", "C1", "CR"})


@dataclass
class RawRecord:
    """One record of an export, in the tags of Web of Science whatever its source.

    Attributes
    ----------
    line : int
        Line of the file where it starts, from 1 (row of a workbook).
    listed : dict
        Values of the tags in ``LISTED``, one entry an author, address or cited reference.
    joined : dict
        The value of every other tag, on one line.
    lines : dict
        Line where each tag starts.
    references : list of tuple, optional
        Cited references of a source that prints another shape than Web of Science, already taken
        apart: (printed, first author, year or None, source title, volume, page, doi).
    """

    line: int
    listed: dict[str, list[str]]
    joined: dict[str, str]
    lines: dict[str, int]
    references: list[tuple] | None = None


@dataclass(frozen=True)
class Reading:
    """The records of one file, those rejected or repaired, and remarks on the whole file.

    ``announced`` is how many records the file itself says it holds, counted another way than by
    reading them (openings of records, rows, a count in the file), None where it does not say.
    ``source`` names the database; ``columns`` are the tags of a table's header, where it is one.
    """

    records: list[RawRecord]
    findings: list[Finding]
    notes: list[str]
    announced: int | None = None
    source: str = "Web of Science"
    columns: frozenset[str] | None = None

"""The account of an import as tables: files, findings, merged records, and pairs left undecided.

Each function takes the parts of an import ledger or tables of the normal form as they stand in a
corpus, all of them, whatever range an edition shows. Counts are int64 or Int64, all else text.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from livingreview.corpus.ledger import FileEntry, Finding
from livingreview.corpus.schema import TABLES

COUNTS = ("announced", "read", "kept", "merged", "rejected")
_FILE = ["file", "source", "format", "encoding", "bytes", *COUNTS, "not_carried", "sha256", "records"]
# A longer value is shown by its beginning; the corpus holds it whole.
SHOWN = 160
_TITLE = 100


def shortened(text: str, limit: int = SHOWN) -> str:
    """A text on one line, cut to at most ``limit`` characters, the cut marked.

    >>> shortened("one  two three", 8)
    'one two…'
    """
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= limit else one_line[: limit - 1].rstrip() + "…"


def per_file(files: Sequence[FileEntry], records: pd.DataFrame, total: str) -> pd.DataFrame:
    """Each file of an import with its counts, and as the last row their sums.

    Parameters
    ----------
    files : sequence of FileEntry
        The files of a ledger.
    records : DataFrame
        ``records`` of the normal form: all records kept.
    total : str
        What the last row is called. Its number announced is missing unless every file announces one.

    Returns
    -------
    DataFrame
        ``file``, ``source``, ``format``, ``encoding``, ``bytes``, ``announced`` (Int64), ``read``,
        ``kept``, ``merged``, ``rejected``, ``not_carried`` (tags joined by ", "), ``sha256``,
        ``records``: those kept from the file.

    Raises
    ------
    ValueError
        If read = kept + merged + rejected does not hold for a file, or if other records are there
        than were kept from it.
    """
    behind = {name: tuple(sorted(group)) for name, group in records.groupby("file")["record"]}
    rows = []
    for entry in files:
        mine = behind.get(entry.name, ())
        if entry.read != entry.kept + entry.merged + entry.rejected or entry.kept != len(mine):
            raise ValueError(
                f"file {entry.name}: {entry.read} read, {entry.kept} kept, {entry.merged} merged, "
                f"{entry.rejected} rejected, and {len(mine)} records in the corpus"
            )
        counts = [getattr(entry, name) for name in COUNTS]
        tags = ", ".join(entry.not_carried)
        identity = (entry.name, entry.source, entry.format, entry.encoding, entry.bytes)
        rows.append((*identity, *counts, tags, entry.sha256, mine))
    summed = [sum(getattr(entry, name) for entry in files) for name in ("bytes", *COUNTS[1:])]
    announced = [entry.announced for entry in files]
    whole = None if None in announced else sum(announced)
    everything = tuple(sorted(records["record"]))
    rows.append((total, "", "", "", summed[0], whole, *summed[1:], "", "", everything))
    table = pd.DataFrame(rows, columns=_FILE)
    return table.astype({"bytes": "int64", "announced": "Int64"} | dict.fromkeys(COUNTS[1:], "int64"))


def announced_otherwise(files: Sequence[FileEntry]) -> tuple[int, int]:
    """How many files announce a number of records, and how many of these another than was read."""
    speaking = [entry for entry in files if entry.announced is not None]
    return len(speaking), sum(entry.announced != entry.read for entry in speaking)


def per_format(files: Sequence[FileEntry]) -> dict[str, tuple[str, ...]]:
    """The formats of an import, sorted, each with the tags that it cannot hold."""
    found: dict[str, set[str]] = {}
    for entry in files:
        found.setdefault(entry.format, set()).update(entry.not_carried)
    return {name: tuple(sorted(found[name])) for name in sorted(found)}


def located(findings: Sequence[Finding]) -> pd.DataFrame:
    """Findings with their place: ``file``, ``line``, ``field`` and ``reason``."""
    rows = [(f.file, f.line, f.field, shortened(f.reason, 2 * SHOWN)) for f in findings]
    return pd.DataFrame(rows, columns=["file", "line", "field", "reason"])


def repairs(findings: Sequence[Finding]) -> pd.DataFrame:
    """Findings that are alike, counted: ``file``, ``field``, ``reason``, ``times`` (int64), ``line`` of the first."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for finding in findings:
        found.setdefault((finding.file, finding.field, shortened(finding.reason, 2 * SHOWN)), []).append(finding.line)
    rows = [(*key, len(lines), min(lines)) for key, lines in found.items()]
    return pd.DataFrame(rows, columns=["file", "field", "reason", "times", "line"])


def by_reason(duplicates: pd.DataFrame) -> pd.DataFrame:
    """Clusters by what their records share.

    Parameters
    ----------
    duplicates : DataFrame
        The table of that name of the normal form.

    Returns
    -------
    DataFrame
        ``reason``, ``merged`` (records merged for it, int64), ``clusters`` (records that they were
        merged into, int64), ``records`` (these). A cluster with two reasons counts for both.
    """
    order = ["accession", "doi", "title", "decision"]
    rows = []
    for reason in order:
        mine = duplicates[duplicates["reason"] == reason]
        if len(mine):
            kept = tuple(sorted(set(mine["record"])))
            rows.append((reason, len(mine), len(kept), kept))
    return pd.DataFrame(rows, columns=["reason", "merged", "clusters", "records"])


def merged_records(duplicates: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """Each merged record beside the one kept, in the order of clusters.

    Returns ``record`` (kept), ``title`` (its title, cut), ``file``, ``line`` and ``source`` of the
    merged one, ``reason``, ``similarity``, ``won_by``, ``member``, ``linked_to``, ``records``.
    """
    columns = ["record", "title", "file", "line", "source", "reason", "similarity", "won_by", "member", "linked_to"]
    table = duplicates.assign(title=_titles(duplicates["record"], records))[columns]
    return table.assign(records=[(record,) for record in table["record"]])


def per_field(merged_fields: pd.DataFrame) -> pd.DataFrame:
    """How often merging filled a field or set a value of it aside.

    Returns ``field``, ``filled`` and ``set_aside`` (int64), ``records`` (those kept), in the order
    of the normal form.
    """
    order = [*(column.name for column in TABLES["records"]), *TABLES]
    rows = []
    for field, mine in merged_fields.groupby("field"):
        filled = int((mine["kind"] == "filled").sum())
        rows.append((field, filled, len(mine) - filled, tuple(sorted(set(mine["record"])))))
    rows.sort(key=lambda row: (order.index(row[0]) if row[0] in order else len(order), row[0]))
    return pd.DataFrame(rows, columns=["field", "filled", "set_aside", "records"])


def changed_fields(merged_fields: pd.DataFrame) -> pd.DataFrame:
    """Each value that merging filled or set aside, long ones cut.

    Returns ``record``, ``field``, ``kind`` ('filled' or 'kept'), ``stands`` and ``aside`` (the values
    that stands and that was set aside), ``member`` (the record it comes from), ``records``.
    """
    table = merged_fields[["record", "field", "kind", "value", "other", "member"]]
    table = table.rename(columns={"value": "stands", "other": "aside"})
    for name in ("stands", "aside"):
        table[name] = [shortened(value) for value in table[name]]
    return table.assign(records=[(record,) for record in table["record"]])


def undecided_pairs(undecided: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """Pairs that may be one record, with their titles, cut.

    Returns ``record``, ``title``, ``other``, ``title_other``, ``reason``, ``similarity``,
    ``differs``, ``records`` (both, as far as they are in the corpus).
    """
    known = set(records["record"])
    table = pd.DataFrame(
        {
            "record": undecided["record"], "title": _titles(undecided["record"], records),
            "other": undecided["other"], "title_other": _titles(undecided["other"], records),
            "reason": undecided["reason"], "similarity": undecided["similarity"], "differs": undecided["differs"],
        }
    )  # fmt: skip
    pairs = zip(table["record"], table["other"], strict=True)
    return table.assign(records=[tuple(sorted(known & set(pair))) for pair in pairs])


def _titles(wanted: pd.Series, records: pd.DataFrame) -> list[str]:
    mine = records[records["record"].isin(set(wanted))]
    titles = dict(zip(mine["record"], mine["title"], strict=True))
    return [shortened(titles.get(record, ""), _TITLE) for record in wanted]

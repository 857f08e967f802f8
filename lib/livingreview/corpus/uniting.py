"""Duplicates of a corpus united on disk: the records kept, what they gained, and what is undecided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from livingreview.corpus import duplicates
from livingreview.corpus.duplicates import Cluster, Decision
from livingreview.corpus.identities import base
from livingreview.corpus.ledger import MERGED, Finding
from livingreview.corpus.schema import TABLES, arrow_schema
from livingreview.corpus.writing import TableWriters

FOUND = ("duplicates", "merged_fields", "undecided")
READ = tuple(name for name in TABLES if name not in FOUND)
UNDECIDED = "undecided.csv"
_FIELD = {"accession": "UT", "doi": "DI", "title": "TI", "decision": ""}
# Tables whose rows point at each other or at the list of authors.
_PEOPLE = ("addresses", "author_addresses", "author_ids")
_ALONE = ("keywords", "categories", "affiliations", "funding", "references")


@dataclass(frozen=True)
class United:
    """The folder with all tables, their hashes and rows, the merged records, and remarks."""

    folder: Path
    hashes: dict[str, str]
    rows: dict[str, int]
    findings: list[Finding]
    notes: list[str]


def unite(folder: Path, target: Path, keys: pa.Table, decisions: Sequence[Decision], written: TableWriters) -> United:
    """Find the duplicates among the records of a folder and write the tables without them.

    Parameters
    ----------
    folder : Path
        Tables as read, each record under a name of its own.
    target : Path
        Where to write where there is something to unite; else ``folder`` is completed.
    keys : Table
        The keys of all records, in reading order (see ``Identities.keys``).
    decisions : sequence of Decision
        What people decided about pairs.
    written : TableWriters
        The writers that wrote ``folder``.
    """
    found = duplicates.find(keys, decisions)
    place = {name: n for n, name in enumerate(keys["record"].to_pylist())} if found.clusters or found.undecided else {}
    names = _final_names(found.clusters, place)
    hashes, rows, changes = written.hashes, written.rows, []
    if found.clusters:
        target.mkdir()
        with TableWriters(target, READ) as writers:
            changes = _rewrite(folder, writers, found.clusters, names)
        folder, hashes, rows = target, writers.hashes, writers.rows
    with TableWriters(folder, FOUND) as writers:
        writers.write(_tables(found, keys, place, names, changes))
    if found.undecided:
        text = duplicates.to_csv(found.undecided)
        (folder / UNDECIDED).write_text(text, encoding="utf-8-sig", newline="")
    findings = [_finding(cluster, member, keys, place) for cluster in found.clusters for member in cluster.merged]
    return United(folder, hashes | writers.hashes, rows | writers.rows, findings, list(found.notes))


def _final_names(clusters: Sequence[Cluster], place: dict[str, int]) -> dict[str, str]:
    """New names of kept records that were read under a second name, where the first is free."""
    gone = {member.record for cluster in clusters for member in cluster.merged}
    names = {}
    for cluster in clusters:
        first = base(cluster.winner)
        if first != cluster.winner and (first in gone or first not in place) and first not in names.values():
            names[cluster.winner] = first
    return names


def _finding(cluster: Cluster, member: duplicates.Member, keys: pa.Table, place: dict[str, int]) -> Finding:
    winner, loser = place[cluster.winner], place[member.record]
    where = f"{keys['file'][winner].as_py()}, line {keys['line'][winner].as_py()}"
    how = f"same {member.reason}" if member.reason != "decision" else "decided to be the same"
    reason = f"{how} as the record kept, read in {where}"
    line = keys["line"][loser].as_py()
    return Finding(MERGED, keys["file"][loser].as_py(), line, _FIELD[member.reason], reason, base(member.record))


def _tables(found, keys: pa.Table, place: dict[str, int], names: dict[str, str], changes: list) -> dict[str, pa.Table]:
    def named(record: str) -> str:
        return names.get(record, record)

    merged = [
        {
            "record": named(cluster.winner), "member": member.record,
            "file": keys["file"][place[member.record]].as_py(), "line": keys["line"][place[member.record]].as_py(),
            "source": keys["source"][place[member.record]].as_py(), "reason": member.reason,
            "similarity": f"{member.similarity:.3f}", "linked_to": named(member.linked_to), "won_by": member.won_by,
        }
        for cluster in found.clusters for member in cluster.merged
    ]  # fmt: skip
    fields = [
        {
            "record": named(winner), "field": change.field, "kind": change.kind, "value": _text(change.value),
            "other": _text(change.other), "member": change.source_record,
        }
        for winner, change in changes
    ]  # fmt: skip
    undecided = [
        {
            "record": named(pair.record_a), "other": named(pair.record_b), "reason": pair.reason,
            "similarity": f"{pair.similarity:.3f}", "differs": "; ".join(pair.differs),
        }
        for pair in found.undecided
    ]  # fmt: skip
    rows = dict(zip(FOUND, (merged, fields, undecided), strict=True))
    return {name: pa.Table.from_pylist(rows[name], schema=arrow_schema(name)) for name in FOUND}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _groups(folder: Path, name: str) -> Iterator[pa.Table]:
    with pq.ParquetFile(folder / f"{name}.parquet") as file:
        for number in range(file.num_row_groups):
            yield file.read_row_group(number).cast(arrow_schema(name))


def _rewrite(folder: Path, writers: TableWriters, clusters: Sequence[Cluster], names: dict[str, str]) -> list:
    """Write all tables without the merged records, row group by row group; returns the changes."""
    losers = {member.record: cluster.winner for cluster in clusters for member in cluster.merged}
    involved = pa.array([*losers, *(cluster.winner for cluster in clusters)], pa.string())
    lost = pa.array(list(losers), pa.string())
    changes, patches = _merged_fields(folder, clusters, involved)
    adopted = _adopted(folder, clusters, involved, changes)
    for name in READ:
        given = pa.array(list(adopted.get(name, ())), pa.string())
        waiting = []
        for group in _groups(folder, name):
            if len(given):
                waiting.append(_renamed(group.filter(pc.is_in(group["record"], given)), adopted[name]))
            kept = group.filter(pc.invert(pc.is_in(group["record"], lost)))
            if name == "records":
                kept = _patched(kept, patches)
            writers.write({name: _renamed(kept, names)})
        for table in waiting:
            writers.write({name: _renamed(table, names)})
    return changes


def _merged_fields(folder: Path, clusters: Sequence[Cluster], involved: pa.Array) -> tuple[list, dict[str, dict]]:
    parts = [group.filter(pc.is_in(group["record"], involved)) for group in _groups(folder, "records")]
    rows = {row["record"]: row for part in parts for row in part.to_pylist()}
    changes, patches = [], {}
    for cluster in clusters:
        losers = [rows[member.record] for member in cluster.merged]
        merged, changed = duplicates.merge_record(rows[cluster.winner], losers)
        changes += [(cluster.winner, change) for change in changed]
        if filled := {c.field: merged[c.field] for c in changed if c.kind == "filled"}:
            patches[cluster.winner] = filled
    return changes, patches


def _adopted(folder: Path, clusters: Sequence[Cluster], involved: pa.Array, changes: list) -> dict[str, dict[str, str]]:
    """For each table the merged records whose rows go to the kept record, because it has none there."""
    counts: dict[str, dict[str, int]] = {}
    for name in ("authors", *_PEOPLE, *_ALONE):
        counts[name] = {}
        for group in _groups(folder, name):
            mine = group["record"].filter(pc.is_in(group["record"], involved))
            for row in pc.value_counts(mine).to_pylist():
                counts[name][row["values"]] = counts[name].get(row["values"], 0) + row["counts"]
    adopted: dict[str, dict[str, str]] = {}
    for cluster in clusters:
        winner = cluster.winner
        authors = counts["authors"].get(winner, 0)
        for name in ("authors", *_PEOPLE, *_ALONE):
            if counts[name].get(winner):
                continue
            if name == "author_addresses" and counts["addresses"].get(winner):
                continue
            for member in cluster.merged:
                same_authors = name in _ALONE or not authors or counts["authors"].get(member.record, 0) == authors
                if counts[name].get(member.record) and same_authors:
                    adopted.setdefault(name, {})[member.record] = winner
                    changes.append((winner, duplicates.Change(name, "filled", f"{counts[name][member.record]} rows", None, member.record)))
                    break
    return adopted


def _renamed(table: pa.Table, names: dict[str, str]) -> pa.Table:
    if not names or not len(table):
        return table
    at = pc.index_in(table["record"].combine_chunks(), pa.array(list(names), pa.string()))
    new = pa.array(list(names.values()), pa.string()).take(at.drop_null())
    record = pc.replace_with_mask(table["record"].combine_chunks(), pc.is_valid(at), new)
    return table.set_column(table.schema.get_field_index("record"), table.schema.field("record"), record)


def _patched(records: pa.Table, patches: dict[str, dict]) -> pa.Table:
    """Records with the fields they gained."""
    if not patches:
        return records
    places = {name: n for n, name in enumerate(records["record"].to_pylist()) if name in patches}
    for column in sorted({field for name in places for field in patches[name]}):
        gained = {places[name]: patches[name][column] for name in places if column in patches[name]}
        rows = sorted(gained)
        mask = np.zeros(len(records), bool)
        mask[rows] = True
        at = records.schema.get_field_index(column)
        kind = records.schema.field(column).type
        values = pc.replace_with_mask(
            records[column].combine_chunks(), pa.array(mask), pa.array([gained[row] for row in rows], kind)
        )
        records = records.set_column(at, records.schema.field(column), values)
    return records

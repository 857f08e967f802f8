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


@dataclass(frozen=True)
class Read:
    """Tables as read: those of records under a new name in ``first``, those of an accession number
    that was read before in ``again``, each record under a name of its own."""

    first: Path
    again: Path

    def groups(self, name: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """The rows of a table, a group at a time."""
        for folder in (self.first, self.again):
            with pq.ParquetFile(folder / f"{name}.parquet") as file:
                for number in range(file.num_row_groups):
                    yield file.read_row_group(number, columns=columns)

    def rows(self, name: str, records: pa.Array) -> Iterator[pa.Table]:
        """The rows of some records; only the groups that hold one are read whole."""
        for folder in (self.first, self.again):
            with pq.ParquetFile(folder / f"{name}.parquet") as file:
                for number in range(file.num_row_groups):
                    mine = pc.is_in(file.read_row_group(number, columns=["record"])["record"], records)
                    if pc.any(mine).as_py():
                        yield file.read_row_group(number).filter(mine).cast(arrow_schema(name))


def unite(read: Read, target: Path, keys: pa.Table, decisions: Sequence[Decision], written: TableWriters) -> United:
    """Find the duplicates among the records read and give the tables without them.

    Parameters
    ----------
    read : Read
        Tables as read.
    target : Path
        Where the tables are written anew if a merger changes more than leaving out what was read
        again; else ``read.first`` is completed.
    keys : Table
        The keys of all records, in reading order (see ``Identities.keys``).
    decisions : sequence of Decision
        What people decided about pairs.
    written : TableWriters
        The writers that wrote ``read.first``.
    """
    found = duplicates.find(keys, decisions)
    place = {name: n for n, name in enumerate(keys["record"].to_pylist())} if found.clusters or found.undecided else {}
    names = _final_names(found.clusters, place)
    folder, hashes, rows = read.first, written.hashes, written.rows
    changes, patches, adopted = _merged(read, found.clusters)
    lost = {member.record for cluster in found.clusters for member in cluster.merged}
    with pq.ParquetFile(read.again / "records.parquet") as file:
        again = set(file.read(columns=["record"])["record"].to_pylist())
    if patches or adopted or names or lost != again:
        target.mkdir()
        with TableWriters(target, READ) as writers:
            _rewrite(read, writers, lost, patches, adopted, names)
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
    # Where the record kept takes over a name, the merged one that had it goes by the other's.
    shown = names | {new: old for old, new in names.items()}

    def named(record: str) -> str:
        return shown.get(record, record)

    merged = [
        {
            "record": named(cluster.winner), "member": named(member.record),
            "file": keys["file"][place[member.record]].as_py(), "line": keys["line"][place[member.record]].as_py(),
            "source": keys["source"][place[member.record]].as_py(), "reason": member.reason,
            "similarity": f"{member.similarity:.3f}", "linked_to": named(member.linked_to), "won_by": member.won_by,
        }
        for cluster in found.clusters for member in cluster.merged
    ]  # fmt: skip
    fields = [
        {
            "record": named(winner), "field": change.field, "kind": change.kind, "value": _text(change.value),
            "other": _text(change.other), "member": named(change.source_record),
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


def _rewrite(read: Read, writers: TableWriters, lost: set[str], patches: dict, adopted: dict, names: dict) -> None:
    """Write all tables without the merged records, row group by row group."""
    gone = pa.array(sorted(lost), pa.string())
    for name in READ:
        given = pa.array(list(adopted.get(name, ())), pa.string())
        waiting = []
        for group in read.groups(name):
            group = group.cast(arrow_schema(name))
            if len(given):
                waiting.append(_renamed(group.filter(pc.is_in(group["record"], given)), adopted[name]))
            kept = group.filter(pc.invert(pc.is_in(group["record"], gone)))
            if name == "records":
                kept = _patched(kept, patches)
            writers.write({name: _renamed(kept, names)})
        for table in waiting:
            writers.write({name: _renamed(table, names)})


def _merged(read: Read, clusters: Sequence[Cluster]) -> tuple[list, dict[str, dict], dict[str, dict[str, str]]]:
    """What merging does: all changes, the fields gained by record, and for each table the merged
    records whose rows go to the kept record, because it has none there."""
    changes: list[tuple[str, duplicates.Change]] = []
    patches: dict[str, dict] = {}
    adopted: dict[str, dict[str, str]] = {}
    if not clusters:
        return changes, patches, adopted
    involved = pa.array(sorted({name for cluster in clusters for name in cluster.members}), pa.string())
    rows = {row["record"]: row for part in read.rows("records", involved) for row in part.to_pylist()}
    counts = {name: _counts(read, name, involved) for name in ("authors", *_PEOPLE, *_ALONE)}
    for cluster in clusters:
        losers = [rows[member.record] for member in cluster.merged]
        merged, changed = duplicates.merge_record(rows[cluster.winner], losers)
        changes += [(cluster.winner, change) for change in changed]
        if filled := {c.field: merged[c.field] for c in changed if c.kind == "filled"}:
            patches[cluster.winner] = filled
        for name, giver in _givers(cluster, counts):
            adopted.setdefault(name, {})[giver] = cluster.winner
            gained = f"{counts[name][giver]} rows"
            changes.append((cluster.winner, duplicates.Change(name, "filled", gained, None, giver)))
    return changes, patches, adopted


def _counts(read: Read, name: str, involved: pa.Array) -> dict[str, int]:
    counts: dict[str, int] = {}
    for group in read.groups(name, ["record"]):
        mine = group["record"].filter(pc.is_in(group["record"], involved))
        for row in pc.value_counts(mine).to_pylist():
            counts[row["values"]] = counts.get(row["values"], 0) + row["counts"]
    return counts


def _givers(cluster: Cluster, counts: dict[str, dict[str, int]]) -> Iterator[tuple[str, str]]:
    """Tables in which the kept record has nothing, each with the first merged one that has.

    What points at authors goes along only where the kept record has as many, or none at all.
    """
    winner = cluster.winner
    authors = counts["authors"].get(winner, 0)
    for name in ("authors", *_PEOPLE, *_ALONE):
        if counts[name].get(winner) or (name == "author_addresses" and counts["addresses"].get(winner)):
            continue
        for member in cluster.merged:
            as_many = not authors or counts["authors"].get(member.record, 0) == authors
            if counts[name].get(member.record) and (name in _ALONE or as_many):
                yield name, member.record
                break


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

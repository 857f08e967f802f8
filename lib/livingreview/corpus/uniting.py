"""Duplicates of a corpus united on disk: the records kept, what they gained, and what is undecided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from livingreview.corpus import duplicates
from livingreview.corpus.duplicates import Cluster, Decision
from livingreview.corpus.identities import Identities
from livingreview.corpus.ledger import MERGED, Finding
from livingreview.corpus.schema import TABLES, arrow_schema
from livingreview.corpus.writing import TableWriters

FOUND = ("duplicates", "merged_fields", "undecided")
READ = tuple(name for name in TABLES if name not in FOUND)
UNDECIDED = "undecided.csv"
_FIELD = {"accession": "UT", "doi": "DI", "title": "TI", "decision": ""}
# The lists of a record: table, column of the kind, kind. Each is filled whole or not at all.
_AUTHORS = ("authors", "", "")
_ADDRESSES = ("addresses", "role", "author")
_LINKS = ("author_addresses", "", "")
_LISTS = (
    _AUTHORS, _ADDRESSES, ("addresses", "role", "reprint"),
    ("author_ids", "kind", "orcid"), ("author_ids", "kind", "researcher"),
    ("keywords", "kind", "author"), ("keywords", "kind", "plus"), ("keywords", "kind", "review"),
    ("categories", "kind", "WC"), ("categories", "kind", "SC"),
    ("affiliations", "", ""), ("funding", "", ""), ("references", "", ""),
)  # fmt: skip


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


def unite(
    read: Read, target: Path, identities: Identities, decisions: Sequence[Decision], written: TableWriters
) -> United:
    """Find the duplicates among the records read and give the tables without them.

    Parameters
    ----------
    read : Read
        Tables as read.
    target : Path
        Where the tables are written anew if a merger changes more than leaving out what was read
        again; else ``read.first`` is completed.
    identities : Identities
        The names and keys of all records, in reading order.
    decisions : sequence of Decision
        What people decided about pairs.
    written : TableWriters
        The writers that wrote ``read.first``.
    """
    keys = identities.keys()
    found = duplicates.find(keys, decisions)
    place = {name: n for n, name in enumerate(keys["record"].to_pylist())} if found.clusters or found.undecided else {}
    names = _final_names(found.clusters, place, identities.base)
    found = replace(found, undecided=tuple(_by_kept(found.undecided, found.clusters, names)))
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
    findings = [_finding(cluster, member, keys, place, identities.base) for cluster in found.clusters for member in cluster.merged]
    return United(folder, hashes | writers.hashes, rows | writers.rows, findings, list(found.notes))


def _final_names(clusters: Sequence[Cluster], place: dict[str, int], base: dict[str, str]) -> dict[str, str]:
    """New names of kept records that were read under a second name, where the first is free."""
    gone = {member.record for cluster in clusters for member in cluster.merged}
    names = {}
    for cluster in clusters:
        first = base.get(cluster.winner, cluster.winner)
        if first != cluster.winner and (first in gone or first not in place) and first not in names.values():
            names[cluster.winner] = first
    return names


def _finding(cluster: Cluster, member: duplicates.Member, keys: pa.Table, place: dict[str, int], base: dict) -> Finding:
    winner, loser = place[cluster.winner], place[member.record]
    where = f"{keys['file'][winner].as_py()}, line {keys['line'][winner].as_py()}"
    how = f"same {member.reason}" if member.reason != "decision" else "decided to be the same"
    reason = f"{how} as the record kept, read in {where}"
    line = keys["line"][loser].as_py()
    return Finding(MERGED, keys["file"][loser].as_py(), line, _FIELD[member.reason], reason, base.get(member.record, member.record))


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
            "record": pair.record_a, "other": pair.record_b, "reason": pair.reason,
            "similarity": f"{pair.similarity:.3f}", "differs": "; ".join(pair.differs),
        }
        for pair in found.undecided
    ]  # fmt: skip
    rows = dict(zip(FOUND, (merged, fields, undecided), strict=True))
    return {name: pa.Table.from_pylist(rows[name], schema=arrow_schema(name)) for name in FOUND}


def _by_kept(undecided: Sequence, clusters: Sequence[Cluster], names: dict[str, str]) -> list:
    """The undecided pairs by the records that are kept: what was merged is in the corpus by its winner."""
    kept = names | {m.record: names.get(c.winner, c.winner) for c in clusters for m in c.merged}
    return [
        replace(pair, record_a=kept.get(pair.record_a, pair.record_a), record_b=kept.get(pair.record_b, pair.record_b))
        for pair in undecided
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _rewrite(read: Read, writers: TableWriters, lost: set[str], patches: dict, adopted: dict, names: dict) -> None:
    """Write all tables without the merged records, row group by row group."""
    gone = pa.array(sorted(lost), pa.string())
    for name in READ:
        wanted = [(key, givers) for key, givers in adopted.items() if key[0] == name]
        waiting = []
        for group in read.groups(name):
            group = group.cast(arrow_schema(name))
            for (_, column, kind), givers in wanted:
                given = pc.is_in(group["record"], pa.array(list(givers), pa.string()))
                if column:
                    given = pc.and_(given, pc.equal(group[column], kind))
                waiting.append(_renamed(group.filter(given), givers))
            kept = group.filter(pc.invert(pc.is_in(group["record"], gone)))
            if name == "records":
                kept = _patched(kept, patches)
            writers.write({name: _renamed(kept, names)})
        for table in waiting:
            writers.write({name: _renamed(table, names)})


def _merged(read: Read, clusters: Sequence[Cluster]) -> tuple[list, dict[str, dict], dict[tuple, dict[str, str]]]:
    """What merging does: all changes, the fields gained by record, and for each list the merged
    records whose rows go to the kept record, because it has none there."""
    changes: list[tuple[str, duplicates.Change]] = []
    patches: dict[str, dict] = {}
    adopted: dict[tuple, dict[str, str]] = {}
    if not clusters:
        return changes, patches, adopted
    involved = pa.array(sorted({name for cluster in clusters for name in cluster.members}), pa.string())
    rows = {row["record"]: row for part in read.rows("records", involved) for row in part.to_pylist()}
    counts = _counts(read, involved)
    for cluster in clusters:
        losers = [rows[member.record] for member in cluster.merged]
        merged, changed = duplicates.merge_record(rows[cluster.winner], losers)
        changes += [(cluster.winner, change) for change in changed]
        if filled := {c.field: merged[c.field] for c in changed if c.kind == "filled"}:
            patches[cluster.winner] = filled
        given, changed = _lists(cluster, counts)
        changes += [(cluster.winner, change) for change in changed]
        for key, giver in given.items():
            adopted.setdefault(key, {})[giver] = cluster.winner
    return changes, patches, adopted


def _counts(read: Read, involved: pa.Array) -> dict[tuple, dict[str, int]]:
    """For each list the rows of each record involved."""
    counts: dict[tuple, dict[str, int]] = {key: {} for key in (*_LISTS, _LINKS)}
    for name, column in dict.fromkeys((key[0], key[1]) for key in counts):
        columns = ["record", column] if column else ["record"]
        for group in read.groups(name, columns):
            mine = group.filter(pc.is_in(group["record"], involved))
            for row in mine.group_by(columns).aggregate([([], "count_all")]).to_pylist():
                of = counts.get((name, column, row.get(column, "") if column else ""))
                if of is not None:
                    of[row["record"]] = of.get(row["record"], 0) + row["count_all"]
    return counts


def _lists(cluster: Cluster, counts: dict[tuple, dict[str, int]]) -> tuple[dict[tuple, str], list[duplicates.Change]]:
    """Which merged record gives the kept one each list that it lacks, and all that differs.

    A list comes from one record, whole. Links of authors to addresses come with the addresses, and
    only where both count as many authors; so do identifiers of authors.
    """
    winner, given, changes = cluster.winner, {}, []
    members = [member.record for member in cluster.merged]
    for key in _LISTS:
        mine = counts[key].get(winner, 0)
        for record in members:
            theirs = counts[key].get(record, 0)
            if not theirs or theirs == mine:
                continue
            fits = key[0] != "author_ids" or _same_authors(winner, record, given, counts)
            label = " ".join(part for part in (key[0], key[2]) if part)
            if not mine and key not in given and fits:
                given[key] = record
                changes.append(duplicates.Change(label, "filled", f"{theirs} rows", None, record))
            else:
                changes.append(duplicates.Change(label, "kept", f"{mine} rows", f"{theirs} rows", record))
    giver = given.get(_ADDRESSES)
    if giver and counts[_LINKS].get(giver) and _same_authors(winner, giver, given, counts):
        given[_LINKS] = giver
    return given, changes


def _same_authors(winner: str, record: str, given: dict[tuple, str], counts: dict[tuple, dict[str, int]]) -> bool:
    if _AUTHORS in given:
        return given[_AUTHORS] == record
    return counts[_AUTHORS].get(winner, 0) == counts[_AUTHORS].get(record, 0)


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

"""The search for duplicates over a whole corpus: exact keys first, then titles, then clusters."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.duplicates import blocks, judge
from livingreview.corpus.duplicates.decisions import DIFFERENT, SAME, Decision, Undecided, chain_of_same, combined
from livingreview.corpus.duplicates.found import Cluster, Found, cluster_of, standing
from livingreview.corpus.duplicates.judge import Record
from livingreview.corpus.duplicates.union import Clusters, Link
from livingreview.errors import InputError

COLUMNS = (
    "record", "source", "accession", "doi", "title", "year", "first_author", "first_page",
    "article_number", "volume", "source_title", "document_types", "harvested", "complete",
)  # fmt: skip
#: A DOI printed with more different titles than this identifies nothing.
TITLES_UNDER_ONE_DOI = 8
#: Pairs of unlike members up to which a cluster is checked for contradictions before it grows.
CHECKED = 400


def find(
    keys: pa.Table,
    decisions: Iterable[Decision] = (),
    threshold: float = judge.THRESHOLD,
    listed: float = judge.LISTED,
) -> Found:
    """The duplicates among records, as clusters with their winners.

    Parameters
    ----------
    keys : pyarrow.Table
        One row a record, in reading order, with the columns :data:`COLUMNS`: text, "" where
        missing; ``year`` and ``complete`` integers, ``year`` null where missing; ``record`` unique.
    decisions : iterable of Decision
        What a person decided. ``same`` joins whatever the keys say, ``different`` keeps apart.
    threshold, listed : float
        Likeness of titles from which records are merged, and from which they are listed.

    Returns
    -------
    Found
        Which records form a cluster does not depend on their order; which of them wins does only
        in the last resort.

    Raises
    ------
    InputError
        Decisions that contradict each other, also by way of others.
    ValueError
        A table without one of the columns, or with a record twice.
    """
    return _Search(keys, threshold, listed).run(combined(decisions))


class _Search:
    def __init__(self, keys: pa.Table, threshold: float, listed: float) -> None:
        if missing := [name for name in COLUMNS if name not in keys.column_names]:
            raise ValueError(f"keys lack the columns {missing}")
        self.keys, self.threshold, self.listed = keys.select(COLUMNS).combine_chunks(), threshold, listed
        self.clusters = Clusters()
        self.undecided: list[tuple[int, int, judge.Verdict]] = []
        self.notes: list[str] = []
        self.records: dict[int, Record] = {}
        self.no_doi: set[int] = set()
        # Ties are settled by the names of records, never by their order in the files.
        order = pc.sort_indices(keys["record"]).to_numpy()
        self.rank = np.empty(len(order), np.int64)
        self.rank[order] = np.arange(len(order))
        if pc.count_distinct(keys["record"]).as_py() != len(order):
            raise ValueError("keys hold a record twice")

    def run(self, decisions: list[Decision]) -> Found:
        if self.keys.num_rows:
            self._decide(decisions)
            databases = self._by_accession()
            dois = self._by_doi()
            self._by_title(databases, dois)
        return Found(self._clusters(), self._still_undecided(), tuple(self.notes))

    # -- decisions ---------------------------------------------------------------------------

    def _decide(self, decisions: list[Decision]) -> None:
        if not decisions:
            return
        named = sorted({name for d in decisions for name in (d.record_a, d.record_b)})
        places = pc.index_in(pa.array(named), pc.cast(self.keys["record"], pa.string()).combine_chunks())
        row_of = {name: row for name, row in zip(named, places.to_pylist(), strict=True) if row is not None}
        absent = [d for d in decisions if d.record_a not in row_of or d.record_b not in row_of]
        if absent:
            self.notes.append(
                f"{len(absent)} decisions on duplicates name a record that is not here; the first in {absent[0].place}"
            )
        here = [(row_of[d.record_a], row_of[d.record_b], d) for d in decisions if d not in absent]
        here.sort(key=lambda item: sorted((self.rank[item[0]], self.rank[item[1]])))
        for a, b, decision in here:
            if decision.decision == SAME:
                self.clusters.join(Link(a, b, "decision", 1.0))
        for a, b, decision in here:
            if decision.decision == DIFFERENT and not self.clusters.forbid(a, b):
                chain = chain_of_same(decision, [d for _, _, d in here])
                raise InputError(
                    f"{decision.place} and {' and '.join(d.place for d in chain)}",
                    "decisions that agree",
                    f"{decision.record_a} and {decision.record_b} '{DIFFERENT}' here and '{SAME}' there",
                    "remove one of the rows",
                )

    # -- exact keys --------------------------------------------------------------------------

    def _by_accession(self) -> np.ndarray:
        """Joins records of one accession number; a code of the database of each record, -1 without number."""
        accession, source = (_text(self.keys[name]) for name in ("accession", "source"))
        own = pc.match_substring_regex(accession, judge.OWN_NAME)
        place = pc.if_else(own, "", pc.utf8_lower(source))
        codes = _codes(pc.binary_join_element_wise(place, accession, "\x1f"))
        empty = pc.equal(accession, "").to_numpy(zero_copy_only=False)
        codes[empty] = 0
        for members in self._groups(codes):
            for row in members[1:]:
                self.clusters.join(Link(members[0], row, "accession", 1.0))
        prefix = pc.if_else(own, pc.utf8_slice_codeunits(accession, 0, 4), place)
        databases = _codes(prefix).astype(np.int64)
        databases[empty] = -1
        return databases

    def _by_doi(self) -> np.ndarray:
        """Joins records of one DOI whose titles do not contradict it; a code of each DOI, 0 without."""
        doi = _text(self.keys["doi"])
        odd = pc.and_(pc.not_equal(doi, ""), pc.invert(pc.match_substring_regex(doi, judge.CLEAN_DOI)))
        odd = pc.or_(odd, pc.starts_with(doi, judge.GERMAN_EDITION))
        if pc.any(odd).as_py():
            mended = [judge.doi_key(text) for text in doi.filter(odd).to_pylist()]
            doi = pc.replace_with_mask(doi, odd, pa.array(mended, pa.string()))
        codes = _codes(doi)
        codes[pc.equal(doi, "").to_numpy(zero_copy_only=False)] = 0
        several = list(self._groups(codes))
        rows = [row for members in several for row in members]
        title, types = self._cells("title", rows), self._cells("document_types", rows)
        for members in several:
            texts = {title[row].casefold() for row in members}
            if len(texts) > TITLES_UNDER_ONE_DOI:
                self.notes.append(
                    f"DOI {doi[members[0]].as_py()} is printed with {len(texts)} different titles on "
                    f"{len(members)} records: not used as a key"
                )
                codes[members] = 0
                self.no_doi.update(members)
            else:
                self._one_doi(members, {row: (title[row], types[row]) for row in members})
        return codes

    def _one_doi(self, members: list[int], printed: dict[int, tuple[str, str]]) -> None:
        leaders: list[int] = []
        translated, against = [], []
        for row in members:
            seen = []
            for leader in leaders:
                verdict = None
                if printed[row] != printed[leader] or not printed[row][0]:
                    self._fetch([leader, row])
                    verdict = self._judge(leader, row)
                if verdict is None or (verdict.outcome == judge.SAME and not verdict.differs):
                    self.clusters.join(Link(leader, row, "doi", 1.0))
                    break
                seen.append((leader, row, verdict))
            else:
                leaders.append(row)
                translated += [pair for pair in seen if pair[2].outcome == judge.SAME]
                against += [pair for pair in seen if pair[2].outcome != judge.SAME]
        self.undecided += against
        # Titles without likeness come last: by then each cluster shows what else it holds.
        for leader, row, _ in translated:
            self._join(Link(leader, row, "doi", 1.0))

    def _groups(self, codes: np.ndarray) -> Iterable[list[int]]:
        """Rows with the same code other than 0, each group in the order of record names."""
        if not codes.any():
            return
        rows, starts, sizes = blocks.groups(codes, np.arange(len(codes)))
        for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
            members = rows[start : start + size]
            yield members[np.argsort(self.rank[members])].tolist()

    # -- titles ------------------------------------------------------------------------------

    def _by_title(self, databases: np.ndarray, dois: np.ndarray) -> None:
        keys = self.keys
        hashes = blocks.title_keys(_chunked(keys["title"]))
        printed = ("volume", "first_page", "article_number", "source_title")
        place = blocks.place_keys(*(_chunked(keys[column]) for column in printed))
        names = blocks.name_marks(_chunked(keys["first_author"]))
        year = keys["year"].to_numpy(zero_copy_only=False).astype(np.float64)
        cluster = np.arange(len(year))
        for row in list(self.clusters.members):
            for member in self.clusters.members[row]:
                cluster[member] = row
        reading = np.column_stack([hashes, place])
        rows = self._one_of_each(cluster, reading)
        found = []
        for column in range(reading.shape[1]):
            for pairs in self._candidates(reading[:, column], rows, column):
                a, b = pairs.T
                keep = cluster[a] != cluster[b]
                # Two numbers of one database and two DOIs: judged different whatever the titles say.
                one_database = (databases[a] == databases[b]) & (databases[a] >= 0)
                keep &= ~(one_database & (dois[a] != dois[b]) & (dois[a] > 0) & (dois[b] > 0))
                # Other initials are another person, unless the titles begin and end alike.
                keep &= blocks.names_may_agree(names[a], names[b]) | (hashes[a, :2] == hashes[b, :2]).all(axis=1)
                near = ~(np.abs(year[a] - year[b]) > 1)
                if column == 3:
                    near |= (hashes[a] == hashes[b]).any(axis=1)
                kept = pairs[keep & near]
                kept.sort(axis=1)
                found.append(kept[:, 0] * len(year) + kept[:, 1])
        codes = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
        self._join_alike(np.column_stack(np.divmod(codes, len(year))), dois)

    def _one_of_each(self, cluster: np.ndarray, reading: np.ndarray) -> np.ndarray:
        """One row for records already joined whose keys are the same: the others would say nothing new."""
        joined = [row for root in self.clusters.joined() for row in self.clusters.members[root]]
        if not joined:
            return np.arange(len(cluster))
        joined = np.array(joined)
        joined = joined[np.argsort(self.rank[joined])]
        table = np.column_stack([cluster[joined].astype(np.uint64), reading[joined]])
        _, first = np.unique(table, axis=0, return_index=True)
        left = np.ones(len(cluster), bool)
        left[joined] = False
        left[joined[first]] = True
        return np.flatnonzero(left)

    def _candidates(self, key: np.ndarray, rows: np.ndarray, column: int) -> Iterable[np.ndarray]:
        ordered, starts, sizes = blocks.groups(key, rows)
        yield from blocks.pairs_within(ordered, starts, sizes)
        large = np.flatnonzero(sizes > blocks.BLOCK)
        if not len(large):
            return
        what = ("begin with the same 24 letters", "end with the same 24 letters", "have words of the same initials",
                "share volume, page and initial of the source")[column]  # fmt: skip
        most = 0
        for at in large.tolist():
            members = ordered[starts[at] : starts[at] + sizes[at]]
            most = max(most, len(members))
            yield blocks.neighbours(self._in_order(members))
        self.notes.append(
            f"{len(large)} groups of more than {blocks.BLOCK} records {what} (the largest {most}): there each record "
            f"was compared with its {blocks.NEIGHBOURS} nearest by title, first author and place only"
        )

    def _in_order(self, members: np.ndarray) -> np.ndarray:
        by = ["title", "first_author", "source_title", "volume", "first_page"]
        part = self.keys.select(by).take(pa.array(members))
        part = pa.table({name: pc.utf8_lower(_text(part[name])) for name in by} | {"rank": self.rank[members]})
        return members[pc.sort_indices(part, [(name, "ascending") for name in part.column_names]).to_numpy()]

    def _join_alike(self, pairs: np.ndarray, dois: np.ndarray) -> None:
        links = []
        for begin in range(0, len(pairs), 50_000):
            batch = pairs[begin : begin + 50_000]
            self.records = {}
            self._fetch(np.unique(batch).tolist())
            for pair in batch.tolist():
                a, b = sorted(pair, key=self.rank.__getitem__)
                verdict = self._judge(a, b)
                if verdict.outcome == judge.SAME:
                    links.append((verdict.similarity, Link(a, b, "title", verdict.similarity)))
                elif verdict.outcome == judge.UNDECIDED:
                    self.undecided.append((a, b, verdict))
        # The likest first, so that a cluster is made of its surest links.
        links.sort(key=lambda item: (-item[0], *sorted((self.rank[item[1].a], self.rank[item[1].b]))))
        for begin in range(0, len(links), 50_000):
            batch = [link for _, link in links[begin : begin + 50_000]]
            roots = {self.clusters.root(row) for link in batch for row in (link.a, link.b)}
            self.records = {}
            groups = [self.clusters.members[root] for root in roots]
            self._fetch([row for members in groups if len(members) > 1 for row in members])
            for link in batch:
                self._join(link)

    def _join(self, link: Link) -> None:
        against: list[judge.Verdict] = []

        def allowed(one: list[int], other: list[int]) -> bool:
            if len(one) == len(other) == 1:
                return True  # these two were judged
            self._fetch([*one, *other])
            left, right = self._unlike(one), self._unlike(other)
            if len(left) * len(right) > CHECKED:
                against.append(judge.Verdict(judge.UNDECIDED, link.reason, link.similarity, ("cluster",), True))
                return False
            for a in left:
                for b in right:
                    if (verdict := self._judge(a, b)).contradicts:
                        against.append(verdict)
                        return False
            return True

        if not self.clusters.join(link, allowed) and against:
            differs = tuple(dict.fromkeys(("cluster", *against[0].differs)))
            verdict = judge.Verdict(judge.UNDECIDED, link.reason, link.similarity, differs, True)
            self.undecided.append((link.a, link.b, verdict))

    def _unlike(self, members: list[int]) -> list[int]:
        """One row for members that would be judged the same way."""
        found: dict[tuple, int] = {}
        for row in sorted(members, key=self.rank.__getitem__):
            r = self.records[row]
            place = (r.year, r.first_page, r.article_number, r.volume)
            found.setdefault((r.title, r.doi, r.first_author, r.accession, r.source, *place), row)
        return list(found.values())

    # -- results -----------------------------------------------------------------------------

    def _clusters(self) -> tuple[Cluster, ...]:
        roots = self.clusters.joined()
        rows = [row for root in roots for row in self.clusters.members[root]]
        name = self._cells("record", rows)
        cells = [self._cells(column, rows) for column in ("source", "document_types", "complete", "harvested")]
        made = []
        for root in roots:
            standings = {row: standing(*(c[row] for c in cells), row) for row in self.clusters.members[root]}
            cluster = cluster_of(standings, self.clusters.links[root], name)
            made.append((min(standings, key=standings.__getitem__), cluster))
        return tuple(cluster for _, cluster in sorted(made, key=lambda item: item[0]))

    def _still_undecided(self) -> tuple[Undecided, ...]:
        best: dict[tuple[int, int], tuple] = {}
        for a, b, verdict in self.undecided:
            one, other = self.clusters.root(a), self.clusters.root(b)
            if one == other or self.clusters.kept_apart(a, b):
                continue
            a, b = sorted((a, b), key=lambda row: self.rank[row])
            entry = (-verdict.similarity, self.rank[a], self.rank[b], a, b, verdict)
            pair = (min(one, other), max(one, other))
            if pair not in best or entry[:3] < best[pair][:3]:
                best[pair] = entry
        chosen = sorted(best.values(), key=lambda entry: (min(entry[3:5]), max(entry[3:5])))
        rows = sorted({row for entry in chosen for row in entry[3:5]})
        cell = {c: self._cells(c, rows) for c in ("record", "title", "year", "source")}
        return tuple(
            Undecided(
                cell["record"][a], cell["record"][b], verdict.reason, verdict.similarity, verdict.differs,
                cell["title"][a], cell["title"][b], cell["year"][a], cell["year"][b],
                cell["source"][a], cell["source"][b],
            )
            for *_, a, b, verdict in chosen
        )  # fmt: skip

    # -- cells -------------------------------------------------------------------------------

    def _judge(self, a: int, b: int) -> judge.Verdict:
        return judge.judge(self.records[a], self.records[b], self.threshold, self.listed)

    def _cells(self, column: str, rows: list[int]) -> dict[int, object]:
        if not rows:
            return {}
        return dict(zip(rows, self.keys[column].take(pa.array(rows)).to_pylist(), strict=True))

    def _fetch(self, rows: list[int]) -> None:
        rows = [row for row in dict.fromkeys(rows) if row not in self.records]
        if not rows:
            return
        part = self.keys.select(COLUMNS).take(pa.array(rows))
        for row, *cells in zip(rows, *(part[name].to_pylist() for name in COLUMNS), strict=True):
            if row in self.no_doi:
                cells[COLUMNS.index("doi")] = ""
            self.records[row] = Record(*cells)


def _text(column: pa.ChunkedArray) -> pa.Array:
    return _chunked(column).combine_chunks()


def _chunked(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column if column.type == pa.string() else column.cast(pa.string())


def _codes(values: pa.Array) -> np.ndarray:
    """A whole number a value, from 1, the same for equal values."""
    return pc.dictionary_encode(values).indices.to_numpy(zero_copy_only=False).astype(np.int64) + 1

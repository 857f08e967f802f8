"""What a search for duplicates gives: clusters, their winners and why, and what is undecided."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from livingreview.corpus.duplicates.decisions import Undecided
from livingreview.corpus.duplicates.judge import NOT_FINAL
from livingreview.corpus.duplicates.union import Link

#: Sources from the one whose record is kept to the one whose record is merged; all others follow, equal.
SOURCE_ORDER = ("web of science", "scopus", "lens", "openalex")

#: Why a winner won, in the order the criteria are asked.
CRITERIA = ("final-over-early-access", "source-order", "more-complete", "later-harvest", "earlier-read")


@dataclass(frozen=True)
class Member:
    """A record that was merged.

    ``reason`` is 'accession', 'doi', 'title' or 'decision' and ``similarity`` the likeness of the
    titles (1.0 for the exact keys) of its link to the record ``linked_to``, which is the winner or
    one step nearer to it. ``won_by`` is the first of :data:`CRITERIA` by which the winner beats it.
    """

    record: str
    reason: str
    similarity: float
    linked_to: str
    won_by: str


@dataclass(frozen=True)
class Cluster:
    """Records of one work: the winner and the others, in reading order."""

    winner: str
    merged: tuple[Member, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """All records of the cluster, the winner first."""
        return (self.winner, *(member.record for member in self.merged))


@dataclass(frozen=True)
class Found:
    """Clusters in the reading order of their winners, undecided pairs in that of their first
    records, and notes on what was compared only in part or not at all."""

    clusters: tuple[Cluster, ...]
    undecided: tuple[Undecided, ...]
    notes: tuple[str, ...]


def standing(source: str, document_types: str, complete: int | None, harvested: str, position: int) -> tuple:
    """Key by which the winner of a cluster is the least, one entry for each of :data:`CRITERIA`.

    >>> standing("Scopus", "Article", 20, "2026-11-02", 3) < standing("Scopus", "Article; Early Access", 30, "", 0)
    True
    """
    name = source.casefold()
    return (
        bool(NOT_FINAL.search(document_types.casefold())),
        SOURCE_ORDER.index(name) if name in SOURCE_ORDER else len(SOURCE_ORDER),
        -(complete or 0),
        tuple(-ord(c) for c in harvested) or (0,),
        position,
    )


def cluster_of(standings: dict[int, tuple], links: list[Link], names: dict[int, str]) -> Cluster:
    """A cluster from the standing of its rows and the links that join them.

    ``names`` gives the record of a row. Each member is linked by the shortest way to the winner.
    """
    winner = min(standings, key=standings.__getitem__)
    beside: dict[int, list[Link]] = {}
    for link in links:
        beside.setdefault(link.a, []).append(link)
        beside.setdefault(link.b, []).append(link)
    reached: dict[int, Member] = {}
    queue = deque([winner])
    while queue:
        here = queue.popleft()
        for link in beside.get(here, ()):
            row = link.b if link.a == here else link.a
            if row == winner or row in reached:
                continue
            beaten = next(
                name
                for name, mine, theirs in zip(CRITERIA, standings[winner], standings[row], strict=True)
                if mine != theirs
            )
            reached[row] = Member(names[row], link.reason, link.similarity, names[here], beaten)
            queue.append(row)
    return Cluster(names[winner], tuple(reached[row] for row in sorted(reached)))

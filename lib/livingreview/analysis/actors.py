"""Who publishes, and with whom: one set of functions for countries and for institutions.

An actor table has one row for each distinct (``record``, ``actor``) and the ``source`` it was read
from: ``author`` for an author address, ``reprint`` for that of the corresponding author.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from livingreview.analysis.behind import competition_rank, record_ids, records_by

GREATER_CHINA = ("HKG", "MAC", "TWN")


def _actors(addresses: pd.DataFrame, column: str) -> pd.DataFrame:
    written = addresses.loc[addresses["role"] == "author", "record"].unique()
    fallback = (addresses["role"] == "reprint") & ~addresses["record"].isin(written)
    used = addresses[(addresses["role"] == "author") | fallback]
    used = used[used[column] != ""].rename(columns={column: "actor", "role": "source"})
    table = used[["record", "actor", "source"]].drop_duplicates(["record", "actor"])
    return table.sort_values(["record", "actor"]).reset_index(drop=True)


def country_actors(addresses: pd.DataFrame, rollup_china: bool = False) -> pd.DataFrame:
    """Countries of each record: ``record``, ``actor`` (ISO 3166-1 alpha-3), ``source``.

    A record that has no author address at all takes that of its corresponding author. Each
    country counts once for a record however many addresses name it; an unknown country is left
    out. ``rollup_china`` counts Hong Kong, Macau and Taiwan as China.
    """
    if rollup_china:
        country = addresses["country"].replace(dict.fromkeys(GREATER_CHINA, "CHN"))
        addresses = addresses.assign(country=country)
    return _actors(addresses, "country")


def institution_actors(addresses: pd.DataFrame) -> pd.DataFrame:
    """Institutions of each record: ``record``, ``actor`` (the name used), ``source``.

    Same rules as :func:`country_actors`; an institution counts once for a record.
    """
    return _actors(addresses, "institution")


def coverage(actors: pd.DataFrame, dated: pd.DataFrame) -> pd.DataFrame:
    """How many records have a known actor: a row for each case.

    Returns ``case`` ('author', 'reprint', 'none'), ``papers``, ``share`` (% of all records),
    ``records``.
    """
    every = set(dated["record"])
    groups = {
        "author": set(actors.loc[actors["source"] == "author", "record"]),
        "reprint": set(actors.loc[actors["source"] == "reprint", "record"]),
    }
    groups["none"] = every - groups["author"] - groups["reprint"]
    rows = [
        {
            "case": case, "papers": len(ids), "share": 100 * len(ids) / max(len(every), 1),
            "records": record_ids(ids),
        }
        for case, ids in groups.items()
    ]
    return pd.DataFrame(rows)


def papers_by_actor(actors: pd.DataFrame, counting: str = "full") -> pd.DataFrame:
    """Actors ranked by papers.

    With ``full`` counting a paper is 1 for each of its actors; with ``fractional`` counting it is
    1/k for each of its k actors, so that the column sums to the number of papers. (L. Waltman and
    N. J. van Eck, Journal of Informetrics 9, 872, 2015.)

    Returns
    -------
    DataFrame
        ``rank`` (from 1; equal counts share the better rank), ``actor``, ``papers`` (int64, or
        float64 when fractional), ``share`` (% of the records with a known actor; full shares add
        up to more than 100), ``records``; papers descending, then name.

    Examples
    --------
    >>> table = pd.DataFrame({"record": ["r1", "r1", "r2"], "actor": ["CHN", "USA", "CHN"]})
    >>> papers_by_actor(table, "fractional")[["rank", "actor", "papers", "share"]].values.tolist()
    [[1, 'CHN', 1.5, 75.0], [2, 'USA', 0.5, 25.0]]
    """
    if counting not in ("full", "fractional"):
        raise ValueError(f"counting must be 'full' or 'fractional', not {counting!r}")
    behind = records_by(actors, "actor")
    if counting == "full":
        papers = {actor: len(ids) for actor, ids in behind.items()}
    else:
        weight = 1 / actors.groupby("record")["actor"].nunique()
        # Rounding keeps 1/3 + 1/3 + 1/3 equal to 1, whatever the order of addition.
        papers = {
            actor: round(math.fsum(weight[list(ids)]), 9) for actor, ids in behind.items()
        }
    order = sorted(behind, key=lambda actor: (-papers[actor], actor))
    counts = [papers[actor] for actor in order]
    known = max(actors["record"].nunique(), 1)
    kind = "int64" if counting == "full" else "float64"
    return pd.DataFrame(
        {
            "rank": pd.Series(competition_rank(counts), dtype="int64"),
            "actor": pd.Series(order, dtype="str"),
            "papers": pd.Series(counts, dtype=kind),
            "share": pd.Series([100 * count / known for count in counts], dtype="float64"),
            "records": pd.Series([behind[actor] for actor in order], dtype="object"),
        }
    )


def actor_by_year(
    actors: pd.DataFrame, dated: pd.DataFrame, top: Sequence[str], partial_years=()
) -> pd.DataFrame:
    """Papers of each actor in each year, full counting.

    Every actor of ``top``, in that order, has a row for every year from the first to the last
    of all dated records. Returns ``actor``, ``year``, ``papers``, ``partial``, ``records``.
    """
    known = dated.loc[dated["year"].notna(), ["record", "year"]]
    if known.empty:
        return pd.DataFrame(columns=["actor", "year", "papers", "partial", "records"])
    behind = records_by(actors.merge(known, on="record"), ["actor", "year"])
    rows = []
    for actor in top:
        for year in range(int(known["year"].min()), int(known["year"].max()) + 1):
            ids = behind.get((actor, year), ())
            rows.append(
                {
                    "actor": actor, "year": year, "papers": len(ids),
                    "partial": year in partial_years, "records": ids,
                }
            )
    return pd.DataFrame(rows, columns=["actor", "year", "papers", "partial", "records"])


def joint_papers(actors: pd.DataFrame, top: Sequence[str]) -> pd.DataFrame:
    """Joint papers of every pair of ``top``: whole, symmetric, own papers on the diagonal.

    A joint paper counts once for a pair however many of its addresses name either.

    Returns
    -------
    DataFrame
        ``a``, ``b``, ``papers`` (int64), ``records``; ``len(top) ** 2`` rows in the order of
        ``top``. Papers of (a, b) equal papers of (b, a).
    """
    behind = {actor: set(ids) for actor, ids in records_by(actors, "actor").items()}
    rows = []
    for a in top:
        for b in top:
            ids = record_ids(behind.get(a, set()) & behind.get(b, set()))
            rows.append({"a": a, "b": b, "papers": len(ids), "records": ids})
    return pd.DataFrame(rows, columns=["a", "b", "papers", "records"])


def single_and_joint(actors: pd.DataFrame) -> pd.DataFrame:
    """Papers of one actor and of several: ``kind`` ('single', 'joint'), ``papers``, ``share``
    (% of the records with a known actor), ``records``."""
    size = actors.groupby("record")["actor"].nunique()
    rows = []
    for kind, mask in (("single", size == 1), ("joint", size > 1)):
        ids = record_ids(size.index[mask])
        share = 100 * len(ids) / max(len(size), 1)
        rows.append({"kind": kind, "papers": len(ids), "share": share, "records": ids})
    return pd.DataFrame(rows, columns=["kind", "papers", "share", "records"])


def joint_share(actors: pd.DataFrame, top: Sequence[str]) -> pd.DataFrame:
    """Joint papers of each actor of ``top`` with any other actor.

    Returns ``actor``, ``papers``, ``joint`` (int64), ``share`` (joint as % of the actor's
    papers), ``records`` (the joint ones).
    """
    size = actors.groupby("record")["actor"].nunique()
    several = set(size.index[size > 1])
    behind = records_by(actors, "actor")
    rows = []
    for actor in top:
        own = behind.get(actor, ())
        ids = tuple(record for record in own if record in several)
        share = 100 * len(ids) / max(len(own), 1)
        rows.append(
            {"actor": actor, "papers": len(own), "joint": len(ids), "share": share, "records": ids}
        )
    return pd.DataFrame(rows, columns=["actor", "papers", "joint", "share", "records"])

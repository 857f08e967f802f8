"""What a corpus says on each topic: its records, by year, by actor, by technique.

Topics, techniques and any other table of ``id``, name and ``expression`` are treated alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import pandas as pd

from livingreview.analysis.behind import record_ids, records_by
from livingreview.select.search import Searchable, matches


def evidence(texts: pd.DataFrame | Searchable, topics: pd.DataFrame) -> pd.DataFrame:
    """Why each record belongs to each topic.

    Parameters
    ----------
    texts : DataFrame or Searchable
        From :func:`livingreview.analysis.texts.texts`.
    topics : DataFrame
        ``id`` and ``expression``, as :func:`livingreview.select.topics.topics` gives them.

    Returns
    -------
    DataFrame
        ``id``, ``record``, ``field`` (first field that holds a term), ``words`` (those found,
        joined by ``'; '``), ``records``; in the order of ``topics``, then by record.
    """
    ready = texts if isinstance(texts, Searchable) else Searchable.of(texts)
    parts = []
    for topic in topics.itertuples(index=False):
        found = matches(topic.expression, ready)
        found.insert(0, "id", topic.id)
        parts.append(found)
    columns = ["id", "record", "field", "words"]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    table["records"] = pd.Series([(record,) for record in table["record"]], dtype="object")
    return table


def topic_records(
    texts: pd.DataFrame | Searchable, topics: pd.DataFrame, name: str = "name_en", words: int = 5
) -> pd.DataFrame:
    """The records of each topic; a topic that no record speaks of keeps its row, with 0.

    Returns
    -------
    DataFrame
        ``id``, ``name`` (column ``name`` of ``topics``), ``papers`` (int64), ``share`` (% of all
        records of ``texts``), ``words`` (the most frequent words found, with the number of records
        that hold each: ``machine learning (12); GNN (3)``), ``records``; in the order of
        ``topics``. A record may belong to several topics.
    """
    ready = texts if isinstance(texts, Searchable) else Searchable.of(texts)
    found = evidence(ready, topics)
    total = max(len(ready.records), 1)
    rows = []
    for topic in topics.to_dict("records"):
        own = found[found["id"] == topic["id"]]
        counts = Counter(word for held in own["words"] if held for word in held.split("; "))
        common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:words]
        ids = record_ids(own["record"])
        rows.append(
            {
                "id": topic["id"], "name": topic[name], "papers": len(ids),
                "share": 100 * len(ids) / total,
                "words": "; ".join(f"{word} ({count})" for word, count in common),
                "records": ids,
            }
        )
    return pd.DataFrame(rows, columns=["id", "name", "papers", "share", "words", "records"])


def _pairs(found: pd.DataFrame) -> pd.DataFrame:
    pairs = found[["id", "name", "records"]].explode("records").dropna(subset="records")
    return pairs.rename(columns={"records": "record"}).astype({"record": "str"})


def by_year(
    found: pd.DataFrame, dated: pd.DataFrame, partial_years: Collection[int] = ()
) -> pd.DataFrame:
    """Papers of each topic in each year from the first to the last of all dated records.

    Parameters
    ----------
    found : DataFrame
        From :func:`topic_records`.
    dated : DataFrame
        All records of the corpus: ``record``, ``year``.

    Returns
    -------
    DataFrame
        ``id``, ``name``, ``year``, ``papers``, ``total`` (papers of the corpus in that year),
        ``share`` (% of ``total``, ``NaN`` in a year without papers), ``partial``, ``records``.
    """
    columns = ["id", "name", "year", "papers", "total", "share", "partial", "records"]
    known = dated.loc[dated["year"].notna(), ["record", "year"]]
    if known.empty:
        return pd.DataFrame(columns=columns)
    totals = known.groupby("year")["record"].nunique()
    behind = records_by(_pairs(found).merge(known, on="record"), ["id", "year"])
    rows = []
    for topic in found.itertuples(index=False):
        for year in range(int(known["year"].min()), int(known["year"].max()) + 1):
            ids, total = behind.get((topic.id, year), ()), int(totals.get(year, 0))
            rows.append(
                {
                    "id": topic.id, "name": topic.name, "year": year, "papers": len(ids),
                    "total": total, "share": 100 * len(ids) / total if total else float("nan"),
                    "partial": year in partial_years, "records": ids,
                }
            )
    return pd.DataFrame(rows, columns=columns)


def by_actor(found: pd.DataFrame, actors: pd.DataFrame, top: int | None = None) -> pd.DataFrame:
    """Papers of each topic by actor (country or institution), full counting.

    ``actors`` is a table from :mod:`livingreview.analysis.actors`. Returns ``id``, ``name``,
    ``actor``, ``papers``, ``records``: for each topic its actors, papers descending, then name;
    the first ``top`` of them if given.
    """
    behind = records_by(_pairs(found).merge(actors[["record", "actor"]], on="record"),
                        ["id", "actor"])
    rows = []
    for topic in found.itertuples(index=False):
        own = [(actor, ids) for (topic_id, actor), ids in behind.items() if topic_id == topic.id]
        own.sort(key=lambda item: (-len(item[1]), item[0]))
        rows += [
            {
                "id": topic.id, "name": topic.name, "actor": actor, "papers": len(ids),
                "records": ids,
            }
            for actor, ids in own[:top]
        ]
    return pd.DataFrame(rows, columns=["id", "name", "actor", "papers", "records"])


def crossed(found: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Records that two sets of topics share, such as techniques and directions.

    Both from :func:`topic_records`. Returns ``a``, ``a_name``, ``b``, ``b_name``, ``papers``,
    ``records``: a row for every pair, with 0 where none is shared, in the order of the inputs.
    """
    rows = []
    sets = {topic.id: set(topic.records) for topic in other.itertuples(index=False)}
    for one in found.itertuples(index=False):
        for two in other.itertuples(index=False):
            ids = record_ids(sets[two.id].intersection(one.records))
            rows.append(
                {
                    "a": one.id, "a_name": one.name, "b": two.id, "b_name": two.name,
                    "papers": len(ids), "records": ids,
                }
            )
    return pd.DataFrame(rows, columns=["a", "a_name", "b", "b_name", "papers", "records"])


def by_technique(found: pd.DataFrame, techniques: pd.DataFrame, top: int | None = None):
    """Papers of each topic by technique: ``id``, ``name``, ``technique``, ``papers``, ``records``.

    ``techniques`` is :func:`topic_records` of the technique table. Techniques that a topic has no
    paper of are left out; papers descending, then the order of the technique table.
    """
    table = crossed(found, techniques)
    rows = []
    for topic in found.itertuples(index=False):
        own = table[(table["a"] == topic.id) & (table["papers"] > 0)]
        own = own.sort_values("papers", ascending=False, kind="stable")
        rows += [
            {
                "id": topic.id, "name": topic.name, "technique": row.b_name, "papers": row.papers,
                "records": row.records,
            }
            for row in own.head(len(own) if top is None else top).itertuples(index=False)
        ]
    return pd.DataFrame(rows, columns=["id", "name", "technique", "papers", "records"])


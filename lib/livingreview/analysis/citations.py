"""Citations: the papers of the corpus cited most, and the works that the corpus cites most."""

from __future__ import annotations

import pandas as pd

from livingreview.analysis.behind import competition_rank
from livingreview.select.normalise import normalise


def most_cited(dated: pd.DataFrame, top: int = 10) -> pd.DataFrame:
    """Papers of the corpus by citations as counted at harvest.

    Records without a count are left out. Returns ``rank`` (ties share the better rank), ``record``,
    ``title``, ``source_title``, ``year``, ``doi``, ``times_cited`` (Int64), ``records``; citations
    descending, then record id. Exactly ``top`` rows at most, even if the last is tied.
    """
    columns = ["record", "title", "source_title", "year", "doi", "times_cited"]
    known = dated.loc[dated["times_cited"].notna(), columns]
    table = known.sort_values(["times_cited", "record"], ascending=[False, True])
    table = table.head(top).reset_index(drop=True)
    table.insert(0, "rank", competition_rank(table["times_cited"].tolist()))
    table["records"] = pd.Series([(record,) for record in table["record"]], dtype="object")
    return table


def _work(row) -> str:
    if row.doi:
        return f"doi {row.doi}"
    if row.first_author and pd.notna(row.year) and (row.volume or row.page):
        author = normalise(row.first_author).replace("|", " ").split()
        return " ".join([author[0] if author else "", str(row.year), row.volume, row.page])
    return f"text {normalise(row.printed)}"


def most_cited_references(
    references: pd.DataFrame, dated: pd.DataFrame | None = None, top: int = 10
) -> pd.DataFrame:
    """Works that most papers of the corpus cite.

    Cited references are the same work if they print the same DOI; without one, if first author's
    family name, year, volume and page agree; without these, if the text does. A paper that prints
    a work twice cites it once.

    Returns
    -------
    DataFrame
        ``rank``, ``printed`` (the form printed most often), ``doi``, ``papers`` (that cite it),
        ``in_corpus`` (record id of the work if ``dated`` holds its DOI, else ``""``), ``records``
        (the citing ones); papers descending, then the printed form.
    """
    columns = ["rank", "printed", "doi", "papers", "in_corpus", "records"]
    if references.empty:
        return pd.DataFrame(columns=columns)
    table = references.assign(work=[_work(row) for row in references.itertuples(index=False)])
    papers = table.groupby("work")["record"].nunique()
    # Only works that can reach the list are looked at closely: there may be a million others.
    enough = papers.nlargest(top).min()
    close = table[table["work"].isin(papers.index[papers >= enough])]
    owners: dict[str, str] = {}
    if dated is not None:
        with_doi = dated[dated["doi"] != ""].sort_values("record", ascending=False)
        owners = dict(zip(with_doi["doi"], with_doi["record"], strict=True))
    rows = []
    for _, group in close.groupby("work"):
        forms = group["printed"].value_counts()
        doi = group["doi"].iloc[0]
        rows.append(
            {
                "printed": min(forms.index[forms == forms.max()]), "doi": doi,
                "papers": group["record"].nunique(), "in_corpus": owners.get(doi, ""),
                "records": tuple(sorted(set(group["record"]))),
            }
        )
    rows.sort(key=lambda row: (-row["papers"], row["printed"]))
    rows = rows[:top]
    for row, rank in zip(rows, competition_rank([row["papers"] for row in rows]), strict=True):
        row["rank"] = rank
    return pd.DataFrame(rows, columns=columns)

"""Themes: frequent keywords, the review's terms in the corpus, words that go together."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

import pandas as pd

from livingreview.analysis.behind import competition_rank, record_ids, records_by
from livingreview.select.expression import either_number
from livingreview.select.normalise import normalise
from livingreview.select.search import Searchable, matches

KINDS = ("author", "plus", "review")


def _folded(keywords: pd.DataFrame, kinds: Collection[str]) -> pd.DataFrame:
    table = keywords.loc[keywords["kind"].isin(kinds), ["record", "kind", "printed"]].copy()
    forms = {form: normalise(form) for form in table["printed"].unique()}
    table["key"] = table["printed"].map(forms).astype("str")
    return table[table["key"].str.strip("| ") != ""]


def _spelling(table: pd.DataFrame) -> dict[str, str]:
    """The form to show for each key: the most frequent, those in capitals by rule (plus) last."""
    count = table.groupby(["key", table["kind"] == "plus", "printed"], sort=True).size()
    best: dict[str, tuple] = {}
    for (key, capitals, printed), times in count.items():
        choice = (capitals, -times, printed)
        if key not in best or choice < best[key]:
            best[key] = choice
    return {key: choice[2] for key, choice in best.items()}


def keyword_frequency(
    keywords: pd.DataFrame, kinds: Collection[str] = KINDS, top: int | None = None
) -> pd.DataFrame:
    """Keywords by the number of papers that carry them.

    Forms that differ in case, hyphens or diacritics are one keyword, shown in its most frequent
    spelling (an author's before Keywords Plus, which are always printed in capitals; then the
    first by alphabet). A paper counts once for a keyword.

    Returns ``rank``, ``term``, ``papers``, ``share`` (% of the papers that have keywords of these
    kinds), ``records``; papers descending, then term.
    """
    table = _folded(keywords, kinds)
    shown, behind = _spelling(table), records_by(table, "key")
    known = max(table["record"].nunique(), 1)
    order = sorted(behind, key=lambda key: (-len(behind[key]), normalise(shown[key]), key))[:top]
    counts = [len(behind[key]) for key in order]
    return pd.DataFrame(
        {
            "rank": pd.Series(competition_rank(counts), dtype="int64"),
            "term": pd.Series([shown[key] for key in order], dtype="str"),
            "papers": pd.Series(counts, dtype="int64"),
            "share": pd.Series([100 * count / known for count in counts], dtype="float64"),
            "records": pd.Series([behind[key] for key in order], dtype="object"),
        }
    )


def themes_in_corpus(texts: pd.DataFrame | Searchable, themes: pd.DataFrame) -> pd.DataFrame:
    """Papers that speak of each term of the review, in title, abstract or keywords.

    A term is looked for as a phrase, in the singular and in the plural; see
    :func:`livingreview.select.expression.either_number`.

    Parameters
    ----------
    themes : DataFrame
        ``category`` and ``en`` (the term in English).

    Returns
    -------
    DataFrame
        ``category``, ``term``, ``papers`` (int64, 0 where none), ``share`` (% of all records),
        ``expression``, ``records``; categories in the order of ``themes``, papers descending.
    """
    ready = texts if isinstance(texts, Searchable) else Searchable.of(texts)
    total = max(len(ready.records), 1)
    rows = []
    for theme in themes.itertuples(index=False):
        expression = either_number(theme.en)
        ids = record_ids(matches(expression, ready)["record"])
        rows.append(
            {
                "category": theme.category, "term": theme.en, "papers": len(ids),
                "share": 100 * len(ids) / total, "expression": expression, "records": ids,
            }
        )
    place = {category: n for n, category in enumerate(dict.fromkeys(themes["category"]))}
    rows.sort(key=lambda row: (place[row["category"]], -row["papers"], row["term"]))
    columns = ["category", "term", "papers", "share", "expression", "records"]
    return pd.DataFrame(rows, columns=columns)


def co_words(
    keywords: pd.DataFrame, kinds: Collection[str] = KINDS, top: int = 30
) -> pd.DataFrame:
    """Pairs of the ``top`` keywords that stand together in papers.

    ``association`` is the association strength ``n c_ab / (c_a c_b)``: papers with both, over what
    chance alone would give; 1 means no association, n is the number of papers with keywords.
    (N. J. van Eck and L. Waltman, Journal of the American Society for Information Science and
    Technology 60, 1635, 2009; theirs without the constant n.)

    Returns ``a``, ``b``, ``papers``, ``association``, ``records``: pairs with at least one paper,
    papers descending, then names.
    """
    frequent = keyword_frequency(keywords, kinds, top)
    total = _folded(keywords, kinds)["record"].nunique()
    sets = {row.term: set(row.records) for row in frequent.itertuples(index=False)}
    rows = []
    for a, b in combinations(sorted(sets), 2):
        if both := sets[a] & sets[b]:
            strength = total * len(both) / (len(sets[a]) * len(sets[b]))
            rows.append(
                {
                    "a": a, "b": b, "papers": len(both), "association": strength,
                    "records": record_ids(both),
                }
            )
    rows.sort(key=lambda row: (-row["papers"], row["a"], row["b"]))
    return pd.DataFrame(rows, columns=["a", "b", "papers", "association", "records"])


def rising_terms(
    keywords: pd.DataFrame, dated: pd.DataFrame, years: int = 3, kinds: Collection[str] = KINDS,
    least: int = 5, partial_years: Collection[int] = (),
) -> pd.DataFrame:
    """Keywords whose share of papers rose or fell between two spans of ``years`` complete years.

    The later span ends with the last complete year that has papers, the earlier one ends where
    the later begins. Only keywords with at least ``least`` papers in both spans together.

    Returns
    -------
    DataFrame
        ``term``, ``before``, ``after`` (% of the papers with keywords in each span), ``change``
        (percentage points), ``papers`` (in both spans), ``first_year``, ``middle_year`` (the first
        of the later span), ``last_year``, ``records``; change descending, then term. No row if
        the complete years do not hold both spans, or one of them has no papers with keywords.
    """
    columns = [
        "term", "before", "after", "change", "papers", "first_year", "middle_year", "last_year",
        "records",
    ]
    known = dated.loc[dated["year"].notna() & ~dated["year"].isin(partial_years)]
    if known.empty:
        return pd.DataFrame(columns=columns)
    last = int(known["year"].max())
    middle, first = last - years + 1, last - 2 * years + 1
    held = set(_folded(keywords, kinds)["record"])
    year = {r: int(y) for r, y in zip(known["record"], known["year"], strict=True) if r in held}
    late = {record for record, when in year.items() if when >= middle}
    early = {record for record, when in year.items() if first <= when < middle}
    if int(known["year"].min()) > first or not late or not early:
        return pd.DataFrame(columns=columns)
    rows = []
    for term in keyword_frequency(keywords, kinds).itertuples(index=False):
        ids = [record for record in term.records if record in late or record in early]
        if len(ids) < least:
            continue
        before = 100 * sum(record in early for record in ids) / len(early)
        after = 100 * sum(record in late for record in ids) / len(late)
        rows.append(
            {
                "term": term.term, "before": before, "after": after, "change": after - before,
                "papers": len(ids), "first_year": first, "middle_year": middle,
                "last_year": last, "records": tuple(ids),
            }
        )
    rows.sort(key=lambda row: (-row["change"], row["term"]))
    return pd.DataFrame(rows, columns=columns)


"""The default corpus: the 52 works the review cites, with what its text says of each.

Nothing is added from outside: institutions, countries, techniques, materials, tasks and sections
are those that the review's own sentences give a work. A work without any has none.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from livingreview import facts
from livingreview.corpus import schema
from livingreview.facts.schema import TABLES as FACT_TABLES

NAME = "cited-works"
_SAID = ("technique", "material", "task")


@dataclass(frozen=True)
class _Statement:
    """What one row of facts says of one work."""

    work: str
    place: str
    institutions: tuple[tuple[str, str, str], ...] = ()  # English name, name as printed, country
    values: tuple[tuple[str, str], ...] = ()  # kind of assignment, value


def build() -> dict[str, pd.DataFrame]:
    """The cited works in the normal form of a corpus, one DataFrame for each table of the schema.

    Records are ``W01`` to ``W52`` in the order of their first reference number; ``line`` is the
    line of ``data/review/works.csv``. Authors are as printed, so at most three for a list that
    ends in "et al". An institution stands once per work, whatever number of sentences names it;
    its address is linked to no author, because the review does not say whose it is. Keywords of
    kind ``review`` are the techniques, materials and tasks the text gives the work, and the same
    values stand in ``assignments`` with their place, beside section and direction. Abstracts,
    DOIs, citation counts, categories and cited references are empty: the review prints none.

    Raises InputError where a table of facts is not what its sidecar and schema say.

    >>> build()["records"][["record", "source_title"]].iloc[0].tolist()
    ['W01', 'Computational and Theoretical Polymer Science']
    """
    works = facts.load("works")
    said = _statements()
    rows: dict[str, list[dict]] = {table: [] for table in schema.TABLES}
    for work, line in zip(works.to_dict("records"), facts.lines_of("works"), strict=True):
        rows["records"].append(_record(work, line))
        rows["authors"] += [
            {"record": work["work"], "position": position, "printed": name}
            for position, name in enumerate(facts.split(work["authors_printed"]), 1)
        ]
        mine = [s for s in said if s.work == work["work"]]
        rows["addresses"] += _addresses(work["work"], mine)
        rows["keywords"] += _keywords(work["work"], mine)
    rows["assignments"] = _sections() + _assignments(works["work"].tolist(), said)
    return {table: schema.frame(table, rows[table]) for table in schema.TABLES}


def _record(work: dict, line: int) -> dict:
    first, _, last = work["pages"].partition("-")
    is_article_number = work["pages_kind"] == "article number"
    return {
        "record": work["work"],
        "file": f"data/{FACT_TABLES['works'].path}",
        "line": line,
        "title": work["title"],
        "source_title": work["journal"],
        "issue_year": work["year"],
        "volume": work["volume"],
        "issue": work["issue"],
        "first_page": "" if is_article_number else first,
        "last_page": "" if is_article_number else last,
        "article_number": work["pages"] if is_article_number else "",
    }


def _statements() -> list[_Statement]:
    """What advances, highly cited papers and other mentions say, one entry per row and work."""
    references = facts.load("references")
    work_of = dict(zip(references["number"].astype(str), references["work"], strict=True))
    found = []
    for table in ("advances", "highly_cited", "mentions"):
        for row in facts.load(table).to_dict("records"):
            values = [(kind, v) for kind in _SAID for v in facts.split(row.get(kind, ""))]
            if "direction" in row:
                values.append(("direction", row["direction"]))
            for work in sorted({work_of[number] for number in facts.split(row["references"])}):
                found.append(_Statement(work, row["place"], _institutions(row), tuple(values)))
    return found


def _institutions(row: dict) -> tuple[tuple[str, str, str], ...]:
    english = facts.split(row.get("institution_en", ""))
    printed = facts.split(row.get("institution_zh", ""))
    countries = facts.split(row.get("country", "")) or [""] * len(english)
    return tuple(zip(english, printed, countries, strict=True))


def _addresses(work: str, said: list[_Statement]) -> list[dict]:
    by_name: dict[str, tuple[str, str]] = {}
    for statement in said:
        for english, printed, country in statement.institutions:
            by_name.setdefault(english, (printed, country))
    return [
        {
            "record": work,
            "position": position,
            "role": "author",
            "printed": printed,
            "organisation_printed": printed,
            "institution": english,
            "country": country,
        }
        for position, (english, (printed, country)) in enumerate(sorted(by_name.items()), 1)
    ]


def _keywords(work: str, said: list[_Statement]) -> list[dict]:
    terms = dict.fromkeys(
        value
        for kind in _SAID
        for statement in said
        for k, value in statement.values
        if k == kind
    )
    return [
        {"record": work, "kind": "review", "position": position, "printed": term}
        for position, term in enumerate(terms, 1)
    ]


def _sections() -> list[dict]:
    references = facts.load("references")
    scholarly = references[references["kind"] == "scholarly"].sort_values("number")
    places: dict[tuple[str, str], list[int]] = {}
    for row in scholarly.to_dict("records"):
        for section in facts.split(row["cited_in"]):
            places.setdefault((row["work"], section), []).append(row["number"])
    return [
        {
            "record": work,
            "kind": "section",
            "value": section,
            "place": f"section {section}, cited as {', '.join(f'[{n}]' for n in numbers)}",
        }
        for (work, section), numbers in sorted(places.items())
    ]


def _assignments(works: list[str], said: list[_Statement]) -> list[dict]:
    found = [
        {"record": s.work, "kind": kind, "value": value, "place": s.place}
        for s in said
        for kind, value in s.values
    ]
    order = {work: position for position, work in enumerate(works)}
    return sorted(found, key=lambda r: (order[r["record"]], r["kind"], r["value"], r["place"]))

"""What each table of facts must hold: columns, types, allowed values, references between tables.

What a column means in words stands once, in the sidecar of its file.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT, INTEGER, AMOUNT = "str", "Int64", "Float64"


@dataclass(frozen=True)
class Column:
    """One column and what is demanded of its cells.

    ``many`` cells hold values joined by "; ", each ``distinct`` unless said otherwise;
    ``allowed`` and ``pattern`` (a full match) hold for each of them. ``refers`` is the
    (table, column) where each value must occur. ``along`` names another list column with which
    this one runs in parallel, value by value.
    """

    name: str
    dtype: str = TEXT
    required: bool = True
    many: bool = False
    distinct: bool = True
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    refers: tuple[str, str] | None = None
    along: str = ""


@dataclass(frozen=True)
class Table:
    """A CSV file: its path below ``data/``, the columns that make its key, all columns in order."""

    path: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


ALPHA3 = r"[A-Z]{3}"
YEAR = r"(19|20)\d\d"
SECTION = r"[0-4](\.\d){0,2}"
PLACE = Column("place")
NOTE = Column("note", required=False)
SAID = ("reported", "not available")

TECHNIQUES = (
    "machine learning", "supervised learning", "deep learning", "neural network",
    "graph neural network", "random forest", "regression", "ensemble learning",
    "genetic algorithm", "transfer learning", "multi-task learning", "language model",
    "machine-learned potential", "Bayesian optimisation", "molecular design algorithm",
    "laboratory automation",
)  # fmt: skip
MATERIALS = (
    "metal-organic framework", "catalyst", "alloy", "high-entropy alloy", "inorganic material",
    "inorganic complex", "polymer", "thermoelectric material", "selenide", "ceramic",
    "two-dimensional material", "half-Heusler compound", "amorphous carbon", "perovskite",
    "battery material",
)  # fmt: skip


def _year(name: str, required: bool = False) -> Column:
    return Column(name, INTEGER, required=required, pattern=YEAR)


def _references(required: bool = True) -> Column:
    return Column("references", required=required, many=True, refers=("references", "number"))


def _list(name: str, required: bool = True, **more) -> Column:
    return Column(name, required=required, many=True, **more)


def _review(name: str, key: str | tuple[str, ...], *columns: Column | str) -> Table:
    return _table(f"review/{name}.csv", key, columns)


def _table(path: str, key: str | tuple[str, ...], columns: tuple[Column | str, ...]) -> Table:
    return Table(
        path,
        (key,) if isinstance(key, str) else key,
        tuple(Column(c) if isinstance(c, str) else c for c in columns),
    )


TABLES: dict[str, Table] = {
    "programmes": _review(
        "programmes", "id",
        Column("id", pattern=r"(nsf|eu|uk|japan)-[1-9]"),
        Column("country", allowed=("United States", "European Union", "United Kingdom", "Japan")),
        "funder", "funder_zh", Column("programme", required=False), "name_en", "name_zh",
        _list("lead_en", required=False), _list("lead_zh", required=False, along="lead_en"),
        Column("amount", AMOUNT, required=False),
        Column("currency", required=False, allowed=("USD", "EUR", "GBP")),
        Column("amount_precision", allowed=("exact", "approximate", "at least", "not available")),
        Column("amount_printed", required=False),
        _year("start_year"), _year("end_year"), _year("second_start_year"),
        _year("second_end_year"),
        Column("status", required=False,
               allowed=("to date", "from", "founded", "launched", "announced")),
        "ai_content", _references(required=False), PLACE, NOTE,
    ),
    "reported": _review(
        "reported", "key", "key",
        Column("kind", allowed=(
            "total", "range", "harvest", "first year", "turning point", "yearly papers",
            "country papers", "institution papers", "term frequency", "period")),
        Column("rank", INTEGER, required=False), Column("subject_en", required=False),
        Column("subject_zh", required=False), Column("country", required=False, pattern=ALPHA3),
        Column("value", INTEGER, required=False),
        Column("unit", allowed=("papers", "year", "month", "occurrences", "years")),
        Column("availability", allowed=SAID), Column("printed", required=False), PLACE, NOTE,
    ),
    "table4": _review(
        "table4", ("row_en", "column_en"),
        "row_en", "row_zh", "column_en", "column_zh", Column("papers", INTEGER, required=False),
        Column("availability", allowed=SAID), PLACE,
    ),
    "themes": _review(
        "themes", "id", Column("id", pattern=r"theme-[1-5]-\d\d"),
        Column("category", allowed=(
            "AI techniques", "Materials", "Structural chemistry", "Thermodynamics", "Kinetics")),
        "category_zh", "en", "zh",
        Column("subgroup", required=False, allowed=("material", "property")), PLACE, NOTE,
    ),
    "directions": _review(
        "directions", "id", Column("id", pattern=r"direction-[a-z]+"),
        Column("section", pattern=SECTION), "name_en", "name_zh", "claim", PLACE,
    ),
    "advances": _review(
        "advances", "id", Column("id", pattern=r"advance-\d\d"),
        Column("section", pattern=SECTION, refers=("directions", "section")),
        Column("direction", refers=("directions", "id")),
        _list("institution_en"), _list("institution_zh", along="institution_en"),
        _list("country", required=False, distinct=False, pattern=ALPHA3, along="institution_en"),
        _list("technique", allowed=TECHNIQUES), _list("material", False, allowed=MATERIALS),
        _list("task"), "result", _references(required=False), PLACE, NOTE,
    ),
    "highly_cited": _review(
        "highly_cited", "id", Column("id", pattern=r"institution-\d\d"),
        "institution_en", "institution_zh", Column("country", pattern=ALPHA3),
        Column("grouped_as", allowed=(
            "United States", "Europe and United Kingdom", "Japan", "China")),
        _references(), PLACE, NOTE,
    ),
    "mentions": _review(
        "mentions", "id", Column("id", pattern=r"mention-\d\d"), _references(),
        _list("technique", False, allowed=TECHNIQUES), _list("material", False, allowed=MATERIALS),
        _list("task"), Column("section", pattern=SECTION), PLACE, NOTE,
    ),
    "challenges": _review(
        "challenges", "id", Column("id", pattern=r"challenge-[a-z0-9-]+"),
        Column("number", INTEGER), "name_en", "name_zh", "claim", "way_out", _references(), PLACE,
        NOTE,
    ),
    "research_questions": _review(
        "research_questions", "id", Column("id", pattern=r"question-[1-4]"),
        Column("number", INTEGER), "question_en", "question_zh", PLACE,
    ),
    "tools": _review(
        "tools", "id", "id", Column("kind", allowed=("database", "journal", "tool", "screening")),
        "name_en", "name_zh", "use", PLACE,
    ),
    "taxonomy": _review(
        "taxonomy", "term_en", "term_en", "term_zh",
        Column("parent", required=False, refers=("taxonomy", "term_en")), PLACE, NOTE,
    ),
    "references": _review(
        "references", "number", Column("number", INTEGER),
        Column("kind", allowed=("web", "scholarly")), _list("authors", distinct=False),
        Column("et_al", allowed=("yes", "no")), "title", Column("journal", required=False),
        _year("year"), Column("volume", required=False), Column("issue", required=False),
        Column("pages", required=False), Column("url", required=False, pattern=r"https://\S+"),
        Column("accessed", required=False, pattern=r"\d{4}-\d\d-\d\d"),
        Column("work", required=False, refers=("works", "work")), _list("cited_in"), "printed",
        PLACE, NOTE,
    ),
    "works": _review(
        "works", "work", Column("work", pattern=r"W\d\d"), _references(),
        Column("printed_as", INTEGER, refers=("references", "number")),
        _list("authors_printed", distinct=False),
        Column("et_al", allowed=("yes", "no")), "title", "journal", _year("year", required=True),
        "volume", Column("issue", required=False), "pages",
        Column("pages_kind", allowed=("range", "first page", "article number")),
        _list("sections"), PLACE, NOTE,
    ),
    "oddities": _review(
        "oddities", "id", Column("id", pattern=r"oddity-\d\d"),
        Column("kind", allowed=(
            "reference", "table", "number", "name", "query", "method", "omission")),
        PLACE, "printed", "problem", "decision",
    ),
    "frontiers": _table(
        "editorial/frontiers.csv", "id",
        (
            Column("id", pattern=r"frontier-[a-z-]+"), Column("item", INTEGER, pattern=r"[1-7]"),
            _list("team_en"), _list("team_zh", along="team_en"), "institution_en",
            "institution_zh", Column("country", pattern=ALPHA3), "system", "method", "claim",
            PLACE,
        ),
    ),
}  # fmt: skip

"""How each column of a table is headed and written; the one list of column kinds."""

from __future__ import annotations

from livingreview.words import say

KINDS = {
    "year": "year", "first_year": "year", "last_year": "year", "start_year": "year",
    "end_year": "year", "issue_year": "year",
    "annual_growth": "percent", "loglinear_growth": "percent", "loglinear_low": "percent",
    "loglinear_high": "percent", "doubling_years": "decimal", "slope_before": "decimal",
    "slope_after": "decimal", "answered_in": "pages", "page": "pages", "fractional": "decimal",
    "share": "percent", "growth": "percent", "growth_low": "percent", "growth_high": "percent",
    "with_share": "percent", "before": "decimal", "after": "decimal", "change": "decimal",
    "middle_year": "year",
    "reference": "citations", "references": "citations",
    "url": "url", "amount": "count",
    "strength": "decimal", "association": "decimal",
}  # fmt: skip


def kind_of(column: str) -> str:
    """The kind of a column by its name; ``""`` lets the value decide."""
    return KINDS.get(column, "")


UNITS = {"percent": "percent", "year": "year", "decimal": "ratio"}


def unit_of(column: str) -> str:
    """The unit of a number in a column, for the ledger: papers unless its kind says otherwise."""
    if column in ("advances", "institutions", "works", "terms", "programmes"):
        return column
    return UNITS.get(kind_of(column), "years" if column == "doubling_years" else "papers")


def head_of(column: str) -> str:
    """The printed head of a column, from the catalogue."""
    return say(f"labels.columns.{column}")

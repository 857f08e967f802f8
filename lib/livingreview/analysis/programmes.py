"""Funding programmes of the review: by country, in the currency given and in one currency."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def in_one_currency(programmes: pd.DataFrame, rates: Mapping[str, float]) -> pd.DataFrame:
    """Add ``amount_usd``: the amount times the rate of its currency.

    Parameters
    ----------
    programmes : DataFrame
        The facts, with ``amount`` (Float64, units of ``currency``) and ``currency``.
    rates : mapping of currency to US dollars for one unit
        Nominal rates of one year; neither inflation nor purchasing power is corrected for.

    Returns
    -------
    DataFrame
        A copy with ``amount_usd`` (Int64, US dollars, rounded to thousands; <NA> where no amount
        is printed).

    Raises
    ------
    KeyError
        For a currency without a rate.
    """
    table = programmes.copy()
    known = table["amount"].notna()
    rate = table.loc[known, "currency"].map(lambda c: rates[c]).astype("float64")
    dollars = (table.loc[known, "amount"].astype("float64") * rate / 1000).round() * 1000
    table["amount_usd"] = dollars.astype("int64").reindex(table.index).astype("Int64")
    return table


def by_country(programmes: pd.DataFrame) -> pd.DataFrame:
    """Programmes and money by country, in the order of the review.

    Returns ``country``, ``programmes`` (int64), ``with_amount`` (int64, how many print one) and
    ``amount_usd`` (Int64, sum of those; a lower bound of what the country spends).
    """
    groups = programmes.groupby("country", sort=False)
    table = groups.agg(
        programmes=("id", "size"), with_amount=("amount_usd", "count"), amount_usd=("amount_usd", "sum")
    ).reset_index()
    table.loc[table["with_amount"] == 0, "amount_usd"] = pd.NA
    return table.astype({"programmes": "int64", "with_amount": "int64", "amount_usd": "Int64"})


def periods(programmes: pd.DataFrame) -> pd.DataFrame:
    """Periods with a start year, a row each; a second funding period gets a row of its own.

    Returns ``label`` (str, unique), ``country``, ``start_year``, ``end_year`` (Int64; <NA> where
    the source leaves the end open); by start year, then label.
    """
    columns = {"second_start_year": "start_year", "second_end_year": "end_year"}
    first = programmes[["id", "name_en", "country", "start_year", "end_year"]]
    second = programmes[["id", "name_en", "country", *columns]].rename(columns=columns)
    table = pd.concat([first, second])
    table = table[table["start_year"].notna()].rename(columns={"name_en": "label"})
    table = table.sort_values(["start_year", "id"], kind="stable").reset_index(drop=True)
    return table[["id", "label", "country", "start_year", "end_year"]]


def written_amounts(programmes: pd.DataFrame) -> list[str]:
    """Currency and amount of each programme, ``""`` where none is printed.

    >>> table = pd.DataFrame({"currency": ["EUR", ""], "amount": pd.array([8500000.0, None], "Float64")})
    >>> written_amounts(table)
    ['EUR 8,500,000', '']
    """
    pairs = zip(programmes["currency"], programmes["amount"], strict=True)
    return ["" if pd.isna(amount) else f"{currency} {amount:,.0f}" for currency, amount in pairs]


def written_periods(programmes: pd.DataFrame) -> list[str]:
    """Years of each programme, both periods where there are two, an open end left open.

    >>> columns = ["start_year", "end_year", "second_start_year", "second_end_year"]
    >>> table = pd.DataFrame([[2015, 2018, 2020, 2024], [2015, None, None, None]], columns=columns, dtype="Int64")
    >>> written_periods(table)
    ['2015\u20132018, 2020\u20132024', '2015\u2013']
    """
    columns = ["start_year", "end_year", "second_start_year", "second_end_year"]
    written = []
    for years in programmes[columns].itertuples(index=False, name=None):
        first, end, again, second_end = ("" if pd.isna(year) else str(year) for year in years)
        spans = [f"{a}\u2013{b}" for a, b in ((first, end), (again, second_end)) if a]
        written.append(", ".join(spans))
    return written

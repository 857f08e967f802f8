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

"""Money and periods of funding programmes, against amounts that the review prints."""

import pandas as pd
import pytest

from livingreview.analysis.programmes import by_country, in_one_currency, periods

# Annual averages of 2024: US dollars for one unit.
RATES = {"USD": 1.0, "EUR": 1.0824, "GBP": 1.2785}


def money(*rows):
    table = pd.DataFrame(rows, columns=["id", "country", "amount", "currency"])
    return table.astype({"amount": "Float64", "currency": "str"})


# As printed: MaX 850 万欧元, AI4EU 2067 万欧元, accelerated discovery 665.06 万英镑, MIP 2022 万美元;
# the AIchemy centre prints no amount.
PRINTED = money(
    ("mip", "United States", 20_220_000, "USD"), ("max", "European Union", 8_500_000, "EUR"),
    ("aichemy", "United Kingdom", pd.NA, ""), ("ai4eu", "European Union", 20_670_000, "EUR"),
    ("discovery", "United Kingdom", 6_650_600, "GBP"), ("jst", "Japan", pd.NA, ""),
)  # fmt: skip


def test_amounts_are_multiplied_by_the_rate_and_rounded_to_thousands():
    # 8,500,000 * 1.0824 = 9,200,400; 20,670,000 * 1.0824 = 22,373,208; 6,650,600 * 1.2785 = 8,502,792.1
    table = in_one_currency(PRINTED, RATES)
    assert table["amount_usd"].dtype == "Int64"
    assert table["amount_usd"].tolist() == [20_220_000, 9_200_000, pd.NA, 22_373_000, 8_503_000, pd.NA]
    assert table["amount"].tolist() == PRINTED["amount"].tolist()
    assert "amount_usd" not in PRINTED


def test_rounding_goes_to_the_nearest_thousand_both_ways():
    table = in_one_currency(money(("a", "X", 1_499, "USD"), ("b", "X", 1_501, "USD"), ("c", "X", 400, "USD")), RATES)
    assert table["amount_usd"].tolist() == [1_000, 2_000, 0]


def test_a_currency_without_a_rate_is_refused():
    with pytest.raises(KeyError, match="JPY"):
        in_one_currency(money(("a", "Japan", 5, "JPY")), RATES)


def test_by_country_sums_the_amounts_printed_in_the_order_of_the_review():
    table = by_country(in_one_currency(PRINTED, RATES))
    assert table.columns.tolist() == ["country", "programmes", "with_amount", "amount_usd"]
    # 9,200,000 + 22,373,000; a country that prints no amount has an unknown sum, not none.
    assert table.values.tolist() == [
        ["United States", 1, 1, 20_220_000],
        ["European Union", 2, 2, 31_573_000],
        ["United Kingdom", 2, 1, 8_503_000],
        ["Japan", 1, 0, pd.NA],
    ]
    assert table.dtypes[["programmes", "with_amount", "amount_usd"]].astype(str).tolist() == ["int64", "int64", "Int64"]


def test_periods_are_one_row_each_by_start_and_without_a_start_none():
    # NOMAD 2015-2018 and its centre of excellence 2020-2024; JST 2015 until today; MIP prints no year.
    columns = ["id", "name_en", "country", "start_year", "end_year", "second_start_year", "second_end_year"]
    rows = [
        ("mip", "MIP", "United States", pd.NA, pd.NA, pd.NA, pd.NA),
        ("max", "MaX", "European Union", 2018, 2022, pd.NA, pd.NA),
        ("nomad", "NOMAD", "European Union", 2015, 2018, 2020, 2024),
        ("jst", "Information integration", "Japan", 2015, pd.NA, pd.NA, pd.NA),
    ]
    years = dict.fromkeys(columns[3:], "Int64")
    table = periods(pd.DataFrame(rows, columns=columns).astype(years))
    assert table.columns.tolist() == ["id", "label", "country", "start_year", "end_year"]
    assert table.values.tolist() == [
        ["jst", "Information integration", "Japan", 2015, pd.NA],
        ["nomad", "NOMAD", "European Union", 2015, 2018],
        ["max", "MaX", "European Union", 2018, 2022],
        ["nomad", "NOMAD", "European Union", 2020, 2024],
    ]

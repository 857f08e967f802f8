"""Papers over time, against answers worked out on paper."""

import math

import pandas as pd
import pytest

from livingreview.analysis.time import (
    cumulative, growth, papers_per_year, student_t_quantile, turning_points,
)  # fmt: skip


def per_year(counts, first=2000, partial=()):
    years = [first + n for n, count in enumerate(counts) for _ in range(count)]
    dated = pd.DataFrame({"record": [f"r{n:05d}" for n in range(len(years))],
                          "year": pd.array(years, dtype="Int64")})  # fmt: skip
    return papers_per_year(dated, partial)


def test_every_year_between_first_and_last_has_a_row():
    dated = pd.DataFrame(
        {"record": ["r3", "r1", "r2", "r4"], "year": pd.array([2003, 2001, 2003, None], dtype="Int64")}
    )
    table = papers_per_year(dated, (2003, 1990))
    assert table.to_dict("list") == {
        "year": [2001, 2002, 2003], "papers": [1, 0, 2], "partial": [False, False, True],
        "records": [("r1",), (), ("r2", "r3")],
    }  # fmt: skip
    assert list(cumulative(table)["papers"]) == [1, 1, 3]
    assert cumulative(table)["records"].iloc[2] == ("r1", "r2", "r3")


def test_no_dated_record_gives_no_year():
    dated = pd.DataFrame({"record": ["r1"], "year": pd.array([None], dtype="Int64")})
    assert papers_per_year(dated).empty
    assert growth(papers_per_year(dated)).empty
    assert turning_points(papers_per_year(dated)).empty


def test_doubling_every_year_is_a_growth_of_100_percent():
    row = growth(per_year([10, 20, 40, 80, 160, 5], first=2010, partial=(2015,))).iloc[0]
    assert (row.first_year, row.last_year, row.years) == (2010, 2014, 5)
    assert (row.first_papers, row.last_papers) == (10, 160)
    for value in (row.annual_growth, row.loglinear_growth, row.loglinear_low, row.loglinear_high):
        assert value == pytest.approx(100)
    assert row.doubling_years == pytest.approx(1)
    assert len(row.records) == 310


def test_growth_with_scatter():
    # ln(papers) = 0, L, L, L, 2L with L = ln 2, years -2 to 2 about their mean: slope
    # (-1 L + 1 L + 2 * 2 L) / 10 = 0.4 L; residuals -0.2, 0.4, 0, -0.4, 0.2 L, their squares sum to
    # 0.4 L^2; the error of the slope is L sqrt(0.4 / 3 / 10), and t(3) = 3.182446.
    row = growth(per_year([1, 2, 2, 2, 4])).iloc[0]
    margin = 3.182446 * math.sqrt(0.4 / 30)
    assert row.annual_growth == pytest.approx(100 * (4**0.25 - 1))
    assert row.loglinear_growth == pytest.approx(100 * (2**0.4 - 1))
    assert row.loglinear_low == pytest.approx(100 * (2 ** (0.4 - margin) - 1), abs=1e-3)
    assert row.loglinear_high == pytest.approx(100 * (2 ** (0.4 + margin) - 1), abs=1e-3)
    assert row.doubling_years == pytest.approx(2.5)


def test_years_without_papers_are_left_out_and_counted():
    row = growth(per_year([1, 0, 4, 8, 16, 32])).iloc[0]
    assert (row.years, row.years_without_papers) == (5, 1)
    assert row.loglinear_growth == pytest.approx(100)


def test_output_that_shrinks_does_not_double():
    row = growth(per_year([16, 8, 4, 2, 1])).iloc[0]
    assert row.annual_growth == pytest.approx(-50)
    assert math.isnan(row.doubling_years)


def test_four_complete_years_say_nothing_of_growth():
    assert growth(per_year([1, 2, 4, 8, 16], partial=(2004,))).empty


@pytest.mark.parametrize(
    ("freedom", "printed"), [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (8, 2.306), (30, 2.042)]
)
def test_student_quantiles_as_tabulated(freedom, printed):
    assert student_t_quantile(0.975, freedom) == pytest.approx(printed, abs=5e-4)


def test_a_steady_growth_has_no_turning_point():
    # papers + 1 = 2, 4, 8, ...
    assert turning_points(per_year([2**n - 1 for n in range(1, 12)])).empty


def test_one_turning_point():
    # papers + 1 stays 4 to 2006, then doubles every year.
    table = turning_points(per_year([3] * 7 + [2**n - 1 for n in range(3, 9)]))
    assert list(table["year"]) == [2006]
    assert table["slope_before"].iloc[0] == pytest.approx(0, abs=1e-9)
    assert table["slope_after"].iloc[0] == pytest.approx(math.log(2))
    assert len(table["records"].iloc[0]) == 7 * 3 + 7 + 15 + 31 + 63 + 127 + 255


def test_two_turning_points_and_the_partial_year_left_out():
    # papers + 1: 4 to 2004, doubling to 128 in 2009, then constant; 2015 is cut short.
    counts = [3] * 5 + [7, 15, 31, 63, 127] + [127] * 5 + [1]
    table = turning_points(per_year(counts, partial=(2015,)))
    assert list(table["year"]) == [2004, 2009]
    assert table["slope_after"].tolist() == pytest.approx([math.log(2), 0], abs=1e-9)


def test_six_years_are_too_few_for_a_turning_point():
    assert turning_points(per_year([1, 1, 1, 50, 100, 200])).empty

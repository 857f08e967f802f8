"""Date ranges: to the month, early access, undated records, partial years."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingreview.corpus.schema import empty, frame
from livingreview.errors import InputError
from livingreview.select.window import Window, cut, date_records, partial_years


def tables(*rows):
    records = frame("records", [{"record": f"r{n}", **row} for n, row in enumerate(rows, start=1)])
    keywords = frame(
        "keywords", [{"record": record, "kind": "author", "position": 1, "printed": "alloy"}
                     for record in records["record"]]
    )  # fmt: skip
    return {"records": records, "keywords": keywords}


def issued(year, month=None):
    return {"issue_year": year, "issue_month": month}


@pytest.mark.parametrize("text", ["2016", "2016-00", "2016-13", "2016/01", "16-01", "2016-1", " "])
def test_a_month_is_written_in_one_way(text):
    with pytest.raises(InputError, match="--to"):
        Window.parse("", text)


def test_a_reversed_range_is_refused_and_a_single_month_is_not():
    with pytest.raises(InputError, match="not after --to 2016-01"):
        Window.parse("2016-02", "2016-01")
    assert Window.parse("2016-01", "2016-01").first == (2016, 1)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (issued(2020, 5), (2020, 5)),
        (issued(2020), (2020, None)),
        ({"early_year": 2021, "early_month": 3}, (2021, 3)),
        # Final publication goes before early access ...
        ({**issued(2022, 1), "early_year": 2021, "early_month": 11}, (2022, 1)),
        # ... and a missing month is filled only for a record still in early access, same year.
        ({**issued(2021), "early_year": 2021, "early_month": 6}, (2021, None)),
        (
            {**issued(2021), "early_year": 2021, "early_month": 6,
             "document_types": "Article; Early Access"},
            (2021, 6),
        ),
        (
            {**issued(2022), "early_year": 2021, "early_month": 6,
             "document_types": "Article; Early Access"},
            (2022, None),
        ),
        ({}, (None, None)),
    ],
)  # fmt: skip
def test_the_date_of_a_record(row, expected):
    dated = date_records(tables(row)["records"]).iloc[0]
    found = [None if value is None or value != value else value for value in
             dated[["year", "month"]].astype(object).where(dated[["year", "month"]].notna(), None)]
    assert tuple(found) == expected


def test_both_ends_of_a_range_are_included_to_the_month():
    corpus = tables(issued(2015, 12), issued(2016, 1), issued(2016, 3), issued(2018, 9), issued(2018, 10))
    selection = cut(corpus, Window.parse("2016-01", "2018-09"))
    assert selection.kept == ("r2", "r3", "r4")
    assert selection.outside == ("r1", "r5")
    assert selection.covered == ("2015-12", "2018-10")
    assert list(selection.tables["keywords"]["record"]) == ["r2", "r3", "r4"]


def test_a_record_without_month_in_a_year_that_is_cut_is_kept_and_counted():
    corpus = tables(issued(2016), issued(2017), issued(2018), issued(2018, 10))
    selection = cut(corpus, Window.parse("2016-02", "2018-09"))
    assert selection.kept == ("r1", "r2", "r3")
    assert selection.without_month == ("r1", "r3")
    whole_years = cut(corpus, Window.parse("2016-01", "2018-12"))
    assert whole_years.without_month == ()


def test_undated_records_stay_without_a_range_and_stand_apart_with_one():
    corpus = tables({}, issued(2020, 1))
    assert cut(corpus, Window()).kept == ("r1", "r2")
    selection = cut(corpus, Window.parse("2019-01"))
    assert (selection.kept, selection.undated) == (("r2",), ("r1",))
    assert list(selection.tables["records"]["record"]) == ["r2"]


def test_an_empty_range_says_what_the_corpus_covers():
    with pytest.raises(InputError, match="from 1999-04 to 2001"):
        cut(tables(issued(1999, 4), issued(2001)), Window.parse("2010-01", "2011-12"))


def test_an_empty_corpus_is_refused():
    with pytest.raises(InputError, match="at least one record"):
        cut({"records": empty("records")}, Window())


@pytest.mark.parametrize(
    ("bounds", "harvest", "expected"),
    [
        (("", ""), "", (2023,)),  # last record of the corpus is of September 2023
        (("2020-01", "2022-12"), "", ()),
        (("2020-02", "2022-11"), "", (2020, 2022)),
        (("", ""), "2023-12", ()),
        (("", ""), "2022-06", (2022, 2023)),  # issues dated ahead of the harvest
        (("", "2023-12"), "", (2023,)),
        (("2030-02", ""), "2023-12", ()),  # no year of the corpus
    ],
)
def test_years_cut_short_by_the_range_or_the_harvest(bounds, harvest, expected):
    dated = date_records(tables(issued(2019, 3), issued(2022, 12), issued(2023, 9))["records"])
    assert partial_years(dated, Window.parse(*bounds), harvest) == expected


def test_a_last_year_is_whole_with_a_december_and_unknown_without_months():
    december = date_records(tables(issued(2022, 12))["records"])
    assert partial_years(december, Window()) == ()
    monthless = date_records(tables(issued(2022))["records"])
    assert partial_years(monthless, Window()) == (2022,)


months = st.tuples(st.integers(2000, 2005), st.integers(1, 12))


@settings(deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.none() | st.integers(2000, 2005), st.none() | st.integers(1, 12)), min_size=1,
        max_size=12,
    ),
    ends=st.lists(months, min_size=2, max_size=2).map(sorted),
)
def test_every_record_is_in_or_out_or_undated(rows, ends):
    window = Window(*ends)
    try:
        selection = cut(tables(*(issued(*row) for row in rows)), window)
    except InputError:
        assert not any(y and window.first <= (y, m) <= window.last for y, m in rows if m)
        return
    groups = [set(selection.kept), set(selection.outside), set(selection.undated)]
    assert selection.total == len(rows) == sum(map(len, groups)) == len(set.union(*groups))
    for n, (year, month) in enumerate(rows, start=1):
        if year and month:
            assert (f"r{n}" in groups[0]) == (window.first <= (year, month) <= window.last)

"""A chapter draws a course over time only where it means something."""

import pandas as pd
import pytest

from livingreview.book.chapter import Chapter
from livingreview.corpus.ledger import Ledger
from livingreview.corpus.schema import TABLES, empty, frame
from livingreview.corpus.store import Corpus
from livingreview.select.window import Window


@pytest.fixture
def chapter(tmp_path):
    def make(corpus):
        saved = Ledger(tables=dict.fromkeys(TABLES, "0" * 64))
        records = frame("records", [{"record": "r1", "issue_year": 2020}])
        tables = {name: empty(name) for name in TABLES} | {"records": records}
        return Chapter("time", Corpus(tables, saved), corpus, Window(), "en", tmp_path)

    return make


def papers(*rows):
    return pd.DataFrame(rows, columns=["year", "papers", "actor"])


SIX = papers(*[(year, 3, "CHN") for year in range(2016, 2022)])


def test_six_years_with_papers_are_shown_whole(chapter):
    pd.testing.assert_frame_equal(chapter("exports").over_time(SIX), SIX)


def test_works_that_were_chosen_have_no_course(chapter):
    shown = chapter("cited-works").over_time(SIX)
    assert shown.empty
    assert shown.columns.tolist() == ["year", "papers", "actor"]


def test_five_years_are_too_few(chapter):
    shown = chapter("exports").over_time(SIX.iloc[1:])
    assert shown.empty
    assert shown.columns.tolist() == ["year", "papers", "actor"]


def test_a_year_counts_once_and_only_with_papers(chapter):
    twice = papers(*[(year, 3, actor) for year in range(2016, 2021) for actor in ("CHN", "USA")])
    with_gap = papers(*SIX.iloc[1:].values.tolist(), (2022, 0, "CHN"))
    assert (len(twice), len(with_gap)) == (10, 6)
    assert chapter("exports").over_time(twice).empty
    assert chapter("exports").over_time(with_gap).empty


def test_years_without_papers_stay_in_a_course_that_is_long_enough(chapter):
    table = papers(*SIX.values.tolist(), (2022, 0, "CHN"))
    assert chapter("exports").over_time(table)["year"].tolist() == list(range(2016, 2023))


def test_an_empty_frame_stays_empty(chapter):
    assert chapter("exports").over_time(papers()).empty

"""Keywords and themes, against answers worked out on paper."""

import pandas as pd
import pytest

from livingreview.analysis.texts import texts
from livingreview.analysis.themes import (
    co_words, keyword_frequency, rising_terms, themes_in_corpus,
)  # fmt: skip
from livingreview.corpus.schema import frame


def keywords(**by_record):
    """Author keywords in lower or mixed case; those wholly in capitals are Keywords Plus."""
    return frame(
        "keywords",
        [
            {"record": record, "position": n, "printed": word,
             "kind": "plus" if word.isupper() else "author"}
            for record, words in by_record.items() for n, word in enumerate(words.split("; "), 1)
        ],
    )  # fmt: skip


WORDS = keywords(
    r1="Machine learning; Alloy", r2="machine-learning; alloy", r3="Machine learning; steel",
    r4="MACHINE LEARNING; MECHANICAL-PROPERTIES", r5="MACHINE-LEARNING", r6="MACHINE-LEARNING",
)  # fmt: skip


def test_spellings_of_a_keyword_are_one():
    table = keyword_frequency(WORDS)
    assert table[["rank", "term", "papers"]].values.tolist() == [
        [1, "Machine learning", 6],  # printed so twice by authors, though MACHINE-LEARNING is as frequent
        [2, "Alloy", 2], [3, "MECHANICAL-PROPERTIES", 1], [3, "steel", 1],
    ]  # fmt: skip
    assert table["share"].iloc[1] == pytest.approx(100 * 2 / 6)
    assert table["records"].iloc[1] == ("r1", "r2")


def test_kinds_of_keywords_and_the_length_of_the_list_can_be_chosen():
    table = keyword_frequency(WORDS, ("author",), top=1)
    assert table[["term", "papers", "share"]].values.tolist() == [["Machine learning", 3, 100.0]]


def test_a_keyword_given_twice_by_a_record_counts_once():
    assert keyword_frequency(keywords(r1="Alloy; ALLOY"))["papers"].tolist() == [1]


def test_words_that_go_together():
    # n = 6 papers; machine learning 6, alloy 2, both 2: 6 * 2 / (6 * 2) = 1, as by chance.
    table = co_words(WORDS)
    first = table.iloc[0]
    assert (first.a, first.b, first.papers, first.records) == ("Alloy", "Machine learning", 2, ("r1", "r2"))
    assert first.association == pytest.approx(1)
    # x and y stand together in 2 of 4 papers, and in no other: 4 * 2 / (2 * 2) = 2.
    apart = co_words(keywords(r1="x; y", r2="x; y", r3="z", r4="z"))
    assert apart[["a", "b", "papers", "association"]].values.tolist() == [["x", "y", 2, 2.0]]


def corpus():
    records = frame(
        "records",
        [
            {"record": "r2", "title": "Random forests for alloys", "abstract": "Band gaps."},
            {"record": "r1", "title": "A random forest", "abstract": ""},
        ],
    )
    words = frame(
        "keywords",
        [
            {"record": "r1", "kind": "author", "position": 2, "printed": "gap"},
            {"record": "r1", "kind": "author", "position": 1, "printed": "band"},
            {"record": "r1", "kind": "review", "position": 1, "printed": "polymer"},
        ],
    )
    return {"records": records, "keywords": words}


def test_texts_join_keywords_so_that_no_phrase_runs_across():
    table = texts(corpus())
    assert table.values.tolist() == [
        ["r1", "A random forest", "", "band ; gap ; polymer"],
        ["r2", "Random forests for alloys", "Band gaps.", ""],
    ]  # fmt: skip


def test_terms_of_the_review_in_singular_and_plural_and_those_not_found_are_kept():
    themes = pd.DataFrame(
        {"category": ["tools", "structure", "structure", "tools"],
         "en": ["genetic algorithm", "crystal structure", "band gap", "random forest"]}
    )  # fmt: skip
    table = themes_in_corpus(texts(corpus()), themes)
    assert table[["category", "term", "papers", "share", "records"]].values.tolist() == [
        ["tools", "random forest", 2, 100.0, ("r1", "r2")], ["tools", "genetic algorithm", 0, 0.0, ()],
        ["structure", "band gap", 1, 50.0, ("r2",)], ["structure", "crystal structure", 0, 0.0, ()],
    ]  # fmt: skip


def test_terms_that_rise_and_fall():
    words = keywords(r1="old; both", r2="old", r3="new; both", r4="new", r5="new", r6="new", r7="new")
    dated = pd.DataFrame(
        {"record": [f"r{n}" for n in range(1, 8)],
         "year": pd.array([2001, 2002, 2003, 2003, 2004, 2004, 2005], dtype="Int64")}
    )  # fmt: skip
    table = rising_terms(words, dated, years=2, least=2, partial_years=(2005,))
    # 2001-2002 has two papers, 2003-2004 four; r7 lies in the partial year.
    assert table[["term", "before", "after", "change", "papers"]].values.tolist() == [
        ["new", 0.0, 100.0, 100.0, 4], ["both", 50.0, 25.0, -25.0, 2], ["old", 100.0, 0.0, -100.0, 2],
    ]  # fmt: skip
    assert table.iloc[0][["first_year", "middle_year", "last_year"]].tolist() == [2001, 2003, 2004]
    assert rising_terms(words, dated, years=3, least=1).empty  # 2000 to 2005 is not covered

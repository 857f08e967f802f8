"""Topics found in a corpus, and crossed with years, actors and techniques."""

import pandas as pd
import pytest

from livingreview.analysis.citations import most_cited, most_cited_references
from livingreview.analysis.topics import (
    by_actor, by_technique, by_year, crossed, evidence, topic_records,
)  # fmt: skip
from livingreview.corpus.schema import frame

TEXTS = pd.DataFrame(
    {
        "record": ["r1", "r2", "r3", "r4"],
        "title": ["Neural networks for alloys", "Steel", "Alloys", "A town"],
        "abstract": ["", "An alloy, found by neural network.", "", ""],
        "keywords": ["", "", "random forest", ""],
    }
)
TOPICS = pd.DataFrame(
    {"id": ["alloys", "towers"], "name_en": ["Alloys", "Towers"], "expression": ["alloy*", "tower*"]}
)
TECHNIQUES = pd.DataFrame(
    {"id": ["rf", "nn"], "name_en": ["Random forest", "Neural network"],
     "expression": ['"random forest*"', '"neural network*"']}
)  # fmt: skip
DATED = pd.DataFrame(
    {"record": ["r1", "r2", "r3", "r4"], "year": pd.array([2001, 2003, None, 2003], dtype="Int64")}
)


def test_the_records_of_a_topic_and_its_words():
    table = topic_records(TEXTS, TOPICS)
    assert table.values.tolist() == [
        ["alloys", "Alloys", 3, 75.0, "alloys (2); alloy (1)", ("r1", "r2", "r3")],
        ["towers", "Towers", 0, 0.0, "", ()],
    ]
    assert evidence(TEXTS, TOPICS).values.tolist() == [
        ["alloys", "r1", "title", "alloys", ("r1",)], ["alloys", "r2", "abstract", "alloy", ("r2",)],
        ["alloys", "r3", "title", "alloys", ("r3",)],
    ]  # fmt: skip


def test_a_topic_by_year():
    table = by_year(topic_records(TEXTS, TOPICS), DATED, (2003,))
    alloys = table[table["id"] == "alloys"]
    assert alloys[["year", "papers", "total", "partial", "records"]].values.tolist() == [
        [2001, 1, 1, False, ("r1",)], [2002, 0, 0, False, ()], [2003, 1, 2, True, ("r2",)],
    ]  # fmt: skip
    assert alloys["share"].tolist() == pytest.approx([100, float("nan"), 50], nan_ok=True)
    assert table[table["id"] == "towers"]["papers"].tolist() == [0, 0, 0]


def test_a_topic_by_actor_and_by_technique():
    actors = pd.DataFrame({"record": ["r1", "r2", "r2", "r4"], "actor": ["USA", "CHN", "USA", "FRA"]})
    found = topic_records(TEXTS, TOPICS)
    assert by_actor(found, actors)[["id", "actor", "papers", "records"]].values.tolist() == [
        ["alloys", "USA", 2, ("r1", "r2")], ["alloys", "CHN", 1, ("r2",)],
    ]  # fmt: skip
    assert by_actor(found, actors, top=1)["actor"].tolist() == ["USA"]
    techniques = topic_records(TEXTS, TECHNIQUES)
    assert by_technique(found, techniques)[["id", "technique", "papers", "records"]].values.tolist() == [
        ["alloys", "Neural network", 2, ("r1", "r2")], ["alloys", "Random forest", 1, ("r3",)],
    ]  # fmt: skip
    assert crossed(techniques, found)[["a", "b", "papers"]].values.tolist() == [
        ["rf", "alloys", 1], ["rf", "towers", 0], ["nn", "alloys", 2], ["nn", "towers", 0],
    ]  # fmt: skip


def test_no_topic_found_leaves_no_rows_by_actor():
    actors = pd.DataFrame({"record": ["r1"], "actor": ["USA"]})
    assert by_actor(topic_records(TEXTS, TOPICS.tail(1)), actors).empty


def test_most_cited_papers():
    records = frame(
        "records",
        [{"record": "r1", "times_cited": 5}, {"record": "r2", "times_cited": 9},
         {"record": "r3"}, {"record": "r4", "times_cited": 5}],
    )  # fmt: skip
    table = most_cited(records.assign(year=pd.array([2001] * 4, dtype="Int64")), top=3)
    assert table[["rank", "record", "times_cited"]].values.tolist() == [
        [1, "r2", 9], [2, "r1", 5], [2, "r4", 5],
    ]  # fmt: skip


def test_a_cited_work_is_known_by_doi_else_by_author_year_and_page():
    references = frame(
        "references",
        [
            {"record": "r1", "printed": "Wu S, 2019, NPJ, V5, DOI 10.1/a", "doi": "10.1/a"},
            {"record": "r2", "printed": "WU S, 2019, NPJ COMPUT, V5, DOI 10.1/A", "doi": "10.1/a"},
            {"record": "r2", "printed": "Wu S, 2019, NPJ, V5, DOI 10.1/a", "doi": "10.1/a"},
            {"record": "r1", "printed": "Seko A, 2014, PRB, V89, P1", "first_author": "Seko A",
             "year": 2014, "volume": "89", "page": "1"},
            {"record": "r3", "printed": "SEKO A., 2014, P R B, V89, P1", "first_author": "SEKO, A.",
             "year": 2014, "volume": "89", "page": "1"},
            {"record": "r4", "printed": "SEKO A., 2014, P R B, V89, P1", "first_author": "SEKO, A.",
             "year": 2014, "volume": "89", "page": "1"},
            {"record": "r4", "printed": "Anonymous"},
        ],
    )  # fmt: skip
    records = frame("records", [{"record": "r9", "doi": "10.1/a"}])
    table = most_cited_references(references, records, top=2)
    assert table[["rank", "papers", "in_corpus", "records"]].values.tolist() == [
        [1, 3, "", ("r1", "r3", "r4")], [2, 2, "r9", ("r1", "r2")],
    ]  # fmt: skip
    assert table["printed"].iloc[0] == "SEKO A., 2014, P R B, V89, P1"
    assert most_cited_references(references.iloc[:0]).empty

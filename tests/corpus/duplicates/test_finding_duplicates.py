"""Clusters, winners, undecided pairs: small corpora whose answer is known."""

import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from livingreview.corpus.duplicates import COLUMNS, Decision, blocks, find
from livingreview.errors import InputError

PAPER = {
    "source": "Web of Science", "accession": "", "doi": "", "title": "Grain growth in thin copper films under stress",
    "year": 2020, "first_author": "Wu, Shengli", "first_page": "120", "article_number": "", "volume": "54",
    "source_title": "ACTA FILMORUM", "document_types": "Article", "harvested": "2026-11-01", "complete": 20,
}  # fmt: skip
SCOPUS = {"source": "Scopus", "first_author": "Wu S.", "source_title": "Acta Filmorum"}


def table(*rows):
    full = [{**PAPER, "record": f"r{number}", **row} for number, row in enumerate(rows)]
    types = {"year": pa.int64(), "complete": pa.int64()}
    return pa.table({c: pa.array([row[c] for row in full], types.get(c, pa.string())) for c in COLUMNS})


def members(found):
    return {frozenset(cluster.members) for cluster in found.clusters}


def test_nothing_in_nothing_out():
    assert find(table()) == find(table({}))
    assert find(table()).clusters == ()


def test_one_accession_number_is_one_record_whatever_else_differs():
    found = find(table({"accession": "WOS:1"}, {"accession": "WOS:1", "title": "Another text", "year": 1999}))
    (merged,) = found.clusters[0].merged
    assert (merged.record, merged.reason, merged.similarity, merged.linked_to) == ("r1", "accession", 1.0, "r0")


def test_the_same_number_of_two_databases_is_no_identity():
    other = {"source": "Lens", "title": "Rust on iron", "first_author": "Li, Q", "first_page": "3", "volume": "1"}
    assert find(table({"accession": "17", "source": "OpenAlex"}, {"accession": "17", **other})).clusters == ()


def test_a_number_that_names_its_database_is_known_under_any_source():
    found = find(table({"accession": "WOS:1"}, {"accession": "WOS:1", "source": "BibTeX", "title": "Cut ti"}))
    assert members(found) == {frozenset({"r0", "r1"})}


def test_one_doi_with_like_titles_is_one_work_and_with_a_correction_is_undecided():
    first = {"doi": "10.1/a"}
    assert members(find(table(first, {**first, **SCOPUS, "first_page": "1"}))) == {frozenset({"r0", "r1"})}
    found = find(table(first, {**first, **SCOPUS, "title": "Correction to: " + PAPER["title"]}))
    assert found.clusters == ()
    assert [(u.reason, u.differs) for u in found.undecided] == [("doi", ("kind",))]


def test_a_doi_printed_on_many_titles_is_no_key_and_that_is_said():
    subjects = "rust glass wood steel paper ivory amber flint brass linen".split()
    rows = [
        {"doi": "10.1/journal", "title": f"Observations on ancient {s} and its decay", "first_page": str(i), "volume": str(i)}
        for i, s in enumerate(subjects)
    ]
    found = find(table(*rows, {**rows[3], **SCOPUS}))
    assert members(found) == {frozenset({"r3", "r10"})}
    assert found.clusters[0].merged[0].reason == "title"
    assert "10.1/journal is printed with 10 different titles on 11 records" in found.notes[0]


def test_two_reviews_on_one_page_under_one_doi_stay_two_across_databases():
    one = {"doi": "10.1/p", "title": "The stones of Venice, a new edition"}
    two = {"doi": "10.1/p", "title": "Bronze and its makers in early China"}
    found = find(table(
        {**one, "accession": "WOS:1"}, {**two, "accession": "WOS:2"},
        {**one, **SCOPUS, "accession": "2-s2.0-1"}, {**two, **SCOPUS, "accession": "2-s2.0-2"},
    ))  # fmt: skip
    assert members(found) == {frozenset({"r0", "r2"}), frozenset({"r1", "r3"})}


def test_two_dois_are_two_works_and_listed_when_all_else_agrees():
    found = find(table({"doi": "10.1/a"}, {"doi": "10.1/b", **SCOPUS}))
    assert found.clusters == ()
    (pair,) = found.undecided
    assert (pair.record_a, pair.record_b, pair.reason, pair.similarity, pair.differs) == ("r0", "r1", "title", 1.0, ("doi",))


def test_two_numbers_and_two_dois_of_one_database_are_not_even_listed():
    found = find(table({"accession": "WOS:1", "doi": "10.1/a"}, {"accession": "WOS:2", "doi": "10.1/b"}))
    assert (found.clusters, found.undecided) == ((), ())


def test_a_record_between_two_dois_does_not_join_them():
    found = find(table({"doi": "10.1/a", "first_page": ""}, SCOPUS, {"doi": "10.1/b", "source": "Lens"}))
    assert members(found) == {frozenset({"r1", "r2"})} or members(found) == {frozenset({"r0", "r1"})}
    assert not any({"r0", "r2"} <= cluster for cluster in members(found))
    assert any("cluster" in pair.differs or "doi" in pair.differs for pair in found.undecided)


def test_editorials_need_the_place():
    editorial = {"title": "Editorial", "first_author": ""}
    assert members(find(table(editorial, {**editorial, **SCOPUS, "first_author": ""}))) == {frozenset({"r0", "r1"})}
    for other in ({"volume": "55"}, {"first_page": "240"}, {"source_title": "Glass Letters"}, {"first_page": ""}):
        assert find(table(editorial, {**editorial, **other})).clusters == ()


def test_a_title_under_another_spelling_of_the_name_is_listed():
    found = find(table({"first_author": "Chebyshev, P"}, {**SCOPUS, "first_author": "Tschebyscheff P."}))
    assert found.clusters == () and [pair.differs for pair in found.undecided] == [("author",)]


@pytest.mark.parametrize(
    ("better", "worse", "why"),
    [
        ({"source": "Scopus"}, {"document_types": "Article; Early Access"}, "final-over-early-access"),
        ({"complete": 1}, {"source": "Scopus", "complete": 30}, "source-order"),
        ({"source": "Lens"}, {"source": "RIS"}, "source-order"),
        ({"complete": 21, "harvested": ""}, {"complete": 20}, "more-complete"),
        ({"harvested": "2026-11-02"}, {"harvested": "2026-11-01"}, "later-harvest"),
        ({"harvested": "2026-11-02"}, {"harvested": ""}, "later-harvest"),
    ],
)
def test_winner(better, worse, why):
    for rows, winner in (((better, worse), "r0"), ((worse, better), "r1")):
        (cluster,) = find(table(*({"doi": "10.1/a"} | row for row in rows))).clusters
        assert (cluster.winner, cluster.merged[0].won_by) == (winner, why)


def test_the_first_read_wins_when_all_is_the_same():
    (cluster,) = find(table({"record": "z", "doi": "10.1/a"}, {"record": "a", "doi": "10.1/a"})).clusters
    assert (cluster.winner, cluster.merged[0].won_by) == ("z", "earlier-read")


def test_decisions_join_and_part():
    like = {"title": "Grain growth in thick copper films under stress", **SCOPUS, "first_page": "", "volume": ""}
    assert find(table({}, like)).clusters == ()
    (cluster,) = find(table({}, like), [Decision("r0", "r1", "same")]).clusters
    assert cluster.merged[0].reason == "decision"
    apart = find(table({"doi": "10.1/a"}, {"doi": "10.1/a"}), [Decision("r1", "r0", "different")])
    assert (apart.clusters, apart.undecided) == ((), ())


def test_a_decision_keeps_apart_also_by_way_of_a_third():
    found = find(table({"doi": "10.1/a"}, {"doi": "10.1/a"}, {"doi": "10.1/a"}), [Decision("r0", "r2", "different")])
    assert not any({"r0", "r2"} <= cluster for cluster in members(found))
    assert len(members(found)) == 1


def test_decisions_that_contradict_by_way_of_a_third_name_every_line():
    rows = [Decision("r0", "r1", "same", file="d.csv", line=2), Decision("r1", "r2", "same", file="d.csv", line=3),
            Decision("r0", "r2", "different", file="d.csv", line=9)]  # fmt: skip
    with pytest.raises(InputError) as error:
        find(table({}, {}, {}), rows)
    assert all(f"d.csv, line {line}" in str(error.value) for line in (2, 3, 9))


def test_a_decision_on_an_absent_record_is_said():
    found = find(table({}), [Decision("r0", "gone", "same", file="d.csv", line=2)])
    assert found.clusters == () and "1 decisions" in found.notes[0] and "d.csv, line 2" in found.notes[0]


def test_a_record_twice_and_a_missing_column_are_refused():
    with pytest.raises(ValueError, match="twice"):
        find(table({"record": "x"}, {"record": "x"}))
    with pytest.raises(ValueError, match="doi"):
        find(table({}).drop_columns(["doi"]))


TITLES = [
    "Strain and order in twisted graphene", "Strain and order in twisted graphene. Part II", "Editorial",
    "Strain and order in twisted graphenes", "Erratum: Strain and order in twisted graphene", "",
]  # fmt: skip
ROWS = st.fixed_dictionaries({
    "source": st.sampled_from(["Web of Science", "Scopus", "Lens"]),
    "accession": st.sampled_from(["", "1", "2", "WOS:3"]),
    "doi": st.sampled_from(["", "10.1/a", "10.1/b"]),
    "title": st.sampled_from(TITLES),
    "year": st.sampled_from([None, 2019, 2020, 2021]),
    "first_author": st.sampled_from(["", "Wu, S", "S. Wu", "Li, Q"]),
    "first_page": st.sampled_from(["", "12", "e12", "99"]),
    "volume": st.sampled_from(["", "3", "4"]),
    "source_title": st.sampled_from(["", "ACTA FILMORUM", "Glass Lett"]),
})  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=9), st.randoms(use_true_random=False))
def test_clusters_do_not_depend_on_the_order(rows, random):
    rows = [{**row, "record": f"n{i}"} for i, row in enumerate(rows)]
    shuffled = random.sample(rows, len(rows))
    one, other = find(table(*rows)), find(table(*shuffled))
    assert members(one) == members(other)
    assert {(u.record_a, u.record_b, u.differs) for u in one.undecided} == {
        (u.record_a, u.record_b, u.differs) for u in other.undecided
    }
    names = [name for cluster in one.clusters for name in cluster.members]
    assert len(names) == len(set(names))


def test_large_groups_are_compared_in_part_and_said_to_be():
    many = [{"title": "Introduction to this volume of the series", "first_page": str(i), "first_author": f"A{i:04d}, B"}
            for i in range(blocks.BLOCK + 30)]  # fmt: skip
    found = find(table(*many, {**many[7], **SCOPUS, "first_author": many[7]["first_author"]}))
    assert members(found) == {frozenset({"r7", f"r{len(many)}"})}
    assert any(f"the largest {len(many) + 1}" in note for note in found.notes)


@pytest.mark.parametrize("unit", ["(vol 1 ", "<sub ", "Comment on ", "a", "I. ", "\\\\alpha$_{", "é(", "1,000 "])
def test_a_monstrous_title_costs_no_time(unit):
    """Damaged records can hold megabytes in any field."""
    title = unit * (2_000_000 // len(unit))
    start = time.perf_counter()
    found = find(table(*({"title": title, "source": s, "first_author": title, "source_title": title, "first_page": title,
                          "volume": title} for s in ("Scopus", "Lens", "RIS"))))  # fmt: skip
    assert time.perf_counter() - start < 10
    assert len(found.clusters) <= 1


def test_cost_is_not_quadratic():
    """Ten times the records of one generic title take far less than a hundred times as long."""

    def seconds(n):
        rows = table(*({"title": "Editorial", "first_page": str(i), "volume": str(i), "year": 2000} for i in range(n)))
        start = time.perf_counter()
        find(rows)
        return time.perf_counter() - start

    seconds(200)
    assert seconds(4000) < 40 * max(seconds(400), 0.02)

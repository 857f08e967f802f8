"""Countries and institutions, against answers worked out on paper."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingreview.analysis.actors import (
    actor_by_year, country_actors, coverage, institution_actors, joint_papers, joint_share,
    papers_by_actor, single_and_joint,
)  # fmt: skip
from livingreview.analysis.networks import links, network
from livingreview.corpus.schema import frame

# r1: A and B; r2: A; r3: A, B and C; r4: D.
ACTORS = pd.DataFrame(
    {"record": ["r1", "r1", "r2", "r3", "r3", "r3", "r4"], "actor": list("ABAABCD"),
     "source": "author"}
)  # fmt: skip


def addresses(*rows):
    keys = ("record", "role", "institution", "country")
    return frame("addresses", [dict(zip(keys, row, strict=True)) for row in rows])


def test_a_country_counts_once_for_a_record_and_the_reprint_address_is_a_last_resort():
    table = addresses(
        ("r1", "author", "Tsinghua Univ", "CHN"), ("r1", "author", "Peking Univ", "CHN"),
        ("r1", "reprint", "MIT", "USA"), ("r2", "reprint", "MIT", "USA"),
        ("r3", "author", "Somewhere", ""), ("r3", "reprint", "MIT", "USA"),
    )  # fmt: skip
    assert country_actors(table).values.tolist() == [
        ["r1", "CHN", "author"], ["r2", "USA", "reprint"],
    ]  # fmt: skip
    assert institution_actors(table).values.tolist() == [
        ["r1", "Peking Univ", "author"], ["r1", "Tsinghua Univ", "author"],
        ["r2", "MIT", "reprint"], ["r3", "Somewhere", "author"],
    ]  # fmt: skip
    cases = coverage(country_actors(table), pd.DataFrame({"record": ["r1", "r2", "r3", "r4"]}))
    assert cases.values.tolist() == [
        ["author", 1, 25.0, ("r1",)], ["reprint", 1, 25.0, ("r2",)], ["none", 2, 50.0, ("r3", "r4")],
    ]  # fmt: skip


def test_hong_kong_macau_and_taiwan_roll_up_only_when_asked():
    table = addresses(("r1", "author", "a", "HKG"), ("r1", "author", "b", "CHN"),
                      ("r2", "author", "c", "TWN"), ("r3", "author", "d", "MAC"))  # fmt: skip
    assert sorted(country_actors(table)["actor"]) == ["CHN", "HKG", "MAC", "TWN"]
    assert country_actors(table, rollup_china=True)["actor"].tolist() == ["CHN", "CHN", "CHN"]


def test_full_counting_with_ties():
    table = papers_by_actor(ACTORS)
    assert table[["rank", "actor", "papers", "share"]].values.tolist() == [
        [1, "A", 3, 75.0], [2, "B", 2, 50.0], [3, "C", 1, 25.0], [3, "D", 1, 25.0],
    ]  # fmt: skip
    assert table["records"].tolist() == [("r1", "r2", "r3"), ("r1", "r3"), ("r3",), ("r4",)]


def test_fractional_counting():
    table = papers_by_actor(ACTORS, "fractional").set_index("actor")
    # A: 1/2 + 1 + 1/3; B: 1/2 + 1/3; C: 1/3; D: 1. D goes before B.
    assert list(table.index) == ["A", "D", "B", "C"]
    assert table["papers"].tolist() == pytest.approx([11 / 6, 1, 5 / 6, 1 / 3])
    assert table["share"].sum() == pytest.approx(100)


def test_an_unknown_way_of_counting_is_refused():
    with pytest.raises(ValueError, match="'whole'"):
        papers_by_actor(ACTORS, "whole")


def test_years_of_an_actor_include_those_without_its_papers():
    dated = pd.DataFrame({"record": ["r1", "r2", "r3", "r4"],
                          "year": pd.array([2001, 2003, 2003, None], dtype="Int64")})  # fmt: skip
    table = actor_by_year(ACTORS, dated, ["B", "A"], (2003,))
    assert table[["actor", "year", "papers", "partial"]].values.tolist() == [
        ["B", 2001, 1, False], ["B", 2002, 0, False], ["B", 2003, 1, True],
        ["A", 2001, 1, False], ["A", 2002, 0, False], ["A", 2003, 2, True],
    ]  # fmt: skip
    assert table["records"].iloc[-1] == ("r2", "r3")


def test_the_matrix_of_joint_papers_and_its_network():
    joint = joint_papers(ACTORS, ["A", "B", "D"])
    assert joint.pivot(index="a", columns="b", values="papers").values.tolist() == [
        [3, 2, 0], [2, 2, 0], [0, 0, 1],
    ]  # fmt: skip
    graph = network(joint)
    assert dict(graph.nodes(data="papers")) == {"A": 3, "B": 2, "D": 1}
    (row,) = links(graph).itertuples(index=False)
    assert (row.a, row.b, row.papers, row.records) == ("A", "B", 2, ("r1", "r3"))
    assert row.strength == pytest.approx(2 / math.sqrt(6))


def test_single_and_joint_papers():
    assert single_and_joint(ACTORS).values.tolist() == [
        ["single", 2, 50.0, ("r2", "r4")], ["joint", 2, 50.0, ("r1", "r3")],
    ]  # fmt: skip
    assert joint_share(ACTORS, ["A", "D"]).values.tolist() == [
        ["A", 3, 2, pytest.approx(200 / 3), ("r1", "r3")], ["D", 1, 0, 0.0, ()],
    ]  # fmt: skip


actor_tables = st.sets(
    st.tuples(st.sampled_from(["r1", "r2", "r3", "r4"]), st.sampled_from("ABCDE")), min_size=1
).map(lambda pairs: pd.DataFrame(sorted(pairs), columns=["record", "actor"]))


@settings(deadline=None)
@given(actor_tables)
def test_the_matrix_is_symmetric_and_agrees_with_the_ranking(actors):
    ranking = papers_by_actor(actors)
    matrix = joint_papers(actors, list(ranking["actor"]))
    cells = {(row.a, row.b): row for row in matrix.itertuples(index=False)}
    own = dict(zip(ranking["actor"], ranking["papers"], strict=True))
    assert len(cells) == len(own) ** 2
    for (a, b), cell in cells.items():
        assert cell.records == cells[b, a].records
        assert cell.papers == len(cell.records) <= min(own[a], own[b])
    assert all(cells[a, a].papers == own[a] for a in own)


@settings(deadline=None)
@given(actor_tables, st.randoms())
def test_fractions_sum_to_the_papers_and_order_of_rows_does_not_matter(actors, random):
    table = papers_by_actor(actors, "fractional")
    assert table["papers"].sum() == pytest.approx(actors["record"].nunique())
    order = list(actors.index)
    random.shuffle(order)
    pd.testing.assert_frame_equal(papers_by_actor(actors.loc[order], "fractional"), table)

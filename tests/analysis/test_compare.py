"""Reported beside recomputed: which explanation stands where."""

import pandas as pd
import pytest

from livingreview.analysis.compare import beside, found_by

WHY = {
    "same": "both agree", "unavailable": "not in the text",
    "not_found": "not in this corpus", "cause": "another corpus",
}  # fmt: skip


def one(reported, recomputed):
    table = beside([("key", "Quantity", reported)], recomputed, **WHY)
    assert table.columns[-1] == "records"
    return table.iloc[0]["as_reported":].tolist()


@pytest.mark.parametrize(
    ("reported", "recomputed", "expected"),
    [
        (863, (863, ("a", "b")), [863, 863, 0, "both agree", ("a", "b")]),
        (863, (860, ("a",)), [863, 860, -3, "another corpus", ("a",)]),
        (863, (900, ("a",)), [863, 900, 37, "another corpus", ("a",)]),
        (0, (0, ()), [0, 0, 0, "both agree", ()]),
        (None, (4, ("a",)), [pd.NA, 4, pd.NA, "not in the text", ("a",)]),
        (pd.NA, (4, ("a",)), [pd.NA, 4, pd.NA, "not in the text", ("a",)]),
        (2016, (None, ()), [2016, pd.NA, pd.NA, "not in this corpus", ()]),
        (None, (None, ()), [pd.NA, pd.NA, pd.NA, "not in the text", ()]),
    ],
)
def test_difference_and_explanation(reported, recomputed, expected):
    assert one(reported, {"key": recomputed}) == expected


def test_a_key_that_is_missing_counts_nothing_rather_than_being_unknown():
    assert one(863, {"other": (5, ("a",))}) == [863, 0, -863, "another corpus", ()]
    assert one(0, {}) == [0, 0, 0, "both agree", ()]


def test_rows_stand_in_the_order_given_under_their_printed_names():
    table = beside([("USA", "United States", 5), ("CHN", "China", 9)], {"CHN": (9, ("a",)), "USA": (4, ())}, **WHY)
    assert table[["quantity", "as_recomputed", "explanation"]].values.tolist() == [
        ["United States", 4, "another corpus"], ["China", 9, "both agree"],
    ]  # fmt: skip
    assert {str(table[c].dtype) for c in ("as_reported", "as_recomputed", "difference")} == {"Int64"}


def test_a_ranking_is_looked_up_by_actor():
    ranking = pd.DataFrame({"actor": ["CHN", "USA"], "papers": [2, 1], "records": [("a", "b"), ("c",)]})
    assert found_by(ranking) == {"CHN": (2, ("a", "b")), "USA": (1, ("c",))}
    renamed = ranking.rename(columns={"actor": "topic", "papers": "count"})
    assert found_by(renamed, "topic", "count") == {"CHN": (2, ("a", "b")), "USA": (1, ("c",))}

"""The flow of records closes, or is refused."""

import pytest

from livingreview.analysis.account import STEPS, flow


def test_every_record_read_is_accounted_for():
    # 12 read - 3 merged - 2 rejected = 7 in the corpus = 2 outside + 1 undated + 4 shown
    table = flow(12, 3, 2, ("r7", "r1"), ("r4",), ("r2", "r3", "r5", "r6"))
    assert table["step"].tolist() == list(STEPS)
    assert dict(zip(table["step"], table["papers"])) == {
        "read": 12, "merged": 3, "rejected": 2, "corpus": 7, "outside": 2, "undated_apart": 1, "edition": 4,
    }  # fmt: skip
    behind = dict(zip(table["step"], table["records"]))
    assert behind["corpus"] == ("r1", "r2", "r3", "r4", "r5", "r6", "r7")
    assert (behind["undated_apart"], behind["edition"]) == (("r4",), ("r2", "r3", "r5", "r6"))
    assert set(behind["outside"]) == {"r1", "r7"}
    assert behind["read"] == behind["merged"] == behind["rejected"] == ()
    assert table.columns[-1] == "records"


def test_an_empty_corpus_closes_too():
    assert flow(0, 0, 0, (), (), ())["papers"].tolist() == [0] * 7


@pytest.mark.parametrize(
    ("read", "merged", "rejected", "outside", "apart", "kept"),
    [
        (5, 1, 1, ("a",), ("b",), ()),
        (4, 1, 1, ("a",), ("b",), ("c",)),
        (5, 0, 1, ("a",), ("b",), ("c",)),
        (5, 1, 0, ("a",), ("b",), ("c",)),
        (5, 1, 1, (), ("b",), ("c",)),
        (5, 1, 1, ("a",), (), ("c",)),
        (3, 0, 0, ("a",), ("b",), ("c", "d")),
    ],
)
def test_a_flow_that_does_not_close_is_refused(read, merged, rejected, outside, apart, kept):
    with pytest.raises(ValueError, match=f"{read} records read"):
        flow(read, merged, rejected, outside, apart, kept)

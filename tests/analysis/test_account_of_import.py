"""The account of an import: sums worked out by hand, and an account that does not close refused."""

from dataclasses import replace

import pandas as pd
import pytest

from livingreview.analysis import importing
from livingreview.corpus.ledger import FileEntry, Finding
from livingreview.corpus.schema import frame


def entry(name, read, kept, merged, rejected, **more):
    return FileEntry(name, 100, "0" * 64, "wos-plain-text", "utf-8", read, kept, merged, rejected, **more)


# 4 + 3 = 7 read; 2 + 1 = 3 kept; 1 + 2 = 3 merged; 1 + 0 = 1 rejected
FILES = (
    entry("a.txt", 4, 2, 1, 1, announced=4, source="Web of Science"),
    replace(entry("b.csv", 3, 1, 2, 0, announced=5, source="Scopus", not_carried=("WC", "C3")), format="scopus-csv"),
)
RECORDS = frame(
    "records",
    [
        {"record": "r2", "file": "a.txt", "title": "Two"},
        {"record": "r1", "file": "a.txt", "title": "One"},
        {"record": "r3", "file": "b.csv", "title": "Three  " + "x" * 200},
    ],
)


def test_files_and_their_sums():
    table = importing.per_file(FILES, RECORDS, "all")
    assert table["file"].tolist() == ["a.txt", "b.csv", "all"]
    counts = table[["bytes", *importing.COUNTS]].to_numpy().tolist()
    assert counts == [[100, 4, 4, 2, 1, 1], [100, 5, 3, 1, 2, 0], [200, 9, 7, 3, 3, 1]]
    assert table["not_carried"].tolist() == ["", "WC, C3", ""]
    assert table["source"].tolist() == ["Web of Science", "Scopus", ""]
    assert table.columns[-1] == "records"
    assert table["records"].tolist() == [("r1", "r2"), ("r3",), ("r1", "r2", "r3")]


def test_a_sum_of_what_some_files_do_not_announce_is_missing():
    silent = (FILES[0], replace(FILES[1], announced=None))
    assert importing.per_file(silent, RECORDS, "all")["announced"].tolist() == [4, pd.NA, pd.NA]
    assert importing.announced_otherwise(silent) == (1, 0)
    assert importing.announced_otherwise(FILES) == (2, 1)


@pytest.mark.parametrize("wrong", [{"read": 5}, {"kept": 1, "merged": 2}, {"rejected": 0}])
def test_an_account_that_does_not_close_is_refused(wrong):
    with pytest.raises(ValueError, match="a.txt"):
        importing.per_file((replace(FILES[0], **wrong), FILES[1]), RECORDS, "all")


def test_formats_and_what_they_cannot_hold():
    more = (*FILES, replace(FILES[0], name="c.txt"))
    assert importing.per_format(more) == {"scopus-csv": ("C3", "WC"), "wos-plain-text": ()}


def test_findings_keep_their_place():
    found = importing.located([Finding("rejected", "a.txt", 12, "PY", "no\nER", "PT J")])
    assert found.to_numpy().tolist() == [["a.txt", 12, "PY", "no ER"]]


def test_repairs_that_are_alike_are_one_row():
    where = [("a.txt", 9, "TC"), ("a.txt", 4, "TC"), ("a.txt", 5, "PY"), ("b.txt", 1, "TC")]
    table = importing.repairs([Finding("repaired", file, line, field, "left missing", "x") for file, line, field in where])
    assert table.drop(columns="reason").to_numpy().tolist() == [["a.txt", "TC", 2, 4], ["a.txt", "PY", 1, 5], ["b.txt", "TC", 1, 1]]


def merged(record, member, reason):
    return {
        "record": record, "member": member, "file": "b.csv", "line": 7, "source": "Scopus", "reason": reason,
        "similarity": "1.000", "linked_to": record, "won_by": "source-order",
    }  # fmt: skip


DUPLICATES = frame(
    "duplicates", [merged("r1", "m1", "title"), merged("r1", "m2", "doi"), merged("r2", "m3", "doi"), merged("r2", "m4", "doi")]
)


def test_clusters_by_reason():
    # m2 to m4 by their DOI into r1 and r2; m1 by its title into r1.
    table = importing.by_reason(DUPLICATES)
    assert table.to_numpy().tolist() == [["doi", 3, 2, ("r1", "r2")], ["title", 1, 1, ("r1",)]]


def test_a_merged_record_stands_beside_the_one_kept():
    table = importing.merged_records(DUPLICATES, RECORDS)
    assert table["title"].tolist() == ["One", "One", "Two", "Two"]
    assert table["records"].tolist() == [("r1",), ("r1",), ("r2",), ("r2",)]
    assert table.loc[0, ["file", "line", "member", "won_by"]].tolist() == ["b.csv", 7, "m1", "source-order"]


def test_fields_filled_and_set_aside():
    def change(record, field, kind, value="v", other=""):
        return {"record": record, "field": field, "kind": kind, "value": value, "other": other, "member": "m1"}

    fields = frame(
        "merged_fields",
        [
            change("r1", "keywords", "filled"), change("r1", "doi", "filled"), change("r2", "doi", "filled"),
            change("r1", "title", "kept", "One", "y" * 300), change("r2", "doi", "kept"),
        ],
    )  # fmt: skip
    assert importing.per_field(fields).to_numpy().tolist() == [
        ["doi", 2, 1, ("r1", "r2")], ["title", 0, 1, ("r1",)], ["keywords", 1, 0, ("r1",)],
    ]  # fmt: skip
    shown = importing.changed_fields(fields)
    assert shown["aside"].map(len).tolist() == [0, 0, 0, importing.SHOWN, 0]
    assert fields["other"].map(len).max() == 300


def test_undecided_pairs_have_both_titles():
    rows = [{"record": "r1", "other": "r3", "reason": "title", "similarity": "0.870", "differs": "pages"}]
    table = importing.undecided_pairs(frame("undecided", rows), RECORDS)
    assert table.loc[0, "title"] == "One"
    assert table.loc[0, "title_other"] == "Three " + "x" * 93 + "…"  # 6 + 93 + 1 = 100
    assert table.loc[0, "records"] == ("r1", "r3")


def test_nothing_merged_gives_empty_tables():
    assert importing.by_reason(frame("duplicates", [])).empty
    assert importing.merged_records(frame("duplicates", []), RECORDS).empty
    assert importing.per_field(frame("merged_fields", [])).empty
    assert importing.changed_fields(frame("merged_fields", [])).empty
    assert importing.undecided_pairs(frame("undecided", []), RECORDS).empty

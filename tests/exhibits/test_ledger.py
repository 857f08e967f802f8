"""The ledger file: each exhibit once, each record list once and named by its content."""

import hashlib
import json

import pytest

from livingreview.exhibits.ledger import Ledger, Row, read_rows, set_hash


def row(kind, id, parts=(), n=0):
    return Row(id, kind, "time", "papers", "full", n, {"corpus": "x"}, "d", "l", parts=list(parts))


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


AB = hashlib.sha256(b"a\nb").hexdigest()
NONE = hashlib.sha256(b"").hexdigest()


def test_a_record_list_is_named_by_its_sorted_distinct_ids():
    assert set_hash(["b", "a", "b"]) == AB
    assert set_hash([]) == NONE
    assert set_hash(["a"]) != set_hash(["b"])


def test_a_part_counts_distinct_records_and_its_list_is_stored_once(tmp_path):
    ledger = Ledger(tmp_path, "time")
    first, again = ledger.part("2016", 2, ("b", "a", "b")), ledger.part("2017", 5.5, ("a", "b"))
    nothing = ledger.part(2018, None, ())
    assert (first.part, first.value, first.n, first.records) == ("2016", 2, 2, AB)
    assert (again.part, again.value, again.n, again.records) == ("2017", 5.5, 2, AB)
    assert (nothing.part, nothing.value, nothing.n, nothing.records) == ("2018", None, 0, NONE)
    assert lines(ledger.sets) == [{"set": AB, "records": ["a", "b"]}, {"set": NONE, "records": []}]


def test_rows_are_read_back_in_the_order_written(tmp_path):
    ledger = Ledger(tmp_path / "new" / "ledger", "time")
    ledger.write(row("table", "z", [ledger.part("中国", 2, ("a", "b"))], 2))
    ledger.write(row("figure", "a"))
    found = read_rows(ledger.rows)
    assert [(r["kind"], r["id"], r["n"]) for r in found] == [("table", "z", 2), ("figure", "a", 0)]
    assert found[0]["parts"] == [{"part": "中国", "value": 2, "n": 2, "records": AB}]
    assert "中国" in ledger.rows.read_text(encoding="utf-8")


def test_the_same_exhibit_twice_is_refused_and_not_written(tmp_path):
    ledger = Ledger(tmp_path, "time")
    ledger.write(row("table", "papers"))
    ledger.write(row("figure", "papers"))
    with pytest.raises(ValueError, match="table 'papers' stands twice in chapter 'time'"):
        ledger.write(row("table", "papers"))
    assert [(r["kind"], r["id"]) for r in read_rows(ledger.rows)] == [("table", "papers"), ("figure", "papers")]


def test_a_chapter_that_runs_again_starts_afresh_and_leaves_others_alone(tmp_path):
    other, first = Ledger(tmp_path, "actors"), Ledger(tmp_path, "time")
    for ledger in (other, first):
        ledger.part("p", 1, ("a",))
        ledger.write(row("table", "papers"))
    again = Ledger(tmp_path, "time")
    assert read_rows(again.rows) == read_rows(again.sets) == []
    assert len(read_rows(other.rows)) == len(read_rows(other.sets)) == 1
    again.part("p", 1, ("a",))
    again.write(row("table", "papers"))
    assert len(read_rows(again.rows)) == len(read_rows(again.sets)) == 1

"""The exhibit door: what is shown is on disk and in the ledger, with the records behind it."""

import hashlib
import json

import pandas as pd
import pytest

from livingreview.exhibits import door as door_module
from livingreview.exhibits.ledger import read_rows, set_hash


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr(door_module, "display", lambda data, raw, metadata: outputs.append((data, metadata)))
    return outputs


@pytest.fixture
def door(tmp_path, shown):
    return door_module.Door(tmp_path, "countries", {"corpus": "c"}, "data", "library", {"corpus": "c", "range": "r"})


@pytest.fixture
def ranking():
    return pd.DataFrame(
        {
            "rank": [1, 2], "actor": ["China", "=cmd|'/c calc'!A1"], "papers": [2, 1], "share": [66.7, 33.3],
            "records": [("r1", "r2"), ("r3",)],
        }
    )  # fmt: skip


def ledger_of(tmp_path):
    rows = read_rows(tmp_path / "ledger" / "countries.ledger.jsonl")
    sets = {s["set"]: s["records"] for s in read_rows(tmp_path / "ledger" / "countries.record-sets.jsonl")}
    return rows, sets


def test_number_is_glued_and_entered_with_its_records(door, shown, tmp_path):
    number = door.number("edition-papers", 2338, ["b", "a"])
    assert (number, number.glue) == ("2,338", "{glue:text}`edition-papers`")
    assert f"{number:paper}" == "{glue:text}`edition-papers`\u00a0papers"
    assert f"{door.number('one', 1):paper}" == "{glue:text}`one`\u00a0paper"
    data, metadata = shown[0]
    assert data == {"application/papermill.record/text/plain": "'2,338'"}
    assert metadata["scrapbook"]["name"] == "edition-papers"
    [row, _], sets = ledger_of(tmp_path)
    assert (row["kind"], row["parts"][0]["value"], row["parts"][0]["n"]) == ("number", 2338, 2)
    assert sets[row["parts"][0]["records"]] == ["a", "b"]


def test_table_gives_csv_caption_and_a_part_per_row(door, shown, tmp_path, ranking):
    door.table("countries-ranking", ranking, "actor", unit="papers", counting="full")
    text = shown[0][0]["text/markdown"]
    assert ":name: tab-countries-ranking" in text and "Unit: papers. Counting: full counting. Papers: n = 3. Rows: 2." in text
    assert "records" not in text
    assert (tmp_path / "tables" / "countries-ranking.csv").read_text().splitlines()[:2] == [
        "rank,actor,papers,share", "1,China,2,66.7",
    ]  # fmt: skip
    [row], sets = ledger_of(tmp_path)
    assert [p["part"] for p in row["parts"]] == ["China", "=cmd|'/c calc'!A1"]
    assert sets[row["parts"][0]["records"]] == ["r1", "r2"]
    csv = tmp_path / "tables" / "countries-ranking.csv"
    assert row["files"] == {"tables/countries-ranking.csv": hashlib.sha256(csv.read_bytes()).hexdigest()}
    assert row["n"] == 3


def test_figure_is_drawn_once_with_alt_text_and_the_value_of_each_part(door, shown, tmp_path, ranking):
    from livingreview.exhibits import plots

    door.figure("countries-top", ranking, "actor", "papers", plots.ranked_bars, draw={"label": "actor"})
    text = shown[0][0]["text/markdown"]
    assert "```{figure} ../figures/countries-top.svg" in text and ":alt: Horizontal bars" in text
    assert {p.name for p in (tmp_path / "figures").iterdir()} == {"countries-top.svg", "countries-top.png"}
    [row], _ = ledger_of(tmp_path)
    assert [p["value"] for p in row["parts"]] == [2, 1]
    assert sorted(row["files"]) == ["figures/countries-top.png", "figures/countries-top.svg", "tables/countries-top.csv"]


def test_too_little_for_a_figure_gives_a_sentence_and_no_file(door, shown, tmp_path, ranking):
    def never(frame):
        raise AssertionError("drawn although there is nothing to draw")

    door.figure("countries-top", ranking.head(1), "actor", "papers", never)
    assert shown[0][0]["text/markdown"].startswith("Fewer than two countries")
    assert not list((tmp_path / "figures").iterdir())


def test_empty_table_gives_its_absent_sentence(door, shown, ranking):
    door.table("countries-ranking", ranking.head(0), "actor")
    assert shown[0][0]["text/markdown"] == "No record names a country."


def test_told_text_is_escaped_and_told_numbers_are_glued(door, shown):
    papers = door.number("joint", 5)
    door.tell("countries.pair.present", one="<b>A</b>", other="B*", papers=papers)
    text = shown[-1][0]["text/markdown"]
    assert "{glue:text}`joint`" in text and "\\<b\\>A" in text and "B\\*" in text


def test_one_exhibit_cannot_stand_twice(door, ranking):
    door.table("countries-ranking", ranking, "actor")
    with pytest.raises(ValueError, match="stands twice"):
        door.table("countries-ranking", ranking, "actor")


def test_quote_survives_backticks(door, shown):
    door.quote("a ``` b ```` c")
    text = shown[0][0]["text/markdown"]
    fence = text.split("{")[0]
    assert len(fence) > 4 and text.rstrip().endswith(fence)


def test_ledger_rows_are_json_with_sorted_keys(door, tmp_path):
    door.number("x", 1)
    line = (tmp_path / "ledger" / "countries.ledger.jsonl").read_text().splitlines()[0]
    assert list(json.loads(line)) == sorted(json.loads(line))
    assert set_hash([]) == hashlib.sha256(b"").hexdigest()

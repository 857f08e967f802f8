"""The benchmark: its exports are whole, its counts right, its verdict one that can be missed. No times."""

import re

import import_speed
import pytest
import synthetic_exports
from import_speed import Run

from livingreview.corpus.importer import import_to  # noqa: E402
from livingreview.corpus.store import open_corpus  # noqa: E402


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    # Record 2,290 (from 0) is record 1,690 once more: both are among these.
    folder = tmp_path_factory.mktemp("exports")
    return synthetic_exports.write_exports(folder, records=800, seed=1, first=1500, processes=1)


@pytest.fixture(scope="module")
def imported(exports, tmp_path_factory):
    out = tmp_path_factory.mktemp("corpus") / "corpus"
    return import_to(exports, out), open_corpus(out)


def test_every_synthetic_record_is_read_and_only_the_repeated_one_merged(imported):
    ledger, corpus = imported
    totals = {name: ledger.total(name) for name in ("read", "kept", "merged", "rejected")}
    assert totals == {"read": 800, "kept": 799, "merged": 1, "rejected": 0}
    assert [f.kind for f in ledger.findings] == ["merged"]
    assert len(corpus.tables["undecided"]) == 0
    records, references = corpus.tables["records"], corpus.tables["references"]
    assert records["accession"].is_unique and records["title"].is_unique
    assert records.loc[records["doi"] != "", "doi"].is_unique
    announced = records.set_index("record")["reference_count"].to_dict()
    assert references.groupby("record").size().to_dict() == announced


def test_size_and_shape_are_those_of_real_exports(exports):
    text = "".join(path.read_text(encoding="utf-8-sig") for path in exports)
    assert 7_500 < len(text.encode()) / 800 < 8_500
    references = re.findall(r"^(?:CR|  ) (.*, \d{4}, .*)$", text, re.M)
    assert 40 * 800 < len(references) < 60 * 800
    assert any(", DOI [10." in r for r in references) and any(", DOI 10." in r for r in references)
    for tag in "AF C1 C3 RP EM RI OI FU FX CT EA AR BP WC SC U1 U2".split():
        assert f"\n{tag} " in text, tag
    assert re.search(r"^OI .*\n(?:   .*\n)*   \n(?=[A-Z])", text, re.M), "no wrapped list that ends in a line of blanks"


def test_a_larger_set_holds_the_parts_of_the_smaller_one_and_a_seed_is_its_own(exports, tmp_path):
    part = synthetic_exports.write_exports(tmp_path, 500, seed=1, first=1500)[0]
    assert part.name == exports[0].name == "records-0001501-0002000.txt"
    assert part.read_bytes() == exports[0].read_bytes()
    assert exports[1].name == "records-0002001-0002300.txt"
    other = synthetic_exports.record(8, 1500)
    assert other not in part.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="multiple of 500"):
        synthetic_exports.write_exports(tmp_path, 500, first=1)


def test_repeated_records_are_counted_as_they_are_written():
    assert synthetic_exports.repeats(27_500) == 12
    assert [synthetic_exports.repeats(n) for n in (2290, 2291)] == [0, 1]
    assert synthetic_exports.record(1, 2290) == synthetic_exports.record(1, 1690)
    assert synthetic_exports.record(1, 2290, unique=True) != synthetic_exports.record(1, 1690, unique=True)
    assert synthetic_exports.record(1, 2289) != synthetic_exports.record(1, 1689)


def runs(seconds, peak=250.0, read=100, merged=0, rejected=0):
    peers = {tool: [Run(101, s, s, 50.0)] for tool, s in zip(import_speed.PEERS, (3.0, 2.0, 4.0), strict=True)}
    return peers | {import_speed.OURS: [Run(read, s, s, peak, merged, rejected) for s in seconds]}


@pytest.mark.parametrize(
    ("given", "missed"),
    [
        (runs([0.9, 1.0, 9.0]), None),  # the median, at half of the fastest peer's 2 seconds
        (runs([1.1]), "time of the fastest peer, metaknowledge"),
        (runs([0.5], peak=301.0), "MB at the peak"),
        (runs([0.5], read=99), "records read"),
        (runs([0.5], merged=1), "records read"),
        (runs([0.5], rejected=1), "records read"),
    ],
)
def test_a_goal_that_is_missed_is_said_to_be(given, missed):
    held, text = import_speed.judge(given, records=100, twice=0)
    lines = [line for line in text.splitlines() if line.startswith("- MISSED")]
    assert held is (missed is None)
    assert len(lines) == (0 if missed is None else 1) and (missed or "") in "".join(lines)


def test_the_table_shows_what_a_peer_misread_and_the_share_of_the_fastest():
    table = import_speed.table_of_peers(runs([1.0]), records=100).splitlines()
    assert table[2].startswith("| wosfile | parse only | 101 (+1) | 3.00 | 3.00 | 1.50 |")
    assert table[5].startswith("| livingreview | text to normal form on disk | 100 | 1.00 | 1.00 | 0.50 |")


def test_growth_is_linear_where_a_record_costs_the_same():
    def grown(seconds):
        return {n: Run(n, s, s, 100.0) for n, s in zip((100, 1000), seconds, strict=True)}

    assert import_speed.judge_growth(grown((1.0, 15.0)), {100: 0, 1000: 0})[0]
    assert not import_speed.judge_growth(grown((1.0, 15.1)), {100: 0, 1000: 0})[0]
    assert not import_speed.judge_growth(grown((1.0, 10.0)), {100: 0, 1000: 1})[0]


def test_too_little_space_is_said_before_anything_is_written(tmp_path):
    with pytest.raises(import_speed.Stop, match="name another --folder"):
        import_speed._need_space(tmp_path, 10**12)

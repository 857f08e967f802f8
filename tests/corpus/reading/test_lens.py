"""Lens CSV, hand-made, damaged, and a real file."""

from pathlib import Path

import pytest
from livingreview.corpus.ledger import REJECTED
from livingreview.corpus.reading import lens
from livingreview.errors import InputError

FILE = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "other-sources" / "bibliometrix_lens_sample.csv"
HEADER = (
    "Lens ID,Title,Date Published,Publication Year,ISSNs,Author/s,Fields of Study,MeSH Terms,References,"
    "Citing Works Count\n"
)


def row(number, title="A title"):
    return (
        f'"000-000-000-000-00{number}","{title}","2020-11-22",2020,"21945411; 2194541X","Ann B. Wu; Qi Li",'
        '"Physics; Optics","Optics","000-000-000-000-10X; 000-000-000-000-110",3\n'
    )


def test_a_record():
    reading = lens.read("a.csv", HEADER + row(1))
    (raw,) = reading.records
    assert raw.listed == {"AU": ["Ann B. Wu", "Qi Li"], "AF": ["Ann B. Wu", "Qi Li"]}
    assert raw.joined == {
        "UT": "000-000-000-000-001", "TI": "A title", "PY": "2020", "PD": "NOV 22", "TC": "3",
        "SN": "2194-5411; 2194-541X", "ID": "Physics; Optics",
    }  # fmt: skip
    assert [r[0] for r in raw.references] == ["000-000-000-000-10X", "000-000-000-000-110"]
    assert all(r[1:] == ("", None, "", "", "", "") for r in raw.references)
    assert (reading.source, reading.announced) == ("The Lens", 1)


def test_what_r_writes_for_a_missing_value_is_missing():
    raw = lens.read("a.csv", HEADER + '"000-000-000-000-001","NA",NA,NA,NA,NA,NA,NA,NA,0\n').records[0]
    assert raw.joined == {"UT": "000-000-000-000-001", "TI": "NA", "TC": "0"}
    assert raw.listed == {} and raw.references is None


def test_a_damaged_record_is_rejected_and_its_neighbours_read():
    reading = lens.read("a.csv", HEADER + row(1) + row(2).replace('"A title"', '"A title') + row(3))
    assert [r.joined["UT"][-1] for r in reading.records] == ["1", "3"]
    assert [(f.kind, f.line) for f in reading.findings] == [(REJECTED, 3)]
    assert reading.announced == 3


@pytest.mark.parametrize("text", [HEADER, "Title,Authors\nA,B\n"])
def test_what_is_no_export(text):
    with pytest.raises(InputError):
        lens.read("a.csv", text)


def test_a_real_export():
    if not FILE.is_file():
        pytest.skip("needs shared/data/other-sources/bibliometrix_lens_sample.csv")
    text = FILE.read_text("utf-8-sig")
    assert lens.recognises(text[:65536])
    reading = lens.read(FILE.name, text)
    assert len(reading.records) == reading.announced == 8 and not reading.findings
    first = reading.records[0]
    assert len(first.listed["AU"]) == 10 and first.joined["DI"] == "10.1007/s10669-020-09792-x"
    assert (first.joined["PY"], first.joined["TC"], first.joined["PM"]) == ("2020", "10", "33251087")

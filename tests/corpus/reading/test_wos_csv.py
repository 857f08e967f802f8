"""Web of Science as CSV: a saved workbook, and a table that lost its line ends."""

from pathlib import Path

import pytest
from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED
from livingreview.corpus.reading import wos_csv
from livingreview.errors import InputError

FILE = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "wos-energy-ai" / "wos_literature.csv"
HEADER = "Authors;Article Title;Publication Year;UT (Unique WOS ID)\n"


def test_a_saved_workbook():
    reading = wos_csv.read("a.csv", HEADER + '"Wu, S; Li, Q";"A; B";2020;WOS:1\n')
    (raw,) = reading.records
    assert raw.listed == {"AU": ["Wu, S", "Li, Q"]}
    assert raw.joined == {"TI": "A; B", "PY": "2020", "UT": "WOS:1"}
    assert reading.announced == 1 and not reading.findings


def test_damage_is_located():
    text = HEADER + '"Wu, S";A;2020;WOS:11\n"Lost";"B;2020;WOS:12\n"Li, Q";C;2021;WOS:13\n"Cut";D;2021;WOS'
    reading = wos_csv.read("a.csv", text)
    assert [raw.joined["UT"] for raw in reading.records] == ["WOS:11", "WOS:13"]
    assert [(f.kind, f.line) for f in reading.findings] == [(REJECTED, 3), (REJECTED, 5)]
    assert reading.findings[1].reason == TRUNCATED
    assert reading.announced == 4


GLUED = "AB,AF,AU,CR,NR,TC,TI,UT\n"


def test_what_a_script_glued_together():
    text = GLUED + (
        '"Abstract. C1 [Wu, Shan; Li, Qi] U X, Japan. [Li, Qi] U Y, Peoples R China. C3 U X; U Y",'
        '"Wu, Shan Li, Qi van Berg, Jan","Wu, S Li, Q van Berg, J","A B, 2020, J, DOI 10.1/x C D, 2021, K",2,'
        "67 Z9 76 U1 6 U2 116,T,WOS:1\n"
    ).replace("Wu, Shan; Li, Qi]", "Wu, Shan; Li, Qi; van Berg, Jan]")
    reading = wos_csv.read("a.csv", text)
    (raw,) = reading.records
    assert raw.listed == {
        "AU": ["Wu, S", "Li, Q", "van Berg, J"],
        "AF": ["Wu, Shan", "Li, Qi", "van Berg, Jan"],
        "C1": ["[Wu, Shan; Li, Qi; van Berg, Jan] U X, Japan.", "[Li, Qi] U Y, Peoples R China."],
    }
    assert raw.joined == {
        "AB": "Abstract.", "C3": "U X; U Y", "NR": "2", "TI": "T", "UT": "WOS:1",
        "TC": "67", "Z9": "76", "U1": "6", "U2": "116",
    }  # fmt: skip
    assert sorted((f.kind, f.field) for f in reading.findings) == [
        (REPAIRED, "AU"), (REPAIRED, "C1"), (REPAIRED, "CR"), (REPAIRED, "TC"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("full", "printed", "address", "authors", "full_names"),
    [
        # One author without comma: the initials count two, the addresses three.
        ("Rafi, Sh Al-Masood Hossain, E B", "Rafi, S Al-Masood Hossain, E", "Rafi, Sh; Al-Masood; Hossain, E B",
         ["Rafi, Sh", "Al-Masood", "Hossain, E B"], ["Rafi, Sh", "Al-Masood", "Hossain, E B"]),
        # No address names them.
        ("Wu, Shan Li, Qi", "Wu, S Li, Q", "", ["Wu, S", "Li, Q"], None),
    ],
)  # fmt: skip
def test_authors_are_told_apart_by_what_proves_it(full, printed, address, authors, full_names):
    abstract = f"A. C1 [{address}] U X, Japan." if address else "A."
    (raw,) = wos_csv.read("a.csv", GLUED + f'"{abstract}","{full}","{printed}",,,1,T,WOS:1\n').records
    assert raw.listed["AU"] == authors
    assert raw.listed.get("AF") == full_names


def test_one_author_is_no_run():
    reading = wos_csv.read("a.csv", GLUED + 'A,"Wu, Shan","Wu, S","A B, 2020, J, DOI 10.1/x",1,5,T,WOS:1\n')
    assert reading.records[0].listed == {"AU": ["Wu, S"], "AF": ["Wu, Shan"], "CR": ["A B, 2020, J, DOI 10.1/x"]}
    assert not reading.findings


@pytest.mark.parametrize("text", [HEADER, "Title,Authors\nA,B\n"])
def test_what_is_no_export(text):
    with pytest.raises(InputError):
        wos_csv.read("a.csv", text)


def test_other_formats_are_not_claimed():
    scopus, lens = "Authors,Title,Year,Source title,EID\n", "Lens ID,Title,Author/s\n"
    for head in ("PT\tAU\tTI\tUT\n", scopus, lens, "FN x\nVR 1.0\n"):
        assert not wos_csv.recognises(head)
    assert wos_csv.recognises(HEADER) and wos_csv.recognises("TI,AU,UT\n")


def test_a_real_table():
    if not FILE.is_file():
        pytest.skip("needs shared/data/wos-energy-ai/wos_literature.csv")
    text = FILE.read_text("utf-8-sig")
    assert wos_csv.recognises(text[:65536])
    reading = wos_csv.read(FILE.name, text)
    assert len({raw.joined["UT"] for raw in reading.records}) == reading.announced == 755
    assert not any(f.kind == REJECTED for f in reading.findings)
    assert all(raw.joined["TC"].isdigit() and raw.joined["Z9"].isdigit() for raw in reading.records)
    first = reading.records[0]
    assert first.listed["AU"] == ["Wang, YZ", "Zhang, NQ", "Chen, X"]
    assert first.listed["AF"] == ["Wang, Yizhen", "Zhang, Ningqing", "Chen, Xiong"]
    assert first.joined["C3"] == "Fudan University" and len(first.listed["C1"]) == 2

"""RIS of several writers, and damage that stays with its own record."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED
from livingreview.corpus.reading import ris
from livingreview.errors import InputError

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"

WOS = """\
TY  - JOUR
AU  - Wu, S
AU  - Li, QM
TI  - Cobalt and zinc
T2  - ACTA EXEMPLARIA
M3  - Article
AB  - One.
KW  - cobalt
KW  - NANOPARTICLES
C3  - Fudan University
PU  - ELSEVIER
SN  - 1234-5678
DA  - AUG 15
PY  - 2021
VL  - 4
IS  - 2
SP  - 11
EP  - 19
DO  - 10.1000/{n}
C6  - JUN 2021
AN  - WOS:{n:015d}
ER  -

"""
SCOPUS = """\
TY  - CONF
TI  - A talk
T2  - Proc. Ex.
J2  - Proc. Ex.
VL  - 12
C7  - 1045
PY  - 2020
DA  - 2020//
DO  - 10.1000/s1
AU  - Wu, S.
AD  - Fudan University, Shanghai, China
AD  - Kyoto University, Kyoto, Japan
UR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-85012345678&doi=10.1000%2fs1
KW  - Cobalt; Zinc
LA  - English
SN  - 9781234567897 (ISBN)
N1  - Export Date: 12 March 2021; Cited By: 5
ER  -
"""
OTHERS = """\
Provider: somebody

TY  - JOUR
TI  - From Zotero
AU  - Smith, Ann
DA  - 2019/03/07/
PY  - 2019
DP  - Crossref
UR  - https://doi.org/10.1000/z1
Y2  - 2020/12/24/
ER  -

TY  - BOOK
T1  - From EndNote
A1  - Jones, B.
KW  - Animals
Humans
SP  - 905-21
N2  - A text
that goes on
AN  - 30123456
ID  - 17
ER  -
"""


def library(*numbers):
    return "".join(WOS.format(n=n) for n in numbers)


def rejected(reading):
    return [f for f in reading.findings if f.kind == REJECTED]


def numbers(reading):
    return [int(r.joined["UT"].removeprefix("WOS:")) for r in reading.records]


def test_web_of_science():
    reading = ris.read("a.ris", library(1, 2))
    assert (reading.source, reading.announced, reading.findings) == ("Web of Science", 2, [])
    assert len(reading.notes) == 1 and "Keywords Plus" in reading.notes[0]
    first, second = reading.records
    assert first.listed == {"AU": ["Wu, S", "Li, QM"]}
    assert first.joined == {
        "PT": "J", "TI": "Cobalt and zinc", "SO": "ACTA EXEMPLARIA", "DT": "Article", "AB": "One.",
        "DE": "cobalt; NANOPARTICLES", "C3": "Fudan University", "PU": "ELSEVIER", "SN": "1234-5678",
        "PD": "AUG 15", "PY": "2021", "VL": "4", "IS": "2", "BP": "11", "EP": "19",
        "DI": "10.1000/1", "EA": "JUN 2021", "UT": "WOS:000000000000001",
    }  # fmt: skip
    assert (first.lines["AU"], first.lines["DE"], second.line, second.lines["UT"]) == (2, 8, 24, 44)


def test_scopus():
    reading = ris.read("s.ris", SCOPUS)
    (record,) = reading.records
    assert reading.source == "Scopus"
    assert record.listed["C1"] == ["Fudan University, Shanghai, China", "Kyoto University, Kyoto, Japan"]
    expected = {
        "UT": "2-s2.0-85012345678", "TC": "5", "DA": "2021-03-12", "PT": "C", "AR": "1045",
        "DE": "Cobalt; Zinc", "BN": "9781234567897", "PY": "2020", "DI": "10.1000/s1",
    }  # fmt: skip
    assert {tag: record.joined.get(tag) for tag in expected} == expected
    assert "PD" not in record.joined and "SN" not in record.joined


def test_zotero_and_endnote():
    reading = ris.read("o.ris", OTHERS)
    zotero, endnote = reading.records
    assert (reading.source, reading.findings) == ("RIS", [])
    assert (zotero.line, zotero.joined["PD"], zotero.joined["DI"]) == (3, "MAR 7", "10.1000/z1")
    assert endnote.joined["DE"] == "Animals; Humans"
    assert (endnote.joined["BP"], endnote.joined["EP"]) == ("905", "21")
    assert endnote.joined["AB"] == "A text that goes on"
    assert "UT" not in endnote.joined  # 30123456 says not of which database


def test_a_record_without_its_end_is_rejected_and_its_neighbours_are_read():
    text = library(1, 2, 3)
    place = text.index("ER  -", text.index("10.1000/2"))
    reading = ris.read("a.ris", text[:place] + text[place + 5 :])
    assert numbers(reading) == [1, 3] and reading.announced == 3
    assert [(f.line, f.reason) for f in rejected(reading)] == [(24, "no ER before the next record")]


def test_a_record_without_its_opening_is_rejected_and_its_neighbours_are_read():
    place = len(library(1))
    text = library(1, 2, 3)
    reading = ris.read("a.ris", text[:place] + "XX" + text[place + 2 :])
    assert numbers(reading) == [1, 3]
    assert [(f.line, f.reason) for f in rejected(reading)] == [(24, "record without TY")]


def test_two_records_run_into_one_are_told_by_their_numbers():
    text = library(1, 2)
    joined = text.replace("ER  -\n\nTY  - JOUR\n", "")
    assert [f.reason for f in rejected(ris.read("a.ris", joined))] == [
        "two different DO: two records run into one"
    ]


def test_tags_without_their_blanks_are_repairs():
    reading = ris.read("a.ris", library(1).replace("PY  - ", "PY - ").replace("VL  - 4", "VL-  4"))
    assert numbers(reading) == [1]
    assert [(f.kind, f.field, f.line) for f in reading.findings] == [(REPAIRED, "PY", 14), (REPAIRED, "VL", 15)]
    assert reading.records[0].joined["PY"] == "2021"


@given(st.integers(min_value=0, max_value=len(library(2)) - 7))
@settings(max_examples=60, deadline=None)
def test_a_cut_file_keeps_the_whole_records(cut):
    text = library(1)
    reading = ris.read("a.ris", text + library(2)[: 10 + min(cut, len(library(2)) - 17)])
    assert numbers(reading) == [1]
    assert [f.reason for f in rejected(reading)] == [TRUNCATED]


@given(st.lists(st.sampled_from(["TY", "  - ", "JOUR", "\n", "ER", "AU", "a", "-", " ", "\x00", "KW", "SP", "1-2", "PY", "2020"]), max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reader_and_neighbours_stay(pieces):
    reading = ris.read("a.ris", library(1) + "".join(pieces) + "\n" + library(2))
    assert {1, 2} <= {int(r.joined["UT"][4:]) for r in reading.records if "UT" in r.joined}


def test_a_line_end_turned_round_hides_no_record():
    reading = ris.read("a.ris", library(1, 2).replace("\n\nTY", "\n\n\rTY"))
    assert numbers(reading) == [1, 2] and reading.records[1].line == 24 and reading.announced == 2


def test_what_is_no_ris_is_not_claimed():
    assert not ris.recognises("PMID- 1\nOWN - NLM\nTI  - A\nAB  - B\n")
    assert not ris.recognises("FN Clarivate\nPT J\nAU A\n")
    assert not ris.recognises("@article{x,\nTY  - JOUR\nAU  - x\nTI  - y\n}")
    assert ris.recognises(WOS) and ris.recognises(OTHERS)
    with pytest.raises(InputError, match="no line with TY"):
        ris.read("a.ris", "nothing")


def test_a_real_file_is_read_whole():
    file = DATA / "other-sources" / "example.ris"
    if not file.is_file():
        pytest.skip("real exports are kept outside the project, in ../shared/data")
    # As an import decodes it; between its records stands "\n\r" beside "\r\n".
    text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    reading = ris.read("example.ris", text)
    assert len(reading.records) == reading.announced == 25 and reading.findings == []
    # Counted by grep: 163 lines AU, 264 lines KW, 24 DO that are not blank.
    assert sum(len(r.listed["AU"]) for r in reading.records) == 163
    assert sum(len(r.joined["DE"].split("; ")) for r in reading.records) == 264
    assert sum("DI" in r.joined for r in reading.records) == 24


def test_a_mark_of_the_beginning_alone_on_its_line_is_no_error():
    reading = ris.read("a.ris", "TY  - JOUR\nTI  - A\n\ufeff\nPY  - 2020\nER  - \n")
    assert [raw.joined["TI"] for raw in reading.records] == ["A"]

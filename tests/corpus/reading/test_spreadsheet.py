"""Workbooks made here cell by cell, damaged ones, and one real search in three formats."""

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from livingreview.corpus.ledger import REJECTED, REPAIRED
from livingreview.corpus.reading import spreadsheet, wos_tab
from livingreview.corpus.reading.tables import header_tags
from livingreview.errors import InputError

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
HEADER = ["Publication Type", "Authors", "Article Title", "Addresses", "Publication Year", "UT (Unique WOS ID)"]
ONE = ["J", "Wu, S; Li, Q", "First", "[Wu, S.; Li, Q.] U X, Japan; [Wu, S.] U Y, France", 2020, "WOS:1"]
TWO = ["J", "Ito, K", "Second", "", 2021, "WOS:2"]


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def read(**sheets):
    return spreadsheet.read("a.xlsx", workbook(**sheets))


def test_a_record_a_row():
    reading = read(savedrecs=[HEADER, ONE, TWO])
    first, second = reading.records
    assert first.listed == {
        "AU": ["Wu, S", "Li, Q"],
        "C1": ["[Wu, S.; Li, Q.] U X, Japan", "[Wu, S.] U Y, France"],
    }
    assert first.joined == {"PT": "J", "TI": "First", "PY": "2020", "UT": "WOS:1"}
    assert (first.line, second.line, first.lines["PY"]) == (2, 3, 2)
    assert reading.announced == 2 and not reading.findings and reading.source == "Web of Science"


def test_rows_before_the_header_and_blank_or_repeated_ones_are_no_records():
    reading = read(notes=[["my search"]], recs=[["Topic: steel"], [], HEADER, ONE, [], HEADER, TWO])
    assert [(r.joined["UT"], r.line) for r in reading.records] == [("WOS:1", 4), ("WOS:2", 7)]
    assert reading.announced == 2


def test_two_letter_tags_and_foreign_columns():
    reading = read(a=[["UT", "TI", "My mark", "AU"], ["WOS:1", "T", "good", "Wu, S"]])
    assert reading.records[0].joined == {"UT": "WOS:1", "TI": "T"}


def test_only_the_first_sheet_of_records_is_read_and_the_other_named():
    reading = read(one=[HEADER, ONE], two=[HEADER, TWO])
    assert [r.joined["UT"] for r in reading.records] == ["WOS:1"]
    assert "'two'" in reading.notes[0]


def test_cells_read_as_the_workbook_shows_them():
    header = ["Authors", "Article Title", "Volume", "Issue", "Start Page", "Date of Export", "UT"]
    row = ["Wu, S", True, 12.0, 0.5, 1234567890123, datetime.date(2024, 5, 1), "=1+1"]
    joined = read(a=[header, row]).records[0].joined
    assert joined == {
        "TI": "TRUE", "VL": "12", "IS": "0.5", "BP": "1234567890123", "DA": "2024-05-01",
    }  # fmt: skip


def test_addresses_of_corresponding_authors_are_spaced_as_in_plain_text():
    header = ["AU", "TI", "RP"]
    value = "Wu, S (corresponding author), U X, Japan.;Li, Q (corresponding author), U Y, France."
    assert read(a=[header, ["Wu, S", "T", value]]).records[0].joined["RP"] == value.replace(".;", ".; ")


def test_what_stands_beside_the_named_columns_is_left_out():
    reading = read(a=[HEADER, [*ONE, "", "my remark"], TWO])
    assert [r.joined["UT"] for r in reading.records] == ["WOS:1", "WOS:2"]
    assert "my remark" not in reading.records[0].joined.values()


def test_a_row_without_a_record_is_rejected():
    reading = read(a=[[*HEADER, "Remark"], ONE, ["J", "", "", "", "", "", "look this up"], TWO])
    assert [r.line for r in reading.records] == [2, 4]
    (found,) = reading.findings
    assert (found.kind, found.line) == (REJECTED, 3)
    assert found.text == "J\t\t\t\t\t\tlook this up"
    assert reading.announced == 3


def test_a_cell_filled_to_its_limit_is_told_and_loses_its_broken_entry():
    references = "; ".join(f"Author{n:05d} A, 2000, J PHYS, V1, P1" for n in range(1000))[:32_767]
    raw = read(a=[["AU", "TI", "CR"], ["Wu, S", "T", references]])
    (found,) = raw.findings
    assert (found.kind, found.field, found.line) == (REPAIRED, "CR", 2)
    assert raw.records[0].listed["CR"] == references.split("; ")[:-1]


def test_header_needs_columns_of_this_database():
    scopus = ["Authors", "Title", "Year", "Source title", "Abstract", "Affiliations"]
    assert header_tags(scopus) is None
    assert header_tags(["Authors", "Article Title", "a", "b", "c", "d"]) is None


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (workbook(recs=[["Name", "Mark"], ["Wu", 1]]), "'Name', 'Mark'"),
        (workbook(recs=[]), "no filled sheet"),
        (workbook(recs=[HEADER]), "a header only"),
        (workbook(recs=[HEADER, ONE])[:2000], "a broken archive"),
        (workbook(recs=[HEADER, ONE]).replace(b"PK\x05\x06", b"PK\x00\x00"), "a broken archive"),
        (b"PK\x03\x04[Content_Types].xml", "a broken archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000, "a damaged one"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ],
)
def test_what_is_no_export_is_named(content, found):
    with pytest.raises(InputError) as caught:
        spreadsheet.read("mine.xlsx", content)
    assert found in caught.value.found
    assert "mine.xlsx" in caught.value.where and caught.value.expected and caught.value.next_step


def archive(parts, mode=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", mode) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return held.getvalue()


def repacked(replace):
    """A workbook with one part put in another's place."""
    with zipfile.ZipFile(io.BytesIO(workbook(recs=[HEADER, ONE]))) as whole:
        parts = {entry: whole.read(entry) for entry in whole.namelist()}
    return archive(parts | replace)


SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (archive({"[Content_Types].xml": "", "letter.txt": "xl/"}), "no .xlsx workbook"),
        (archive({"[Content_Types].xml": "", "xl/workbook.xml": "<w/>"}), "without worksheets"),
        (archive({f"xl/{n}": "" for n in range(10_001)}), "10,001 parts"),
        (repacked({"xl/worksheets/sheet1.xml": b" " * (40 << 20)}), "packed more than 300-fold"),
        (
            repacked({"xl/worksheets/sheet1.xml": SHEET.format(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            )}),
            "",
        ),
        (repacked({"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row"}), ""),
        (repacked({"xl/workbook.xml": "<workbook/>"}), "without worksheets"),
    ],
    ids=["other zip", "no sheets", "many parts", "bomb", "far cell", "broken part", "empty book"],
)  # fmt: skip
def test_archives_that_would_take_the_machine_are_refused(content, found):
    with pytest.raises(InputError) as caught:
        spreadsheet.read("a.xlsx", content)
    assert found in caught.value.found


def test_declared_sizes_are_not_believed(monkeypatch):
    monkeypatch.setattr(spreadsheet, "_UNPACKED", 5000)
    with pytest.raises(InputError, match="once unpacked"):
        read(a=[HEADER, ONE])


def test_recognised_by_content():
    whole = workbook(a=[HEADER])
    assert spreadsheet.recognises(whole[:65536])
    assert not spreadsheet.recognises(b"PT\tAU\tTI\nJ\t")


def test_old_workbook_equals_the_tab_delimited_export_of_the_same_search():
    folder = DATA / "wos-polymer-microscopy"
    if not folder.is_dir():
        pytest.skip("needs the exports in shared/data/wos-polymer-microscopy")
    tab = wos_tab.read("t", (folder / "savedrecs-2.txt").read_text("utf-8-sig"))
    old = spreadsheet.read("savedrecs.xls", (folder / "savedrecs.xls").read_bytes())
    assert len(old.records) == len(tab.records) == 350
    by_number = {raw.joined["UT"]: raw for raw in tab.records}
    differing = set()
    for raw in old.records:
        other = by_number[raw.joined["UT"]]
        assert raw.listed == other.listed
        tags = raw.joined.keys() | other.joined.keys()
        differing |= {tag for tag in tags if raw.joined.get(tag) != other.joined.get(tag)}
        for tag in differing - {"AR", "DL"}:
            assert raw.joined.get(tag, "") == other.joined.get(tag, "").replace('"', "")
    assert differing <= set(spreadsheet.NOT_CARRIED)
    assert {"AR", "TI", "AB"} <= differing


def test_new_workbook_of_a_thousand_records():
    file = DATA / "wos-hydrogen-steel" / "savedrecs.xlsx"
    if not file.is_file():
        pytest.skip("needs the exports in shared/data/wos-hydrogen-steel")
    reading = spreadsheet.read(file.name, file.read_bytes())
    assert len({raw.joined["UT"] for raw in reading.records}) == reading.announced == 1000
    assert not reading.findings and not reading.notes
    first = reading.records[0]
    assert first.listed["AU"] == ["Svubure, O", "Struik, PC", "Haverkort, AJ", "Steyn, JM"]
    assert (first.joined["PY"], first.joined["TC"], first.joined["NR"]) == ("2018", "9", "29")

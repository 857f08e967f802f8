"""The readers against hand-made records in every layout, and against damage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED
from livingreview.corpus.reading.blocks import decode
from livingreview.corpus.reading.recognise import WOS_TEXT, recognise
from livingreview.corpus.reading.wos_tab import read as read_tab
from livingreview.corpus.reading.wos_text import read as read_text
from livingreview.errors import InputError

HEADER = "FN Clarivate Analytics Web of Science\nVR 1.0\n"
ONE = """PT J
AU Wu, S
   Li, Q
TI A title that is
   wrapped
PY 2020
UT WOS:1
ER
"""
TWO = "PT J\nAU Ito, K\nTI Second\nUT WOS:2\nER\n"


def accessions(reading):
    return [raw.joined.get("UT", "") for raw in reading.records]


@pytest.mark.parametrize(
    "text",
    [
        HEADER + ONE + "\n" + TWO + "\nEF",
        HEADER + ONE + TWO,
        ONE + "\n\n" + TWO + "EF\n",
        "VR 1.0\n" + ONE + TWO,
        (HEADER + ONE + TWO + "EF").replace("\nTI", "\n\nTI"),
        (HEADER + ONE + TWO + "EF").replace("\n   ", "\n \n   "),
        HEADER + ONE + "\nEF\n\ufeff" + HEADER + TWO + "\nEF\n",
    ],
    ids=["usual", "no EF", "no header", "VR only", "blank inside", "blank before indent", "joined"],
)
def test_layouts_of_plain_text(text):
    reading = read_text("a.txt", text)
    assert accessions(reading) == ["WOS:1", "WOS:2"]
    assert not reading.findings
    first = reading.records[0]
    assert first.listed["AU"] == ["Wu, S", "Li, Q"]
    assert first.joined["TI"] == "A title that is wrapped"


def test_lines_are_located():
    raw = read_text("a.txt", HEADER + "\n" + ONE + TWO).records
    assert [r.line for r in raw] == [4, 12]
    assert raw[0].lines["PY"] == 9


def test_repeated_tags_are_one_field():
    raw = read_text("a.txt", "PT J\nAU Wu, S\nTI T\nAU Li, Q\nDE a; b;\nDE c\nER\n").records[0]
    assert raw.listed["AU"] == ["Wu, S", "Li, Q"]
    assert raw.joined["DE"] == "a; b; c"


def test_missing_ef_is_noted_and_no_error():
    assert "EF" in read_text("a.txt", ONE).notes[0]
    assert read_text("a.txt", ONE + "EF").notes == []


@pytest.mark.parametrize(
    ("text", "reason", "line", "left"),
    [
        (ONE.replace("ER\n", "") + TWO, "no ER before the next record", 1, ["WOS:2"]),
        (TWO + ONE.replace("ER\n", "") + "EF\n", "no ER before EF", 6, ["WOS:2"]),
        (TWO + ONE.replace("ER\n", "") + HEADER + TWO, "no ER before FN", 6, ["WOS:2", "WOS:2"]),
        (ONE + "AU Lost, A\nTI No PT\nER\n" + TWO, "record without PT", 9, ["WOS:1", "WOS:2"]),
        (ONE + "PT J\nER\n" + TWO, "without any field", 9, ["WOS:1", "WOS:2"]),
        (ONE.replace("ER\n", "UT WOS:9\nER\n") + TWO, "two different UT", 1, ["WOS:2"]),
    ],
)
def test_a_damaged_record_is_rejected_and_its_neighbours_are_read(text, reason, line, left):
    reading = read_text("a.txt", text)
    assert accessions(reading) == left
    (found,) = reading.findings
    assert (found.kind, found.file, found.line) == (REJECTED, "a.txt", line)
    assert reason in found.reason
    assert found.text.split("\n")[0] == text.split("\n")[line - 1]


def test_a_rejected_record_keeps_its_whole_text():
    broken = ONE.replace("ER\n", "")
    assert read_text("a.txt", broken + TWO).findings[0].text == broken.rstrip("\n")


def test_tag_without_space_and_line_without_indent_are_repaired():
    text = "PT J\nAUWu, S\n   Li, Q\nTI A title\nand its rest\nUT WOS:1\nER\n"
    reading = read_text("a.txt", text)
    raw = reading.records[0]
    assert raw.listed["AU"] == ["Wu, S", "Li, Q"]
    assert raw.joined["TI"] == "A title and its rest"
    assert [(f.kind, f.line, f.field) for f in reading.findings] == [
        (REPAIRED, 2, "AU"), (REPAIRED, 5, "TI"),
    ]  # fmt: skip


def test_wrapped_addresses_are_joined():
    text = "PT J\nC1 [Wu, S.;\n   Li, Q.] Univ X, Japan.\n   Univ Y,\n   Paris, France.\nER\n"
    assert read_text("a.txt", text).records[0].listed["C1"] == [
        "[Wu, S.; Li, Q.] Univ X, Japan.",
        "Univ Y, Paris, France.",
    ]


def test_truncated_plain_text_loses_its_last_record_only():
    text = HEADER + ONE + TWO + "PT J\nAU Cut, O\nTI Never fin"
    reading = read_text("part2.txt", text)
    assert accessions(reading) == ["WOS:1", "WOS:2"]
    (finding,) = reading.findings
    assert (finding.kind, finding.line, finding.reason) == (REJECTED, 16, TRUNCATED)
    assert finding.text == "PT J\nAU Cut, O\nTI Never fin"
    assert reading.announced == 3 and not reading.notes


def test_an_export_without_records():
    with pytest.raises(InputError, match="at least one record"):
        read_text("a.txt", HEADER + "EF\n")


TAB = "PT\tAU\tTI\tC1\tUT"
ROW1 = "J\tWu, S; Li, Q\tT1\t[Wu, S.; Li, Q.] U X, Japan; U Y, France\tWOS:1"
ROW2 = 'J\tIto, K\t"Quoted\t\tWOS:2'


@pytest.mark.parametrize(
    "text",
    [
        f"{TAB}\n{ROW1}\n{ROW2}\n",
        f"{TAB}\n{ROW1}\n{ROW2}",
        f"{TAB}\n{ROW1}\t\n{ROW2}\t\n",
        f"{TAB}\t\n{ROW1}\n\n{ROW2}\n\n",
        f"{TAB}\r\n{ROW1}\r\n{ROW2}\r\n",
        f"{TAB}\n{ROW1}\n{TAB}\n{ROW2}\n",
    ],
    ids=["usual", "no last end of line", "extra tab", "blank lines", "CRLF", "joined"],
)
def test_layouts_of_tab_delimited(text):
    reading = read_tab("a.txt", text)
    assert accessions(reading) == ["WOS:1", "WOS:2"]
    assert not reading.findings
    assert reading.records[0].listed == {
        "AU": ["Wu, S", "Li, Q"],
        "C1": ["[Wu, S.; Li, Q.] U X, Japan", "U Y, France"],
    }
    assert reading.records[1].joined["TI"] == '"Quoted'


def test_a_row_with_other_fields_is_rejected_and_located():
    reading = read_tab("a.txt", f"{TAB}\nJ\tonly two\n{ROW1}\nJ\ta\tb\tc\td\te\n{ROW2}\n")
    assert accessions(reading) == ["WOS:1", "WOS:2"]
    assert [(f.kind, f.line, f.reason) for f in reading.findings] == [
        (REJECTED, 2, "2 fields where the header has 5"),
        (REJECTED, 4, "6 fields where the header has 5"),
    ]
    assert reading.findings[0].text == "J\tonly two"


@pytest.mark.parametrize("cut", [2, len("WOS:2") - 1, len("WOS:2"), len("WOS:2") + 3])
def test_truncated_tab_delimited(cut):
    reading = read_tab("a.txt", f"{TAB}\n{ROW1}\n{ROW2}"[:-cut])
    assert accessions(reading) == ["WOS:1"]
    assert [(f.line, f.reason) for f in reading.findings] == [(3, TRUNCATED)]


def test_header_only():
    with pytest.raises(InputError, match="at least one record"):
        read_tab("a.txt", f"{TAB}\n")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b" \r\n\n", "an empty file"),
        ("\ufeff".encode(), "an empty file"),
        (b"%PDF-1.7\n...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
        (b"PK\x03\x04....data.txt", "a zip archive"),
        (b"<!DOCTYPE html>\n<html>PT J</html>", "an HTML page"),
        (b"\n<html><body>Session expired", "an HTML page"),
        (b"Title,Year,DOI,Authors\na,1,b,c", "a table with the columns Title, Year, DOI, Authors"),
        (b"\x00\x01,a,b,c,\xff\x00", "a binary file"),
        (b"PTA meeting minutes", "other text"),
        (b"Title\tYear\nA\t2020\n", "other text"),
    ],
)
def test_what_is_no_export_is_named(content, found):
    with pytest.raises(InputError) as caught:
        recognise("mine.txt", content)
    assert found in caught.value.found
    assert "mine.txt" in str(caught.value) and caught.value.next_step


@pytest.mark.parametrize(
    ("encode", "label"),
    [
        (lambda t: t.encode("utf-8"), "utf-8"),
        (lambda t: t.encode("utf-8-sig"), "utf-8 with BOM"),
        (lambda t: b"\xff\xfe" + t.encode("utf-16-le"), "utf-16 little-endian"),
        (lambda t: b"\xfe\xff" + t.encode("utf-16-be"), "utf-16 big-endian"),
    ],
)
@pytest.mark.parametrize("text", [ONE.replace("Wu", "Müller 吴"), f"{TAB}\n{ROW1} ü吴\n"])
def test_encodings(encode, label, text):
    for line_end in ("\n", "\r\n", "\r"):
        content = encode(text.replace("\n", line_end))
        assert recognise("a.txt", content).key == ("wos-tab-delimited" if "\t" in text else WOS_TEXT)
        assert decode("a.txt", content) == (text, label, [])


def test_bytes_that_are_no_utf8_are_read_and_told():
    content = "PT J\nAU Müller, A\n".encode() + b"TI caf\xe9 \x93x\x94 \x81\nER\n"
    text, _, repairs = decode("a.txt", content)
    assert text == "PT J\nAU Müller, A\nTI café “x” \x81\nER\n"
    assert [(repair.kind, repair.line) for repair in repairs] == [(REPAIRED, 3)]


def test_utf16_cut_in_a_character_is_read_up_to_the_break():
    text, _, repairs = decode("a.txt", b"\xff\xfe" + "PT J\nER".encode("utf-16-le") + b"A")
    assert text == "PT J\nER\ufffd"
    assert [(repair.kind, repair.line) for repair in repairs] == [(REPAIRED, 2)]


VALUE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1
).filter(lambda s: s.strip() and not s.strip().startswith("\ufeff"))


@given(
    st.lists(st.lists(VALUE, min_size=1, max_size=3), min_size=1, max_size=6),
    st.booleans(), st.booleans(), st.booleans(),
    st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)  # fmt: skip
def test_any_records_read_back_whole(titles, header, closing, blank, line_end, encoding):
    gap = "\n\n" if blank else "\n"
    text = HEADER if header else ""
    for number, lines in enumerate(titles):
        text += f"PT J{gap}TI " + f"{gap}   ".join(lines) + f"{gap}UT WOS:{number}\nER{gap}"
    text += "EF" if closing else ""
    decoded, _, _ = decode("a.txt", text.replace("\n", line_end).encode(encoding))
    reading = read_text("a.txt", decoded)
    assert len(reading.records) == len(titles)
    assert not reading.findings
    for raw, lines in zip(reading.records, titles, strict=True):
        assert raw.joined["TI"] == " ".join(line.strip(" ") for line in lines if line.strip(" "))

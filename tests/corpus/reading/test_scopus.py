"""Scopus CSV of both generations, hand-made, damaged, and two real files."""

from pathlib import Path

import pytest
from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED
from livingreview.corpus.reading import scopus
from livingreview.corpus.reading.scopus_people import addresses, correspondence, names
from livingreview.corpus.reading.scopus_references import reference, split_references
from livingreview.errors import InputError

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "other-sources"
OLD = "Authors,Author(s) ID,Title,Year,Source title,Funding Text 1,References,Source,EID\n"
NEW = "Authors,Author full names,Title,Year,Source title,ISSN,Cited by,Abstract,EID\n"


def row(*fields):
    return ",".join('"' + field.replace('"', '""') + '"' for field in fields) + "\n"


def old(number, title="A title", *more):
    return row("Wu S., Li Q.", "11;22;", title, "2005", "J. Phys", *more, "", "", "Scopus", f"2-s2.0-{number}")


def eids(reading):
    return [raw.joined["UT"] for raw in reading.records]


def test_the_columns_since_2022():
    text = NEW + row(
        "Wu S.; Li Q.", "Wu, Shan (1234567); Li, Qi (7654321)", 'On "x", y; z', "2024", "J. Phys",
        "01928651", "7", "Line one\nline two", "2-s2.0-1",
    )  # fmt: skip
    reading = scopus.read("a.csv", text)
    (raw,) = reading.records
    assert raw.listed == {"AU": ["Wu S.", "Li Q."], "AF": ["Wu, Shan", "Li, Qi"]}
    assert raw.joined == {
        "TI": 'On "x", y; z', "PY": "2024", "SO": "J. Phys", "SN": "0192-8651", "TC": "7",
        "AB": "Line one line two", "UT": "2-s2.0-1",
    }  # fmt: skip
    assert (reading.source, reading.announced, raw.line, raw.references) == ("Scopus", 1, 2, None)


def test_semicolon_separated_and_missing_values():
    text = "sep=;\n" + NEW.replace(",", ";") + 'Wu S.;;"T;1";2024;J;NA;;[No abstract available];2-s2.0-1\n'
    (raw,) = scopus.read("a.csv", text).records
    assert raw.joined == {"TI": "T;1", "PY": "2024", "SO": "J", "UT": "2-s2.0-1"}
    assert raw.line == 3


def test_a_row_with_more_funding_texts_than_the_header_is_aligned_and_told():
    reference = "Ito, K., (1999) J Phys, 5, p. 3"
    longer = row("Wu S.", "11", "B", "2005", "J", "Thanks to X.", "And to Y.", reference, "Scopus", "2-s2.0-2")
    reading = scopus.read("a.csv", OLD + old(1) + longer)
    assert eids(reading) == ["2-s2.0-1", "2-s2.0-2"]
    second = reading.records[1]
    assert second.joined["FX"] == "Thanks to X. And to Y."
    assert second.references[0][1:3] == ("Ito K.", 1999)
    (found,) = reading.findings
    assert (found.kind, found.line, found.field) == (REPAIRED, 3, "FX")


def test_an_open_quotation_mark_costs_its_own_record_only():
    broken = old(2, "B").replace('"B"', '"B')
    reading = scopus.read("a.csv", OLD + old(1) + broken + old(3) + old(4))
    assert eids(reading) == ["2-s2.0-1", "2-s2.0-3", "2-s2.0-4"]
    (found,) = reading.findings
    assert (found.kind, found.line, found.text) == (REJECTED, 3, broken.rstrip("\n"))
    assert reading.announced == 4


def test_an_open_quotation_mark_in_the_first_field_does_not_hide_in_a_row_of_the_right_width():
    broken = old(2)[1:].replace('Wu S., Li Q."', '"Wu S. Li Q.', 1)
    reading = scopus.read("a.csv", OLD + broken + old(3))
    assert eids(reading) == ["2-s2.0-3"]
    assert [f.line for f in reading.findings] == [2]


def test_line_ends_inside_a_field_are_no_damage():
    reading = scopus.read("a.csv", OLD + old(1, "A\n\nB, C") + old(2))
    assert [(r.line, r.joined["TI"]) for r in reading.records] == [(2, "A B, C"), (5, "A title")]
    assert not reading.findings


@pytest.mark.parametrize("cut", [1, 3, 12, 30])
def test_a_file_cut_short_loses_its_last_record_only(cut):
    reading = scopus.read("a.csv", (OLD + old(1111) + old(2222)).rstrip("\n")[:-cut])
    assert eids(reading) == ["2-s2.0-1111"]
    assert [(f.line, f.reason) for f in reading.findings] == [(3, TRUNCATED)]


def test_an_unquoted_identity_cut_short():
    text = OLD + "Wu S.,1,T,2005,J,,,Scopus,2-s2.0-1111\nWu S.,1,T,2005,J,,,Scopus,2-s2.0-22"
    assert [f.reason for f in scopus.read("a.csv", text).findings] == [TRUNCATED]


def test_loose_quotation_marks_and_nul_are_repaired():
    reading = scopus.read("a.csv", OLD + old(1).replace("A title", 'A "title" here') + old(2).replace("A t", "A\0 t"))
    assert [raw.joined["TI"] for raw in reading.records] == ['A "title" here', "A title"]
    assert sorted((f.kind, f.line) for f in reading.findings) == [(REPAIRED, 2), (REPAIRED, 3)]


def test_names_that_disagree_with_the_identifiers_are_told():
    assert names("Wu S., Li Q.", "1") == (["Wu S.", "Li Q."], "2 names, but 1 author identifiers")
    assert names("Del Rosario R.C.H., O'Hara L.")[0] == ["Del Rosario R.C.H.", "O'Hara L."]
    assert names("Wu, S.-J., Li, Q.")[0] == ["Wu S.-J.", "Li Q."]


@pytest.mark.parametrize(
    ("printed", "value", "known", "expected"),
    [
        (["Wu S."], "Wu S., U X; Dept Y, Japan", "U X; Dept Y, Japan", ["[Wu S.] U X; Dept Y, Japan."]),
        (["Wu S.", "Li Q."], "Wu S.; Li Q., U X, Japan", "U X, Japan", ["[Li Q.] U X, Japan."]),
        (["Wu S.", "Li Q."], "Ito K., U X; Li Q., U Y", "U X; U Y", ["U X.", "U Y."]),
        (["Wu S.", "Wu S."], "Wu S., U X; Wu S., U Y", "U X; U Y", ["[Wu S.] U X.", "[Wu S.] U Y."]),
        (["Wu S."], "Wu S., U X, City, Japan, Institute Y", "Z", ["[Wu S.] U X, City, Japan, Institute Y."]),
    ],
    ids=["semicolon inside", "none", "other names", "namesakes", "not listed"],
)
def test_addresses(printed, value, known, expected):
    assert addresses(printed, [], value, known) == expected


def test_full_names_tell_namesakes_apart():
    made = addresses(["Wu S.", "Wu S."], ["Wu, Shan", "Wu, Shi"], "Wu S., U X; Wu S., U X", "U X")
    assert made == ["[Wu, Shan; Wu, Shi] U X."]


def test_several_corresponding_authors():
    value = "Wu, S.; U X, Japan; email: w@x.jp\nLi, Q.; U Y"
    assert correspondence(value, ["Wu S.", "Li Q."]) == (
        "Wu S. (corresponding author), U X, Japan.; Li Q. (corresponding author), U Y.", "w@x.jp",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "new", "expected"),
    [
        ("Shapiro, R.M., A title (1970) Ann. Rev. Prog., 6 (5), pp. 257-288", False,
         ("Shapiro R.M.", 1970, "Ann. Rev. Prog.", "6", "257", "")),
        ("Hu, T.C., (1970) Integer Programming, , Reading, MA: Addison", False, ("Hu T.C.", 1970, "", "", "", "")),
        ("Ito, K., From (1999) to (2001) J Phys, 5", False, ("Ito K.", None, "", "", "", "")),
        ("The global epidemic, Lancet, 5, (2023)", True, ("", 2023, "Lancet", "5", "", "")),
        ("Wu S., A, b, J Phys, 382, 3, pp. 211-221, (2020)", True, ("Wu S.", 2020, "J Phys", "382", "211", "")),
        ("Wu S., A book, (2020)", True, ("Wu S.", 2020, "", "", "", "")),
        ("no year at all, doi 10.1000/AbC.", True, ("", None, "", "", "", "10.1000/abc")),
    ],
)  # fmt: skip
def test_references_are_taken_apart_only_where_certain(printed, new, expected):
    assert reference(printed, new) == (printed, *expected)


def test_references_without_a_year_stay_with_what_surrounds_them():
    assert split_references("A b; c d, (2001); no year; Wu S., T, (2002)", new=True) == [
        "A b; c d, (2001)", "no year; Wu S., T, (2002)",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [OLD, "Authors,Article Title\nx,y\n"])
def test_what_is_no_export_is_named(text):
    with pytest.raises(InputError):
        scopus.read("a.csv", text)


@pytest.mark.parametrize(
    ("file", "records", "repaired", "authors"),
    [("scopus.csv", 58, 56, 10), ("bibliometrix_scopus_sample.csv", 8, 0, 4)],
)
def test_real_exports(file, records, repaired, authors):
    path = DATA / file
    if not path.is_file():
        pytest.skip(f"needs shared/data/other-sources/{file}")
    text = path.read_text("utf-8-sig")
    assert scopus.recognises(text[:65536])
    reading = scopus.read(file, text)
    assert len(set(eids(reading))) == reading.announced == records
    assert [f.kind for f in reading.findings] == [REPAIRED] * repaired
    assert len(reading.records[0].listed["AU"]) == authors
    assert all(a.startswith("[") for raw in reading.records for a in raw.listed.get("C1", []))
    assert all(raw.joined["PY"].isdigit() and raw.joined["TI"] for raw in reading.records)

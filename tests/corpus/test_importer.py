"""Exports in, one corpus out; the counts of real exports where they are at hand."""

from pathlib import Path

import pandas as pd
import pytest
from livingreview.corpus import corpora, schema
from livingreview.corpus.importer import import_exports
from livingreview.corpus.ledger import MERGED, REJECTED, REPAIRED, TRUNCATED
from livingreview.corpus.parts import gaps
from livingreview.corpus.store import open_corpus
from livingreview.errors import InputError

TEXT = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Wu, S
   Li, QR
AF Wu, Sheng
   Li, Qing-Rui
TI Learning the
   phases
SO ACTA MATERIALIA
LA English
DT Article; Early Access
DE machine learning; steel
ID ALLOYS
AB We learn.
C1 [Wu, Sheng] Chinese Acad Sci, Inst Phys, Beijing, Peoples R China.
   [Wu, Sheng; Li, Qing-Rui] MIT, Cambridge, MA 02139 USA.
C3 Chinese Academy of Sciences; Massachusetts Institute of Technology (MIT)
RP Li, QR (corresponding author), MIT, Cambridge, MA 02139 USA.
CR Doe J, 2001, NATURE, V1, P2, DOI 10.1/A
   Roe R, 1999, BOOK X
NR 2
TC 7
PD MAR-APR
PY 2021
VL 5
IS 2
BP 10
EP 20
DI 10.1016/J.X.1
EA DEC 2020
DA 2023-01-06
WC Materials Science, Multidisciplinary; Chemistry, Physical
SC Materials Science; Chemistry
UT WOS:000000000000001
ER

PT J
AU ITO, K
TI OLD LAYOUT
C1 UNIV TOKYO,DEPT CHEM,TOKYO,JAPAN.
   HARVARD UNIV,BOSTON,MA 02115.
TC n/a
ER

EF
"""
COLUMNS = (
    "PT AU AF TI SO LA DT DE ID AB C1 C3 RP CR NR TC PD PY VL IS BP EP DI EA DA WC SC UT".split()
)


def as_tab() -> str:
    """The same two records as Web of Science writes them in the tab-delimited layout."""
    first = {
        "PT": "J", "AU": "Wu, S; Li, QR", "AF": "Wu, Sheng; Li, Qing-Rui",
        "TI": "Learning the phases", "SO": "ACTA MATERIALIA", "LA": "English",
        "DT": "Article; Early Access", "DE": "machine learning; steel", "ID": "ALLOYS",
        "AB": "We learn.",
        "C1": "[Wu, Sheng] Chinese Acad Sci, Inst Phys, Beijing, Peoples R China; "
        "[Wu, Sheng; Li, Qing-Rui] MIT, Cambridge, MA 02139 USA",
        "C3": "Chinese Academy of Sciences; Massachusetts Institute of Technology (MIT)",
        "RP": "Li, QR (corresponding author), MIT, Cambridge, MA 02139 USA.",
        "CR": "Doe J, 2001, NATURE, V1, P2, DOI 10.1/A; Roe R, 1999, BOOK X",
        "NR": "2", "TC": "7", "PD": "MAR-APR", "PY": "2021", "VL": "5", "IS": "2", "BP": "10",
        "EP": "20", "DI": "10.1016/J.X.1", "EA": "DEC 2020", "DA": "2023-01-06",
        "WC": "Materials Science, Multidisciplinary; Chemistry, Physical",
        "SC": "Materials Science; Chemistry", "UT": "WOS:000000000000001",
    }  # fmt: skip
    second = {
        "PT": "J", "AU": "ITO, K", "TI": "OLD LAYOUT", "TC": "n/a",
        "C1": "UNIV TOKYO,DEPT CHEM,TOKYO,JAPAN; HARVARD UNIV,BOSTON,MA 02115",
    }  # fmt: skip
    rows = ["\t".join(COLUMNS)]
    rows += ["\t".join(record.get(tag, "") for tag in COLUMNS) for record in (first, second)]
    return "\r\n".join(rows) + "\r\n"


def record(number: int) -> str:
    return f"PT J\nAU Wu, S\nTI T{number}\nPY 2020\nUT WOS:{number:015d}\nER\n\n"


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "exports"
    path.mkdir()
    return path


def imported(folder, text=TEXT, name="a.txt"):
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return import_exports(folder / name)


def test_record_in_normal_form(folder):
    tables = imported(folder).tables
    row = tables["records"].iloc[0].to_dict()
    absent = {
        column.name: "" if column.dtype == schema.TEXT else pd.NA
        for column in schema.TABLES["records"]
        if column.tag in ("PN", "SU", "SI", "MA", "PG", "PU", "SN", "EI", "BN", "CT", "CA", "EM", "PM",
                          "OA", "HC", "HP", "WE", "FX", "Z9", "U1", "U2", "JI/J9")
    }  # fmt: skip
    for name, value in absent.items():
        found = row.pop(name)
        assert pd.isna(found) if value is pd.NA else found == value, name
    assert row == {
        "record": "WOS:000000000000001", "file": "a.txt", "line": 3, "source": "Web of Science",
        "accession": "WOS:000000000000001", "doi": "10.1016/j.x.1",
        "title": "Learning the phases", "abstract": "We learn.", "source_title": "ACTA MATERIALIA",
        "publication_type": "J", "document_types": "Article; Early Access", "language": "English",
        "issue_year": 2021, "issue_month": 3, "issue_date_printed": "MAR-APR",
        "early_year": 2020, "early_month": 12, "early_date_printed": "DEC 2020", "harvested": "2023-01-06",
        "volume": "5", "issue": "2", "first_page": "10", "last_page": "20", "article_number": "",
        "times_cited": 7, "reference_count": 2,
    }  # fmt: skip
    second = tables["records"].iloc[1]
    assert second["record"].startswith("text:")
    assert second["accession"] == "" and second["line"] == 38
    assert second[["issue_year", "early_year", "times_cited"]].isna().all()


def test_authors_addresses_and_links(folder):
    tables = imported(folder).tables
    assert tables["authors"].iloc[:, 1:].values.tolist() == [
        [1, "Wu, S", "Wu, Sheng"], [2, "Li, QR", "Li, Qing-Rui"], [1, "ITO, K", ""],
    ]  # fmt: skip
    columns = ["position", "role", "institution", "country_printed", "country"]
    assert tables["addresses"][columns].values.tolist() == [
        [1, "author", "Chinese Academy of Sciences", "Peoples R China", "CHN"],
        [2, "author", "Massachusetts Institute of Technology", "USA", "USA"],
        [1, "reprint", "Massachusetts Institute of Technology", "USA", "USA"],
        [1, "author", "University of Tokyo", "JAPAN", "JPN"],
        [2, "author", "Harvard University", "MA", "USA"],
    ]
    assert tables["addresses"]["printed"][0] == "Chinese Acad Sci, Inst Phys, Beijing, Peoples R China"
    assert tables["addresses"]["authors_printed"][1] == "Wu, Sheng; Li, Qing-Rui"
    # Wu at both addresses, Li at the second; Ito, the only author, at both of the old layout.
    assert tables["author_addresses"].iloc[:, 1:].values.tolist() == [
        [1, 1], [1, 2], [2, 2], [1, 1], [1, 2],
    ]  # fmt: skip


def test_lists_and_references(folder):
    tables = imported(folder).tables
    assert tables["keywords"].iloc[:, 1:].values.tolist() == [
        ["author", 1, "machine learning"], ["author", 2, "steel"], ["plus", 1, "ALLOYS"],
    ]  # fmt: skip
    assert tables["categories"]["printed"].tolist() == [
        "Materials Science, Multidisciplinary", "Chemistry, Physical",
        "Materials Science", "Chemistry",
    ]  # fmt: skip
    assert tables["categories"]["kind"].tolist() == ["WC", "WC", "SC", "SC"]
    assert tables["affiliations"]["position"].tolist() == [1, 2]
    references = tables["references"]
    assert references["doi"].tolist() == ["10.1/a", ""]
    assert references["year"].tolist() == [2001, 1999]
    assert tables["assignments"].empty


def test_every_table_has_the_columns_and_types_of_the_schema(folder):
    for name, table in imported(folder).tables.items():
        expected = {c.name: c.dtype for c in schema.TABLES[name]}
        assert {c: str(d) for c, d in table.dtypes.items()} == expected, name


def test_both_layouts_give_the_same_normal_form(folder):
    plain = imported(folder).tables
    tab = imported(folder, as_tab(), "b.txt").tables
    same_but_for_place(plain, tab)


def same_but_for_place(one, other):
    for name in schema.TABLES:
        dropped = ["file", "line"] if name == "records" else []
        pd.testing.assert_frame_equal(
            one[name].drop(columns=dropped), other[name].drop(columns=dropped), obj=name
        )


def test_a_bad_number_is_a_located_repair(folder):
    (repair,) = imported(folder).ledger.of_kind(REPAIRED)
    assert (repair.line, repair.field, repair.text) == (43, "TC", "n/a")


@pytest.mark.parametrize(("year", "kept"), [("20I9", False), ("0020", False), ("2019", True)])
def test_a_bad_year_leaves_the_record(folder, year, kept):
    corpus = imported(folder, TEXT.replace("PY 2021", f"PY {year}"))
    assert len(corpus.tables["records"]) == 2
    assert corpus.tables["records"]["issue_year"].notna().tolist() == [kept, False]
    assert [f.field for f in corpus.ledger.of_kind(REPAIRED)].count("PY") == (not kept)


def test_cited_references_that_lost_their_tag_are_no_addresses(folder):
    text = TEXT.replace("CR Doe J", "   Doe J")
    text = text.replace("RP Li, QR", "XX").replace("C3 ", "XY ")
    lines = text.split("\n")
    cited = [n for n, line in enumerate(lines) if "Doe J" in line or "Roe R" in line]
    moved = [lines.pop(cited[0]), lines.pop(cited[0])]
    after = next(n for n, line in enumerate(lines) if line.startswith("XY"))
    lines[after:after] = moved
    corpus = imported(folder, "\n".join(lines))
    assert corpus.tables["references"]["first_author"].tolist() == ["Doe J", "Roe R"]
    assert len(corpus.tables["addresses"]) == 4
    assert "without CR" in corpus.ledger.of_kind(REPAIRED)[0].reason


def test_parts_are_merged_by_accession_number_and_nothing_else(folder):
    nameless = "PT J\nTI Same words\nER\n"
    (folder / "b.txt").write_text(record(2) + record(3) + nameless, encoding="utf-8")
    (folder / "a.txt").write_text(record(1) + record(2) + record(1) + nameless, encoding="utf-8")
    (folder / "c.txt").write_text(record(3).replace("WOS:", "ISI:"), encoding="utf-8")
    corpus = import_exports(folder)
    files = [(e.name, e.read, e.kept, e.merged, e.rejected) for e in corpus.ledger.files]
    assert files == [("a.txt", 4, 3, 1, 0), ("b.txt", 3, 2, 1, 0), ("c.txt", 1, 0, 1, 0)]
    records = corpus.tables["records"]
    assert records["record"].is_unique
    assert records["file"].tolist() == ["a.txt"] * 3 + ["b.txt"] * 2
    merged = corpus.ledger.of_kind(MERGED)
    assert [f.reason for f in merged] == [
        "same accession as the record kept, read in a.txt, line 1",
        "same accession as the record kept, read in a.txt, line 8",
        "same accession as the record kept, read in b.txt, line 8",
    ]


def test_a_rejected_record_is_in_the_ledger_and_on_disk(folder, tmp_path):
    damaged = "PT J\nTI Broken off\n"
    (folder / "a.txt").write_text(record(1) + damaged + record(2) + "EF", encoding="utf-8")
    corpus = import_exports(folder)
    entry = corpus.ledger.files[0]
    assert (entry.read, entry.kept, entry.merged, entry.rejected) == (3, 2, 0, 1)
    corpus.save(tmp_path / "corpus")
    opened = open_corpus(tmp_path / "corpus")
    assert opened.ledger.of_kind(REJECTED)[0].line == 8
    (path,) = (tmp_path / "corpus" / "rejected").iterdir()
    assert path.read_text(encoding="utf-8") == damaged


def test_folders_below_are_read_and_companions_left_out(folder):
    (folder / "2024").mkdir()
    (folder / "2024" / "x.txt").write_text(record(1), encoding="utf-8")
    (folder / "y.dat").write_text(record(2), encoding="utf-8")
    for name in (".gitkeep", ".DS_Store", "README.md", "y.dat.meta.toml"):
        (folder / name).write_text("not an export")
    (folder / ".git").mkdir()
    (folder / ".git" / "z.txt").write_text("not an export")
    said = []
    corpus = import_exports(folder, said.append)
    assert [entry.name for entry in corpus.ledger.files] == ["2024/x.txt", "y.dat"]
    assert said == ["reading 2024/x.txt (1 of 2)", "reading y.dat (2 of 2)"]


def test_the_same_exports_give_the_same_data_hash_whatever_the_layout_of_the_disk(tmp_path):
    hashes = set()
    for place, order in (("one", "ab"), ("two", "ba")):
        (tmp_path / place).mkdir()
        for name in order:
            text = record(1) if name == "a" else record(2)
            (tmp_path / place / f"{name}.txt").write_text(text, encoding="utf-8")
        hashes.add(import_exports(tmp_path / place).data_hash)
    assert len(hashes) == 1


def test_bad_input_stops_the_import(folder, tmp_path):
    with pytest.raises(InputError, match="nothing there"):
        import_exports(tmp_path / "nowhere")
    with pytest.raises(InputError, match="no file to read"):
        import_exports(folder)
    (folder / "good.txt").write_text(record(1), encoding="utf-8")
    (folder / "page.txt").write_text("<html><body>Please sign in</body></html>")
    with pytest.raises(InputError, match="page.txt.*an HTML page"):
        import_exports(folder)


def test_a_file_cut_short_loses_its_last_record_only_and_an_edition_is_not_built_on_it(folder):
    (folder / "page.txt").write_text(record(2) + "PT J\nTI Cut", encoding="utf-8")
    ledger = import_exports(folder).ledger
    assert [ledger.total(name) for name in ("read", "kept", "rejected")] == [2, 1, 1]
    (finding,) = ledger.of_kind(REJECTED)
    assert (finding.line, finding.reason, finding.text) == (8, TRUNCATED, "PT J\nTI Cut")
    with pytest.raises(InputError, match="page.txt, line 9.*starts in line 8.*1 complete"):
        corpora.load(str(folder))


def test_exports_of_which_nothing_can_be_read(folder):
    with pytest.raises(InputError, match="all damaged.*a.txt, line 1"):
        imported(folder, "PT J\nTI Broken off\nEF\n")


@pytest.mark.parametrize(
    ("names", "notes"),
    [
        (["s 1-500.txt", "s 501-1000.txt"], []),
        (["s1-1000.txt", "s2001-3000.txt"], ["1001 to 2000"]),
        (["savedrecs(1).txt", "savedrecs(2).txt", "savedrecs(4).txt"], ["no part 3"]),
        (["savedrecs.txt", "other.txt"], []),
        (["2019.txt", "2021.txt"], []),
        (["1.txt", "2.txt"], []),
    ],
)
def test_gaps_between_parts(names, notes):
    found = gaps(names)
    assert len(found) == len(notes)
    for said, expected in zip(found, notes, strict=True):
        assert expected in said


SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the real exports of ../shared/data are not here"
)


@shared
@pytest.mark.parametrize(
    ("file", "records"),
    [
        ("wos-polymer-microscopy/savedrecs-1.txt", 347),
        ("wos-black-silicon/savedrecs.txt", 500),
        ("wos-hydrogen-steel/1.txt", 500),
        ("wos-hydrogen-steel/2.txt", 450),
        ("wos-four-formats/data.txt", 232),
        ("wos-four-formats/savedrecs.ciw", 232),
        ("wos-four-formats/savedrecs.txt", 232),
        ("wos-wide-bandgap/download_1.txt", 500),
        ("wos-encodings/wos_plaintext.txt", 50),
        ("wos-encodings/wos_tab_delimited_win_utf8.txt", 50),
        ("wos-encodings/wos_tab_delimited_win_utf16.txt", 50),
        ("wos-edge-cases/SimplePaper.isi", 1),
        ("wos-edge-cases/TwoPaper.isi", 2),
        ("wos-edge-cases/badFile.isi", 32),
        ("wos-edge-cases/testFile.isi", 34),
        ("wos-edge-cases/ManyAuthors.isi", 500),
        ("wos-old/valentin.txt", 2),
        ("wos-old/wos.txt", 10),
        ("wos-old/wos2.txt", 100),
        ("wos-old/wos3.txt", 500),
    ],
)
def test_real_exports_have_the_records_their_readme_gives(file, records):
    corpus = import_exports(SHARED / file)
    assert corpus.ledger.total("read") == records
    assert corpus.ledger.total("rejected") == 0
    assert len(corpus.tables["records"]) == records - corpus.ledger.total("merged")
    addresses = corpus.tables["addresses"]
    unknown = set(addresses.loc[addresses["country"] == "", "country_printed"])
    assert unknown <= {"YUGOSLAVIA"}


@shared
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("wos-four-formats/data.txt", "wos-four-formats/savedrecs.txt"),
        ("wos-four-formats/data.txt", "wos-four-formats/savedrecs.ciw"),
        ("wos-encodings/wos_plaintext.txt", "wos-encodings/wos_tab_delimited_win_utf8.txt"),
        ("wos-encodings/wos_plaintext.txt", "wos-encodings/wos_tab_delimited_win_utf16.txt"),
    ],
)
def test_one_real_search_in_two_formats_is_one_corpus(one, other):
    same_but_for_place(import_exports(SHARED / one).tables, import_exports(SHARED / other).tables)

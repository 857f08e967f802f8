"""CSV of any database by a mapping: three worked examples, what is refused, and real files."""

from pathlib import Path

import pytest
from livingreview.corpus.ledger import REJECTED
from livingreview.corpus.reading.mapped import fits, load_mapping, read_mapped
from livingreview.errors import InputError

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"

IEEE = """
source = "IEEE Xplore"
[match]
header = ["Document Title", "Publication Title"]
[columns]
TI = "Document Title"
AU = "Authors"
SO = "Publication Title"
PY = "Publication Year"
DI = "DOI"
DE = "Author Keywords"
TC = "Article Citation Count"
[separators]
DE = ";"
"""
SPRINGER = """
source = "SpringerLink"
[columns]
TI = "Item Title"
SO = "Publication Title"
PY = "Publication Year"
DI = "Item DOI"
DT = "Content Type"
"""
CNKI = """
source = "中国知网"
[match]
header = ["SrcDatabase", "Organ", "Summary"]
[columns]
TI = "Title"
AU = "Author"
SO = "Source"
AB = "Summary"
PY = "Year"
DI = "DOI"
[separators]
AU = ";"
"""


def test_commas_and_quotation_marks():
    text = (
        'Document Title,Authors,"Publication Title",Publication Year,DOI,"Author Keywords",Article Citation Count\n'
        '"Adjusting to the ""New Normal""","P. Kogge; J. Shalf","Comp, Sci","2013","10.1109/x","a b;c","51"\n'
    )
    mapping = load_mapping("ieee.mapping.toml", IEEE)
    assert fits(mapping, text)
    reading = read_mapped("ieee.csv", text, mapping)
    (raw,) = reading.records
    assert raw.listed == {"AU": ["P. Kogge", "J. Shalf"]}
    assert raw.joined == {
        "TI": 'Adjusting to the "New Normal"', "SO": "Comp, Sci", "PY": "2013", "DI": "10.1109/x",
        "DE": "a b; c", "TC": "51",
    }  # fmt: skip
    assert reading.source == "IEEE Xplore" and raw.line == raw.lines["TI"] == 2


def test_semicolons_and_no_match_table():
    text = "Item Title;Publication Title;Publication Year;Item DOI;Content Type\nA;B;2022;10.1/x;Chapter\n"
    mapping = load_mapping("springer.mapping.toml", SPRINGER)
    assert fits(mapping, text) and not fits(mapping, text.replace("Item DOI", "DOI"))
    (raw,) = read_mapped("s.csv", text, mapping).records
    assert raw.joined == {"TI": "A", "SO": "B", "PY": "2022", "DI": "10.1/x", "DT": "Chapter"}


def test_chinese_with_tabs_and_a_damaged_row():
    text = (
        "SrcDatabase\tTitle\tAuthor\tOrgan\tSource\tSummary\tPubTime\tFund\tYear\tDOI\n"
        "期刊\t机器学习与材料\t张三;李四;\t甲大学\t化学学报\t摘要，其一\t2024-01-01\t\t2024\t\n"
        "期刊\t只有两栏\n"
        "期刊\t第二篇\t王五\t\t物理学报\t\t\t\t2023\t10.1/y\n"
    )
    reading = read_mapped("cnki.csv", text, load_mapping("cnki.mapping.toml", CNKI))
    assert [raw.listed["AU"] for raw in reading.records] == [["张三", "李四"], ["王五"]]
    assert reading.records[0].joined == {
        "TI": "机器学习与材料", "SO": "化学学报", "AB": "摘要，其一", "PY": "2024",
    }  # fmt: skip
    assert [(f.kind, f.line) for f in reading.findings] == [(REJECTED, 3)]


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("source = \n", "TOML", "line 1"),
        ('[columns]\nTI = "T"', "source", "''"),
        ('source = "X"\nsheet = 2\n[columns]\nTI = "T"', "keys", "'sheet'"),
        ('source = "X"\n[columns]\nTI = "T"\nXX = "Y"', "tags", "'XX'"),
        ('source = "X"\n[columns]\nTI = 3', "text", "3"),
        ('source = "X"\n[columns]\nAU = "A"', "title", "none"),
        ('source = "X"\ncolumns = "TI"', "a table", "'TI'"),
        ('source = "X"\n[columns]\nTI = "T"\n[separators]\nAU = ";"', "[columns]", "'AU'"),
        ('source = "X"\n[columns]\nTI = "T"\nAU = "A"\n[separators]\nAU = ""', "text", "''"),
        ('source = "X"\n[columns]\nTI = "T"\n[match]\nheader = "T"', "header", "'T'"),
        ('source = "X"\nmatch = 1\n[columns]\nTI = "T"', "header", "1"),
    ],
)
def test_a_mapping_that_says_nothing_sensible(text, expected, found):
    with pytest.raises(InputError) as caught:
        load_mapping("x.mapping.toml", text)
    assert expected in caught.value.expected and found in caught.value.found
    assert caught.value.where.startswith("x.mapping.toml") and caught.value.next_step


def test_a_column_that_is_not_there():
    mapping = load_mapping("x.mapping.toml", 'source = "X"\n[columns]\nTI = "Name"\nPY = "Jahr"')
    with pytest.raises(InputError, match="x.csv: expected the column 'Jahr' .PY in x.mapping.toml.*'Name', 'Year'"):
        read_mapped("x.csv", "Name,Year\nA,1\n", mapping)
    with pytest.raises(InputError, match="at least one record"):
        read_mapped("x.csv", "Name,Jahr\n", mapping)


@pytest.mark.parametrize(
    ("file", "mapping", "records", "first_author"),
    [
        ("other-sources/ieee.csv", IEEE, 10, "P. Kogge"),
        ("other-sources/springer.csv", SPRINGER, 18, None),
        ("wos-energy-ai/cnki.csv", CNKI, 61, "Faraz Shaikh"),
    ],
)
def test_real_exports(file, mapping, records, first_author):
    path = DATA / file
    if not path.is_file():
        pytest.skip(f"needs shared/data/{file}")
    text = path.read_text("utf-8-sig")
    loaded = load_mapping("x.mapping.toml", mapping)
    assert fits(loaded, text[:65536])
    reading = read_mapped(file, text, loaded)
    assert len(reading.records) == records and not reading.findings
    assert all(raw.joined["TI"] for raw in reading.records)
    assert next(iter(reading.records[0].listed.get("AU", [])), None) == first_author

"""HTML tables saved as .xls, hand-made and damaged."""

import pytest
from livingreview.corpus.ledger import REJECTED, TRUNCATED
from livingreview.corpus.reading import html_table
from livingreview.errors import InputError


def tr(*cells, cell="td"):
    return "<tr>" + "".join(f"<{cell}>{value}</{cell}>" for value in cells) + "</tr>\n"


HEADER = tr("Authors", "Article Title", "Addresses", "UT (Unique WOS ID)", cell="th")
ONE = tr("Wu, S; Li, Q", "A &lt; B &amp; <i>C</i>", "[Wu, S.] U X, Japan;<br> [Li, Q.] U Y, France", "WOS:1")
TWO = tr("Ito, K", "Second", "", "WOS:2")
OPEN, CLOSE = "<html><head><title>x</title></head><body>\n<table border=1>\n", "</table></body></html>"


def numbers(reading):
    return [raw.joined["UT"] for raw in reading.records]


def test_a_record_a_row():
    reading = html_table.read("a.xls", OPEN + HEADER + ONE + TWO + CLOSE)
    first = reading.records[0]
    assert first.listed == {
        "AU": ["Wu, S", "Li, Q"],
        "C1": ["[Wu, S.] U X, Japan", "[Li, Q.] U Y, France"],
    }
    assert first.joined == {"TI": "A < B & C", "UT": "WOS:1"}
    assert [raw.line for raw in reading.records] == [4, 5]
    assert reading.announced == 2 and not reading.findings


def test_the_first_table_of_records_and_no_script():
    page = OPEN + tr("menu", "search") + "</table><script>'<tr><td>x</td></tr>'</script><table>"
    reading = html_table.read("a.xls", page + HEADER + ONE.replace("Wu, S;", "<script>evil()</script>Wu, S;") + CLOSE)
    assert numbers(reading) == ["WOS:1"]
    assert reading.records[0].listed["AU"] == ["Wu, S", "Li, Q"]


def test_tags_left_open_and_capitals():
    page = "<TABLE><TR><TD>AU<TD>TI<TD>UT<TR><TD>Wu, S<TD>T<TD>WOS:1<TR><TD>Ito, K<TD>U<TD>WOS:2</TABLE>"
    assert html_table.recognises(page)
    assert numbers(html_table.read("a.xls", page)) == ["WOS:1", "WOS:2"]


def test_a_row_of_other_cells_is_rejected():
    reading = html_table.read("a.xls", OPEN + HEADER + ONE + tr("Lost, A", "x") + TWO + CLOSE)
    assert numbers(reading) == ["WOS:1", "WOS:2"]
    assert [(f.kind, f.line, f.text) for f in reading.findings] == [(REJECTED, 5, "Lost, A\tx")]
    assert reading.announced == 3


@pytest.mark.parametrize("cut", [6, 8, 15, 30, len(TWO) - 5])
def test_a_file_cut_short_loses_its_last_record_only(cut):
    reading = html_table.read("a.xls", (OPEN + HEADER + ONE + TWO)[:-cut])
    assert numbers(reading) == ["WOS:1"]
    assert [(f.line, f.reason) for f in reading.findings] == [(5, TRUNCATED)]
    assert reading.announced == 2


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<html><body>Session expired</body></html>", "without a table"),
        (OPEN + tr("Name", "Mark") + CLOSE, "without such a table"),
        (OPEN + HEADER + CLOSE, "a header only"),
        ("<", "without a table"),
        ("<div>" * 50_000 + "<table>", "without such a table"),
        ("<table>" * 5_000 + "<tr>" * 5_000, "without such a table"),
    ],
)
def test_what_is_no_export(page, found):
    with pytest.raises(InputError) as caught:
        html_table.read("a.xls", page)
    assert found in caught.value.found
    assert not html_table.recognises(page) or "header only" in found


def test_lines_beyond_what_the_parser_counts():
    reading = html_table.read("a.xls", OPEN + HEADER + "\n" * 70_000 + ONE + CLOSE)
    assert reading.records[0].line == 70_004


def test_other_formats_are_not_claimed():
    assert not html_table.recognises("FN Clarivate\nVR 1.0\nPT J\n")
    assert not html_table.recognises('<?xml version="1.0"?><Workbook><Row/></Workbook>')
    assert not html_table.recognises("@article{a, title={<table><tr><td>AU</td><td>TI</td></tr>}}")

"""The file of decisions, written by the import and read again."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from livingreview.corpus.duplicates import Undecided, read_decisions, recognises, to_csv
from livingreview.corpus.reading.blocks import decode
from livingreview.corpus.reading.recognise import decoded_head
from livingreview.errors import InputError

HEAD = "record_a,record_b,decision,by,date,note\n"


def test_reads_what_is_decided_and_leaves_the_open():
    text = HEAD + "a,b,same,Ada,2026-11-20,checked\nc,d,,,,\ne,f, Different ,,,\n"
    first, second = read_decisions("d.csv", text)
    assert (first.record_a, first.record_b, first.decision, first.by, first.note) == ("a", "b", "same", "Ada", "checked")
    assert (second.decision, second.line) == ("different", 4)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_reads_what_spreadsheets_save(delimiter):
    text = "\ufeff" + (HEAD + "a,b,same,,,\n").replace(",", delimiter).replace("\n", "\r\n")
    assert recognises(text)
    assert read_decisions("d.csv", text)[0].record_b == "b"


@pytest.mark.parametrize(
    ("before", "line"),
    [("", 2), ("sep=;\n", 3), ('"sep=;"\n', 3), ("\n\n", 4), (";;;\n", 3), ("sep=;;;;\n \n;;\n", 5), ("\nSEP=;\n", 4)],
)
def test_columns_in_any_order_below_what_spreadsheets_put_first(before, line):
    text = before + "note;Decision;record_b;title_a;record_a\n"
    assert recognises(text) and recognises("\ufeff" + text)
    (decision,) = read_decisions("d.csv", "\ufeff" + text + "seen;same;b;A title, long;a\n")
    assert (decision.record_a, decision.record_b, decision.note, decision.line) == ("a", "b", "seen", line)
    with pytest.raises(InputError) as error:
        read_decisions("d.csv", text + ";;d;;c\n;perhaps;b;;a\n")
    assert error.value.where == f"d.csv, line {line + 1}, decision"


def test_a_separator_of_ones_own_is_named_above():
    text = "sep=|\nrecord_a|decision|record_b\na|different|b\n"
    assert recognises(text) and read_decisions("d.csv", text)[0].record_b == "b"


def test_reads_the_unicode_text_of_excel():
    # UTF-16 with its mark, tabs, Windows line ends; cells with a comma or quotation marks are quoted.
    text = "\r\nrecord_a\trecord_b\tdecision\ttitle_a\r\nW1\tW2\tsame\t\"\u7164, \"\"coal\"\"\"\r\nW3\tW4\tno\t\r\n"
    content = b"\xff\xfe" + text.encode("utf-16-le")
    assert recognises(decoded_head(content))
    with pytest.raises(InputError) as error:
        read_decisions("d.txt", decode("d.txt", content)[0])
    assert (error.value.where, error.value.found) == ("d.txt, line 4, decision", "'no'")
    content = content.replace("no".encode("utf-16-le"), "different".encode("utf-16-le"))
    first, second = read_decisions("d.txt", decode("d.txt", content)[0])
    assert (first.record_b, first.decision, first.line) == ("W2", "same", 3)
    assert (second.record_b, second.decision, second.line) == ("W4", "different", 4)


def test_empty_cells_left_out_at_the_end_of_a_row_decide_nothing():
    (decision,) = read_decisions("d.csv", "record_a,record_b,title_a,decision\na,b\nc,d,A title\ne,f,,same\n")
    assert (decision.record_a, decision.line) == ("e", 4)


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("\n\nrecord_a,decision\na,same\n", "d.csv, line 3", "record_a,decision"),
        ("sep=,\nrecord_a,record_b,decision,decision\na,b,same,different\n", "d.csv, line 2", "decision twice"),
        ("", "d.csv, line 1", "''"),
    ],
)
def test_headers_that_do_not_do_are_located(text, where, found):
    with pytest.raises(InputError) as error:
        read_decisions("d.csv", text)
    assert error.value.where == where and found in error.value.found


@pytest.mark.parametrize("head", ["", "sep=;", "sep=;\nAuthors;Title", "record_a,record_b", "\n\n", "note\nrecord_a,record_b,decision", "PT\tAU\tTI", "record,decision", "FN Clarivate", '"unclosed', "Authors,Title,Year,DOI"])
def test_other_files_are_not_recognised(head):
    assert not recognises(head)


@pytest.mark.parametrize(
    ("rows", "line", "found"),
    [
        ("a,b,maybe,,,\n", "line 2", "maybe"),
        ("a,b,same,,,\na,,same,,,\n", "line 3", "empty"),
        ("a,a,same,,,\n", "line 2", "twice"),
        ("a\n", "line 2", "1 cell"),
        ('"x\ny",b,same,,,\na,b,perhaps,,,\n', "line 4", "perhaps"),
    ],
)
def test_bad_rows_are_located(rows, line, found):
    with pytest.raises(InputError) as error:
        read_decisions("d.csv", HEAD + rows)
    assert f"d.csv, {line}" in error.value.where and found in error.value.found


def test_a_pair_decided_both_ways_names_both_lines():
    with pytest.raises(InputError) as error:
        read_decisions("d.csv", HEAD + "a,b,same,,,\nc,d,same,,,\nb,a,different,,,\n")
    assert "line 2" in error.value.where and "line 4" in error.value.where


def test_another_header_is_refused():
    with pytest.raises(InputError, match="columns record_a"):
        read_decisions("d.csv", "a,b,c\n1,2,3\n")


def test_a_cell_too_large_is_an_input_error():
    with pytest.raises(InputError, match="line 2"):
        read_decisions("d.csv", HEAD + "a,b," + "x" * 200_000 + "\n")


def test_the_list_of_undecided_pairs_is_a_file_of_decisions():
    pair = Undecided("a", "b", "title", 0.91234, ("year", "pages"), "=cmd()", "Title, two", 2019, None, "Scopus", "Lens")
    text = to_csv([pair])
    assert recognises(text) and read_decisions("d.csv", text) == []
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["title_a"] == "'=cmd()" and row["differs"] == "year; pages" and row["similarity"] == "0.9123"
    assert (row["year_a"], row["year_b"]) == ("2019", "")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1), st.text(st.sampled_from("=+-@'ab,;\""), min_size=1))
def test_what_is_written_is_read_back_to_the_letter(a, b):
    if a == b or not a.strip() or not b.strip():
        return
    lines = list(csv.reader(io.StringIO(to_csv([Undecided(a, b, "title", 0.9, ())]))))
    assert all(cell[:1] not in "=+-@" or not cell for cell in lines[1])
    lines[1][2] = "same"
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    (decision,) = read_decisions("d.csv", out.getvalue())
    assert (decision.record_a, decision.record_b) == (a, b)

"""The workbook of tables: text stays text, numbers are numbers, same bytes twice."""

import openpyxl
import pytest

from livingreview.edition.workbook import write_workbook


@pytest.fixture
def tables(tmp_path):
    first = tmp_path / "ranking.csv"
    first.write_text('actor,papers,share\n"=HYPERLINK(""http://x"")",2,66.5\n+1,007,-3\n@x,,1e5\n', encoding="utf-8")
    second = tmp_path / ("very-long-name-of-a-table-" * 3 + "x.csv")
    second.write_text("a\n1\n", encoding="utf-8")
    third = tmp_path / ("very-long-name-of-a-table-" * 3 + "y.csv")
    third.write_text("a\n中国\n", encoding="utf-8")
    return [first, second, third]


def test_values_and_types(tables, tmp_path):
    out = tmp_path / "tables.xlsx"
    write_workbook(tables, out, {"Edition": "=1+1"}, 1_700_000_000)
    book = openpyxl.load_workbook(out)
    sheet = book["ranking"]
    assert sheet["A2"].value == '=HYPERLINK("http://x")' and sheet["A2"].data_type == "s"
    assert (sheet["B2"].value, sheet["C2"].value) == (2, 66.5)
    # A number with a leading zero is an identifier, and so is 1e5 in a printed name.
    assert (sheet["A3"].value, sheet["B3"].value, sheet["C3"].value) == ("+1", "007", -3)
    assert (sheet["A4"].value, sheet["C4"].value) == ("@x", "1e5")
    assert book["Contents"]["B1"].data_type == "s"
    assert sheet.freeze_panes == "A2"
    assert len(book.sheetnames) == 4 and all(len(name) <= 31 for name in book.sheetnames)
    assert book[book.sheetnames[3]]["A2"].value == "中国"


def test_same_bytes_twice(tables, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(tables, tmp_path / name, {"Edition": "x"}, 1_700_000_000)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_the_columns_of_the_normal_form_share_a_sheet(tmp_path):
    paths = []
    for name, row in (("authors", "authors,printed"), ("records", "records,title")):
        path = tmp_path / f"normal-form-columns-{name}.csv"
        path.write_text(f"table,column\n{row}\n", encoding="utf-8")
        paths.append(path)
    ledger = tmp_path / "import-ledger.csv"
    ledger.write_text("file,read\na.txt,3\nAll files,3\n", encoding="utf-8")
    out = tmp_path / "tables.xlsx"
    write_workbook([ledger, *paths], out, {}, 1_700_000_000)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[1:] == ["import-ledger", "normal-form"]
    assert list(book["normal-form"].values) == [("table", "column"), ("authors", "printed"), ("records", "title")]
    assert list(book["import-ledger"].values)[-1] == ("All files", 3)
    assert [cell.value for cell in book["Contents"]["B"]][-1] == "normal-form-columns-*.csv"


def test_tables_with_other_columns_share_no_sheet(tmp_path):
    paths = [tmp_path / f"normal-form-columns-{name}.csv" for name in "ab"]
    for path, head in zip(paths, ("x", "y")):
        path.write_text(f"{head}\n1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="normal-form-columns-b.csv"):
        write_workbook(paths, tmp_path / "tables.xlsx", {}, 1_700_000_000)

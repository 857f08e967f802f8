"""The loader refuses whatever the schema does not foresee: one test for each kind of failure."""

import csv
import io

import pandas as pd
import pytest

from livingreview import facts
from livingreview.errors import InputError
from livingreview.facts import loader, sidecar
from livingreview.facts.schema import AMOUNT, INTEGER, Column, Table

METALS = Table(
    "review/metals.csv",
    ("symbol",),
    (
        Column("symbol", pattern=r"[A-Z][a-z]?"),
        Column("name"),
        Column("number", INTEGER),
        Column("price", AMOUNT, required=False),
        Column("lattice", required=False, allowed=("bcc", "fcc")),
        Column("alloys", required=False, many=True, refers=("alloys", "alloy")),
        Column("shares", required=False, many=True, distinct=False, along="alloys"),
    ),
)
ALLOYS = Table("review/alloys.csv", ("alloy",), (Column("alloy"),))
KNOWN = {"metals": METALS, "alloys": ALLOYS}

HEADER = ["symbol", "name", "number", "price", "lattice", "alloys", "shares"]
IRON = ["Fe", "iron", "26", "0.5", "bcc", "steel; invar", "98; 64"]
COPPER = ["Cu", "copper", "29", "", "fcc", "", ""]


def put(folder, name, lines):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return put_text(folder, name, out.getvalue(), lines[0])


def put_text(folder, name, text, columns):
    path = folder / "review" / f"{name}.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    meanings = "".join(f'{column} = "a column"\n' for column in columns)
    sidecar.path_of(path).write_text(
        'title = "t"\nmade_by = "m"\nsource = "s"\nlicence = "CC0-1.0"\ndate = "2026-11-21"\n'
        f'sha256 = ""\nrows = 0\n\n[columns]\n{meanings}',
        encoding="utf-8",
    )
    sidecar.stamp(path)


def read(folder, *lines, header=HEADER):
    put(folder, "alloys", [["alloy"], ["steel"], ["invar"]])
    put(folder, "metals", [header, *lines])
    return loader.read_table(METALS, folder, KNOWN)


def changed(row, column, value):
    new = list(row)
    new[HEADER.index(column)] = value
    return new


def test_a_good_table_comes_out_typed(tmp_path):
    table = read(tmp_path, IRON, COPPER)
    assert [str(t) for t in table.dtypes] == [
        "str", "str", "Int64", "Float64", "str", "str", "str"
    ]  # fmt: skip
    assert table["number"].tolist() == [26, 29]
    assert table["price"][0] == 0.5 and pd.isna(table["price"][1])
    assert table["alloys"].tolist() == ["steel; invar", ""]


def test_the_order_of_rows_is_the_file_s(tmp_path):
    assert read(tmp_path, COPPER, IRON)["symbol"].tolist() == ["Cu", "Fe"]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("symbol", "fe", r"column symbol: expected the form"),
        ("name", "", r"line 2, column name: expected a value, found an empty cell"),
        ("name", " iron", r"column name: expected no spaces at the ends"),
        ("number", "26.0", r"column number: expected a number \(Int64\), found '26.0'"),
        ("number", "many", r"column number: expected a number"),
        ("price", "5e-1", r"column price: expected a number \(Float64\)"),
        ("lattice", "hcp", r"column lattice: expected one of bcc, fcc, found 'hcp'"),
        ("alloys", "steel; bronze", r"expected a value of alloys.alloy, found 'bronze'"),
        ("alloys", "steel;invar", r"expected a value of alloys.alloy"),
        ("alloys", "steel; steel", r"column alloys: expected each value once"),
        ("alloys", "steel; ; invar", r"column alloys: expected values joined by '; '"),
        ("shares", "98", r"column shares: expected as many values as alloys \(2\), found 1"),
    ],
)
def test_a_bad_cell_is_refused_with_its_place(tmp_path, column, value, message):
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path, changed(IRON, column, value), COPPER)
    assert str(caught.value).startswith("data/review/metals.csv, line 2")


def test_a_repeated_key_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"line 4: expected symbol used once, found Fe again \(line 2\)"):
        read(tmp_path, IRON, COPPER, changed(IRON, "name", "another iron"))


def test_an_unknown_column_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"missing \[\], unknown \['colour'\]"):
        read(tmp_path, [*IRON, "grey"], header=[*HEADER, "colour"])


def test_a_missing_column_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"missing \['shares'\], unknown \[\]"):
        read(tmp_path, IRON[:-1], header=HEADER[:-1])


def test_columns_out_of_order_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"missing \[\], unknown \[\], as name, symbol"):
        read(tmp_path, [IRON[1], IRON[0], *IRON[2:]], header=["name", "symbol", *HEADER[2:]])


def test_a_line_with_a_field_too_few_is_refused(tmp_path):
    with pytest.raises(InputError, match="line 3: expected 7 fields, found 6"):
        read(tmp_path, IRON, COPPER[:-1])


def test_windows_line_ends_are_refused(tmp_path):
    put_text(tmp_path, "alloys", "alloy\r\nsteel\r\n", ["alloy"])
    with pytest.raises(InputError, match="expected lines ended by LF"):
        loader.read_table(ALLOYS, tmp_path, KNOWN)


def test_an_edit_without_a_stamp_is_refused(tmp_path):
    read(tmp_path, IRON)
    path = tmp_path / "review" / "metals.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("26", "27"), encoding="utf-8")
    with pytest.raises(InputError, match="expected sha256"):
        loader.read_table(METALS, tmp_path, KNOWN)


def test_an_unknown_table_is_refused():
    with pytest.raises(InputError, match="found 'metals'"):
        facts.load("metals")


def test_two_loads_do_not_share_rows():
    first = facts.load("directions")
    first.loc[0, "name_en"] = "changed"
    assert facts.load("directions").loc[0, "name_en"] == "AI techniques"


def test_every_file_of_facts_is_known_and_every_table_has_its_file():
    from livingreview import paths
    from livingreview.facts.schema import TABLES

    on_disk = {
        p.relative_to(paths.DATA).as_posix()
        for folder in (paths.REVIEW, paths.EDITORIAL)
        for p in folder.glob("*.csv")
    }
    assert on_disk == {table.path for table in TABLES.values()}


@pytest.mark.parametrize("name", facts.tables())
def test_every_table_of_the_project_loads(name):
    assert len(facts.load(name)) > 0

"""A data file is read through its sidecar or not at all."""

import hashlib

import pytest

from livingreview.errors import InputError
from livingreview.facts import sidecar

SAID = """\
# kept as it is
title = "Two metals"
made_by = "Living Review project"
source = "written by hand"
licence = "CC0-1.0"
date = "2026-11-21"
sha256 = "{sha256}"
rows = {rows}

[columns]
name = "name of the metal"
symbol = "symbol"
"""
CONTENT = "name,symbol\niron,Fe\ncopper,Cu\n"


@pytest.fixture
def metals(tmp_path):
    path = tmp_path / "metals.csv"
    path.write_text(CONTENT, encoding="utf-8")
    said = SAID.format(sha256=hashlib.sha256(CONTENT.encode()).hexdigest(), rows=2)
    sidecar.path_of(path).write_text(said, encoding="utf-8")
    return path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_whole_file_gives_its_bytes(metals):
    assert sidecar.read_checked(metals) == CONTENT.encode()


def test_a_changed_cell_is_refused(metals):
    edit(metals, "Cu", "Co")
    with pytest.raises(InputError, match="metals.csv: expected sha256"):
        sidecar.read_checked(metals)


def test_a_wrong_number_of_rows_is_refused(metals):
    edit(sidecar.path_of(metals), "rows = 2", "rows = 3")
    with pytest.raises(InputError, match="expected 3 rows, found 2 rows"):
        sidecar.read_checked(metals)


def test_other_columns_are_refused(metals):
    edit(sidecar.path_of(metals), 'symbol = "symbol"', 'sign = "symbol"')
    with pytest.raises(InputError, match="expected columns name, sign, found name, symbol"):
        sidecar.read_checked(metals)


def test_a_missing_sidecar_is_refused(metals):
    sidecar.path_of(metals).unlink()
    with pytest.raises(InputError, match="expected a sidecar metals.csv.meta.toml, found none"):
        sidecar.read_checked(metals)


def test_a_missing_file_is_refused(metals):
    metals.unlink()
    with pytest.raises(InputError, match="found no such file"):
        sidecar.read_checked(metals)


@pytest.mark.parametrize("name", ["title", "made_by", "source", "licence", "date", "sha256"])
def test_a_missing_field_is_named(metals, name):
    edit(sidecar.path_of(metals), f"{name} = ", f"not_{name} = ")
    with pytest.raises(InputError, match=f"expected {name} of type str"):
        sidecar.read(metals)


def test_an_unknown_field_is_refused(metals):
    edit(sidecar.path_of(metals), "rows = 2", 'rows = 2\nauthor = "x"')
    with pytest.raises(InputError, match="found author"):
        sidecar.read(metals)


def test_a_column_without_meaning_is_refused(metals):
    edit(sidecar.path_of(metals), 'symbol = "symbol"', 'symbol = " "')
    with pytest.raises(InputError, match="meaning for column symbol"):
        sidecar.read(metals)


def test_broken_toml_is_refused(metals):
    edit(sidecar.path_of(metals), "[columns]", "[columns")
    with pytest.raises(InputError, match="expected TOML"):
        sidecar.read(metals)


def test_stamp_takes_a_meant_edit_and_keeps_the_rest(metals):
    metals.write_text(CONTENT + "gold,Au\n", encoding="utf-8")
    before = sidecar.path_of(metals).read_text(encoding="utf-8").splitlines()
    sidecar.stamp(metals)
    assert sidecar.read_checked(metals).endswith(b"gold,Au\n")
    assert sidecar.read(metals).rows == 3
    after = sidecar.path_of(metals).read_text(encoding="utf-8").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line.split(" = ")[0] for line in changed] == ["sha256", "rows"]


def test_stamp_does_not_vouch_for_a_column_without_meaning(metals):
    metals.write_text("name,symbol,mass\niron,Fe,56\n", encoding="utf-8")
    with pytest.raises(InputError, match="expected columns name, symbol, mass"):
        sidecar.stamp(metals)


def test_a_text_file_has_neither_rows_nor_columns(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"to the letter")
    said = SAID.split("rows")[0].format(sha256=hashlib.sha256(b"to the letter").hexdigest())
    sidecar.path_of(path).write_text(said, encoding="utf-8")
    assert sidecar.read_checked(path) == b"to the letter"

"""Hashes of data and library move with what they stand for, and with nothing else."""

import re
import shutil
from types import SimpleNamespace

import pytest

from livingreview import paths
from livingreview.book import origins
from livingreview.facts import sidecar

SOURCE = SimpleNamespace(data_hash="a" * 64)
FOLDERS = {"REVIEW": "review", "EDITORIAL": "editorial", "QUERY": "query", "VOCABULARIES": "vocabularies"}


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the committed data in place of the project's."""
    copy = tmp_path / "data"
    for folder in FOLDERS.values():
        shutil.copytree(paths.DATA / folder, copy / folder)
    monkeypatch.setattr(paths, "DATA", copy)
    for name, folder in FOLDERS.items():
        monkeypatch.setattr(paths, name, copy / folder)
    return copy


def edit(path):
    """Replace the last small letter and let the sidecar vouch for it."""
    text = path.read_text(encoding="utf-8")
    at = max(m.start() for m in re.finditer(r"[a-z]", text))
    path.write_text(text[:at] + ("b" if text[at] == "a" else "a") + text[at + 1 :], encoding="utf-8", newline="")
    sidecar.stamp(path)


def redate(path, day):
    beside = sidecar.path_of(path)
    text = re.sub(r"(?m)^date = .*$", f'date = "{day}"', beside.read_text(encoding="utf-8"))
    beside.write_text(text, encoding="utf-8")


def test_the_data_hash_stays_while_nothing_changes(data):
    assert re.fullmatch("[0-9a-f]{64}", origins.data_hash(SOURCE))
    assert origins.data_hash(SOURCE) == origins.data_hash(SimpleNamespace(data_hash="a" * 64))


@pytest.mark.parametrize(
    "name",
    ["review/programmes.csv", "editorial/frontiers.csv", "query/appendix_verbatim.txt", "vocabularies/topics.csv"],
)
def test_the_data_hash_moves_with_each_kind_of_file(data, name):
    before, listed = origins.data_hash(SOURCE), dict(origins.data_files())
    edit(data / name)
    after = dict(origins.data_files())
    assert {f for f in listed if listed[f] != after[f]} == {name}
    assert origins.data_hash(SOURCE) != before


def test_the_data_hash_moves_with_the_corpus(data):
    assert origins.data_hash(SOURCE) != origins.data_hash(SimpleNamespace(data_hash="b" * 64))


def test_the_data_hash_knows_files_by_name(data):
    before = origins.data_hash(SOURCE)
    for path in (data / "editorial" / "frontiers.csv", sidecar.path_of(data / "editorial" / "frontiers.csv")):
        path.rename(path.with_name(path.name.replace("frontiers", "horizons")))
    assert origins.data_hash(SOURCE) != before


def test_all_committed_files_are_listed_with_the_hash_of_their_bytes(data):
    listed = origins.data_files()
    assert [name for name, _ in listed] == sorted(name for name, _ in listed)
    assert {name for name, _ in listed} == {
        p.relative_to(data).as_posix() for p in data.rglob("*") if p.is_file() and not p.name.endswith(sidecar.SUFFIX)
    }


def test_the_newest_day_is_that_of_the_latest_sidecar(data):
    for path in origins._data_paths():
        redate(path, "2025-03-01")
    redate(data / "vocabularies" / "topics.csv", "2025-03-10")
    redate(data / "review" / "works.csv", "2024-12-31")
    assert origins.newest_data_day() == "2025-03-10"


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A small package in place of this one."""
    folder = tmp_path / "package"
    (folder / "words").mkdir(parents=True)
    (folder / "a.py").write_bytes(b"x = 1\n")
    (folder / "words" / "labels.toml").write_bytes(b'a = "A"\n')
    (folder / "book.css").write_bytes(b"p {}\n")
    monkeypatch.setattr(paths, "LIBRARY", folder)
    return folder


def test_the_library_hash_stays_while_the_source_does(library):
    before = origins.library_hash()
    assert re.fullmatch("[0-9a-f]{64}", before)
    (library / "__pycache__").mkdir()
    (library / "__pycache__" / "a.cpython-311.pyc").write_bytes(b"\0")
    (library / "a.py").write_bytes(b"x = 1\n")
    assert origins.library_hash() == before


@pytest.mark.parametrize("name", ["a.py", "words/labels.toml", "book.css"])
def test_the_library_hash_moves_with_one_byte_of_code_words_or_style(library, name):
    before = origins.library_hash()
    content = (library / name).read_bytes()
    (library / name).write_bytes(content[:-1] + b" ")
    changed = origins.library_hash()
    (library / name).write_bytes(content)
    assert changed != before == origins.library_hash()


def test_the_library_hash_moves_with_a_new_a_lost_and_a_renamed_file(library):
    seen = [origins.library_hash()]
    (library / "b.py").write_bytes(b"")
    seen.append(origins.library_hash())
    (library / "b.py").rename(library / "b2.py")  # keeps its place in the order
    seen.append(origins.library_hash())
    (library / "book.css").unlink()
    seen.append(origins.library_hash())
    assert len(set(seen)) == 4

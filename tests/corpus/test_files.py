"""Which files an import reads: links followed, corpora and repeats passed over, nothing without a word."""

import pytest
from livingreview.corpus.files import list_files
from livingreview.corpus.importer import import_to
from livingreview.corpus.store import open_corpus
from livingreview.errors import InputError

RECORD = "PT J\nTI One\nUT WOS:1\nER\n\n"


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "exports"
    path.mkdir()
    (path / "a.txt").write_text(RECORD)
    return path


def test_a_linked_folder_is_read_and_a_loop_is_told(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.txt").write_text(RECORD)
    (folder / "more").symlink_to(other)
    (other / "back").symlink_to(folder)
    listing = list_files([folder])
    assert list(listing.files) == ["a.txt", "more/b.txt"]
    assert listing.notes == ["more/back was passed over: it links to a folder that holds it"]


def test_one_file_by_two_names_is_read_once_and_told(folder):
    (folder / "b.txt").symlink_to(folder / "a.txt")
    listing = list_files([folder])
    assert list(listing.files) == ["a.txt"]
    assert listing.notes == ["b.txt was passed over: it is the same file as a.txt"]


def test_a_corpus_among_the_exports_is_passed_over_so_an_import_can_be_repeated(folder):
    for _ in range(2):
        ledger = import_to([folder], folder / "corpus")
    assert [entry.name for entry in ledger.files] == ["a.txt"]
    assert "corpus was passed over: it is a corpus, no export" in ledger.notes
    with pytest.raises(InputError, match="found a corpus"):
        import_to([folder / "corpus"], folder / "again")


def test_files_of_one_name_are_told_apart_by_their_path(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text(RECORD)
    names = list(list_files([folder / "a.txt", other / "a.txt"]).files)
    assert len(names) == 2 and all(name.endswith("/a.txt") for name in names)


def test_rejected_records_cannot_be_changed_or_taken_away(folder):
    (folder / "a.txt").write_text(RECORD + "PT J\nTI Cut")
    import_to([folder], folder / "corpus")
    (path,) = (folder / "corpus" / "rejected").iterdir()
    path.write_text("something else")
    with pytest.raises(InputError, match="found another text"):
        open_corpus(folder / "corpus")
    path.unlink()
    with pytest.raises(InputError, match="found no file"):
        open_corpus(folder / "corpus")


@pytest.mark.parametrize("content", [b"\xff", b"[" * 200_000, b"{}", b"[]", b"null"])
def test_a_ledger_that_is_none_is_refused(folder, content):
    import_to([folder], folder / "corpus")
    (folder / "corpus" / "ledger.json").write_bytes(content)
    with pytest.raises(InputError, match="an import ledger as it was written"):
        open_corpus(folder / "corpus")


def test_a_table_names_the_tags_it_does_not_have(folder):
    (folder / "a.txt").write_text("PT\tAU\tTI\tPY\tUT\nJ\tWu, S\tA title\t2020\tWOS:1\n")
    (entry,) = import_to([folder], folder / "corpus").files
    assert {"C1", "CR", "TC"} <= set(entry.not_carried) and not {"AU", "TI", "PY", "UT"} & set(entry.not_carried)

"""The store: what is saved is what is opened, the same bytes, and no edit goes unnoticed."""

import hashlib

import pandas as pd
import pytest
from livingreview.corpus import schema
from livingreview.corpus.ledger import MERGED, REJECTED, FileEntry, Finding, Ledger
from livingreview.corpus.store import Corpus, open_corpus, transcribed
from livingreview.errors import InputError


def corpus() -> Corpus:
    tables = {name: schema.empty(name) for name in schema.TABLES}
    tables["records"] = schema.frame(
        "records",
        [
            {"record": "r1", "title": "石墨烯 growth", "issue_year": 2020, "file": "a.txt"},
            {"record": "r2", "title": "No year", "file": "a.txt"},
        ],
    )
    tables["authors"] = schema.frame("authors", [{"record": "r1", "position": 1, "printed": "Wu"}])
    entry = FileEntry("a.txt", 10, "0" * 64, "wos-plain-text", "utf-8", 4, 2, 1, 1)
    findings = (
        Finding(REJECTED, "a.txt", 7, "PT", "no ER before the next record", "PT J\nAU Wu"),
        Finding(MERGED, "a.txt", 9, "UT", "read before", "WOS:1"),
    )
    return Corpus(tables, Ledger((entry,), findings, ("a note",)))


def test_round_trip(tmp_path):
    corpus().save(tmp_path / "c")
    opened = open_corpus(tmp_path / "c")
    for name, table in corpus().tables.items():
        pd.testing.assert_frame_equal(opened.tables[name], table)
    assert opened.ledger.files == corpus().ledger.files
    assert opened.ledger.findings == corpus().ledger.findings
    assert opened.ledger.notes == ("a note",)
    rejected = list((tmp_path / "c" / "rejected").iterdir())
    assert [p.read_text() for p in rejected] == ["PT J\nAU Wu\n"]


def test_same_bytes_twice_and_over_itself(tmp_path):
    corpus().save(tmp_path / "one")
    corpus().save(tmp_path / "two")
    corpus().save(tmp_path / "two")
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*"))
    assert files == sorted(p.relative_to(tmp_path / "two") for p in (tmp_path / "two").rglob("*"))
    for name in files:
        if (tmp_path / "one" / name).is_file():
            assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def hash_of(folder, *rows):
    tables = corpus().tables | {"records": schema.frame("records", list(rows))}
    entry = FileEntry("a.txt", 10, "0" * 64, "wos-plain-text", "utf-8", len(rows), len(rows), 0, 0)
    Corpus(tables, Ledger((entry,))).save(folder)
    return open_corpus(folder).data_hash


def test_hash_sees_values_order_and_cell_borders(tmp_path):
    def of(*titles):
        return hash_of(tmp_path / "c", *({"record": t, "title": t} for t in titles))

    assert of("ab", "c") == of("ab", "c")
    assert len({of("ab", "c"), of("a", "bc"), of("c", "ab"), of("abc")}) == 4
    zero = hash_of(tmp_path / "c", {"record": "r", "times_cited": 0})
    assert zero != hash_of(tmp_path / "c", {"record": "r"})


def test_an_edited_table_is_refused(tmp_path):
    corpus().save(tmp_path / "c")
    path = tmp_path / "c" / "authors.parquet"
    table = pd.read_parquet(path)
    table.loc[0, "printed"] = "Wu, S"
    table.to_parquet(path)
    with pytest.raises(InputError, match="authors.parquet.*vouches"):
        open_corpus(tmp_path / "c")


def test_a_missing_table_another_column_and_no_ledger_are_refused(tmp_path):
    corpus().save(tmp_path / "c")
    (tmp_path / "c" / "authors.parquet").unlink()
    with pytest.raises(InputError, match="authors.parquet"):
        open_corpus(tmp_path / "c")
    pd.DataFrame({"other": ["x"]}).to_parquet(tmp_path / "c" / "authors.parquet")
    with pytest.raises(InputError, match="vouches"):
        open_corpus(tmp_path / "c")
    with pytest.raises(InputError, match="import the exports first"):
        open_corpus(tmp_path / "nowhere")


@pytest.mark.parametrize("change", ['"kept": 2', '"read": 4', '"merged": 1', '"rejected": 1'])
def test_a_ledger_that_does_not_add_up_is_refused(tmp_path, change):
    corpus().save(tmp_path / "c")
    path = tmp_path / "c" / "ledger.json"
    text = path.read_text(encoding="utf-8")
    assert change in text
    path.write_text(text.replace(change, change[:-1] + "3"), encoding="utf-8")
    with pytest.raises(InputError, match="seal does not vouch for"):
        open_corpus(tmp_path / "c")


def test_a_folder_with_other_files_is_not_overwritten(tmp_path):
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(InputError):
        corpus().save(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "keep me"


def test_transcribed_corpus_counts_its_records_as_kept(tmp_path):
    made = transcribed(corpus().tables, "data/review/works.csv", b"work\nW01\n")
    entry = made.ledger.files[0]
    assert (entry.read, entry.kept, entry.merged, entry.rejected) == (2, 2, 0, 0)
    assert entry.sha256 == hashlib.sha256(b"work\nW01\n").hexdigest()
    made.save(tmp_path / "c")
    assert open_corpus(tmp_path / "c").tables["records"].equals(made.tables["records"])


def test_a_ledger_whose_sums_do_not_close_is_never_written(tmp_path):
    made = corpus()
    entry = FileEntry("a.txt", 10, "0" * 64, "wos-plain-text", "utf-8", 5, 2, 1, 1)
    with pytest.raises(InputError, match="read = kept"):
        Corpus(made.tables, Ledger((entry,), made.ledger.findings)).save(tmp_path / "c")
    assert not (tmp_path / "c").exists()

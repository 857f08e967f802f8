"""The appendices on the import and on the normal form say what ledger and schema say."""

import csv

import pandas as pd
import pytest

from livingreview import words
from livingreview.book import importing, normal_form
from livingreview.book.chapter import Chapter
from livingreview.corpus import duplicates
from livingreview.corpus.importer import import_to
from livingreview.corpus.reading.recognise import FORMATS, MAPPED
from livingreview.corpus.schema import TABLES
from livingreview.corpus.store import open_corpus
from livingreview.exhibits import door
from livingreview.select.window import Window

RECORD = (
    "PT J\nAU Wu, S\nTI {title}\nSO J MATER CHEM\nDT Article\nPY {year}\nVL 3\nBP {page}\nEP {page}9\nTC {cited}\n{more}ER\n\n"
)


def record(number, title, *, page="12", year="2020", cited="4", more=""):
    ut = f"UT WOS:{number:015d}\n" if number else ""
    return RECORD.format(title=title, page=page, year=year, cited=cited, more=more + ut)


FIRST = (
    record(1, "Hydrogen *in* steel <b>", page="12")
    + record(2, "Perovskite solar cells under humid air", page="40")
    + record(3, "Graph networks for crystals", page="70", cited="many")
)
# The first again with a DOI; one like the second but on another page; one that is cut off.
SECOND = (
    record(1, "Hydrogen *in* steel <b>", page="12", more="DI 10.1/x\n")
    + record(0, "Perovskite solar cells under humid air", page="90")
    + "PT J\nTI Cut"
)


@pytest.fixture
def shown(monkeypatch):
    """What cells displayed, as Markdown."""
    texts = []

    def display(bundle, **options):
        texts.append(bundle.get("text/markdown", ""))

    monkeypatch.setattr(door, "display", display)
    return texts


@pytest.fixture
def chapter(tmp_path, shown):
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "a.txt").write_text(FIRST + "EF\n", encoding="utf-8")
    (exports / "b.txt").write_text(SECOND, encoding="utf-8")
    import_to([exports], tmp_path / "corpus")
    return Chapter("import-ledger", open_corpus(tmp_path / "corpus"), "mine", Window(), "en", tmp_path / "stage")


def rows(chapter, id):
    with (chapter.folder / "tables" / f"{id}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_ledger_has_a_row_a_file_and_their_sum(chapter, shown):
    chapter.tell_ledger()
    chapter.show_ledger()
    # 3 + 3 read; the first is read twice and its cut neighbour rejected.
    table = rows(chapter, "import-ledger")
    assert [(r["file"], r["read"], r["rejected"]) for r in table] == [("a.txt", "3", "0"), ("b.txt", "3", "1"), ("All files", "6", "1")]
    assert (table[2]["kept"], table[2]["merged"]) == ("4", "1")
    assert all(int(r["read"]) == int(r["kept"]) + int(r["merged"]) + int(r["rejected"]) for r in table)
    assert [len(r["sha256"]) for r in rows(chapter, "import-files")] == [64, 64]
    assert any("The sum closes" in text for text in shown)


def test_findings_are_shown_with_their_place(chapter, shown):
    chapter.show_rejected()
    chapter.show_repaired()
    [rejected] = rows(chapter, "import-rejected")
    assert (rejected["file"], rejected["line"]) == ("b.txt", str(SECOND[: SECOND.index("PT J\nTI Cut")].count("\n") + 1))
    [repaired] = rows(chapter, "import-repaired")
    assert (repaired["file"], repaired["field"]) == ("a.txt", "TC")
    assert [r["times"] for r in rows(chapter, "import-repairs")] == ["1"]


def test_merged_records_say_why_and_what_was_filled(chapter, shown):
    chapter.show_merged()
    [reason] = rows(chapter, "import-clusters")
    assert (reason["reason"], reason["merged"], reason["clusters"]) == ("accession number", "1", "1")
    [merged] = rows(chapter, "import-merged")
    assert merged["title"] == "Hydrogen *in* steel <b>"
    assert merged["won_by"] == words.say("labels.won_by.more-complete")
    page = "\n".join(shown)
    assert "\\<b\\>" in page and "<b>" not in page
    assert "\\*in\\*" in page


def test_a_pair_to_decide_is_shown_with_the_way_to_decide(chapter, shown):
    chapter.show_undecided()
    [pair] = rows(chapter, "import-undecided")
    assert pair["title"] == pair["title_other"] == "Perovskite solar cells under humid air"
    assert "pages" in pair["differs"]
    assert any("corpus/undecided.csv" in text for text in shown)


def test_a_list_that_is_too_long_is_cut_and_says_so(chapter, shown, monkeypatch):
    monkeypatch.setattr(importing, "LISTED", 0)
    chapter._list("import-rejected", pd.DataFrame({"file": ["a"], "line": [1]}), 3, "file", "corpus/rejected", "findings")
    assert "import-rejected-listed" in shown[-1] and "import-rejected-all" in shown[-1]
    assert "corpus/rejected" in shown[-1].replace("\\", "")


def test_a_corpus_without_findings_is_told_in_sentences(tmp_path, shown):
    (tmp_path / "a.txt").write_text(record(1, "One title of a paper") + "EF\n", encoding="utf-8")
    import_to([tmp_path / "a.txt"], tmp_path / "corpus")
    chapter = Chapter("import-ledger", open_corpus(tmp_path / "corpus"), "mine", Window(), "en", tmp_path / "stage")
    for show in (chapter.show_rejected, chapter.show_repaired, chapter.show_merged, chapter.show_undecided, chapter.tell_notes):
        shown.clear()
        show()
        assert len(shown) == 1 and "```" not in shown[0], show
    assert chapter.not_carried_table().empty


def test_every_column_of_the_schema_is_documented(chapter, shown):
    chapter.show_columns()
    documented = [
        (r["table"], r["column"], r["meaning"]) for name in TABLES for r in rows(chapter, f"normal-form-columns-{name.replace('_', '-')}")
    ]
    assert documented == [(name, c.name, c.meaning) for name, columns in TABLES.items() for c in columns]
    [title] = [r for r in rows(chapter, "normal-form-columns-records") if r["column"] == "title"]
    assert (title["type"], title["tag"]) == ("text", "TI")


def test_tables_formats_reasons_and_criteria_have_their_words():
    keys = [f"tables.{name}" for name in TABLES] + [f"formats.{f.key}" for f in (*FORMATS, MAPPED)]
    keys += [f"merged_for.{reason}" for reason in ("accession", "doi", "title", "decision")]
    keys += [f"won_by.{criterion}" for criterion in duplicates.CRITERIA]
    assert [key for key in keys if not words.has(f"labels.{key}")] == []


def test_formats_tell_what_they_cannot_carry():
    table = normal_form.NormalFormViews.formats_table().set_index("format")
    assert table.index.tolist() == [f.key for f in (*FORMATS, MAPPED)]
    assert table.loc["wos-plain-text", "not_carried"] == "none"
    assert {"WC", "PI"} <= set(table.loc["scopus-csv", "not_carried"].split(", "))
    tags = normal_form.NormalFormViews.not_carried_by_formats().set_index("tag")
    assert tags.loc["WC", "meaning"] == "categories"
    assert tags.loc["PI", "meaning"] == "no place in the normal form"
    carrying = {f.key for f in (*FORMATS, MAPPED)} - set(tags.loc["WC", "formats"].split(", "))
    assert carrying == {f.key for f in (*FORMATS, MAPPED) if "WC" not in f.reader.NOT_CARRIED}


def test_an_account_of_transcribed_works_reads_as_one(tmp_path, shown):
    from livingreview.corpus import corpora

    source = corpora.place("cited-works", tmp_path / "corpus")
    chapter = Chapter("import-ledger", source, "cited-works", Window(), "en", tmp_path / "stage")
    chapter.tell_ledger()
    chapter.show_ledger()
    assert any("transcribed" in text for text in shown)
    chapter.show_not_carried()
    assert "no abstract" in shown[-1]
    records = source.tables["records"]
    assert set(records["abstract"]) == {""} and records["times_cited"].isna().all()
    assert source.tables["categories"].empty and source.tables["references"].empty
    page = [text for text in shown if "tab-import-ledger" in text][-1]
    assert "n/a" not in page.replace("\\", "")

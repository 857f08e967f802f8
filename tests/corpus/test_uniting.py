"""Duplicates united on disk: which record is kept, what it gains, and which decisions count."""

import csv

import pytest
from livingreview.corpus.importer import import_to
from livingreview.corpus.ledger import MERGED
from livingreview.corpus.store import open_corpus
from livingreview.errors import InputError


def wos(number, title="Learned potentials for steel", year=2020, **tags):
    fields = {"AU": "Wu, S", "TI": title, "SO": "ACTA", "PY": year, "VL": 5, "BP": 10, "UT": f"WOS:{number:015d}"} | tags
    return "PT J\n" + "".join(f"{tag} {value}\n" for tag, value in fields.items() if value != "") + "ER\n\n"


def imported(tmp_path, **files):
    folder = tmp_path / "exports"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem}.{ending}").write_text(text, encoding="utf-8")
    import_to([folder], tmp_path / "corpus")
    return open_corpus(tmp_path / "corpus")


def sums(corpus):
    return [(e.name, e.read, e.kept, e.merged, e.rejected) for e in corpus.ledger.files]


def test_the_same_record_twice_is_one_and_the_first_reading_stays(tmp_path):
    corpus = imported(tmp_path, a_txt=wos(1) + wos(2, "Other words", BP=99), b_txt=wos(1))
    assert sums(corpus) == [("a.txt", 2, 2, 0, 0), ("b.txt", 1, 0, 1, 0)]
    (row,) = corpus.tables["duplicates"].to_dict("records")
    assert (row["record"], row["reason"], row["file"], row["line"], row["won_by"]) == (
        "WOS:000000000000001", "accession", "b.txt", 1, "earlier-read",
    )  # fmt: skip
    assert corpus.tables["merged_fields"].empty
    assert corpus.tables["authors"]["record"].tolist() == ["WOS:000000000000001", "WOS:000000000000002"]


def test_the_fuller_reading_wins_under_its_accession_number_and_what_it_lacks_is_filled(tmp_path):
    early = wos(1, DT="Article; Early Access", VL="", BP="", AB="What we did.", DE="steel; learning", PY="", EA="DEC 2019")
    final = wos(1, DT="Article", DI="10.1/x", TC=7)
    corpus = imported(tmp_path, a_txt=early, b_txt=final)
    assert sums(corpus) == [("a.txt", 1, 0, 1, 0), ("b.txt", 1, 1, 0, 0)]
    (record,) = corpus.tables["records"].to_dict("records")
    assert (record["record"], record["file"], record["abstract"], record["times_cited"]) == (
        "WOS:000000000000001", "b.txt", "What we did.", 7,
    )  # fmt: skip
    assert (record["issue_year"], record["early_year"]) == (2020, 2019)
    assert corpus.tables["duplicates"][["record", "member"]].values.tolist() == [
        ["WOS:000000000000001", "WOS:000000000000001~2"],
    ]  # fmt: skip
    assert corpus.tables["keywords"][["record", "printed"]].values.tolist() == [
        ["WOS:000000000000001", "steel"], ["WOS:000000000000001", "learning"],
    ]  # fmt: skip
    assert len(corpus.tables["authors"]) == 1
    changes = {(r["field"], r["kind"]) for r in corpus.tables["merged_fields"].to_dict("records")}
    assert {("abstract", "filled"), ("keywords author", "filled"), ("document_types", "kept")} <= changes


def test_one_doi_in_two_sources_is_one_and_the_counts_are_not_added(tmp_path):
    scopus = (
        "Authors,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,Cited by,DOI,EID,Document Type\n"
        '"Wu S.",Learned potentials for steel,2020,Acta,5,,,10,,9,10.1/X,2-s2.0-1,Article\n'
    )
    corpus = imported(tmp_path, a_csv=scopus, b_txt=wos(1, DI="10.1/x", TC=7))
    (record,) = corpus.tables["records"].to_dict("records")
    assert (record["source"], record["times_cited"]) == ("Web of Science", 7)
    (row,) = corpus.tables["duplicates"].to_dict("records")
    assert (row["reason"], row["won_by"], row["source"]) == ("doi", "source-order", "Scopus")
    assert [f.file for f in corpus.ledger.of_kind(MERGED)] == ["a.csv"]


def test_an_undecided_pair_is_listed_and_a_decision_is_honoured(tmp_path):
    one, two = wos(1), wos(2, VL="", BP="", DI="10.1/b")
    corpus = imported(tmp_path, a_txt=one + two)
    assert corpus.ledger.total("kept") == 2
    (pair,) = corpus.tables["undecided"].to_dict("records")
    assert {pair["record"], pair["other"]} == {"WOS:000000000000001", "WOS:000000000000002"}
    path = tmp_path / "corpus" / "undecided.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0]["decision"] = "same"
    with (tmp_path / "exports" / "decided.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    import_to([tmp_path / "exports"], tmp_path / "corpus")
    corpus = open_corpus(tmp_path / "corpus")
    assert corpus.ledger.total("kept") == 1 and corpus.tables["undecided"].empty
    assert corpus.tables["duplicates"]["reason"].tolist() == ["decision"]


def test_decisions_alone_are_no_corpus(tmp_path):
    (tmp_path / "decided.csv").write_text("record_a,record_b,decision,by,date,note\na,b,same,me,2026-01-01,\n")
    with pytest.raises(InputError, match="name the exports too"):
        import_to([tmp_path / "decided.csv"], tmp_path / "corpus")


def test_addresses_of_a_merged_record_go_along_only_with_as_many_authors(tmp_path):
    bare = wos(1, DT="Article", DI="10.1/x", TC=7, AB="Long words.", DE="a; b", LA="English", IS="2", EP="20")
    other = wos(1, C1="[Wu, S] Fudan Univ, Shanghai, Peoples R China.")
    corpus = imported(tmp_path, a_txt=bare, b_txt=other)
    assert corpus.tables["records"]["file"].tolist() == ["a.txt"]
    assert corpus.tables["addresses"]["country"].tolist() == ["CHN"]
    assert corpus.tables["author_addresses"]["author_position"].tolist() == [1]
    two_authors = other.replace("AU Wu, S", "AU Wu, S\n   Li, Q")
    corpus = imported(tmp_path, a_txt=bare, b_txt=two_authors)
    assert corpus.tables["addresses"]["country"].tolist() == ["CHN"] and corpus.tables["author_addresses"].empty
    assert ["authors", "kept", "1 rows", "2 rows"] in (
        corpus.tables["merged_fields"][["field", "kind", "value", "other"]].values.tolist()
    )


def test_a_list_comes_whole_from_one_record_and_each_kind_for_itself(tmp_path):
    three = "AU Wu, S\n   Li, Q\n   Xu, B\n"
    fuller = wos(1, DI="10.1/x", TC=7, AB="Long words.", ID="STEEL", LA="English", IS="2", EP="20", DT="Article")
    plain = wos(1, C1="MIT, Cambridge, MA 02139 USA.\n   Tsinghua Univ, Beijing, Peoples R China.")
    linked = wos(1, C1="[Wu, S; Li, Q] Peking Univ, Beijing, Peoples R China.\n   [Xu, B] Univ Oxford, Oxford, England.", DE="a; b")
    texts = [text.replace("AU Wu, S\n", three) for text in (fuller, plain, linked)]
    corpus = imported(tmp_path, a_txt=texts[0], b_txt=texts[1], c_txt=texts[2])
    assert corpus.tables["records"]["file"].tolist() == ["a.txt"]
    # The first record that has addresses gives them; it says of none whose they are.
    assert corpus.tables["addresses"]["country"].tolist() == ["USA", "CHN"]
    assert corpus.tables["author_addresses"].empty
    # Author keywords are filled though the kept record has others of the database.
    assert corpus.tables["keywords"][["kind", "printed"]].values.tolist() == [["plus", "STEEL"], ["author", "a"], ["author", "b"]]


def test_a_printed_number_like_one_of_ours_is_no_collision(tmp_path):
    text = "PT J\nTI A one\nUT WOS:1\nER\n\n" * 2 + "PT J\nTI B two\nUT WOS:1~2\nER\n\n"
    corpus = imported(tmp_path, a_txt=text)
    assert sorted(corpus.tables["records"]["record"]) == ["WOS:1", "WOS:1~2"] or corpus.ledger.total("kept") == 2
    assert corpus.ledger.total("merged") == 1


def test_an_undecided_pair_names_the_records_that_are_kept(tmp_path):
    paper, correction = wos(301, DI="10.1/x"), wos(302, "Correction to: Learned potentials for steel", DI="10.1/x", DT="Correction")
    scopus = (
        "Authors,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,Cited by,DOI,EID,Document Type\n"
        '"Wu S.",Learned potentials for steel,2020,Acta,5,,,10,,9,10.1/X,2-s2.0-1,Article\n'
    )
    corpus = imported(tmp_path, a_txt=paper + correction, b_csv=scopus)
    kept = set(corpus.tables["records"]["record"])
    assert kept == {"WOS:000000000000301", "WOS:000000000000302"}
    named = corpus.tables["undecided"][["record", "other"]].values.tolist()
    assert named and all(set(pair) <= kept for pair in named)

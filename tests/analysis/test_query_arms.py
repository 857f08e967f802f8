"""The review's query, part by part, on papers whose answers were worked out on paper."""

import pandas as pd
import pytest

from livingreview import facts
from livingreview.analysis.query_arms import PARTS, compared, parse, parts_found
from livingreview.corpus.schema import frame
from livingreview.errors import InputError
from livingreview.select.search import Searchable

# A small query of the review's form; terms, journals and categories vary from test to test.
FORM = (
    "(TS=({technique}) and Ts({material}) And so=({journals})) or ((wc=(AI) or TS=({technique})) "
    "and Ts({material}) and WC=((METALS) OR (POLYMERS)) and WC=((CHEMISTRY) or (POLYMERS)))."
)
MATERIALS, PHYSICAL = "Materials Science, Multidisciplinary", "Chemistry, Physical"

# id: title, journal, year, categories. By the review's query, as printed (P) and as repaired (R):
PAPERS = {
    # technique P R, materials P R, both groups P R: clause 2, query P R
    "both": ("Machine learning of composite properties and materials", "Acta Mater", 2020, [MATERIALS, PHYSICAL]),
    # "neural network" does not find the plural: technique R only; so clause 2 R only
    "plural": ("Neural networks for structure and property of a material", "Acta Mater", 2021, [MATERIALS, PHYSICAL]),
    # one category that the printed query has in both groups: clause 2 P only
    "polymer": ("Deep learning of composite properties of materials", "Polymer", 2022, ["Polymer Science"]),
    # names no material: the arm on gases is met as printed only
    "gas": ("Machine learning of gas phase transitions", "J Chem", 2019, [MATERIALS, PHYSICAL]),
    # clause 1 P R by its journal; its category is in neither group
    "journal": ("Deep learning of material structure and properties", "NATURE", 2023, ["Multidisciplinary Sciences"]),
    # the name of a journal of the list is only the beginning of this one's: never
    "other": ("Deep learning of material structure and properties", "Nature Communications", 2023, ["Optics"]),
    # no technique in the text, but in the AI category: clause 2 P R
    "ai": ("Composite materials and their properties", "Expert Syst", 2018,
           ["Computer Science, Artificial Intelligence", "METALLURGY & METALLURGICAL ENGINEERING", "Spectroscopy"]),
    # clause 2 P R, but after the last year: query P only
    "late": ("Machine learning of composite properties and materials", "Acta Mater", 2025, [MATERIALS, PHYSICAL]),
}  # fmt: skip


def corpus(papers: dict) -> tuple[Searchable, pd.DataFrame, pd.DataFrame]:
    records = frame("records", [
        {"record": key, "title": title, "source_title": journal, "issue_year": year}
        for key, (title, journal, year, _) in papers.items()
    ])  # fmt: skip
    categories = frame("categories", [
        {"record": key, "kind": "WC", "position": place, "printed": printed}
        for key, (*_, names) in papers.items() for place, printed in enumerate(names, start=1)
    ])  # fmt: skip
    return Searchable.of(records.assign(keywords="")), records, categories


def by_part(table: pd.DataFrame) -> dict[str, set[str]]:
    groups = table[~table["part"].isin(PARTS[:2])]
    return {part: set(ids) for part, ids in zip(groups["part"], groups["records"], strict=True)}


def found(papers: dict, technique='"t"', material='"m"', journals="(nature) or (science)") -> dict[str, set[str]]:
    query = FORM.format(technique=technique, material=material, journals=journals)
    return by_part(parts_found(query, *corpus(papers)))


@pytest.fixture(scope="module")
def verbatim():
    return parts_found(facts.query_verbatim(), *corpus(PAPERS))


@pytest.fixture(scope="module")
def repaired():
    return parts_found(facts.query_repaired(), *corpus(PAPERS))


def test_the_query_as_printed(verbatim):
    assert by_part(verbatim) == {
        "technique": {"both", "polymer", "gas", "journal", "other", "late"},
        "material": set(PAPERS),
        "journals": {"journal"},
        "category-ai": {"ai"},
        "categories-materials": {"both", "plural", "polymer", "gas", "ai", "late"},
        "categories-chemistry": {"both", "plural", "polymer", "gas", "ai", "late"},
        "clause-1": {"journal"},
        "clause-2": {"both", "polymer", "gas", "ai", "late"},
        "query": {"both", "polymer", "gas", "journal", "ai", "late"},
    }


def test_the_query_as_repaired(repaired):
    assert by_part(repaired) == {
        "technique": {"both", "plural", "polymer", "gas", "journal", "other", "late"},
        "material": set(PAPERS) - {"gas"},
        "journals": {"journal"},
        "category-ai": {"ai"},
        "categories-materials": {"both", "plural", "polymer", "gas", "ai", "late"},
        "categories-chemistry": {"both", "plural", "gas", "ai", "late"},
        "clause-1": {"journal"},
        "clause-2": {"both", "plural", "ai", "late"},
        "years": set(PAPERS) - {"late"},
        "query": {"both", "plural", "journal", "ai"},
    }


def test_each_term_and_arm_has_its_row_in_reading_order(verbatim, repaired):
    assert verbatim["part"].tolist() == [
        *["technique-term"] * 10, *["material-arm"] * 9, *(part for part in PARTS[2:] if part != "years"),
    ]  # fmt: skip
    assert repaired["part"].tolist() == [*["technique-term"] * 10, *["material-arm"] * 9, *PARTS[2:]]
    assert verbatim["name"][[3, 10, 15, 22]].tolist() == [
        '"neural network"', '("Structur* Chemistry" and Material*)', '"Mass transfer theory"',
        "wc=(COMPUTER SCIENCE, ARTIFICIAL INTELLIGENCE)",
    ]  # fmt: skip
    assert verbatim["name"].iloc[-1] == facts.query_verbatim()
    assert verbatim.set_index("name").loc['"deep learning"', "records"] == ("journal", "other", "polymer")
    assert repaired.set_index("name").loc['"neural network*"', ["papers", "records"]].tolist() == [1, ("plural",)]
    assert not repaired["name"].str.contains("\n").any()
    assert (verbatim["papers"] == verbatim["records"].map(len)).all()


def test_what_the_repair_gains_and_loses(verbatim, repaired):
    table = compared(verbatim, repaired)
    assert table.columns.tolist() == ["part", "name", "papers", "repaired", "gained", "lost", "records"]
    assert table["part"].tolist() == list(PARTS[2:])
    rows = table.set_index("part")
    counts = rows[["papers", "repaired", "gained", "lost"]]
    assert counts.loc["technique"].tolist() == [6, 7, 1, 0]
    assert counts.loc["material"].tolist() == [8, 7, 0, 1]
    assert counts.loc["categories-chemistry"].tolist() == [6, 5, 0, 1]
    assert counts.loc["clause-2"].tolist() == [5, 4, 1, 2]
    assert counts.loc["query"].tolist() == [6, 4, 1, 3]
    assert rows.loc["query", "records"] == ("ai", "both", "gas", "journal", "late", "plural", "polymer")
    assert rows.loc["query", "name"] == facts.query_verbatim()
    # The printed query has no such clause: a count of it would be made up.
    assert counts.loc["years"].isna().tolist() == [True, False, True, True]
    assert rows.loc["years", ["name", "repaired"]].tolist() == ["PY=(1991-2024)", 7]


def test_a_journal_is_its_whole_name_in_any_case():
    papers = {
        "capitals": ("t m", "NATURE", 2020, []),
        "longer": ("t m", "Nature Materials", 2020, []),
        "listed": ("t m", "Physics of Fluids", 2020, []),
        "no technique": ("m", "Nature", 2020, []),
    }
    assert found(papers)["journals"] == {"capitals", "no technique"}
    assert found(papers)["query"] == {"capitals"}
    quoted = found(papers, journals='("physics of fluids") OR nature')
    assert quoted["journals"] == {"capitals", "listed", "no technique"}
    assert found(papers, journals="nature")["query"] == {"capitals"}


def test_a_category_is_one_whole_web_of_science_category():
    papers = {
        "two": ("t m", "", 2020, ["Metals", "Chemistry"]),
        "one for both": ("t m", "", 2020, ["Polymers"]),
        "one of two": ("t m", "", 2020, ["Metals"]),
        "longer": ("t m", "", 2020, ["Metals & Alloys", "Chemistry, Applied"]),
    }
    assert found(papers)["clause-2"] == {"two", "one for both"}
    ready, records, categories = corpus(papers)
    areas = categories.assign(kind="SC")
    query = FORM.format(technique="t", material="m", journals="nature")
    assert by_part(parts_found(query, ready, records, areas))["categories-materials"] == set()


def test_and_binds_before_or():
    papers = {
        "x": ("t x", "nature", 2020, []), "y": ("t y", "nature", 2020, []), "xz": ("t x z", "nature", 2020, []),
        "yz": ("t y z", "nature", 2020, []), "z": ("t z", "nature", 2020, []),
    }  # fmt: skip
    assert found(papers, material="x or y and z")["material"] == {"x", "xz", "yz"}
    assert found(papers, material="(x or y) and z")["material"] == {"xz", "yz"}
    assert found(papers, material="z not (x or y)")["material"] == {"z"}
    assert str(parse("TS=(a) or TS=(b) and SO=(c)")) == "(TS OR (TS AND SO))"
    assert str(parse("(TS=(a) or TS=(b)) and SO=(c)")) == "((TS OR TS) AND SO)"


def test_within_quotation_marks_parentheses_and_operators_are_text():
    node = parse('TS=("a) or (b" or c) and so = (nature)')
    assert [part.body for part in node.parts] == ['"a) or (b" or c', "nature"]
    assert node.parts[0].text == 'TS=("a) or (b" or c)'
    papers = {
        "trial": ("Trial and error with m", "Acta (B", 2020, []),
        "apart": ("Error, trial and m", "Acta or Nature", 2020, []),
        "half": ("Trial", "Acta", 2020, []),
    }
    query = FORM.format(technique='"trial and error" or t', material="m", journals='("acta (b" or "acta or nature")')
    table = parts_found(query, *corpus(papers))
    assert table["name"].tolist()[:3] == ['"trial and error"', "t", "m"]
    assert by_part(table)["technique"] == {"trial"}
    assert by_part(table)["journals"] == {"trial", "apart"}
    assert by_part(table)["query"] == {"trial"}


def test_a_year_is_that_of_the_issue_else_of_early_access():
    query = f"({FORM.format(technique='t', material='m', journals='nature').removesuffix('.')}) AND PY=(2000-2001)"
    ready, records, categories = corpus({key: ("t m", "Nature", None, []) for key in "abcd"})
    records["issue_year"] = pd.array([2000, 2002, None, None], dtype="Int64")
    records["early_year"] = pd.array([1999, 2001, 2001, None], dtype="Int64")
    assert by_part(parts_found(query, ready, records, categories))["years"] == {"a", "c"}
    assert by_part(parts_found(query, ready, records, categories))["query"] == {"a", "c"}


@pytest.mark.parametrize(
    ("query", "where", "expected"),
    [
        ("TS=(a", "character 6", r"a '\)' for the '\(' of character 4"),
        ("(TS=(a)", "character 8", r"AND, OR or '\)'"),
        ("TS=(a) SO=(b)", "character 8", "AND, OR or the end"),
        ("TS=(a) and b", "character 12", r"TS=\("),
        ("", "character 1", "found the end"),
    ],
)
def test_what_cannot_be_read_is_located(query, where, expected):
    with pytest.raises(InputError, match=f"query, {where}: .*{expected}"):
        parse(query)


def test_another_query_than_the_reviews_is_refused():
    with pytest.raises(InputError, match=r"found \(TS OR SO\)"):
        parts_found("TS=(a) or SO=(b)", *corpus(PAPERS))
    one = FORM.format(technique="t", material="m", journals="nature")
    with pytest.raises(InputError, match=r"query, clause 2: expected TS=\(u\), found TS=\(t\)"):
        parts_found(one.replace("TS=(t)", "TS=(u)", 1), *corpus(PAPERS))
    with pytest.raises(InputError, match="PY of the query: expected a year"):
        parts_found(f"({one[:-1]}) and PY=(today)", *corpus(PAPERS))


def test_an_empty_corpus_finds_nothing():
    table = parts_found(facts.query_repaired(), *corpus({}))
    assert len(table) == 19 + 10
    assert table["papers"].tolist() == [0] * 29
    assert compared(table, table)[["gained", "lost"]].to_numpy().sum() == 0

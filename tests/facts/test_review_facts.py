"""Counts and rows of the fact tables, worked out from the printed review by hand."""

import re

import pandas as pd
import pytest

from livingreview import facts


def rows(table, **wanted):
    frame = facts.load(table)
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return frame


def one(table, **wanted):
    found = rows(table, **wanted).to_dict("records")
    assert len(found) == 1
    return found[0]


def test_eighteen_programmes():
    assert len(facts.load("programmes")) == 18
    assert facts.load("programmes")["country"].value_counts().to_dict() == {
        "United States": 7, "European Union": 5, "Japan": 4, "United Kingdom": 2
    }  # fmt: skip


@pytest.mark.parametrize(
    ("id", "amount", "currency", "precision", "start", "end"),
    [
        ("nsf-1", 20_220_000, "USD", "exact", None, None),
        ("nsf-2", 19_060_000, "USD", "exact", None, None),
        ("nsf-3", 13_410_000, "USD", "exact", None, None),
        ("nsf-4", 2_400_000, "USD", "exact", None, None),
        ("nsf-5", 2_060_000, "USD", "approximate", None, None),
        ("nsf-6", 2_000_000, "USD", "approximate", None, None),
        ("nsf-7", 1_740_000, "USD", "approximate", None, None),
        ("eu-1", 8_500_000, "EUR", "exact", 2018, 2022),
        ("eu-2", 20_670_000, "EUR", "exact", 2019, 2021),
        ("eu-3", 2_486_700, "EUR", "exact", 2015, 2021),
        ("eu-4", 1_500_000, "EUR", "exact", 2016, 2021),
        ("eu-5", 10_000_000, "EUR", "approximate", 2015, 2018),
        ("uk-1", None, "", "not available", 2024, None),
        ("uk-2", 6_650_600, "GBP", "exact", 2015, 2021),
        ("japan-1", None, "", "not available", 2015, None),
        ("japan-2", 70_000_000, "USD", "at least", 2017, None),
        ("japan-3", None, "", "not available", 2020, None),
        ("japan-4", None, "", "not available", 2024, None),
    ],
)
def test_amounts_and_periods(id, amount, currency, precision, start, end):
    row = one("programmes", id=id)
    assert (row["currency"], row["amount_precision"]) == (currency, precision)
    for column, value in (("amount", amount), ("start_year", start), ("end_year", end)):
        assert pd.isna(row[column]) if value is None else row[column] == value


def test_only_nomad_has_a_second_period():
    second = facts.load("programmes").dropna(subset=["second_start_year"])
    assert second[["id", "second_start_year", "second_end_year"]].values.tolist() == [
        ["eu-5", 2020, 2024]
    ]


def test_no_lead_is_made_up():
    assert rows("programmes", lead_en="")["id"].tolist() == ["nsf-7", "eu-4", "japan-3", "japan-4"]


def test_reported_totals_and_years():
    values = facts.load("reported").set_index("key")["value"]
    assert values[
        ["papers", "range-first", "range-last", "harvest-year", "harvest-month", "first-paper"]
    ].tolist() == [2338, 1991, 2024, 2024, 9, 1991]
    assert rows("reported", kind="turning point")["value"].tolist() == [2006, 2007, 2016]


def test_reported_countries():
    top = rows("reported", kind="country papers")
    assert top["rank"].tolist() == list(range(1, 11))
    assert top["country"].tolist() == ["CHN", "USA", "IND"] + [""] * 7
    assert top["value"].tolist()[:3] == [863, 584, 164]


def test_reported_institutions():
    top = rows("reported", kind="institution papers")
    assert top["subject_zh"].tolist() == [
        "中国科学院", "橡树岭国家实验室", "西安交通大学", "哈尔滨工业大学", "西北工业大学",
        "清华大学", "麻省理工学院", "剑桥大学", "佐治亚理工学院", "北京科技大学",
    ]  # fmt: skip
    assert top["value"].tolist()[:3] == [108, 37, 36]


def test_what_the_pictures_held_is_not_available():
    table = facts.load("reported")
    assert (table["value"].isna() == (table["availability"] == "not available")).all()
    lost = table[table["value"].isna()]["kind"].value_counts().to_dict()
    assert lost == {
        "yearly papers": 1, "country papers": 7, "institution papers": 7, "term frequency": 6
    }  # fmt: skip


def test_table_4_has_two_rows_of_ten():
    table = facts.load("table4")
    assert len(table) == 100
    order = rows("reported", kind="institution papers")["subject_en"].tolist()
    for name, printed in {
        "Chinese Academy of Sciences": [108, 1, 1, 1, 4, 3, 1, 1, 3, 2],
        "Xi'an Jiaotong University": [0, 0, 36, 2, 4, 0, 1, 0, 0, 2],
    }.items():
        row = table[table["row_en"] == name]
        assert row["column_en"].tolist() == order
        assert row["papers"].tolist() == printed
    assert (table["availability"] == "not available").sum() == 80
    assert (table["papers"].isna() == (table["availability"] == "not available")).all()


def test_fifty_four_terms_in_five_categories():
    assert facts.load("themes")["category"].value_counts(sort=False).to_dict() == {
        "AI techniques": 9, "Materials": 16, "Structural chemistry": 12, "Thermodynamics": 5,
        "Kinetics": 12,
    }  # fmt: skip
    assert facts.load("themes")[["en", "zh"]].nunique().tolist() == [54, 54]
    assert rows("themes", subgroup="property")["zh"].tolist() == [
        "抗拉强度", "抗压强度", "电气性能", "抗弯强度", "弹性特性", "拉伸性能"
    ]  # fmt: skip


def test_thirty_two_advances_in_four_directions():
    assert facts.load("advances")["section"].value_counts(sort=False).to_dict() == {
        "3.4.1": 8, "3.4.2": 9, "3.4.3": 6, "3.4.4": 9
    }  # fmt: skip


def test_references_of_the_advances_in_the_order_of_the_text():
    printed = facts.load("advances")["references"].tolist()
    first_three = [str(n) for n in range(37, 46)] + [""] + [str(n) for n in range(46, 59)]
    assert printed == first_three + ["59", "60", "61", "62", "63", "64", "65", "66", "61"]


@pytest.mark.parametrize(
    ("id", "country", "technique", "material"),
    [
        ("advance-01", "CHE", "machine learning", "metal-organic framework"),
        ("advance-06", "CHN; HKG", "machine-learned potential", ""),
        ("advance-11", "USA", "neural network; genetic algorithm", "inorganic complex"),
        ("advance-20", "FRA", "machine learning; random forest", "half-Heusler compound"),
        ("advance-25", "", "language model", ""),
        ("advance-31", "GBR", "Bayesian optimisation; laboratory automation", "catalyst"),
    ],
)
def test_some_advances(id, country, technique, material):
    row = one("advances", id=id)
    assert (row["country"], row["technique"], row["material"]) == (country, technique, material)


def test_twenty_three_highly_cited_institutions():
    table = facts.load("highly_cited")
    assert len(table) == 23 == table["institution_en"].nunique() == table["institution_zh"].nunique()
    assert table["grouped_as"].value_counts(sort=False).to_dict() == {
        "United States": 8, "Europe and United Kingdom": 6, "Japan": 2, "China": 7
    }  # fmt: skip
    cited = {n for value in table["references"] for n in facts.split(value)}
    assert cited == {str(n) for n in range(16, 37)}
    assert one("highly_cited", institution_zh="南开大学")["references"] == "29; 30"


def test_six_challenges():
    table = facts.load("challenges")
    assert table["number"].tolist() == [1, 2, 3, 4, 5, 6]
    assert table["references"].tolist() == ["67", "59", "59", "68", "69", "70"]


def test_four_questions():
    assert facts.load("research_questions")["number"].tolist() == [1, 2, 3, 4]


def test_seventy_references():
    table = facts.load("references")
    assert table["number"].tolist() == list(range(1, 71))
    assert table["kind"].tolist() == ["web"] * 13 + ["scholarly"] * 57
    scholarly = table[table["kind"] == "scholarly"]
    assert (scholarly[["journal", "volume", "pages", "work"]] != "").all(axis=None)
    assert scholarly["year"].notna().all()
    web = table[table["kind"] == "web"]
    assert (web["work"] == "").all() and (web["url"] != "").all()
    assert set(web["accessed"]) == {"2024-09-01"}


def test_fifty_two_works():
    works = facts.load("works")
    assert works["work"].tolist() == [f"W{n:02d}" for n in range(1, 53)]
    several = works[works["references"].str.contains(";")]
    assert dict(zip(several["work"], several["references"], strict=True)) == {
        "W05": "18; 41", "W10": "23; 35", "W15": "28; 33; 68", "W16": "29; 49"
    }  # fmt: skip
    references = facts.load("references").set_index("number")
    for work in works.to_dict("records"):
        for number in facts.split(work["references"]):
            assert references.loc[int(number), "work"] == work["work"]
    assert sum(len(facts.split(r)) for r in works["references"]) == 57


@pytest.mark.parametrize(
    ("number", "authors", "journal", "year", "volume", "issue", "pages"),
    [
        (14, "Charles W U; Douglas A S; Bobby G S", "Computational and Theoretical Polymer Science",
         1998, "8", "3/4", "311-321"),
        (38, "Wei S; Baek S; Yue H", "Journal of the Electrochemical Society", 2021, "168", "", "12"),
        (46, "Janet J P; Chan L; Kulik H J", "Journal of Physical Chemistry Letters", 2018, "9",
         "5", "1064-1071"),
        (63, "Wang X M; Xiao B; Li Y H", "Applied Surface Science", 2020, "531", "", "147323"),
        (65, "Artrith N; Kolpak A M", "Nano Letters", 2014, "14", "5", "2670"),
        (70, "Xu H Y; Zhu J; Donal P F", "Advanced Energy Materials", 2021, "11", "19", "2003908"),
    ],
)  # fmt: skip
def test_some_references(number, authors, journal, year, volume, issue, pages):
    row = one("references", number=number)
    columns = ("authors", "journal", "year", "volume", "issue", "pages")
    assert [row[c] for c in columns] == [authors, journal, year, volume, issue, pages]


def test_seven_frontiers():
    table = facts.load("frontiers")
    assert table["item"].tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert one("frontiers", item=6)["team_zh"] == "孙志梅"
    assert one("frontiers", item=7)["institution_zh"] == "中国科学院计算技术研究所"


def test_taxonomy_is_one_tree():
    parent = facts.load("taxonomy").set_index("term_en")["parent"]
    assert parent[parent == ""].index.tolist() == ["artificial intelligence"]
    for term in parent.index:
        seen = {term}
        while parent[term]:
            term = parent[term]
            assert term not in seen
            seen.add(term)
    assert len(parent) == 16


def test_findings_are_distinct_and_point_to_references_that_exist():
    table = facts.load("oddities")
    assert not table.duplicated(["place", "printed"]).any()
    for place in table["place"]:
        for numbers in re.findall(r"refs? (\d+(?:, \d+)*)", place):
            assert all(1 <= int(n) <= 70 for n in numbers.split(", "))

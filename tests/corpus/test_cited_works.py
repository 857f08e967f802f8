"""The default corpus says of each work what the review's text says, and nothing more."""

import pytest

from livingreview.corpus import schema
from livingreview.corpus.cited_works import build


@pytest.fixture(scope="module")
def corpus():
    return build()


def of(table, record, column, **wanted):
    rows = table[table["record"] == record]
    for name, value in wanted.items():
        rows = rows[rows[name] == value]
    return rows[column].tolist()


def test_every_table_of_the_normal_form_is_there_with_its_columns_and_types(corpus):
    assert list(corpus) == list(schema.TABLES)
    for name, columns in schema.TABLES.items():
        assert [(c.name, c.dtype) for c in columns] == [
            (column, str(dtype)) for column, dtype in corpus[name].dtypes.items()
        ]


def test_fifty_two_records_in_the_order_of_their_lines(corpus):
    records = corpus["records"]
    assert records["record"].tolist() == [f"W{n:02d}" for n in range(1, 53)]
    assert records["line"].tolist() == list(range(2, 54))
    assert set(records["file"]) == {"data/review/works.csv"}
    assert set(records["accession"]) == {""}


def test_years_run_from_1998_to_2024(corpus):
    years = corpus["records"]["issue_year"]
    assert (years.min(), years.max()) == (1998, 2024)
    # counted by hand in the reference list, each work once
    assert years.value_counts().sort_index().to_dict() == {
        1998: 1, 1999: 1, 2011: 1, 2014: 2, 2016: 3, 2017: 3, 2018: 4, 2019: 5, 2020: 5, 2021: 11,
        2022: 8, 2023: 7, 2024: 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("record", "first", "last", "article"),
    [
        ("W01", "311", "321", ""),  # a range
        ("W03", "", "", "185"),  # an article number
        ("W48", "2670", "", ""),  # a first page alone
        ("W28", "", "", "054303"),  # a leading zero kept
    ],
)
def test_pages(corpus, record, first, last, article):
    row = corpus["records"].set_index("record").loc[record]
    assert (row["first_page"], row["last_page"], row["article_number"]) == (first, last, article)


def test_authors_as_printed_without_et_al(corpus):
    assert of(corpus["authors"], "W30", "printed") == ["Janet J P", "Chan L", "Kulik H J"]
    assert not corpus["authors"]["printed"].str.contains("et al").any()


def test_a_work_under_three_numbers_is_one_record_with_what_each_says(corpus):
    assert of(corpus["records"], "W15", "title") == ["Structure prediction drives materials discovery"]
    assert of(corpus["addresses"], "W15", "institution") == [
        "Northwestern Polytechnical University", "Skolkovo Institute of Science and Technology",
    ]  # fmt: skip
    assert of(corpus["assignments"], "W15", "value", kind="section") == ["3.3", "3.4.5"]


def test_a_polymer_work_cited_twice_has_each_of_its_institutions_once(corpus):
    # [29] for four institutions in section 3.3, [49] for a fifth in section 3.4.2
    assert sorted(of(corpus["addresses"], "W16", "country")) == ["CHN", "GBR", "JPN", "JPN", "RUS"]
    assert of(corpus["assignments"], "W16", "value", kind="direction") == ["direction-structure"]


def test_institutions_of_one_work_stand_once(corpus):
    assert not corpus["addresses"].duplicated(["record", "institution"]).any()
    assert set(corpus["addresses"]["role"]) == {"author"}


def test_works_without_an_institution_in_the_text_have_none(corpus):
    without = set(corpus["records"]["record"]) - set(corpus["addresses"]["record"])
    assert sorted(without) == ["W01", "W02", "W50", "W51", "W52"]  # refs 14, 15, 67, 69, 70


def test_hong_kong_stands_beside_china(corpus):
    assert of(corpus["addresses"], "W26", "country") == ["HKG", "CHN"]


def test_a_highly_cited_work_that_the_text_does_not_describe_has_no_keyword(corpus):
    assert of(corpus["keywords"], "W07", "printed") == []  # ref 20
    assert of(corpus["assignments"], "W07", "kind") == ["section"]


def test_keywords_are_what_the_text_assigns(corpus):
    assert of(corpus["keywords"], "W38", "printed", kind="review") == [
        "machine learning", "random forest", "half-Heusler compound", "stability prediction"
    ]  # fmt: skip
    assert of(corpus["keywords"], "W01", "printed") == [
        "neural network", "polymer", "materials design"
    ]  # fmt: skip
    assert not corpus["keywords"].duplicated(["record", "printed"]).any()


def test_the_works_of_each_direction(corpus):
    chosen = corpus["assignments"]
    chosen = chosen[chosen["kind"] == "direction"].drop_duplicates(["record", "value"])
    # advances per direction, less the one without reference in 3.4.2; in 3.4.4 two cite [61]
    assert chosen["value"].value_counts().to_dict() == {
        "direction-techniques": 8, "direction-structure": 8, "direction-thermodynamics": 6,
        "direction-kinetics": 8,
    }  # fmt: skip


def test_every_assignment_says_where_it_stands(corpus):
    assert corpus["assignments"]["place"].str.startswith("section ").all()
    assert "section 3.3, cited as [28], [33]" in of(corpus["assignments"], "W15", "place")


def test_what_the_review_does_not_print_is_empty(corpus):
    assert (corpus["records"][["doi", "abstract", "early_date_printed"]] == "").all(axis=None)
    assert corpus["records"][["times_cited", "reference_count"]].isna().all(axis=None)
    for table in ("author_addresses", "affiliations", "categories", "references"):
        assert corpus[table].empty

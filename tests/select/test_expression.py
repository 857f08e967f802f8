"""The language of expressions: what each rule finds, and what is refused."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingreview.errors import InputError
from livingreview.select.expression import either_number, parse
from livingreview.select.search import Searchable, matches


def found(expression, **fields):
    row = {"record": "r1", "title": "", "abstract": "", "keywords": "", **fields}
    return len(matches(expression, pd.DataFrame([row]))) == 1


@pytest.mark.parametrize(
    ("expression", "title", "expected"),
    [
        ("alloy", "An alloy", True),
        ("alloy", "Two alloys", False),
        ("alloy*", "Two alloys", True),
        ("alloy*", "An alloy", True),
        ("alloy", "Superalloy", False),
        ("*alloy", "Superalloy", True),
        ("*alloy", "Superalloys", False),
        ("organi*ation", "The organisation", True),
        ('"machine learning"', "Machine Learning", True),
        ('"machine learning"', "Machine-learning", True),
        ('"machine-learning"', "machine\u2013learning", True),
        ('"machine learning"', "machine, learning", False),
        ('"machine learning"', "learning machine", False),
        ('"machine learning"', "a vending-machine learning to speak", True),
        ('"chine learning"', "machine learning", False),
        ("schrodinger", "Schr\u00f6dinger's equation", True),
        ("SCHR\u00d6DINGER", "schrodinger", True),
        ("MoS2", "Monolayer MoS\u2082 films", True),
        ('"a a"', "ba a a", True),  # the first place that looks right is not; the next one is
        ("2D", "(2D) layers", True),
        ("cat", "cat", True),
        ("cat", "concatenate", False),
        ('"structure property"', "structure/property relations", True),
        ("\u6750\u6599", "\u6750\u6599", True),
    ],
)
def test_a_term(expression, title, expected):
    assert found(expression, title=title) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # The text holds a and b, not c.
        ("a AND b", True), ("a AND c", False), ("a OR c", True), ("c OR c", False),
        ("NOT c", True), ("NOT a", False), ("a NOT c", True), ("a NOT b", False),
        ("a AND NOT c", True), ("NOT NOT a", True),
        ("c AND c OR a", True),  # (c AND c) OR a
        ("a OR c AND c", True),  # a OR (c AND c)
        ("(a OR c) AND c", False), ("NOT c AND a", True), ("NOT (c OR a)", False),
        ("NOT a OR b", True),  # (NOT a) OR b
    ],
)  # fmt: skip
def test_operators_and_their_order(expression, expected):
    assert found(expression, title="a b") is expected


def test_a_phrase_stays_in_one_field_and_in_one_keyword():
    assert not found('"machine learning"', title="machine", abstract="learning")
    assert not found('"machine learning"', keywords="machine ; learning")
    assert found('"machine learning"', keywords="alloy ; machine learning")
    assert found("machine AND learning", title="machine", abstract="learning")


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ('"open', 1, "closing quotation mark"),
        ("a b", 3, "AND, OR, NOT or the end"),
        ("a and b", 3, "AND, OR, NOT or the end"),
        ("(a OR b", 8, "AND, OR, NOT or '\\)'"),
        ("a OR", 5, "a word, a phrase or"),
        ("a AND OR b", 7, "a word, a phrase or"),
        ("", 1, "a word, a phrase or"),
        ("()", 2, "a word, a phrase or"),
        ("a)", 2, "AND, OR, NOT or the end"),
        ("*", 1, "words of letters and digits"),
        ('""', 2, "words of letters and digits"),
        ('"a, b"', 2, "words of letters and digits"),
        ('"a * b"', 2, "words of letters and digits"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text, place, expected):
    with pytest.raises(InputError, match=f"character {place} of .*{expected}"):
        parse(text)


def test_the_evidence_is_first_field_and_words_without_those_under_not():
    texts = pd.DataFrame(
        {
            "record": ["r2", "r1", "r3"],
            "title": ["Alloys", "Graph neural networks", "Steel"],
            "abstract": ["A neural network; neural networks.", "GNN and alloys", ""],
            "keywords": ["", "", ""],
        }
    )
    result = matches('"neural network*" OR GNN OR NOT alloys', texts)
    assert result.values.tolist() == [
        ["r1", "title", "neural networks; gnn"],
        ["r2", "abstract", "neural network; neural networks"],
        ["r3", "", ""],
    ]


def test_no_records_give_no_matches():
    texts = pd.DataFrame(columns=["record", "title", "abstract", "keywords"], dtype="str")
    assert matches("alloy OR NOT alloy", texts).empty


@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("neural network", "neural networks"),
        ("optical properties", "optical property"),
        ("physical property", "physical properties"),
        ("new materials", "new material"),
        ("support vector machine", "support vector machines"),
        ("alloy", "alloys"),
        ("matrix", "matrixes"),
        ("band gap", "band gaps"),
        ("GNN", "GNNs"),
        ("y", "ys"),
    ],
)
def test_both_numbers_of_a_term(term, other):
    assert either_number(term) == f'"{term}" OR "{other}"'


@pytest.mark.parametrize("term", ["molecular dynamics", "analysis", "heterogeneous catalysis", "inert gas"])
def test_terms_without_a_regular_plural_stay(term):
    assert either_number(term) == f'"{term}"'


words = st.sampled_from(["alloy", "steel", "network", "graph"])
nodes = st.recursive(
    words,
    lambda part: st.one_of(
        part.map("NOT ({})".format),
        st.tuples(part, part).map(lambda ab: f"({ab[0]}) AND ({ab[1]})"),
        st.tuples(part, part).map(lambda ab: f"({ab[0]}) OR ({ab[1]})"),
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(nodes, st.lists(st.sets(words), min_size=1, max_size=5))
def test_boolean_algebra_agrees_with_python(expression, titles):
    texts = pd.DataFrame(
        {"record": [f"r{n}" for n in range(len(titles))],
         "title": [" ".join(sorted(title)) for title in titles], "abstract": "", "keywords": ""}
    )  # fmt: skip
    python = expression.replace("AND", "and").replace("OR", "or").replace("NOT", "not")
    expected = [
        f"r{n}" for n, title in enumerate(titles)
        if eval(python, {}, {w: w in title for w in ("alloy", "steel", "network", "graph")})
    ]  # fmt: skip
    assert list(matches(expression, texts)["record"]) == expected
    # Printing an expression and reading it again changes nothing.
    assert list(matches(str(parse(expression)), Searchable.of(texts))["record"]) == expected

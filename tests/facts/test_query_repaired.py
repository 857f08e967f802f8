"""The repaired query is the printed one with the stated repairs and no others."""

import re

import pytest

from livingreview import facts

# Each repair as one replacement in the printed text, with how often it must be found. Case and
# blanks are compared apart, so both texts are brought to lower case without blanks first.
REPAIRS = [
    ("ts(", "ts=(", 2),
    ('"neuralnetwork"', '"neuralnetwork*"', 2),
    ('"geneticalgorithm"', '"geneticalgorithm*"', 2),
    ('"supportvectormachine"', '"supportvectormachine*"', 2),
    ('"decisiontree"', '"decisiontree*"', 2),
    ('"randomforest"', '"randomforest*"', 2),
    ('"materialprepar*"', '"material*prepar*"', 4),
    ('"gibbsfreeenergy"', '"gibbsfreeenerg*"', 2),
    ('"chemicalreaction"', '"chemicalreaction*"', 2),
    ("structure*", "structur*", 2),
    ('"phasetransition*"))', '"phasetransition*")andmaterial*)', 2),
    ('"masstransfertheory"', '("masstransfertheor*"andmaterial*)', 2),
    ("(test*orcharacteriz*)", "(test*orcharacteriz*)andmaterial*", 2),
    ("(mineralogy)or(nanoscience&nanotechnology)or", "(mineralogy)or", 1),
    ("(pharmacology&pharmacy)or(polymerscience)or", "(pharmacology&pharmacy)or", 1),
]


def squeezed(text: str) -> str:
    return "".join(text.split()).lower()


def test_only_the_stated_repairs_were_made():
    text = squeezed(facts.query_verbatim())
    for printed, mended, times in REPAIRS:
        assert text.count(printed) == times, printed
        text = text.replace(printed, mended)
    assert squeezed(facts.query_repaired()) == f"({text.removesuffix('.')})andpy=(1991-2024)"


def test_parentheses_are_balanced_and_every_tag_has_its_sign():
    text = re.sub(r'"[^"]*"', "", facts.query_repaired())
    depths = [text[:end].count("(") - text[:end].count(")") for end in range(1, len(text) + 1)]
    assert min(depths) == 0 and depths[-1] == 0
    assert re.findall(r"\b(TS|SO|WC|PY)\b(=\()?", text) == [
        (tag, "=(") for tag in ("TS", "TS", "SO", "WC", "TS", "TS", "WC", "WC", "PY")
    ]
    assert not re.search(r"\b(and|or|And|Or)\b", text)


@pytest.mark.parametrize("category", ["NANOSCIENCE & NANOTECHNOLOGY", "POLYMER SCIENCE"])
def test_a_category_of_both_groups_stands_in_one(category):
    assert facts.query_verbatim().count(f"({category})") == 2
    before, _, chemistry = facts.query_repaired().rpartition("WC=(")
    assert f"({category})" in before.rpartition("WC=(")[2]
    assert category not in chemistry


def test_it_can_be_read_on_a_page():
    lines = facts.query_repaired().splitlines()
    assert max(map(len, lines)) <= 120
    assert facts.query_repaired().endswith("\n") and all(line == line.rstrip() for line in lines)

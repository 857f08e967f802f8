"""Whole columns taken apart against one value at a time, and against answers worked out by hand."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from livingreview.corpus.normal import addresses, people, references, spans
from livingreview.corpus.normal.fields import cited_reference
from livingreview.corpus.normal.form import form
from livingreview.corpus.reading.columns import from_records
from livingreview.corpus.reading.raw import RawRecord

PART = st.sampled_from(
    ["Wu S", "van der Berg A", "2001", "1999A", "20011", "J CHEM", "V5", "VA12", "P17", "p e1", "PE12x", "V", "P", "[Anonymous]",
     "DOI 10.1/A", "DOI [10.1/a, 10.2/B]", "DOI", "10.1000/x", "Ünlü Ç", "2050", "3001", "", "a b", "DOI DOI 10.5/Q]", "I"]
)  # fmt: skip


@settings(max_examples=500)
@given(st.lists(st.lists(PART, min_size=1, max_size=7).map(", ".join), min_size=1, max_size=6))
def test_references_of_a_column_are_those_of_each_value(printed):
    printed = [text.strip() for text in printed if text.strip()]
    parts = references.take_apart(pa.array(printed, pa.string()))
    names = ("first_author", "year", "source_title", "volume", "page", "doi")
    rows = list(zip(*(parts[name].to_pylist() for name in names), strict=True))
    assert rows == [tuple(cited_reference(text)) for text in printed]


@given(st.lists(st.text(max_size=8), max_size=10))
def test_strings_come_back_from_their_bytes(values):
    content, starts, ends = spans.raw(pa.array(values, pa.string()))
    assert spans.gather(content, starts, ends).to_pylist() == values


def block(*records):
    return form("a.txt", "Web of Science", from_records([RawRecord(n, *parts, {}) for n, parts in enumerate(records, 1)]))


def test_identifiers_are_linked_to_the_author_they_name_unless_two_share_the_name():
    made = block(
        ({"AU": ["Wu, S", "Li, Q", "Li, Q"], "AF": ["Wu, Sheng", "Li, Qi", "Li, Qi"]},
         {"OI": "Wu, Sheng/0000-0001-0000-0001; Li, Qi/0000-0002", "RI": "Nobody, N/A-1-2010; Wu, S/B-2-2011"}),
    )  # fmt: skip
    rows = made.rows["author_ids"]
    assert rows["kind"].to_pylist() == ["orcid", "orcid", "researcher", "researcher"]
    assert rows["identifier"].to_pylist() == ["0000-0001-0000-0001", "0000-0002", "A-1-2010", "B-2-2011"]
    assert rows["author_position"].to_pylist() == [1, None, None, 1]


def test_funding_is_cut_outside_brackets():
    made = block(({}, {"FU": "NSFC [1, 2]; ERC"}), ({}, {"FU": "DFG [SFB 1; 2]; JST"}))
    rows = made.rows["funding"]
    assert rows["record"].tolist() == [0, 0, 1, 1]
    assert rows["funder"].to_pylist() == ["NSFC", "ERC", "DFG", "JST"]
    assert rows["grants"].to_pylist() == ["1; 2", "", "SFB 1; 2", ""]
    assert rows["position"].to_pylist() == [1, 2, 1, 2]


def test_an_author_without_brackets_is_at_every_address_of_a_sole_author_only():
    made = block(
        ({"AU": ["Wu, S"], "C1": ["A Univ, X, Japan.", "B Univ, Y, France."]}, {}),
        ({"AU": ["Wu, S", "Li, Q"], "C1": ["A Univ, X, Japan.", "[Li, Q] B Univ, Y, France."]}, {}),
    )
    rows = made.rows["author_addresses"]
    links = zip(rows["record"].tolist(), rows["author_position"].to_pylist(), rows["address_position"].to_pylist(), strict=True)
    assert list(links) == [(0, 1, 1), (0, 1, 2), (1, 2, 2)]
    assert made.rows["addresses"]["country"].to_pylist() == ["JPN", "FRA", "JPN", "FRA"]


def test_a_number_that_is_none_is_left_missing_and_told():
    made = block(({}, {"TI": "A", "TC": "7", "PY": "1066"}), ({}, {"TI": "B", "TC": "9" * 30, "NR": "-1"}))
    assert made.rows["records"]["times_cited"].to_pylist() == [7, None]
    assert made.rows["records"]["issue_year"].to_pylist() == [None, None]
    assert [(f.line, f.field) for f in made.findings] == [(1, "PY"), (2, "NR"), (2, "TC")]


def test_names_of_no_author_have_no_place():
    names = people.Names(from_records([RawRecord(1, {"AU": ["Wu, S"]}, {}, {})]))
    asked = pa.array(["Wu, S", "Li, Q"], pa.string())
    assert names.places(np.array([0, 0]), asked).tolist() == [1, 0]
    nobody = people.Names(from_records([RawRecord(1, {}, {"TI": "T"}, {})]))
    assert nobody.places(np.array([0]), pa.array(["Wu, S"])).tolist() == [0]


def test_full_stops_and_blanks_at_the_end_of_an_address_are_not_kept():
    assert addresses.without_stop(pa.array([" A Univ, X, Japan. ", "B. "])).to_pylist() == ["A Univ, X, Japan", "B"]


LISTED = st.lists(st.text(st.sampled_from("ab;, \t\u00e9"), max_size=12), max_size=6)


@given(LISTED)
def test_entries_of_lists_are_the_same_with_and_without_c(values):
    owner, entries = spans.split(pa.array(values, pa.string()))
    plain_owner, plain = spans.split_plainly(pa.array(values, pa.string()))
    by_hand = [(n, part.strip(spans.BLANK)) for n, value in enumerate(values) for part in value.split(";")]
    expected = [(n, part) for n, part in by_hand if part]
    assert list(zip(owner.tolist(), entries.to_pylist(), strict=True)) == expected
    assert list(zip(plain_owner.tolist(), plain.to_pylist(), strict=True)) == expected


@given(st.lists(st.lists(PART, min_size=1, max_size=5).map(", ".join), max_size=5))
def test_references_without_c_are_the_same(printed):
    column = pa.array([text.strip() for text in printed if text.strip()], pa.string())
    with_c, without = references.take_apart(column), references.one_by_one(column)
    assert {k: v.to_pylist() for k, v in with_c.items()} == {k: v.to_pylist() for k, v in without.items()}

"""Precision and recall on the half of the labelled pairs that no rule was chosen by."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from livingreview.corpus.duplicates import measure, people, places, titles
from livingreview.corpus.duplicates.blocks import title_keys

import pyarrow as pa


def test_the_set_is_large_and_its_halves_share_no_work():
    pairs = measure.pairs()
    assert len(pairs) >= 220 and len({p["pair"] for p in pairs}) == len(pairs)
    assert set(Counter(p["label"] for p in pairs)) == {"same", "different"}
    halves = {half: {p["work"] for p in pairs if measure.half_of(p) == half} for half in ("tuning", "test")}
    assert not halves["tuning"] & halves["test"]
    assert min(Counter(map(measure.half_of, pairs)).values()) >= 100


def test_precision_and_recall_on_the_test_half():
    """A wrong merger loses a work and is seen by nobody: no more than one in a hundred, and with some
    fifty mergers that means none. A missed one is listed: recall may not fall below 0.85, which is
    what the half gave when first measured (0.852), nor may more than one pair in twenty go unlisted."""
    measured = measure.measure(measure.TEST)
    assert measured.precision >= 0.99, measured.wrong
    assert measured.recall >= 0.85, measured.missed
    assert measured.seen >= 0.95


def test_the_measure_counts_as_on_paper():
    counts = Counter({("k", "same", "merged"): 3, ("k", "same", "listed"): 1, ("j", "same", "apart"): 1, ("k", "different", "merged"): 1})
    measured = measure.Measured(counts)
    assert (measured.precision, measured.recall, measured.seen) == (0.75, 0.6, 0.8)


@given(st.text(st.sampled_from("aBé αβ-<sub>2</sub>.,&$_{}() 12IVµ℃ßŒ"), max_size=60))
def test_fast_and_careful_reading_of_titles_agree(title):
    """The keys of blocks, made bytewise, are those of the title folded with care."""
    keys = title_keys(pa.chunked_array([[title, titles.folded(title)]]))
    assert (keys[0] == keys[1]).all()


def test_keys_of_slices_and_chunks_are_those_of_the_whole():
    texts = [f"Study number {n} of the élan of alloys" for n in range(40)]
    whole = title_keys(pa.chunked_array([texts]))
    parts = title_keys(pa.chunked_array([pa.array(texts).slice(0, 7), pa.array(texts).slice(7)]))
    assert (whole == parts).all()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Oxidation of ethane over nickel", "Oxidation of ethene over nickel", False),
        ("Nitride growth on steel", "Nitrate growth on steel", False),
        ("Grey tin at low temperature", "Gray tin at low temperature", True),
        ("Colour centres in diamond", "Color centers in diamond", True),
        ("On the aging of glass", "Aging of glass", True),
        ("MoS2 on gold", "WS2 on gold", False),
    ],
)
def test_wording(one, other, alike):
    assert titles.same_wording(titles.read(one), titles.read(other)) is alike
    assert titles.same_wording(titles.read(other), titles.read(one)) is alike


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Wu, SL", "S. L. Wu", True), ("WU SL", "Wu, Sheng-Li", True), ("Müller, J", "Mueller J.", True),
        ("van der Waals, J", "Waals J.v.d.", True), ("Wu, S", "Wu, T", False), ("Smith, J", "Smythe, J", False),
        ("Li, Na", "Na Li", True), ("García-López, A", "Garcia A.", True), ("", "Wu", None),
    ],
)  # fmt: skip
def test_names(one, other, agree):
    assert people.agree(one, other) is agree
    assert people.agree(other, one) is agree


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("NAT COMMUN", "Nature Communications", True), ("PHYSICAL REVIEW B", "Phys. Rev. B", True),
        ("Physical Review B", "Physical Review E", False), ("PNAS", "Proceedings National Academy Sciences", True),
        ("Acta Materialia", "Scripta Materialia", False), ("", "Nature", None),
    ],
)  # fmt: skip
def test_sources(one, other, agree):
    assert places.sources_agree(one, other) is agree
    assert places.sources_agree(other, one) is agree

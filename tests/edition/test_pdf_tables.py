"""Fitting tables to a page; widths worked out on paper from the rules of the module."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from livingreview.edition.pdf_tables import LANDSCAPE, LONGEST_WORD, PADDING, PORTRAIT, fit, longest_word, measure


def test_a_chinese_character_is_as_wide_as_two_letters():
    assert measure("AI 材料") == 2 + 1 + 4


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("one three", 5), ("band-gap", 5), ("材料化学", 2), ("AI材料", 2), ("AI3材", 3), ("x" * 50, LONGEST_WORD)],
)
def test_the_longest_word_stops_at_spaces_hyphens_and_chinese(text, width):
    assert longest_word(text) == width


def test_a_table_that_fits_is_left_alone_however_many_columns():
    # Ten columns of four letters: 10 * (4 + 2) = 60 of 102.
    assert fit([["abcd"] * 10]) == fit([["1"] * 10])
    assert fit([["abcd"] * 10]).widths is None


def test_prose_in_few_columns_shares_the_upright_page():
    got = fit([["Name", "What it found"], ["MIT", "the formation energy of a large space of compounds " * 4]])
    assert not got.landscape
    assert got.widths[1] > got.widths[0]


def test_a_table_a_little_too_wide_is_set_smaller_before_the_page_is_turned():
    # Eighteen columns of four letters: 18 * (4 + 2) = 108; at 0.94 the page holds 102 / 0.94 = 108.5.
    got = fit([["a"] * 18, ["abcd"] * 18])
    assert (got.landscape, got.widths, got.scale) == (False, None, 0.94)


def test_many_columns_turn_the_page():
    # Fourteen heads "Institution 10": the word of 11 en is bold, 1.2 * 11 rounds up to 14, and
    # with its padding 16: 14 * 16 = 224, more than 160; the smallest print holds 160 / 0.75 = 213.
    got = fit([[f"Institution {i}" for i in range(10, 24)]])
    assert got.landscape
    assert got.scale == 0.75
    assert got.crowded


def test_a_little_too_wide_is_set_smaller():
    # Twelve such columns: 12 * 16 = 192, so the print shrinks to 160 / 192.
    got = fit([[f"Institution {i}" for i in range(10, 22)]])
    assert (got.landscape, got.crowded) == (True, False)
    assert got.scale == pytest.approx(160 / 192, abs=0.001)


def test_columns_that_no_page_holds_are_reported():
    # Thirty columns of the longest word: 30 * 18 = 540; the smallest print holds 160 / 0.75 = 213.
    assert fit([["x" * 40] * 30]).crowded


def test_a_table_of_sentences_is_turned_rather_than_made_a_tower():
    sentence = "a sentence of some length that says what was found and how " * 12
    assert fit([["Team", "System", "Method", "Claim"], [sentence] * 4, [sentence] * 4]).landscape


@pytest.mark.parametrize("rows", [[], [[]], [["a"], ["b", "c"]]])
def test_a_table_without_cells_or_with_ragged_rows_is_refused(rows):
    with pytest.raises(ValueError, match="table"):
        fit(rows)


@example([["", "a b " * 30]])
@given(st.integers(1, 12).flatmap(lambda n: st.lists(st.lists(st.text("ab 材-", max_size=60), min_size=n, max_size=n), min_size=1, max_size=5)))
def test_shared_widths_fill_the_page_and_no_short_word_is_cut(rows):
    got = fit(rows)
    if got.widths is None:
        return
    assert sum(got.widths) == pytest.approx(100, abs=0.1)
    room = (LANDSCAPE if got.landscape else PORTRAIT) / got.scale
    if not got.crowded:
        for column, width in zip(zip(*rows, strict=True), got.widths, strict=True):
            assert width / 100 * room >= max(longest_word(c) for c in column) + PADDING - 0.1

"""Markup: untrusted text must come out of the page as it went in."""

import types

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from livingreview.exhibits import markup

HOSTILE = [
    "*bold* _it_ `code` ~~x~~", "<script>alert(1)</script>", "$x^2$ and $$", "a | b || c", "{ref}`x` {{y}}",
    "[link](http://x.y) ![i](z)", "# head", "&amp; &lt;", "\\ backslash \\*", "(target)= x", "line\nbreak", "=1+1",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_renders_as_itself(text):
    assert _rendered(markup.escape(text)) == " ".join(text.split())


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1).filter(str.strip))
def test_any_ascii_text_renders_as_itself(text):
    assert _rendered(markup.escape(text)) == " ".join(text.split())


def _rendered(source: str) -> str:
    inline = MarkdownIt("commonmark").parseInline(source)[0].children
    assert {token.type for token in inline} <= {"text", "text_special"}
    return "".join(token.content for token in inline)


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (2338, "", "2,338"), (2016, "year", "2016"), (36.912, "percent", "36.9 %"), (0.5, "decimal", "0.50"),
        (1.25, "", "1.25"), (3.0, "count", "3"), (None, "", "n/a"), (float("nan"), "percent", "n/a"), ("", "", "n/a"),
        (pd.NA, "year", "n/a"), (True, "", "yes"), ("text", "", "text"),
    ],
)  # fmt: skip
def test_plain(value, kind, expected):
    assert markup.plain(value, kind) == expected


def test_pipe_table_has_a_line_per_row_and_keeps_a_pipe_inside_its_cell():
    frame = pd.DataFrame({"a": ["x|y"], "papers": [1200]})
    assert markup.pipe_table(frame, ["A", "Papers"], ["", ""]).splitlines() == [
        "| A | Papers |", "|:--|--:|", "| x\\|y | 1,200 |",
    ]  # fmt: skip


def test_a_url_that_is_none_stays_text():
    assert markup.cell("https://doi.org/10.1/x", "url") == "[https\\:\\/\\/doi\\.org\\/10\\.1\\/x](https://doi.org/10.1/x)"
    assert markup.cell("javascript:alert(1)", "url") == "javascript\\:alert\\(1\\)"
    assert markup.cell("https://x.y/<b>", "url").startswith("https\\:")


def test_reference_entry_is_the_target_of_its_citation():
    row = types.SimpleNamespace(
        number=16, authors="Choudhary K; DeCost B", et_al="no", title="A title", journal="npj Computational Materials",
        year=2021, volume="7", issue="1", pages="185", url="",
    )  # fmt: skip
    text = markup.reference(row)
    assert text.startswith("(ref-16)=\n")
    assert "Choudhary K\\; DeCost B. A title. *npj Computational Materials*, 2021, 7\\(1\\), 185." in text

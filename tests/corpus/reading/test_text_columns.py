"""The fast way through plain text against the plain way: the same columns, or it declines."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from livingreview.corpus.normal.form import TAGS
from livingreview.corpus.reading.blocks import blocks, decode
from livingreview.corpus.reading.columns import from_records
from livingreview.corpus.reading.text_columns import tokenise
from livingreview.corpus.reading.wos_text import read_block

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
PLAIN = (
    "wos-black-silicon/savedrecs.txt", "wos-polymer-microscopy/savedrecs-1.txt", "wos-four-formats/data.txt",
    "wos-edge-cases/ManyAuthors.isi", "wos-edge-cases/testFile.isi", "wos-encodings/wos_plaintext.txt",
)  # fmt: skip


def told(columns):
    """Columns as plain values, those without any value left out."""
    return columns.lines.tolist(), {
        tag: (v.records.tolist(), v.text.to_pylist(), v.lines.tolist())
        for tag, v in sorted(columns.values.items())
        if tag in TAGS and len(v.records)
    }


def both(text, first_line=1):
    reading = read_block("a.txt", text, first_line)
    fast = tokenise(text.encode(), first_line, TAGS)
    return fast, reading


def test_a_regular_block():
    text = "FN X\nVR 1.0\nPT J\nAU Wu, S\n   Li, Q\nTI A title\n   on two lines\nCR A, 2001\n   B, 2002\nPY 2020\nER\n\nPT C\nTI B\nER\n\nEF"
    fast, _ = both(text, 10)
    assert told(fast) == (
        [12, 22],
        {
            "AU": ([0, 0], ["Wu, S", "Li, Q"], [13, 13]),
            "CR": ([0, 0], ["A, 2001", "B, 2002"], [17, 17]),
            "PT": ([0, 1], ["J", "C"], [12, 22]),
            "PY": ([0], ["2020"], [19]),
            "TI": ([0, 1], ["A title on two lines", "B"], [15, 23]),
        },
    )


@pytest.mark.parametrize(
    "text",
    [
        "PT J\nTI A\n",  # cut short
        "TI A\nER\n",  # without PT
        "PT J\nTI A\nPT J\nTI B\nER\n",  # broken off
        "PT J\nTI A\nno tag\nER\n",
        "PT J\nTI A\nDE b\nTI C\nER\n",  # a tag twice
        "PT J\nER\n",  # nothing in it
        "PT J\nC1 [Wu, S;\n   Li, Q] X, Japan.\nER\n",  # an address on two lines
        "   A\nPT J\nTI A\nER\n",
        "PT J\nTI A\nER\n   more\n",
        "\ufeffPT J\nTI A\nER\n",
    ],
)
def test_what_is_not_regular_is_declined(text):
    assert tokenise(text.encode(), 1, TAGS) is None


LINE = st.sampled_from(
    ["PT J", "PT C", "AU Wu, S", "TI A title ", "TI", "   more", "   more  ", "   ", "     deep", "", " ", "ER", "EF", "FN X",
     "VR 1.0", "CR Wu S, 2001, X", "C1 [Wu, S] A, Japan.", "C1 A,", "DE a; b", "AUWu", "junk", "PY 2020", "ER ", "é", "   é\u3000"]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(LINE, max_size=25))
def test_the_fast_way_says_what_the_plain_way_says_or_declines(lines):
    text = "\n".join(lines)
    fast, reading = both(text)
    if fast is not None:
        assert not reading.findings
        assert told(fast) == told(from_records(reading.records))


RECORD = st.lists(
    st.sampled_from(["AU Wu, S\n   Li, Q", "TI A\n   title \n\n   on", "CR\n   X, 2001", "DE a; b", "AB x\n     y", "C1 A, Japan."]),
    min_size=1, unique_by=lambda field: field[:2],
)  # fmt: skip


@given(st.lists(RECORD, min_size=1, max_size=5))
def test_regular_records_are_not_declined(records):
    text = "".join("PT J\n" + "\n".join(fields) + "\nER\n\n" for fields in records)
    fast, reading = both(text)
    assert fast is not None
    assert told(fast) == told(from_records(reading.records))


@pytest.mark.skipif(not SHARED.is_dir(), reason="real exports are not at hand")
@pytest.mark.parametrize("file", PLAIN)
def test_real_exports_are_read_the_fast_way_and_alike(file):
    text, _, _ = decode(file, (SHARED / file).read_bytes())
    fast, reading = both(text)
    if not reading.findings and "\nC1 " in text and fast is None:
        pytest.fail("a real export without any finding is declined")
    if fast is not None:
        assert told(fast) == told(from_records(reading.records))


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n"]), st.integers(16, 200))
def test_blocks_hold_every_byte_once_and_know_their_lines(tmp_path_factory, sizes, end, size):
    path = tmp_path_factory.mktemp("blocks") / "a.txt"
    text = "".join(f"PT J{end}TI {'x' * width}{end}ER{end}{end}" for width in sizes)
    path.write_bytes(text.encode())
    seen = []
    found = list(blocks("a.txt", path, seen.append, size))
    assert b"".join(seen) == text.encode()
    assert b"".join(block.content for block in found).decode() == text.replace(end, "\n")
    assert [block.final for block in found] == [False] * (len(found) - 1) + [True]
    line = 1
    for block in found:
        assert block.first_line == line
        line += block.content.count(b"\n")
        assert block.final or block.content.endswith(b"ER\n")

"""Outlined letters back to text: figures written by hand in matplotlib's form."""

import pytest
from lxml import etree

from livingreview.edition.pdf_figures import letters

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def group(text, transform, use='<use xlink:href="#DejaVuSans-14"/>'):
    return f'<g id="t"><!-- {text} --><g style="fill: #222222" transform="{transform}"><defs><path id="DejaVuSans-14" d="M 0 0 L 1 1 z"/></defs>{use}</g></g>'


def test_a_label_keeps_its_place_turn_size_and_colour():
    svg, said = letters((HEAD + group("Papers", "translate(11.5 129) rotate(-90) scale(0.105 -0.105)") + "</svg>").encode())
    text = svg.decode()
    assert said == "Papers"
    assert 'transform="translate(11.5 129) rotate(-90)"' in text
    assert "fill: #222222" in text
    assert "font-size: 10.5px" in text
    assert ">Papers</text>" in text
    assert "<path" not in text


def test_what_matplotlib_escaped_is_printed_as_it_was(tmp_path):
    from matplotlib.figure import Figure

    said = "Stand & Sci <a> &amp;"
    figure = Figure()
    figure.text(0.1, 0.1, said)
    figure.savefig(tmp_path / "a.svg")
    svg, letters_needed = letters((tmp_path / "a.svg").read_bytes())
    assert letters_needed == said
    assert etree.fromstring(svg).findtext(".//{http://www.w3.org/2000/svg}text") == said


def test_bold_outlines_become_bold_text():
    svg, _ = letters((HEAD + group("A", "translate(1 2) scale(0.1 -0.1)", '<use xlink:href="#DejaVuSans-Bold-14"/>') + "</svg>").encode())
    assert b"font-weight: bold" in svg


def test_a_dash_that_a_comment_cannot_hold_stays_outlined_with_its_definition():
    first = group("A", "translate(1 2) scale(0.1 -0.1)")
    second = '<g><!-- a- -b --><g transform="translate(1 2) scale(0.1 -0.1)"><use xlink:href="#DejaVuSans-14"/></g></g>'
    svg, said = letters((HEAD + first + second + "</svg>").encode())
    assert said == "A"
    assert svg.count(b'<path id="DejaVuSans-14"') == 1
    assert b'xlink:href="#DejaVuSans-14"' in svg


def test_shapes_are_left_as_they_are():
    shapes = '<g id="patch_1"><path d="M 0 0 L 5 5" style="stroke: #000"/></g><g transform="translate(1 2) scale(0.1 -0.1)"><path d="M0 0"/></g>'
    svg, said = letters((HEAD + shapes + "</svg>").encode())
    assert (said, svg.count(b"<path"), svg.count(b"<text")) == ("", 2, 0)


def test_a_broken_picture_is_refused():
    with pytest.raises(ValueError, match="no well-formed SVG"):
        letters(b"<svg><g></svg>")

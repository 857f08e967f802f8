"""The printed book: made from a page written by hand in the form of Sphinx's singlehtml builder."""

import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from livingreview.edition import pdf as pdf_module
from livingreview.edition.pdf import make_pdf
from livingreview.edition.pdf_document import print_document
from livingreview.errors import BuildError, MissingSystemLibrary

EPOCH = 1_700_000_000  # 2023-11-14 22:13:20 UTC
FACTS = {"subtitle": "Read again", "author": "A. Writer", "Corpus": "材料 works", "Data hash": "0f3a"}

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">'
    '<path d="M10 90 L190 10" stroke="#123456" fill="none"/></svg>'
)


def page(chapters: str, landing: str = "") -> str:
    return (
        '<html lang="en"><head><title>The Book</title></head><body>'
        '<nav class="bd-links"><p class="caption">Part one</p></nav>'
        f'<article class="bd-article"><section id="the-book"><h1>The Book<a class="headerlink" href="#the-book">#</a></h1>'
        f'{landing}<div class="toctree-wrapper compound">{chapters}</div></section></article></body></html>'
    )


def chapter(name: str, title: str, inner: str) -> str:
    slug = title.lower().replace(" ", "-")
    return (
        f'<span id="document-chapters/{name}"></span><section id="{slug}"><h2><span class="section-number">1. </span>'
        f'{title}<a class="headerlink" href="#{slug}">#</a></h2>{inner}</section>'
    )


def table(name: str, heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f'<th class="head"><p>{h}</p></th>' for h in heads)
    body = "".join("<tr>" + "".join(f"<td><p>{c}</p></td>" for c in row) + "</tr>" for row in rows)
    return (
        f'<div class="pst-scrollable-table-container"><table class="table" id="{name}"><caption>'
        f'<span class="caption-number">Table 1 </span><span class="caption-text">Of {name}.</span></caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


FIGURE = (
    '<figure id="fig-a"><img alt="a line" src="_images/a.svg"/><figcaption><p><span class="caption-number">Fig. 7 </span>'
    '<span class="caption-text">A line.</span></p></figcaption></figure>'
)
CODE = (
    '<div class="cell tag_hide-input"><details class="admonition hide above-input"><summary>Show</summary>'
    '<div class="cell_input"><pre>secret_call()</pre></div></details><div class="cell_output">{}</div></div>'
)


@pytest.fixture
def book(tmp_path) -> Path:
    (tmp_path / "_images").mkdir()
    (tmp_path / "_images" / "a.svg").write_text(SVG, encoding="utf-8")
    narrow = table("tab-long", ["Year", "Papers"], [[str(1900 + i), str(i)] for i in range(90)])
    wide = table("tab-wide", [f"Institution {i}" for i in range(12)], [["1,234"] * 12] * 3)
    first = chapter(
        "one", "First", '<p>中国科学院 and <a href="#document-chapters/two">the second</a>, '
        '<a href="index.html#fig-a">Fig. 7</a>, <a href="https://example.org/a?x=1&amp;amp;y=2">out</a>, '
        '<a class="download" href="_downloads/0/years.csv">CSV</a></p>'
        '<section id="notes"><h3>Notes</h3><p><a href="#notes">here</a></p></section>' + narrow,
    )  # fmt: skip
    second = chapter(
        "two", "Second", CODE.format(FIGURE) + wide + '<section id="notes"><h3>Notes</h3><p><a href="#notes">here</a></p></section>'
    )
    (tmp_path / "index.html").write_text(page(first + second), encoding="utf-8")
    return tmp_path


def inflated(path: Path) -> str:
    """All text of a PDF, its streams inflated."""
    raw = path.read_bytes()
    parts = [raw]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", raw, re.S):
        try:
            parts.append(zlib.decompress(match.group(1)))
        except zlib.error:
            parts.append(match.group(1))
    return b"\n".join(parts).decode("latin-1")


def boxes(path: Path) -> list[tuple[float, float]]:
    return [(float(w), float(h)) for w, h in re.findall(r"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", inflated(path))]


def test_a_book_comes_out_with_its_own_fonts_and_no_complaint(book):
    report = make_pdf(book, book / "book.pdf", FACTS, EPOCH)
    assert report.warnings == ()
    assert report.fonts and all(name.startswith("Book-") for name in report.fonts)
    # title, contents, first (90 rows fill more than one page), second, its landscape table, the rest
    assert report.pages >= 6
    assert report.pages == len(boxes(book / "book.pdf"))


def test_only_the_wide_table_turns_its_page(book):
    make_pdf(book, book / "book.pdf", FACTS, EPOCH)
    turned = [width > height for width, height in boxes(book / "book.pdf")]
    assert turned.count(True) == 1
    assert turned[-1] is False  # what follows the table stands upright again


def test_same_input_same_bytes_whatever_the_hash_seed_and_folder(book, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere")
    (other / "_images").mkdir()
    (other / "_images" / "a.svg").write_text(SVG, encoding="utf-8")
    (other / "index.html").write_text((book / "index.html").read_text(encoding="utf-8"), encoding="utf-8")
    code = (
        "import sys, pathlib; from livingreview.edition.pdf import make_pdf;"
        f"p = pathlib.Path(sys.argv[1]); make_pdf(p, p / 'book.pdf', {FACTS!r}, {EPOCH})"
    )
    for folder, seed in ((book, "1"), (other, "2")):
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True, env={"PYTHONHASHSEED": seed, "PATH": ""})
    assert (book / "book.pdf").read_bytes() == (other / "book.pdf").read_bytes()


def test_metadata_and_links_and_no_machine_path(book):
    make_pdf(book, book / "book.pdf", FACTS, EPOCH)
    text = inflated(book / "book.pdf")
    assert "/Title (The Book)" in text
    assert "/Author (A. Writer)" in text
    assert "/Lang (en)" in text
    assert "/CreationDate (D:20231114221320" in text
    assert "(https://example.org/a?x=1&y=2)" in text
    assert "file:" not in text
    assert str(book) not in text


def printed(chapters: str, landing: str = "", **facts) -> str:
    return print_document(page(chapters, landing), "index.html", {**FACTS, **facts}, EPOCH)[0]


def test_code_is_left_out_and_its_output_kept():
    html = printed(chapter("one", "First", CODE.format("<p>kept</p>")))
    assert "kept" in html
    assert "secret_call" not in html


def test_numbers_of_figures_are_those_of_the_page(book):
    html, _ = print_document((book / "index.html").read_text(encoding="utf-8"), "index.html", FACTS, EPOCH)
    assert "Fig. 7 " in html
    assert 'href="#fig-a"' in html


def test_an_id_used_by_two_chapters_leads_to_its_own(book):
    html, _ = print_document((book / "index.html").read_text(encoding="utf-8"), "index.html", FACTS, EPOCH)
    body = html[html.index('id="first"') :]
    assert re.findall(r'href="#(notes[^"]*)">here', body) == ["notes", "notes--2"]
    assert body.count('id="notes"') == body.count('id="notes--2"') == 1


def test_a_link_to_a_chapter_leads_to_its_heading(book):
    html, _ = print_document((book / "index.html").read_text(encoding="utf-8"), "index.html", FACTS, EPOCH)
    assert '<a href="#second">the second</a>' in html
    assert "document-" not in html


def test_chapters_become_the_first_level_and_are_listed():
    inner = chapter("deep", "Deeper", "<p>x</p>").replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    nested = chapter("one", "First", f'<div class="toctree-wrapper compound">{inner}</div>')
    html = printed(nested)
    contents = html[html.index('id="contents"') : html.index("</nav>")]
    assert re.findall(r'<li class="(level\d)"><a href="#([\w-]+)"', contents) == [("level1", "first"), ("level2", "deeper")]
    assert "Part one" in contents
    assert len(re.findall(r"<h1", html)) == 2  # the contents and the chapter


def test_the_landing_text_follows_the_contents_without_its_title():
    html = printed(chapter("one", "First", "<p>x</p>"), landing="<p>How to read it.</p>")
    assert html.index("</nav>") < html.index("How to read it.") < html.index('id="first"')


def test_the_title_page_shows_rows_in_order_and_the_pinned_date():
    html = printed(chapter("one", "First", "<p>x</p>"), notice="SIMULATED")
    front = html[html.index('id="front-page"') : html.index('id="contents"')]
    assert re.findall(r"<th>(.*?)</th>", front) == ["Corpus", "Data hash", "Date"]
    assert "<td>2023-11-14</td>" in front
    assert '<p class="notice">SIMULATED</p>' in front


def test_chinese_words_are_marked_and_nothing_else():
    html = printed(chapter("one", "First", "<p>the 材料化学, née 人工智能</p>"))
    chapter_html = html[html.index('id="first"') :]
    assert re.findall(r'<span lang="zh-Hans">(.*?)</span>', chapter_html) == ["材料化学", "人工智能"]


def test_a_file_beside_the_pages_is_named_not_linked():
    html = printed(chapter("one", "First", '<p><a href="_downloads/0/years.csv">CSV</a></p>'))
    assert '<span class="file">CSV (years.csv)</span>' in html


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ('<a href="#nowhere">x</a>', "chapters/one: 'x' links to #nowhere, which is not there"),
        ('<a href="index.html#gone">y</a>', "'y' links to #gone"),
        ('<a href="file:///etc/hosts">z</a>', "'z' links to file:///etc/hosts"),
        ('<span class="math notranslate">x^2</span>', "chapters/one: the formula 'x^2'"),
        ('<img src="https://example.org/a.png"/>', "the picture https://example.org/a.png"),
    ],
)
def test_what_cannot_be_printed_stops_the_build(inner, said):
    with pytest.raises(BuildError, match=re.escape(said)):
        printed(chapter("one", "First", f"<p>{inner}</p>"))


def test_a_link_that_could_mean_two_places_stops_the_build():
    both = '<section id="notes"><h3>Notes</h3></section>'
    chapters = chapter("one", "First", both) + chapter("two", "Second", both)
    with pytest.raises(BuildError, match="any of several places called #notes"):
        printed(chapters + chapter("three", "Third", '<p><a href="index.html#notes">n</a></p>'))


def test_a_missing_picture_stops_the_build(book):
    (book / "_images" / "a.svg").unlink()
    with pytest.raises(BuildError, match=r"pictures that are not there: _images/a\.svg"):
        make_pdf(book, book / "book.pdf", FACTS, EPOCH)
    assert not (book / "book.pdf").exists()


def test_a_path_of_this_machine_in_the_text_stops_the_build(book):
    text = (book / "index.html").read_text(encoding="utf-8")
    (book / "index.html").write_text(text.replace("Of tab-long.", f"{book.resolve()}/x"), encoding="utf-8")
    with pytest.raises(BuildError, match="path of this machine"):
        make_pdf(book, book / "book.pdf", FACTS, EPOCH)


def test_another_page_is_told_apart_from_a_book():
    with pytest.raises(BuildError, match="no article of the book"):
        print_document("<html><body><p>x</p></body></html>", "index.html", FACTS, EPOCH)


def test_a_missing_system_library_names_the_one_command(monkeypatch, book):
    for name in [m for m in sys.modules if m.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)

    class NoPango:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    with pytest.raises(MissingSystemLibrary, match=r"libpango-1\.0-0.*apt-get install -y .*libharfbuzz-subset0"):
        make_pdf(book, book / "book.pdf", FACTS, EPOCH)


def test_without_the_font_cutter_there_is_no_pdf_either(monkeypatch, book):
    from weasyprint.text import ffi

    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    assert "libharfbuzz-subset is missing" in pdf_module.missing_library()


def test_the_caption_of_a_table_stands_above_it_and_is_where_links_lead():
    html = printed(chapter("one", "First", table("tab-a", ["Year"], [["2016"]]) + '<p><a href="index.html#tab-a">Table 1</a></p>'))
    assert re.search(r'<div class="table-box" id="tab-a"><div class="caption"><span class="caption-number">Table 1 </span>Of tab-a', html)
    assert "<caption" not in html


def test_what_unfolds_on_a_screen_lies_open_on_paper():
    html = printed(chapter("one", "First", "<details><summary>More</summary><p>hidden</p></details>"))
    assert '<p class="summary">More</p><p>hidden</p>' in html
    assert "<details" not in html


def test_an_unnumbered_sub_heading_is_a_heading_of_the_next_level():
    html = printed(chapter("one", "First", '<p class="rubric">Techniques</p><section id="s"><h3>S</h3><p class="rubric">Deeper</p></section>'))
    assert re.findall(r'<(h\d) class="rubric">(\w+)', html) == [("h2", "Techniques"), ("h3", "Deeper")]


def test_the_sentence_before_an_exhibit_stays_with_it():
    wide = table("tab-wide", [f"Institution {i}" for i in range(12)], [["1,234"] * 12])
    html = printed(chapter("one", "First", f"<p>first</p><p>Fig. 7 shows.</p>{FIGURE}<p>second</p><p>Table 1 lists.</p>{wide}"))
    assert '<p class="lead">Fig. 7 shows.</p><figure' in html
    assert '<p>second</p><div class="wide"><p class="lead">Table 1 lists.</p>' in html


def test_chinese_that_sphinx_has_marked_is_not_marked_again():
    html = printed(chapter("one", "First", '<p><span lang="zh-Hans">\u6750\u6599</span></p>'))
    assert '<p><span lang="zh-Hans">\u6750\u6599</span></p>' in html


def test_the_number_of_a_reference_is_set_apart():
    html = printed(chapter("one", "First", '<div class="lr-references"><p id="ref-1">[1] Lu F. <em>J</em>, 2024.</p></div><p>[2] not</p>'))
    assert '<p id="ref-1"><span class="label">[1]</span>Lu F. <em>J</em>, 2024.</p>' in html
    assert "<p>[2] not</p>" in html

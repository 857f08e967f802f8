"""What a page would fetch, and links that lead nowhere: sites written by hand."""

import pytest

from livingreview.edition.offline import dangling_links, external_requests


@pytest.fixture
def site(tmp_path):
    def write(**files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_dot_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="https://cdn.example/x.css">',
        '<link rel="preload" as="font" href="//cdn.example/x.woff2">',
        '<link rel="shortcut icon" href="https://cdn.example/x.ico">',
        '<img src="http://cdn.example/x.png">',
        '<img src="a.png" srcset="a.png 1x, https://cdn.example/x.png 2x">',
        '<iframe src="https://cdn.example/"></iframe>',
        '<object data="https://cdn.example/x.svg"></object>',
        '<style>@import "https://cdn.example/x.css";</style>',
        '<div style="background: url(https://cdn.example/x.png)"></div>',
        '<script type="module">import x from "https://cdn.example/x.js"</script>',
        '<svg><image href="https://cdn.example/x.png"/></svg>',
    ],
)
def test_each_way_to_fetch_is_seen(site, markup):
    found = external_requests(site(index_dot_html=f"<html><body>{markup}</body></html>"))
    assert [page for page, _ in found] == ["index.html"]
    assert "cdn.example" in found[0][1]


def test_links_to_follow_and_addresses_in_constants_are_no_requests(site):
    folder = site(
        index_dot_html='<html><head><link rel="canonical" href="https://example.org/"><link rel="next" href="b.html"></head>'
        '<body><a href="https://example.org">x</a><img src="data:image/png;base64,AAAA">'
        '<script>const URL = "https://cdn.example/x.js"</script></body></html>'
    )
    assert external_requests(folder) == []


def test_style_sheets_pictures_and_scripts_are_read_too(site):
    folder = site(
        index_dot_html="<html></html>",
        s__a_dot_css='/* url(https://old.example/x) */ @import url("https://cdn.example/a.css"); b{src:url(x.woff)}',
        s__b_dot_svg='<svg xmlns="http://www.w3.org/2000/svg"><image href="https://cdn.example/b.png"/></svg>',
        s__c_dot_js='import("https://cdn.example/c.js"); // see https://example.org',
    )
    assert external_requests(folder) == [
        ("s/a.css", "https://cdn.example/a.css"),
        ("s/b.svg", "https://cdn.example/b.png"),
        ("s/c.js", "https://cdn.example/c.js"),
    ]


def test_dangling_files_and_anchors_are_found(site):
    folder = site(
        index_dot_html='<html><body id="top-of-it"><a href="c/b.html#there">ok</a><a href="c/b.html?x=1#missing">no</a>'
        '<a href="gone.html">no</a><a href="#top-of-it">ok</a><a href="#nowhere">no</a><a href="#">ok</a>'
        '<a href="/etc/hosts">no</a><a href="mailto:a@b.c">ok</a><img src="p%20q.png"></body></html>',
        c__b_dot_html='<html><body><h1 id="there">x</h1><a name="old"></a><a href="../index.html">ok</a><a href="#old">ok</a></body></html>',
    )
    (folder / "p q.png").write_bytes(b"x")
    assert dangling_links(folder) == [
        ("index.html", "#nowhere"),
        ("index.html", "/etc/hosts"),
        ("index.html", "c/b.html?x=1#missing"),
        ("index.html", "gone.html"),
    ]


def test_a_file_beside_the_site_is_looked_up(site):
    folder = site(html__index_dot_html='<html><body><a href="../tables/x.csv">t</a><a href="../tables/y.csv">t</a></body></html>', tables__x_dot_csv="a")
    assert dangling_links(folder / "html") == [("index.html", "../tables/y.csv")]


def test_a_missing_font_of_a_style_sheet_is_dangling(site):
    assert dangling_links(site(a_dot_css="b{src:url('x.woff?v=1')}")) == [("a.css", "x.woff?v=1")]

"""From the one page of Sphinx's ``singlehtml`` builder to the document that is printed.

Sphinx writes for a screen: links carry the page's file name, two chapters may use the same id,
code hides behind a button, the book's title is the only heading of the first level. Each function
here mends one of these and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag

from livingreview.edition import pdf_marks, pdf_tables
from livingreview.errors import BuildError
from livingreview.words import say

#: Scheme of the book's own files inside the print document, so that no machine path can get in.
FILES = "book"
#: Entries of a title page that are set apart; all others are shown as a row, label and value.
RESERVED = ("title", "subtitle", "author", "language", "notice")

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DOCUMENT = "document-"
_SCREEN_ONLY = (
    "style, script, noscript, template, details.above-input > summary, button, a.headerlink, .d-print-none, .lr-screen-only"
)


def print_document(page: str, name: str, title_page: Mapping[str, str], epoch: int) -> tuple[str, list[str]]:
    """The HTML to print and what was noticed on the way.

    Parameters
    ----------
    page : str
        What the ``singlehtml`` builder wrote.
    name : str
        Its file name, which Sphinx puts before anchors.
    title_page : mapping
        See :func:`livingreview.edition.pdf.make_pdf`.
    epoch : int
        The pinned clock, seconds since 1970-01-01 UTC.

    Raises
    ------
    BuildError
        A link to an anchor that is not there or that two chapters have, a formula (a formula
        needs a renderer that the book does not carry), or a page that is not Sphinx's.
    """
    soup = BeautifulSoup(page, "lxml")
    body = soup.select_one("article.bd-article")
    if body is None or body.find("section") is None:
        raise BuildError(f"{name}: no article of the book in it; is it the page of the singlehtml builder?")
    # Code first: it is most of the page, and every later search is the faster for it.
    for code in body.find_all(class_="cell_input"):
        code.decompose()
    for node in body.select(".math, .MathJax"):
        raise BuildError(f"{_chapter_of(node)}: the formula {node.get_text()[:60]!r} cannot be printed; write it as text")
    captions = [p.get_text(strip=True) for p in soup.select("nav.bd-links p.caption")]
    title = title_page.get("title") or _text(soup.title)

    for node in body.select(_SCREEN_ONLY):
        node.decompose()
    _open_details(body)
    _thin_out(body)
    root = body.find("section")
    _settle_links(root, name)
    for image in root.find_all("img"):
        _own_file(image)
    noticed = _fit_tables(soup, root)
    pdf_marks.keep_leads(root)
    pdf_marks.hang_numbers(soup, root)
    pdf_marks.mark_chinese(soup, root)
    groups = _unwrap_chapters(root)
    front = _front_text(root, groups)
    for group in groups:
        for node in group:
            _raise_headings(node)
            pdf_marks.head_rubrics(node)

    language = title_page.get("language") or (soup.html.get("lang") if soup.html else None) or "en"
    out = BeautifulSoup("<!DOCTYPE html><html><head><meta charset='utf-8'></head><body></body></html>", "lxml")
    out.html["lang"] = language
    _metadata(out, title, title_page, epoch)
    out.body.append(_title_page(out, title, title_page, epoch))
    out.body.append(_contents(out, groups, captions))
    if front is not None:
        out.body.append(front)
    for group in groups:
        for node in group:
            node["class"] = [*node.get("class", []), "chapter"]
            out.body.append(node)
    return str(out), noticed


def _text(node: Tag | None) -> str:
    return " ".join(node.get_text().split()) if node is not None else ""


def _chapter_of(node: Tag) -> str:
    for section in node.find_parents("section"):
        before = section.find_previous_sibling()
        if before is not None and str(before.get("id", "")).startswith(_DOCUMENT):
            return before["id"].removeprefix(_DOCUMENT)
    return "the landing page"


def _open_details(body: Tag) -> None:
    """What unfolds on a screen lies open on paper; what only held code is gone."""
    for summary in body.find_all("summary"):
        summary.name = "p"
        summary.attrs = {"class": ["summary"]}
    for details in body.find_all("details"):
        details.name = "div"
        details.attrs = {key: value for key, value in details.attrs.items() if key != "open"}
    for box in body.select(".cell, .hide"):
        if not box.get_text(strip=True) and box.find("img") is None:
            box.decompose()


def _thin_out(body: Tag) -> None:
    """Unwrap what carries no meaning on paper; each box less is layout time saved."""
    for paragraph in body.select("td > p:only-child, th > p:only-child"):
        paragraph.unwrap()
    for span in body.select("span.std, span.doc, span.xref, span.pasted-text, span.caption-text, pre span"):
        if not span.get("id"):
            span.unwrap()


def _settle_links(root: Tag, name: str) -> None:
    """Make every id unique and every link within the book point to one that is there."""
    first: dict[str, str] = {}
    ambiguous: set[str] = set()
    local: dict[tuple[str, str], str] = {}
    for node in [root, *root.find_all(id=True)]:
        identifier, chapter = node["id"], _chapter_of(node)
        unique = identifier
        if identifier in first:
            ambiguous.add(identifier)
            number = 2
            while (unique := f"{identifier}--{number}") in first:
                number += 1
        first[unique] = unique
        local.setdefault((chapter, identifier), unique)
        node["id"] = unique
        # The anchor of a chapter stands before its page break: send links to the chapter itself.
        if identifier.startswith(_DOCUMENT) and (section := node.find_next_sibling("section")):
            first[identifier] = section["id"]
    for node in root.select(f'span[id^="{_DOCUMENT}"]'):
        section = node.find_next_sibling("section")
        first[node["id"]] = section["id"]
    first["document-" + PurePosixPath(name).stem] = root["id"]

    broken = []
    for link in root.find_all("a", href=True):
        href, chapter = link["href"].replace("&amp;", "&"), _chapter_of(link)
        within = href.removeprefix(name) if href.startswith(f"{name}#") else href
        if within.startswith("#"):
            target = unquote(within[1:])
            mine = local.get((chapter, target)) if not target.startswith(_DOCUMENT) else None
            if mine is None and target in ambiguous:
                broken.append(f"{chapter}: {_text(link)!r} could mean any of several places called #{target}; give the place a label")
            elif (found := mine or first.get(target)) is None:
                broken.append(f"{chapter}: {_text(link)!r} links to #{target}, which is not there")
            else:
                link["href"] = f"#{found}"
        elif urlsplit(href).scheme in ("http", "https", "mailto"):
            link["href"] = href
        elif urlsplit(href).scheme:
            broken.append(f"{chapter}: {_text(link)!r} links to {href}, which no reader can follow")
        else:
            _name_file(link, href)
    if broken:
        raise BuildError("the PDF would have dead links: " + "; ".join(sorted(set(broken))[:8]))


def _name_file(link: Tag, href: str) -> None:
    """A file beside the HTML cannot be opened from paper: print its name instead."""
    file = PurePosixPath(unquote(urlsplit(href).path)).name
    said = _text(link)
    if file and file not in said:
        link.append(NavigableString(f" ({file})"))
    link.name, link.attrs = "span", {"class": ["file"]}


def _unwrap_chapters(root: Tag) -> list[list[Tag]]:
    """Chapters of the first level by part, taken out of the landing page; deeper ones unwrapped."""
    for anchor in root.select(f'span[id^="{_DOCUMENT}"]'):
        if section := anchor.find_next_sibling("section"):
            section["data-chapter"] = anchor["id"].removeprefix(_DOCUMENT)
        anchor.decompose()
    outer = [w for w in root.select(".toctree-wrapper") if w.find_parent(class_="toctree-wrapper") is None]
    groups = []
    for wrapper in outer:
        sections = [section.extract() for section in wrapper.find_all("section", recursive=False)]
        wrapper.decompose()
        for section in sections:
            for inner in section.select(".toctree-wrapper"):
                inner.unwrap()
        if sections:
            groups.append(sections)
    return groups


def _front_text(root: Tag, groups: list[list[Tag]]) -> Tag | None:
    """The landing page's own text as a preface; its title alone is the title page's."""
    heading = root.find(_HEADINGS)
    if not groups:
        groups.append([root])
        return None
    if heading is not None:
        heading.decompose()
    root["class"] = [*root.get("class", []), "preface"]
    return root


def _own_file(image: Tag) -> None:
    source = image.get("src", "")
    if source.startswith("data:"):
        return
    if urlsplit(source).scheme or source.startswith("/"):
        raise BuildError(f"{_chapter_of(image)}: the picture {source} is no file of the book")
    image["src"] = f"{FILES}:{source}"


def _raise_headings(section: Tag) -> None:
    """Lift a chapter to the first level, whatever level Sphinx gave it below the book's title."""
    top = section.find(_HEADINGS)
    lift = int(top.name[1]) - 1 if top is not None else 0
    for heading in section.find_all(_HEADINGS):
        heading.name = f"h{max(1, int(heading.name[1]) - lift)}"


def _fit_tables(soup: BeautifulSoup, body: Tag) -> list[str]:
    """Set every table in a box of its own with the caption above it, as wide as its page allows."""
    noticed = []
    for table in body.find_all("table"):
        if table.find_parent("table") is not None:
            continue
        rows = [[_text(cell) for cell in row.find_all(["th", "td"], recursive=False)] for row in table.find_all("tr")]
        rows = [row for row in rows if row]
        if not rows:
            continue
        box = table.find_parent(class_="pst-scrollable-table-container") or table.wrap(soup.new_tag("div"))
        box.attrs = {"class": ["table-box"]}
        _lift_caption(table, box)
        name = f"{_chapter_of(table)}: table {box.get('id', '')}"
        spanned = any(cell.get("colspan") or cell.get("rowspan") for cell in table.find_all(["th", "td"]))
        if spanned or len({len(row) for row in rows}) != 1:
            noticed.append(f"{name} has merged cells; its widths are left alone")
            continue
        fit = pdf_tables.fit(rows)
        if fit.widths:
            group = soup.new_tag("colgroup")
            for width in fit.widths:
                group.append(soup.new_tag("col", style=f"width: {width}%"))
            table.insert(0, group)
            table["class"] = [*table.get("class", []), "shared-widths"]
        if fit.scale < 1:
            table["style"] = f"font-size: {round(8.5 * fit.scale, 2)}pt"
        if fit.landscape:
            _turn_page(soup, box)
        if fit.crowded:
            noticed.append(f"{name} has more columns than a page can hold without broken words")
    return noticed


def _lift_caption(table: Tag, box: Tag) -> None:
    """Out of the table, whose width would squeeze it; links to the table lead to the caption."""
    if table.get("id"):
        box["id"] = table["id"]
        del table["id"]
    if (caption := table.find("caption")) is not None:
        caption.name, caption.attrs = "div", {"class": ["caption"]}
        table.insert_before(caption.extract())


def _turn_page(soup: BeautifulSoup, box: Tag) -> None:
    """Put a table on a landscape page, with its cell and heading where it is all that they hold."""
    block = box
    cell = box.find_parent(class_="cell")
    if cell is not None and len(cell.select("table, figure")) == 1:
        block = cell
    page = block.wrap(soup.new_tag("div", attrs={"class": "wide"}))
    # Its lead sentence and its heading turn with it, else they would stand alone on the page before.
    for names in (("p",), _HEADINGS[1:]):
        before = page.find_previous_sibling()
        if before is not None and before.name in names:
            page.insert(0, before.extract())


def _metadata(out: BeautifulSoup, title: str, title_page: Mapping[str, str], epoch: int) -> None:
    heading = out.new_tag("title")
    heading.string = title
    out.head.append(heading)
    when = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    wanted = {
        "author": title_page.get("author"),
        "description": title_page.get("subtitle"),
        "dcterms.created": when,
        "dcterms.modified": when,
    }
    for name, content in wanted.items():
        if content:
            out.head.append(out.new_tag("meta", attrs={"name": name, "content": content}))


def _title_page(out: BeautifulSoup, title: str, title_page: Mapping[str, str], epoch: int) -> Tag:
    page = out.new_tag("section", id="front-page")
    for name, text in (("title", title), ("subtitle", title_page.get("subtitle")), ("author", title_page.get("author")), ("notice", title_page.get("notice"))):
        if text:
            line = out.new_tag("p", attrs={"class": name})
            line.string = text
            page.append(line)
    rows = {label: value for label, value in title_page.items() if label not in RESERVED and value}
    date = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%d")
    rows.setdefault(say("pdf.title_page.date"), date)
    table = out.new_tag("table", attrs={"class": "facts"})
    for label, value in rows.items():
        row = out.new_tag("tr")
        for name, text in (("th", label), ("td", str(value))):
            cell = out.new_tag(name)
            cell.string = text
            row.append(cell)
        table.append(row)
    page.append(table)
    pdf_marks.mark_chinese(out, page)
    return page


def _contents(out: BeautifulSoup, groups: list[list[Tag]], captions: list[str]) -> Tag:
    """Chapters of every level with links; the page numbers come with the layout."""
    nav = out.new_tag("nav", id="contents")
    heading = out.new_tag("h1")
    heading.string = say("pdf.contents")
    nav.append(heading)
    # The first parts may have no caption: captions belong to the last groups.
    titles = [""] * (len(groups) - len(captions)) + captions if len(captions) <= len(groups) else [""] * len(groups)
    for caption, group in zip(titles, groups, strict=True):
        if caption:
            part = out.new_tag("p", attrs={"class": "part"})
            part.string = caption
            nav.append(part)
        entries = out.new_tag("ul")
        for chapter in group:
            for section in [chapter, *chapter.find_all("section", attrs={"data-chapter": True})]:
                if entry := _entry(out, section):
                    entries.append(entry)
        nav.append(entries)
    return nav


def _entry(out: BeautifulSoup, section: Tag) -> Tag | None:
    title = section.find(_HEADINGS, recursive=False)
    if title is None:
        return None
    entry = out.new_tag("li", attrs={"class": f"level{title.name[1]}"})
    link = out.new_tag("a", href=f"#{section['id']}")
    for child in title.contents:
        link.append(child.__copy__())
    for inner in link.find_all("a"):
        inner.unwrap()
    for anchored in link.find_all(id=True):
        del anchored["id"]
    entry.append(link)
    return entry


def files_named(html: str) -> list[tuple[str, str]]:
    """Pictures that the print document needs: their address in it, and their path from the page."""
    addresses = sorted(set(re.findall(rf'src="({FILES}:[^"]+)"', html)))
    return [(address, unquote(address.removeprefix(f"{FILES}:"))) for address in addresses]

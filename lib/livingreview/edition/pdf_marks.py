"""Marks that the print style sheet needs: sub-headings, lead sentences, hung numbers, Chinese."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, NavigableString, Tag

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NUMBER = re.compile(r"(\[\d+\])\s+")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*")


def head_rubrics(chapter: Tag) -> None:
    """A sub-heading without a number is a heading all the same, one level below its section's."""
    for rubric in chapter.select("p.rubric"):
        title = rubric.find_parent("section").find(_HEADINGS)
        rubric.name = f"h{min(6, int(title.name[1]) + 1 if title is not None else 2)}"


def keep_leads(root: Tag) -> None:
    """The paragraph just before a figure or a table stays on its page."""
    for exhibit in root.select("figure, .table-box"):
        before = exhibit.find_previous_sibling()
        if before is not None and before.name == "p":
            before["class"] = [*before.get("class", []), "lead"]


def mark_chinese(soup: BeautifulSoup, body: Tag) -> None:
    """Tell the font and the screen reader which words are Simplified Chinese."""
    for text in [t for t in body.find_all(string=_CHINESE) if type(t) is NavigableString and t.parent.get("lang") != "zh-Hans"]:
        pieces: list[NavigableString | Tag] = []
        end = 0
        for match in _CHINESE.finditer(text):
            if match.start() > end:
                pieces.append(NavigableString(text[end : match.start()]))
            span = soup.new_tag("span", lang="zh-Hans")
            span.string = match.group()
            pieces.append(span)
            end = match.end()
        if end < len(text):
            pieces.append(NavigableString(text[end:]))
        text.replace_with(*pieces)


def hang_numbers(soup: BeautifulSoup, body: Tag) -> None:
    """Set the number of each entry of a reference list apart, to hang beside its text."""
    for entry in body.select(".lr-references p"):
        first = next((t for t in entry.find_all(string=True) if t.strip()), None)
        if first is not None and (found := _NUMBER.match(first)):
            label = soup.new_tag("span", attrs={"class": "label"})
            label.string = found.group(1)
            first.insert_before(label)
            first.replace_with(NavigableString(first[found.end() :]))

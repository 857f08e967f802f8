"""Turns the outlined letters of a matplotlib figure back into text for the PDF.

In the HTML a figure must look the same whatever fonts the reader has, so its letters are
outlines. The PDF carries the font: there text can be searched and copied, and it prints in a third
of the time.
"""

from __future__ import annotations

import re

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
#: DejaVu Sans, the font that matplotlib outlined, then the one with Chinese characters.
FAMILIES = "'Book Symbols','Book Sans'"
# Matplotlib outlines at 100 units an em: the scale of the group tells the font size.
_UNITS = 100
_PLACE = re.compile(
    r"translate\((?P<x>[-\d.e]+) (?P<y>[-\d.e]+)\)\s*(?:rotate\((?P<angle>[-\d.e]+)\)\s*)?"
    r"scale\((?P<scale>[\d.e]+) -(?P=scale)\)"
)


def letters(svg: bytes) -> tuple[bytes, str]:
    """A figure with its outlined letters as text, and the characters that the text needs.

    Matplotlib leaves the text of each group of outlines as a comment before it. A group of another
    form stays as it is; so does a picture that is not matplotlib's.

    Raises
    ------
    ValueError
        If the bytes are no well-formed SVG.
    """
    try:
        root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError(f"no well-formed SVG: {error}") from error
    replaced = []
    for group in root.iter(f"{_SVG}g"):
        comment = group.getprevious()
        place = _PLACE.fullmatch((group.get("transform") or "").strip())
        if place and comment is not None and comment.tag is etree.Comment and _only_outlines(group):
            # Matplotlib escapes comments as if they were text, which XML does not undo.
            text = _unescaped(comment.text[1:-1])
            # A comment cannot hold "--", so matplotlib spaced it: what it said is not known.
            if text and "- -" not in text:
                replaced.append((group, place, text))
    gone = {group for group, _, _ in replaced}
    used_elsewhere = {_target(use) for use in root.iter(f"{_SVG}use") if use.getparent() not in gone}
    definitions = _definitions(gone, used_elsewhere)
    for group, place, text in replaced:
        group.getparent().replace(group, _text(group, place, text))
    for definition in definitions:
        root.insert(0, definition)
    return etree.tostring(root), "".join(text for _, _, text in replaced)


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _target(use) -> str:
    return next((value.lstrip("#") for key, value in use.attrib.items() if key.endswith("href")), "")


def _only_outlines(group) -> bool:
    children = [child for child in group if isinstance(child.tag, str)]
    return any(c.tag == f"{_SVG}use" for c in children) and all(
        child.tag in (f"{_SVG}use", f"{_SVG}defs") for child in children
    )


def _definitions(gone, wanted: set[str]) -> list:
    """Outlines that a group which stays borrows from one that goes."""
    kept = etree.Element(f"{_SVG}defs")
    found = {path.get("id"): path for group in gone for path in group.iter(f"{_SVG}path")}
    kept.extend(found[name] for name in sorted(wanted & found.keys()))
    return [kept] if len(kept) else []


def _text(group, place: re.Match, text: str):
    node = etree.Element(f"{_SVG}text")
    turn = f" rotate({place['angle']})" if place["angle"] else ""
    size = round(float(place["scale"]) * _UNITS, 4)
    node.set("transform", f"translate({place['x']} {place['y']}){turn}")
    weight = "bold" if any("Bold" in _target(use) for use in group.iter(f"{_SVG}use")) else "normal"
    style = (group.get("style") or "").rstrip("; ")
    node.set("style", f"{style + '; ' if style else ''}font-family: {FAMILIES}; font-size: {size}px; font-weight: {weight}")
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    node.text = text
    node.tail = group.tail
    return node

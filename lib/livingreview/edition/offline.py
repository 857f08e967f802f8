"""Whether a published site can be read from a disk: nothing fetched from outside, no dead link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

# A link element fetches only with one of these relations; "next" or "canonical" fetch nothing.
_FETCHING = frozenset(
    "stylesheet preload modulepreload prefetch prerender preconnect dns-prefetch icon mask-icon "
    "apple-touch-icon manifest".split()
)
_SOURCES = ("script", "img", "iframe", "frame", "embed", "audio", "video", "source", "track", "input")
_CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]*))\s*\)|@import\s+(?:"([^"]+)"|'([^']+)')""")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
# Only what runs as the page loads; an address kept in a constant fetches nothing.
_SCRIPT_IMPORT = re.compile(
    r"""(?:\bimport\s*\(?\s*|\bfrom\s*|\bimportScripts\s*\(\s*|\bfetch\s*\(\s*|\.src\s*=\s*)["'`]([^"'`]+)["'`]"""
)


def external_requests(folder: Path) -> list[tuple[str, str]]:
    """Addresses outside the folder's own disk that a browser fetches by itself.

    Looks at HTML (scripts, style sheets, preloads, icons, pictures, frames, style attributes),
    CSS (``@import``, ``url()``), SVG pictures, and imports in scripts. A plain link that a reader
    may follow is no request.

    Parameters
    ----------
    folder : Path
        The published site.

    Returns
    -------
    list of (page, address)
        Sorted, without duplicates; the page is relative to the folder.
    """
    found = set()
    for path in _files(folder, ".html", ".css", ".svg", ".js", ".mjs"):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".html":
            addresses = _requests_of_page(_tree(path))
        elif path.suffix == ".css":
            addresses = _requests_of_css(_read(path))
        elif path.suffix == ".svg":
            addresses = _requests_of_svg(_read(path))
        else:
            addresses = iter(_SCRIPT_IMPORT.findall(_read(path)))
        found |= {(name, address) for address in addresses if _leaves(address)}
    return sorted(found)


def dangling_links(folder: Path) -> list[tuple[str, str]]:
    """Relative addresses in pages and style sheets that lead to no file, and anchors to no place.

    Files beside the folder (``../tables/x.csv``) are looked up too. An address from the root of
    the disk (``/x``) counts as dangling, as it means another place on every machine.

    Returns
    -------
    list of (page, address)
        Sorted, without duplicates; the page is relative to the folder.
    """
    anchors = lru_cache(maxsize=None)(_anchors)
    found = set()
    for path in _files(folder, ".html", ".css"):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".html" and name.startswith("_static/"):
            continue  # a template that the theme ships, no page
        if path.suffix == ".css":
            addresses = {a for a in _requests_of_css(_read(path)) if not a.startswith("#")}
        else:
            tree = _tree(path)
            addresses = {*tree.xpath("//@href"), *tree.xpath("//@src"), *_requests_of_page(tree)}
        for address in addresses:
            if not _arrives(path, address.strip(), anchors):
                found.add((name, address))
    return sorted(found)


def _files(folder: Path, *suffixes: str) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in suffixes and path.is_file())


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _tree(path: Path):
    # Bytes with a stated encoding: lxml refuses text that declares one.
    return html.fromstring(path.read_bytes() or b"<html></html>", parser=html.HTMLParser(encoding="utf-8"))


def _leaves(address: str) -> bool:
    address = address.strip()
    return address.startswith("//") or urlsplit(address).scheme.lower() in ("http", "https", "ftp", "ws", "wss")


def _requests_of_page(tree) -> Iterator[str]:
    for link in tree.xpath("//link[@href]"):
        if _FETCHING & set((link.get("rel") or "").lower().split()):
            yield link.get("href")
    for tag in _SOURCES:
        yield from tree.xpath(f"//{tag}/@src")
    yield from tree.xpath("//object/@data | //video/@poster")
    for pictures in tree.xpath("//@srcset"):
        yield from (part.split()[0] for part in pictures.split(",") if part.split())
    for node in tree.iter():
        if isinstance(node.tag, str) and node.tag.rpartition("}")[2] in ("use", "image"):
            yield from (value for key, value in node.attrib.items() if key.endswith("href"))
    for style in [*tree.xpath("//@style"), *tree.xpath("//style/text()")]:
        yield from _requests_of_css(style)
    for script in tree.xpath("//script[not(@src)]/text()"):
        yield from filter(_leaves, _SCRIPT_IMPORT.findall(script))


def _requests_of_css(text: str) -> Iterator[str]:
    for match in _CSS_URL.finditer(_CSS_COMMENT.sub("", text)):
        address = next((group for group in match.groups() if group), "")
        if address and not address.startswith("data:"):
            yield address


def _requests_of_svg(text: str) -> Iterator[str]:
    yield from re.findall(r"""<(?:image|use|script)\b[^>]*?\bhref=["']([^"']+)["']""", text)
    yield from _requests_of_css(text)


def _anchors(path: Path) -> frozenset[str]:
    tree = _tree(path)
    return frozenset([*tree.xpath("//@id"), *tree.xpath("//a/@name")])


def _arrives(page: Path, address: str, anchors) -> bool:
    parts = urlsplit(address)
    if parts.scheme or address.startswith("//"):
        return True
    if parts.path.startswith("/"):
        return False
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.is_file():
        return False
    if target.suffix != ".html" or not parts.fragment or parts.fragment == "top":
        return True
    return unquote(parts.fragment) in anchors(target)

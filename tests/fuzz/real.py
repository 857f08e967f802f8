"""Slices of real exports, where they are at hand; without them the hand-written works must do."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from .shapes import Pieces

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
_LONGEST = 15_000  # characters of a record: one with hundreds of authors would take all the time
_SLICE = 7

# shape: (files, what ends a record; None where a line is one)
_SOURCES = {
    "wos-text": (
        ["wos-encodings/wos_plaintext.txt", "wos-old/wos.txt", "wos-old/valentin.txt", "wos-four-formats/savedrecs.ciw",
         "other-sources/bibliometrix_wos_sample.txt"],
        re.compile(r"(?<=\nER\n)\n*|(?<=\nER\r\n)[\r\n]*"),
    ),
    "wos-tab": (["wos-encodings/wos_tab_delimited_win_utf8.txt"], None),
    "wos-tab-16": (["wos-encodings/wos_tab_delimited_win_utf16.txt"], None),
    "wos-bibtex": (["wos-four-formats/savedrecs.bib"], re.compile(r"(?=\n@\w+\{ WOS)")),
    "ris": (["other-sources/example.ris"], re.compile(r"(?<=\nER  - \n)\n*|(?<=\nER  -\n)\n*|(?<=\nER  - \r\n)[\r\n]*")),
    "scopus-csv": (["other-sources/scopus.csv", "other-sources/bibliometrix_scopus_sample.csv"], None),
    "lens-csv": (["other-sources/bibliometrix_lens_sample.csv"], None),
}  # fmt: skip
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_EF = re.compile(r"^EF\s*$")


@lru_cache(maxsize=1)
def slices() -> tuple[tuple[str, str, Pieces, Pieces], ...]:
    """(shape, file name, a few neighbouring records, the first and last of them alone), always in the same order."""
    found = []
    for shape, (names, end) in _SOURCES.items():
        for name in names:
            if (path := DATA / name).is_file():
                found += [(shape, path.name, *both) for both in _of_file(path.read_bytes(), end)]
    if (path := DATA / "openalex/works.json").is_file():
        works = json.loads(path.read_text(encoding="utf-8"))["results"]
        texts = [t for t in (json.dumps(w, ensure_ascii=False) + "\n" for w in works) if len(t) < 3 * _LONGEST]
        found += [("openalex-jsonl", "works.jsonl", *both) for both in _cut("", texts, "", {})]
        listed = [t if n == 0 else f",\n{t}" for n, t in enumerate(texts[:_SLICE])]
        head, tail = '{"meta":{"count":%d},"results":[' % len(listed), "]}\n"
        alone = Pieces(head, [listed[0], listed[-1]], tail)
        found.append(("openalex-json", "works.json", Pieces(head, listed, tail), alone))
    return tuple(found)


def _of_file(content: bytes, end: re.Pattern | None) -> list[tuple[Pieces, Pieces]]:
    bom, codec = next(((b, c) for b, c in _BOMS if content.startswith(b)), (b"", "utf-8"))
    text = content[len(bom) :].decode(codec, "replace")
    if end is None:
        head, *records = re.split(r"(?<=\n)", text)
        # A record that goes on in the next line would be cut in two here; such are left out.
        records = [r for r in records if r.strip() and r.count('"') % 2 == 0]
    else:
        head, records = "", [r for r in end.split(text) if r.strip()]
    tail = records.pop() if records and _EF.match(records[-1].strip()) else ""
    records = [r for r in records if len(r) <= _LONGEST]
    return _cut(head, records, tail, {"codec": codec, "bom": bom})


def _cut(head: str, records: list[str], tail: str, written: dict) -> list[tuple[Pieces, Pieces]]:
    some = records[:_SLICE]
    if len(some) < 5:
        return []
    return [(Pieces(head, some, tail, **written), Pieces(head, [some[0], some[-1]], tail, **written))]

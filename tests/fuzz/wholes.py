"""Inputs that are damaged as a whole: workbooks, bombs, one enormous line, and what is no export at all."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path
from random import Random

from . import damage, workbooks
from .shapes import LONG_NAMES, MAPPING, MAPPING_NAME, SHAPES
from .works import HEAD, HOSTILE, LAST, MIDDLE

_ALONE = [HEAD, LAST]
_MEGABYTE = 1 << 20


def _works(rng: Random) -> list[dict]:
    return [HEAD, *(dict(work) for work in rng.sample(MIDDLE, 5)), LAST]


def _html(table: list[list]) -> bytes:
    head, rows, tail = workbooks.html_table(table)
    return (head + "".join(rows) + tail).encode("utf-8", "surrogatepass")


_WRITERS = {"savedrecs.xlsx": workbooks.xlsx, "old.xls": workbooks.xls, "html.xls": _html}


@lru_cache(maxsize=8)
def _alone(name: str) -> bytes:
    return _WRITERS[name](workbooks.rows(_ALONE))


def _rows(rng: Random, table: list[list]) -> str:
    """Rows and cells lost, doubled, moved or filled with what does not belong there; not the sentinels' and theirs beside."""
    for _ in range(rng.choice((1, 2, 5))):
        at = rng.randrange(3, len(table) - 2)
        match rng.choice(("cell", "cell", "cell", "short", "shift", "double", "blank", "kind")):
            case "cell":
                table[at][rng.randrange(len(table[at]))] = rng.choice(HOSTILE)
            case "short":
                table[at] = table[at][: rng.randrange(1, len(table[at]) + 1)]
            case "shift":
                table[at] = ["", *table[at][:-1]]
            case "double":
                table[at : at + 1] = [list(table[at]), list(table[at])]
            case "blank":
                table[at] = [""] * len(table[at])
            case "kind":
                table[at][rng.randrange(len(table[at]))] = rng.choice((1e300, -1, 2.5, True, 10**15))
    return "cells"


def workbook(rng: Random, folder: Path) -> dict:
    """A workbook damaged in its cells, in its parts or in its bytes."""
    name = rng.choice(list(_WRITERS))
    table = workbooks.rows(_works(rng))
    if rng.random() < 0.5:
        _rows(rng, table)
        for row in table:
            row[:] = [str(v) if isinstance(v, bool) else v for v in row]
        (folder / "in" / name).write_bytes(_WRITERS[name](table))
        return {
            "what": f"{name}: cells", "alone": (name, _alone(name)), "sentinels": (0, 1), "may_refuse": False, "named": name,
        }  # fmt: skip
    content, what = _WRITERS[name](table), "bytes"
    if name == "savedrecs.xlsx" and rng.random() < 0.5:
        content, what = _part(rng, content)
    elif name == "html.xls":
        text = rng.choice(damage.TEXT)(rng, content.decode("utf-8", "replace"))
        content, what = text.encode("utf-8", "surrogatepass"), "markup"
    if what == "bytes" or rng.random() < 0.2:
        content = rng.choice(damage.BYTES)(rng, content)
        if rng.random() < 0.2:
            content = content[: rng.randrange(len(content))]
    (folder / "in" / name).write_bytes(content)
    return {"what": f"{name}: {what}", "named": name}


def _part(rng: Random, content: bytes) -> tuple[bytes, str]:
    """One part of the package lost, emptied, doubled or damaged, the package itself sound."""
    parts = workbooks.unpack(content)
    part, way = rng.choice(sorted(parts)), rng.choice(("lost", "empty", "bytes", "text", "text", "entity", "name"))
    if way == "lost":
        del parts[part]
    elif way == "empty":
        parts[part] = b""
    elif way == "bytes":
        parts[part] = rng.choice(damage.BYTES)(rng, parts[part])
    elif way == "text":
        parts[part] = rng.choice(damage.TEXT)(rng, parts[part].decode("utf-8", "replace")).encode("utf-8", "surrogatepass")
    elif way == "entity":
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        document = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        body = parts[part].decode("utf-8", "replace").partition("?>")[2]
        parts[part] = (document + body.replace("<t>", "<t>&l9;&x;", 1)).encode()
    else:
        parts["../../../evil.xml"] = parts.pop(part)
    return workbooks.pack(parts), f"part {part} {way}"


@lru_cache(maxsize=8)
def _bomb(kind: str, megabytes: int) -> bytes:
    return workbooks.bomb(megabytes, kind)


def bomb(rng: Random, folder: Path) -> dict:
    """A .xlsx that unpacks to gigabytes (``nested``: to 16 GB), beside a sound export."""
    kind = rng.choice(("real", "lying", "nested", "many", "strings", "cells"))
    megabytes = {"nested": 64, "many": 0, "cells": 300, "strings": 600}.get(kind, 1500)
    (folder / "in" / "bomb.xlsx").write_bytes(_bomb(kind, megabytes))
    return {"what": f"zip bomb, {kind}", "named": "bomb.xlsx", "seconds": 90.0}


def long_line(rng: Random, folder: Path) -> dict:
    """One line of 50 MB in the middle of an export."""
    shape = rng.choice(list(SHAPES))
    write, name, variants = SHAPES[shape]
    whole = write(_works(rng), **variants[0])
    unit = rng.choice(("x", "x; ", "x, ", '"', "\t", "{", "[", "é", "\\", "=", "&amp;", ",", "a (", "1", "Wu, S; "))
    line = unit * (50 * _MEGABYTE // len(unit.encode()))
    at = rng.choice((len(whole.records[3]), len(whole.records[3]) // 2))
    records = [*whole.records[:3], whole.records[3][:at] + line + whole.records[3][at:], *whole.records[4:]]
    with (folder / "in" / name).open("wb") as file:
        file.write(whole.bom)
        for piece in (whole.head, *records, whole.tail):
            file.write(piece.encode(whole.codec))
    return {
        "what": f"{shape}: a line of 50 MB of {unit!r}", "named": name, "seconds": 90.0,
        "alone": (name, write(_ALONE, **variants[0]).content()), "sentinels": (0, 1),
    }  # fmt: skip


def odd(rng: Random, folder: Path) -> dict:
    """Empty, only a mark, only a header, bytes of chance, depth without end, two formats in one file."""
    kinds = ("empty", "bom", "blank", "header", "chance", "deep", "deep", "scalar", "wide", "pasted", "pasted", "packed", "words", "quote")
    kind = rng.choice(kinds)
    name = rng.choice([n for _, n, _ in SHAPES.values()] + ["a.xls", "a.xlsx", "a", "a.json", "ledger.json", "a.txt.gz"])
    shape = rng.choice(list(SHAPES))
    write, _, variants = SHAPES[shape]
    whole = write(_works(rng), **rng.choice(variants))
    match kind:
        case "empty":
            content = b""
        case "bom":
            content = rng.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\xff", b"\x00"))
        case "blank":
            content = rng.choice((b" ", b"\n", b"\r\n\t", b"\x0c", b"\xe3\x80\x80", b"\x00")) * rng.choice((1, 100, 100_000))
        case "header":
            content = whole.bom + (whole.head + rng.choice(("", whole.tail))).encode(whole.codec)
        case "chance":
            content = rng.choice((b"", whole.bom, b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"FN ", b"PT J\n"))
            content += rng.randbytes(rng.choice((1, 10, 1000, 100_000)))
        case "deep":
            opening = rng.choice(("[", '{"results":[{"a":', '{"id":', "@a{b,c={", "{", "<table><tr><td>", "<div>", "(", '{"results":[{"authorships":[['))
            content = (opening * rng.choice((500, 5000, 200_000))).encode()
            if rng.random() < 0.3:
                content = b'{"results":[' + content
        case "scalar":
            items = ("null", "1", '"x"', "[]", "{}", "[null]", "[[]]", '{"results":null}', '{"results":{}}', '{"results":[1,"a",null,[]]}',
                     '[{"id":1}]', '{"results":[{"id":null,"title":{}}]}', '{"id":"https://openalex.org/W1"}', "NaN", "[1e999]",
                     '{"results":[{"id":"https://openalex.org/W1","authorships":{"a":1},"biblio":[],"title":7}]}')  # fmt: skip
            content = rng.choice(items).encode()
        case "wide":
            separator = rng.choice((",", "\t", ";", "|"))
            names = rng.choice((["PT", "AU", "TI", "UT"], list(LONG_NAMES.values()), ["Authors", "Title", "Year", "EID"], ["Lens ID", "Title"]))
            content = (separator.join(names * 5000) + "\n" + separator.join(["x"] * 20_000) + "\n").encode()
        case "pasted":
            other, _, more = SHAPES[rng.choice(list(SHAPES))]
            content = whole.content() + other(_works(rng), **rng.choice(more)).content()
        case "packed":
            content = gzip.compress(whole.content(), mtime=0)
        case "words":
            content = rng.choice((b"Dear all, here is the export.\n", b"TI\n", b"PT\n", b"%PDF-1.7\n", b"<html>", b"a,b\n1,2\n", b"TY", b"@", b"ER\n", b"EF\n"))
            content *= rng.choice((1, 50))
        case _:
            content = whole.bom + ('"' + "".join([whole.head, *whole.records])).encode(whole.codec)
    (folder / "in" / name).write_bytes(content)
    return {"what": f"{kind} as {name} ({shape})", "named": name}


_DECISIONS = "apart,WOS:000000000000001,WOS:000000000000005\nsame,a,b\n"


def companion(rng: Random, folder: Path) -> dict:
    """A mapping, or decisions about duplicates, damaged beside whole exports."""
    name, text = rng.choice(((MAPPING_NAME, MAPPING), ("duplicates.csv", _DECISIONS), ("decisions.toml", _DECISIONS)))
    write, file, variants = SHAPES[rng.choice(("mapped-csv", "wos-text"))]
    (folder / "in" / file).write_bytes(write(_works(rng), **variants[0]).content())
    data = text.encode()
    for _ in range(rng.choice((0, 1, 1, 2))):
        data = rng.choice(damage.TEXT)(rng, data.decode("utf-8", "replace")).encode("utf-8", "surrogatepass")
        data = rng.choice(damage.BYTES)(rng, data) if data and rng.random() < 0.5 else data
    (folder / "in" / name).write_bytes(data)
    return {"what": f"companion {name} damaged, beside {file}"}

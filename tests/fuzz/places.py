"""Folders as people leave them: odd names, loops, pipes, devices, duplicates, hundreds of tiny files."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from random import Random

from .shapes import MAPPING, MAPPING_NAME, SHAPES, wos_text
from .works import HEAD, LAST, MIDDLE

_GOOD = wos_text([HEAD, LAST]).content()
_REJECTED = wos_text([MIDDLE[0], MIDDLE[1], MIDDLE[5]]).content().replace(b"\nER\n", b"\n", 1)
_ALONE = {"alone": ("good.txt", _GOOD), "sentinels": (0, 1)}
_NAMES = (
    b"a b.txt", b" .txt", b"-rf.txt", b"--strict", b"--out=x", b"'\";$(touch x)`id`.txt", b"*?[a].txt", b"a\nb.txt", b"a\x1b[31mb.txt",
    b"a\x07.txt", b"con.txt", b"nul", b"{{7*7}}.txt", b"<b>x<script>.txt", b"=1+1.csv", b"..\\..\\x.txt", b"%2e%2e%2f.txt", b"%s%n.txt",
    "\u202etxt.exe".encode(), "吕凤先 (导出).txt".encode(), "é\u0301\u200b.txt".encode(), b"x" * 251 + b".txt", "料".encode() * 83 + b".txt",
    b"ledger.json", b"records.parquet", b"rejected", b"no-extension", b"a.txt.txt.", b"1-500.txt", b"1-99999999999999999999.txt",
)  # fmt: skip
_NOT_UTF8 = (b"\xff\xfe.txt", b"caf\xe9.txt", b"\xc2.txt", b"\xed\xa0\x80.txt")


def folder(rng: Random, where: Path) -> dict:
    """One odd folder; beside what is odd stands a whole export, which must not be lost."""
    kind = rng.choice(
        ("name", "name", "name", "bytes-name", "many", "double", "loop", "dangling", "memory", "pipe", "device", "socket",
         "pipe-itself", "device-itself", "deep", "nothing", "missing", "two-paths", "same-twice", "mixed", "not-folder")
    )  # fmt: skip
    inside = where / "in"
    (inside / "good.txt").write_bytes(_GOOD)
    made = {"what": f"folder: {kind}", **_ALONE}
    match kind:
        case "name" | "bytes-name":
            name = rng.choice(_NAMES if kind == "name" else _NOT_UTF8)
            Path(os.fsdecode(os.fsencode(inside) + b"/" + name)).write_bytes(rng.choice((_REJECTED, _GOOD)))
            made |= {"what": f"folder: a file named {name!r}", "may_refuse": kind != "name"}
            if kind == "name" and rng.random() < 0.2:
                made["paths"] = ["in/good.txt", os.fsdecode(b"in/" + name)]
        case "many":
            for n in range(rng.choice((50, 150))):
                (inside / f"part {n}.txt").write_bytes(rng.choice((_GOOD, _REJECTED)))
            made["may_refuse"] = False
        case "double":
            for n in range(3):
                (inside / f"copy{n}.txt").write_bytes(_GOOD)
            made["may_refuse"] = False
        case "loop":
            (inside / "again").symlink_to(".", target_is_directory=True)
            (inside / "up").symlink_to("..", target_is_directory=True)
            (inside / "self.txt").symlink_to("self.txt")
        case "dangling":
            (inside / "gone.txt").symlink_to("nowhere.txt")
        case "memory":
            (inside / "memory.txt").symlink_to("/proc/self/mem")
        case "pipe":
            os.mkfifo(inside / "pipe.txt")
        case "device":
            (inside / "zero.txt").symlink_to(rng.choice(("/dev/zero", "/dev/full", "/dev/null", "/dev/urandom")))
        case "socket":
            _socket(inside)
        case "pipe-itself":
            os.mkfifo(where / "pipe.txt")
            return {"what": "a pipe as path", "paths": ["pipe.txt"], "named": "pipe.txt"}
        case "device-itself":
            return {"what": "a device as path", "paths": [rng.choice(("/dev/zero", "/dev/null", "/dev/stdin"))]}
        case "deep":
            deep = inside
            for _ in range(60):
                deep /= "folder"
            deep.mkdir(parents=True)
            (deep / "deep.txt").write_bytes(_REJECTED)
            made["may_refuse"] = False
        case "nothing":
            (inside / "good.txt").unlink()
            return {"what": "an empty folder"}
        case "missing":
            return {"what": "a path that is not there", "paths": ["in", "no\x1bwhere"]}
        case "two-paths":
            (where / "more.ris").write_bytes(SHAPES["ris"][0]([dict(work) for work in MIDDLE]).content())
            made |= {"paths": ["in", "more.ris"], "may_refuse": False}
        case "same-twice":
            made |= {"paths": rng.choice((["in", "in"], ["in", "in/good.txt"], ["in/good.txt", "./in/../in/good.txt"]))}
        case "mixed":
            for write, name, variants in SHAPES.values():
                content = write([dict(work) for work in rng.sample(MIDDLE, 3)], **variants[0]).content()
                (inside / f"{rng.randrange(99)} {name}").write_bytes(content)
            (inside / MAPPING_NAME).write_text(MAPPING, encoding="utf-8")
            made["may_refuse"] = False
        case "not-folder":
            made["paths"] = ["in/good.txt/more.txt"]
            made |= {"alone": None, "sentinels": ()}
    return made


def _socket(inside: Path) -> None:
    # The name of a socket may have a hundred bytes only, whatever the folder is called.
    here = os.getcwd()
    try:
        os.chdir(inside)
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind("s.txt")
    finally:
        os.chdir(here)

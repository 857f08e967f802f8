"""Imports that do what none may: the oracle is tried on them."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq

from . import front


def crashing(paths: list[str], out: str) -> int:
    """An error nobody catches, where the text has a quotation mark."""
    if b'"' in _text(paths):
        raise KeyError("UT")
    return front.livingreview_import(paths, out)


def hanging(paths: list[str], out: str) -> int:
    """No end, where the text has a quotation mark."""
    while b'"' in _text(paths):
        time.sleep(0.1)
    return front.livingreview_import(paths, out)


def greedy(paths: list[str], out: str) -> int:
    """More memory than is allowed, for a quotation mark."""
    hoard = b"x" * (700 << 20 if b'"' in _text(paths) else 1)
    code = front.livingreview_import(paths, out)
    return code if hoard else 1


def dying(paths: list[str], out: str) -> int:
    """The whole process ends, where the text has a quotation mark."""
    if b'"' in _text(paths):
        os._exit(0)
    return front.livingreview_import(paths, out)


def forgetful(paths: list[str], out: str) -> int:
    """All that follows a damage is lost: the file is read up to its first quotation mark."""
    cut = Path("cut")
    cut.mkdir()
    try:
        for path in _files(paths):
            before, mark, _ = path.read_bytes().partition(b"\nAU Quote")
            (cut / path.name).write_bytes(before.rpartition(b"PT J")[0] + b"EF\n" if mark else before)
        return front.livingreview_import(["cut"], out)
    finally:
        shutil.rmtree(cut)


def garbling(paths: list[str], out: str) -> int:
    """A neighbour of a damage is kept, with another abstract."""
    for path in _files(paths):
        if b'"' in path.read_bytes():
            path.write_bytes(path.read_bytes().replace(b"guard the end", "gu\u00e4rd the end".encode()))
    return front.livingreview_import(paths, out)


def miscounting(paths: list[str], out: str) -> int:
    """A record that the ledger knows of is not in the table."""
    code = front.livingreview_import(paths, out)
    table = Path(out) / "records.parquet"
    if code == 0:
        pq.write_table(pq.read_table(table)[1:], table)
    return code


def boasting(paths: list[str], out: str) -> int:
    """The printed totals are not those of the ledger."""
    outcome = front.run(front.livingreview_import, paths, out)
    if outcome.code == 0:
        totals = json.loads(outcome.printed)["totals"]
        print(json.dumps({"totals": totals | {"read": totals["read"] + 1}}))
    return outcome.code


def silent(paths: list[str], out: str) -> int:
    """Refuses, and does not say why."""
    print("livingreview: error", file=sys.stderr)
    return 2


def lazy(paths: list[str], out: str) -> int:
    """Refuses a whole file for a quotation mark, with a fine message."""
    if b'"' in _text(paths):
        print(f"livingreview: {_files(paths)[0].name}: expected no marks, found some. What to do: remove them.", file=sys.stderr)
        return 2
    return front.livingreview_import(paths, out)


def untidy(paths: list[str], out: str) -> int:
    """Refuses, and leaves half a corpus."""
    Path(out).mkdir(exist_ok=True)
    (Path(out) / "records.parquet").write_bytes(b"PAR1")
    print("livingreview: in: expected more, found less. What to do: export again.", file=sys.stderr)
    return 2


def straying(paths: list[str], out: str) -> int:
    """Writes beside the corpus."""
    Path("outside.txt").write_text("x", encoding="ascii")
    return front.livingreview_import(paths, out)


def _text(paths: list[str]) -> bytes:
    return b"".join(path.read_bytes() for path in _files(paths))


def _files(paths: list[str]) -> list[Path]:
    found = [Path(path) for path in paths] + [below for path in paths for below in sorted(Path(path).rglob("*"))]
    return [path for path in found if path.is_file()]

"""The import as a person meets it: the command, its exit code, what it prints."""

from __future__ import annotations

import contextlib
import io
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """Exit code, standard output and error, and the traceback of an error nobody caught."""

    code: int
    printed: str
    message: str
    crash: str = ""


Import = Callable[[list[str], str], int]


def livingreview_import(paths: list[str], out: str) -> int:
    """``livingreview import PATHS --out OUT --json``, in this process."""
    from livingreview.cli import main

    return main(["import", "--json", "--out", out, "--", *paths])


@contextlib.contextmanager
def small_blocks(size: int) -> Iterator[None]:
    """Plain text read in blocks of so many bytes, not of megabytes, so that their borders fall anywhere; 0: as it is."""
    from livingreview.corpus.reading.blocks import blocks

    former = blocks.__defaults__
    blocks.__defaults__ = (size,) if size else former
    try:
        yield
    finally:
        blocks.__defaults__ = former


def run(command: Import, paths: list[str], out: str) -> Outcome:
    """Run an import and keep all that it printed."""
    printed, message = (io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace", write_through=True) for _ in "12")
    crash, code = "", 1
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(message):
        try:
            code = command(paths, out)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
        except BaseException:  # whatever it is, a person would see it
            crash = traceback.format_exc()
    texts = [stream.buffer.getvalue().decode("utf-8") for stream in (printed, message)]
    return Outcome(code, *texts, crash)

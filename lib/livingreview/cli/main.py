"""Command line: one subcommand for each thing a person does with the book."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import livingreview
from livingreview.cli import importing
from livingreview.errors import BuildError, InputError

OK, FAILED, BAD_INPUT, NO_PDF = 0, 1, 2, 3

_EXAMPLES = """\
examples:
  livingreview build
  livingreview import data/raw/my-exports --out data/raw/my-corpus
  livingreview build --corpus data/raw/my-exports --from 2016-01 --to 2024-09
"""
_EXITS = f"""\
exit codes: {OK} done; {FAILED} a check failed, the previous edition stays; {BAD_INPUT} bad input,
nothing written; {NO_PDF} HTML built, PDF not: a system library is missing
"""


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="livingreview", description="A review that can be built again, and audited.",
        epilog=_EXAMPLES + "\n" + _EXITS, formatter_class=raw, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"livingreview {livingreview.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = commands.add_parser(
        "build", help="build an edition: HTML, PDF, tables, figures, provenance",
        epilog=_EXAMPLES + "\n" + _EXITS, formatter_class=raw, allow_abbrev=False,
    )  # fmt: skip
    build.add_argument(
        "--corpus", default="cited-works", metavar="NAME|PATH",
        help="cited-works (the works the review cites, default), a corpus, or a file or folder of exports",
    )  # fmt: skip
    build.add_argument("--from", dest="date_from", default="", metavar="YYYY-MM", help="first month, included")
    build.add_argument("--to", dest="date_to", default="", metavar="YYYY-MM", help="last month, included")
    build.add_argument("--lang", dest="language", default="en", metavar="LANG", help="language of the book (default en)")
    build.add_argument("--out", type=Path, metavar="FOLDER", help="where to write (default editions/<corpus and range>)")
    importing.add(commands, _EXITS)
    stamp = commands.add_parser(
        "stamp", help="refresh hash and row count in the sidecar of a data file after a reviewed edit",
        epilog="example:\n  livingreview stamp data/review/works.csv", formatter_class=raw,
    )  # fmt: skip
    stamp.add_argument("files", nargs="+", type=Path, metavar="FILE")
    return parser


def _build(options: argparse.Namespace) -> int:
    from livingreview.edition import build as edition

    say = edition.progress_to_stderr()
    request = edition.Request(
        options.corpus, options.date_from, options.date_to, options.language, options.out
    )
    result = edition.build(request, say)
    say(f"done: {result.pages} pages")
    print(f"{_near(result.folder)}/html/index.html")
    if result.no_pdf:
        print(f"livingreview: no PDF: {result.no_pdf}", file=sys.stderr)
        return NO_PDF
    print(f"{_near(result.folder)}/book.pdf")
    return OK


def _stamp(options: argparse.Namespace) -> int:
    from livingreview.facts import sidecar

    for path in options.files:
        sidecar.stamp(path)
        print(f"{path}: sidecar refreshed")
    return OK


def _near(folder: Path) -> str:
    try:
        return str(folder.relative_to(Path.cwd()))
    except ValueError:
        return str(folder)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    if threading.current_thread() is threading.main_thread():
        # A plain kill must clear up like Ctrl-C does.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return {"build": _build, "import": importing.run, "stamp": _stamp}[options.command](options)
    except InputError as error:
        print(f"livingreview: {error}", file=sys.stderr)
        return BAD_INPUT
    except BuildError as error:
        print(f"livingreview: the edition was not published: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("livingreview: stopped; nothing was published", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


if __name__ == "__main__":
    sys.exit(main())

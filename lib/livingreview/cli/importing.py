"""``livingreview import``: exports in, a corpus out, and the account of it on the screen."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from livingreview.corpus.ledger import REJECTED, TOTALS, Ledger
from livingreview.words import say

EXAMPLES = """\
examples:
  livingreview import savedrecs.txt --out data/raw/my-corpus
  livingreview import exports/ scopus.csv decisions.csv --out my-corpus --json > account.json
  livingreview build --corpus my-corpus

Files are known by their content: Web of Science (plain text, .ciw, tab-delimited, .xls, .xlsx, BibTeX,
HTML saved as .xls), Scopus CSV, Lens CSV, OpenAlex JSON or JSON lines, RIS, and any CSV with a mapping file:

  # springer.mapping.toml, beside the exports or named as a PATH
  source = "SpringerLink"
  [columns]
  TI = "Item Title"
  PY = "Publication Year"

Pairs that may be one record are listed in undecided.csv of the corpus: write same or different in its
column "decision", keep the file with the exports, and later imports honour it.
"""
_SHOWN = 10


def add(commands: argparse._SubParsersAction, epilog: str) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "import", help="read exports of any format into a corpus that adds up",
        epilog=EXAMPLES + "\n" + epilog, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files and folders of exports")
    parser.add_argument("--out", type=Path, required=True, metavar="CORPUS", help="folder of the corpus; an older one is replaced")
    parser.add_argument("--json", action="store_true", help="print the whole ledger as JSON")
    parser.add_argument("--strict", action="store_true", help="a record that must be rejected stops the import (exit code 2)")


def run(options: argparse.Namespace) -> int:
    """Import, and print the ledger: for people, or as JSON."""
    from livingreview.corpus.importer import import_to

    started = time.monotonic()

    def progress(line: str) -> None:
        print(f"[{time.monotonic() - started:5.1f} s] {line}", file=sys.stderr, flush=True)

    ledger = import_to(options.paths, options.out, strict=options.strict, progress=progress)
    if options.json:
        print(ledger.to_json(), end="")
    else:
        print("\n".join(account(ledger, options.out)))
    return 0


def account(ledger: Ledger, out: Path) -> list[str]:
    """The ledger in lines for people: files, totals, what was rejected, remarks."""
    head = [say(f"corpus.import.{name}") for name in ("file", "format", "announced", *TOTALS)]
    rows = [head]
    for entry in ledger.files:
        announced = "-" if entry.announced is None else f"{entry.announced:,}"
        rows.append([entry.name, entry.format, announced, *(f"{getattr(entry, name):,}" for name in TOTALS)])
    rows.append([say("corpus.import.total"), "", "", *(f"{ledger.total(name):,}" for name in TOTALS)])
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) if n < 2 else cell.rjust(width) for n, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    rejected = ledger.of_kind(REJECTED)
    for finding in rejected[:_SHOWN]:
        lines.append(say("corpus.import.rejection", file=finding.file, line=finding.line, reason=finding.reason))
    if len(rejected) > _SHOWN:
        lines.append(say("corpus.import.more", number=len(rejected) - _SHOWN, folder=f"{out}/rejected"))
    lines += [say("corpus.import.note", note=note) for note in ledger.notes]
    return [*lines, say("corpus.import.done", folder=out)]

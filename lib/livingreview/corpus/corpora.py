"""The corpora by name: those that ship with the book, and any file or folder of exports."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from livingreview import paths
from livingreview.corpus.folder import LEDGER
from livingreview.corpus.ledger import REJECTED, TRUNCATED, Ledger
from livingreview.corpus.store import Corpus, open_corpus, transcribed
from livingreview.errors import InputError

CITED_WORKS = "cited-works"
NAMES = (CITED_WORKS,)


def label(corpus: str) -> str:
    """What a corpus is called on the page: its name, or the last part of its path.

    >>> label("cited-works"), label("data/raw/my exports/")
    ('cited-works', 'my exports')
    """
    return corpus if corpus in NAMES else Path(corpus).resolve().name


def check(corpus: str) -> None:
    """InputError unless ``corpus`` is a known name or a path that exists; reads nothing."""
    if corpus not in NAMES and (not corpus.strip() or not Path(corpus).exists()):
        raise InputError(
            "--corpus",
            f"one of {', '.join(NAMES)}, a corpus, or a file or folder of exports",
            f"{corpus!r}, which is neither",
            "check the spelling of the name or path",
        )


def place(corpus: str, folder: Path, progress: Callable[[str], None] | None = None) -> Corpus:
    """Put the corpus of a name, a corpus folder or exports into ``folder`` and open it.

    Exports with a file that is cut short are refused: an edition is built on whole files. The
    command ``import`` keeps what can be read of them.
    """
    check(corpus)
    if corpus == CITED_WORKS:
        from livingreview.corpus import cited_works

        works = paths.REVIEW / "works.csv"
        made = transcribed(cited_works.build(), "data/review/works.csv", works.read_bytes())
        made.save(folder)
        return open_corpus(folder)
    path = Path(corpus)
    if (path / LEDGER).is_file():
        found = open_corpus(path)
        shutil.copytree(path, folder)
        return found
    from livingreview.corpus.importer import import_to

    refuse_truncated(import_to([path], folder, progress=progress))
    return open_corpus(folder)


def refuse_truncated(ledger: Ledger) -> None:
    """InputError where a file ends inside a record."""
    for finding in ledger.of_kind(REJECTED):
        if finding.reason == TRUNCATED:
            whole = next(entry.read - entry.rejected for entry in ledger.files if entry.name == finding.file)
            last = finding.line + finding.text.count("\n")
            raise InputError(
                f"{finding.file}, line {last}",
                f"the end of the record that starts in line {finding.line}",
                f"the end of the file, after {whole} complete records",
                "the export is truncated: download this part again, or keep the rest with livingreview import",
            )


def load(corpus: str, progress: Callable[[str], None] | None = None) -> Corpus:
    """The corpus of a name, a corpus folder, or a file or folder of exports, without a folder that stays."""
    with tempfile.TemporaryDirectory(prefix="livingreview-") as folder:
        return place(corpus, Path(folder) / "corpus", progress)

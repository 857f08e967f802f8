"""The corpora by name: those that ship with the book, and any file or folder of exports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from livingreview import paths
from livingreview.corpus.store import Corpus, transcribed
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
            f"one of {', '.join(NAMES)}, or a file or folder of Web of Science exports",
            f"{corpus!r}, which is neither",
            "check the spelling of the name or path",
        )


def load(corpus: str, progress: Callable[[str], None] | None = None) -> Corpus:
    """The corpus of a name, or the import of a file or folder of exports."""
    check(corpus)
    if corpus == CITED_WORKS:
        from livingreview.corpus import cited_works

        works = paths.REVIEW / "works.csv"
        return transcribed(cited_works.build(), "data/review/works.csv", works.read_bytes())
    from livingreview.corpus.importer import import_exports

    return import_exports(Path(corpus), progress)

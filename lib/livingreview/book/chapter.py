"""A chapter at work: the records of the edition, the facts of the review, and the exhibit door."""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cached_property
from pathlib import Path

import pandas as pd

from livingreview import facts, paths, words
from livingreview.corpus import corpora
from livingreview.corpus.store import Corpus, open_corpus
from livingreview.exhibits.door import Door
from livingreview.analysis.texts import texts
from livingreview.select.window import Selection, Window, cut

# Set by the edition; without it a chapter runs by itself, for whoever opens it in Jupyter.
STAGE = "LIVINGREVIEW_STAGE"


class Chapter(Door):
    """The exhibit door of one chapter, with what the edition computes from.

    Attributes
    ----------
    selection : Selection
        The records in range and the account of the others.
    tables : dict of DataFrame
        The selected tables of the normal form, keyed as in ``corpus.schema.TABLES``.
    corpus : str
        Name of the corpus as printed.
    """

    def __init__(self, name: str, source: Corpus, corpus: str, window: Window, language: str, folder: Path):
        self.corpus, self.window, self.source = corpus, window, source
        self.selection: Selection = cut(source.tables, window)
        self.tables = self.selection.tables
        super().__init__(
            folder,
            name,
            {"corpus": corpus, "date_from": _end(window.first), "date_to": _end(window.last), "language": language},
            data_hash(source),
            library_hash(),
            {"corpus": corpus, "range": self.range},
        )

    @property
    def records(self) -> pd.DataFrame:
        """The dated records of the edition."""
        return self.tables["records"]

    @property
    def ids(self) -> tuple[str, ...]:
        """Record ids of the edition, sorted."""
        return self.selection.kept

    @property
    def range(self) -> str:
        """The date range as printed: the one asked for, else the one that the corpus covers."""
        first, last = self.selection.covered
        start, end = _end(self.window.first) or first, _end(self.window.last) or last
        return words.say("labels.range", start=start, end=end)

    @property
    def is_transcribed(self) -> bool:
        """Whether the corpus is that of the works the review cites."""
        return self.corpus == corpora.CITED_WORKS

    @cached_property
    def texts(self) -> pd.DataFrame:
        """Title, abstract and keywords of each record, for expressions to search."""
        return texts(self.tables)

    @staticmethod
    def facts(name: str) -> pd.DataFrame:
        """A table of facts of the review or the editorial."""
        return facts.load(name)

    def reported(self, key: str):
        """A number that the review reports, by its key; text if it is no number."""
        rows = self.facts("reported").set_index("key")
        value = rows.loc[key, "value"]
        return int(value) if str(value).isdigit() else value


def open_chapter(name: str, *, corpus: str, date_from: str, date_to: str, language: str) -> Chapter:
    """Open a chapter with the parameters of an edition.

    Inside a build the corpus was imported beforehand; elsewhere it is read here, and exhibits go
    to a folder for temporary files.
    """
    words.use(language)
    window = Window.parse(date_from, date_to)
    stage = os.environ.get(STAGE)
    if stage:
        return Chapter(name, open_corpus(Path(stage) / "corpus"), corpus, window, language, Path(stage))
    folder = Path(tempfile.mkdtemp(prefix="livingreview-"))
    return Chapter(name, corpora.load(corpus), corpora.label(corpus), window, language, folder)


def library_hash() -> str:
    """SHA-256 over every source file and text catalogue of the package, in order of path."""
    return _tree_hash(paths.LIBRARY, (".py", ".toml", ".css"))


def data_hash(source: Corpus) -> str:
    """SHA-256 over the corpus and every committed data file that pages are computed from."""
    folders = (paths.REVIEW, paths.EDITORIAL, paths.QUERY, paths.VOCABULARIES)
    lines = [source.data_hash, *(_tree_hash(f, (".csv", ".txt")) for f in folders)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _tree_hash(folder: Path, suffixes: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in suffixes):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _end(end: tuple[int, int] | None) -> str:
    return "" if end is None else f"{end[0]:04d}-{end[1]:02d}"

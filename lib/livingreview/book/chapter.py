"""A chapter at work: the records of the edition, the facts of the review, and the exhibit door."""

from __future__ import annotations

import os
import tempfile
from functools import cached_property
from pathlib import Path

import pandas as pd

from livingreview import facts, words
from livingreview.analysis import time
from livingreview.analysis.texts import texts
from livingreview.book import origins
from livingreview.book.actors import ActorViews
from livingreview.book.appendices import AppendixViews
from livingreview.book.reported import ReportedViews
from livingreview.book.topics import TopicViews
from livingreview.corpus import corpora
from livingreview.corpus.store import Corpus, open_corpus
from livingreview.exhibits.door import Door
from livingreview.select.window import Selection, Window, cut

# Set by the edition; without it a chapter runs by itself, for whoever opens it in Jupyter.
STAGE = "LIVINGREVIEW_STAGE"
# Fewer years with papers than this carry no line over time.
LEAST_YEARS = 6


class Chapter(ActorViews, TopicViews, ReportedViews, AppendixViews, Door):
    """The exhibit door of one chapter, with what the edition computes from.

    Attributes
    ----------
    selection : Selection
        The records in range and the account of the others.
    tables : dict of DataFrame
        The selected tables of the normal form, keyed as in ``corpus.schema.TABLES``.
    corpus : str
        Name of the corpus as printed.
    harvest : str
        Month of the latest export, "YYYY-MM", or "" where no record prints it.
    parameters : dict of str
        The parameters of the edition.
    data, library : str
        SHA-256 of the data read and of the package.
    """

    def __init__(self, name: str, source: Corpus, corpus: str, window: Window, language: str, folder: Path):
        self.corpus, self.window, self.source = corpus, window, source
        self.harvest = self._harvest()
        self.selection: Selection = cut(source.tables, window, self.harvest)
        self.tables = self.selection.tables
        start, end = window.printed
        parameters = {"corpus": corpus, "date_from": start, "date_to": end, "language": language}
        context = {"corpus": corpus, "range": self.range}
        super().__init__(folder, name, parameters, origins.data_hash(source), origins.library_hash(), context)

    def _harvest(self) -> str:
        """The month that the corpus was exported in; that of the review's search for its cited works."""
        if self.is_transcribed:
            rows = facts.load("reported").set_index("key")["value"]
            return f"{rows['harvest-year']:04d}-{rows['harvest-month']:02d}"
        days = self.source.tables["records"]["harvested"]
        days = days[days.str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-\d\d")]
        return days.max()[:7] if len(days) else ""

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
        start, end = self.window.printed
        return words.say("labels.range", start=start or first, end=end or last)

    @property
    def is_transcribed(self) -> bool:
        """Whether the corpus is that of the works the review cites, which is no sample of a field."""
        return self.corpus == corpora.CITED_WORKS

    @cached_property
    def texts(self) -> pd.DataFrame:
        """Title, abstract and keywords of each record, for expressions to search."""
        return texts(self.tables)

    def over_time(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A frame with a column ``year``, or none of its rows where a course over time means nothing.

        That is so for the works that the review cites, which were chosen and not sampled, and for
        fewer than six years with papers.
        """
        years = frame.loc[frame["papers"] > 0, "year"].nunique() if len(frame) else 0
        return frame.head(0) if self.is_transcribed or years < LEAST_YEARS else frame

    @property
    def why_no_course(self) -> str:
        """Why a page draws nothing over time, in words."""
        reason = "chosen" if self.is_transcribed else "few_years"
        return words.say(f"labels.reason.{reason}")

    def why_no_turn(self, per_year: pd.DataFrame) -> str:
        """Why no turning point is claimed, in words."""
        enough = int((~per_year["partial"]).sum()) >= 2 * time.MIN_SEGMENT + 1 if len(per_year) else False
        return words.say("labels.reason.straight") if enough and not self.is_transcribed else self.why_no_course

    def leading(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        """The rows with the most papers as one row, their names joined; no row if no paper is there."""
        spoken = frame[frame["papers"] > 0] if len(frame) else frame
        if spoken.empty:
            return spoken.head(0)
        first = spoken[spoken["papers"] == spoken["papers"].max()]
        row = first.head(1).copy()
        row[name] = ", ".join(str(value) for value in first[name])
        row["records"] = [tuple(sorted(set().union(*first["records"])))]
        return row

    @staticmethod
    def counted(records: tuple[str, ...]) -> pd.DataFrame:
        """Some records as a frame of one row for :meth:`tell_row`; empty if there are none."""
        row = pd.DataFrame({"papers": [len(records)], "records": [tuple(records)]})
        return row if records else row.head(0)

    def tell_partial(self, per_year: pd.DataFrame) -> None:
        """Say of each partial year what cuts it short."""
        for year in per_year.loc[per_year["partial"], "year"]:
            row = per_year[per_year["year"] == year].assign(why=self._why_partial(int(year)))
            self.tell_row("time.partial", row, f"time-partial-{year}")

    def _why_partial(self, year: int) -> str:
        first, last = self.window.first, self.window.last
        if (first and year == first[0] and first[1] > 1) or (last and year == last[0] and last[1] < 12):
            return words.say("labels.reason.range")
        if self.harvest:
            return words.say("labels.reason.harvest")
        return words.say("labels.reason.december")

    @staticmethod
    def facts(name: str) -> pd.DataFrame:
        """A table of facts of the review or the editorial."""
        return facts.load(name)


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

"""What a chapter imports: ``from livingreview.book import open_chapter, analysis, plots``."""

from livingreview import analysis
from livingreview.analysis import account, actors, citations, compare, programmes, themes, time, topics  # noqa: F401
from livingreview.book.chapter import Chapter, open_chapter
from livingreview.exhibits import plots

__all__ = ["Chapter", "analysis", "open_chapter", "plots"]

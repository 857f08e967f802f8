"""What a chapter imports: ``from livingreview.book import open_chapter, analysis, plots``."""

from importlib import import_module

from livingreview import analysis
from livingreview.analysis import account, actors, citations, compare, programmes, themes, time, topics  # noqa: F401
from livingreview.book.chapter import Chapter, open_chapter

__all__ = ["Chapter", "analysis", "open_chapter", "plots"]


def __getattr__(name: str):
    # Half of the chapters draw nothing: they need not wait for the plotting libraries.
    if name == "plots":
        return import_module("livingreview.exhibits.plots")
    raise AttributeError(name)

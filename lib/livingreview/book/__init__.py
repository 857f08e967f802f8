"""What a chapter imports: ``from livingreview import book``, then ``book.open_chapter(...)``.

Also gathered here, under the names of the field, is what the cells of the chapters call:
``book.analysis``, ``book.plots`` and ``book.select``.
"""

from livingreview.book.chapter import Chapter, open_chapter

__all__ = ["Chapter", "open_chapter"]

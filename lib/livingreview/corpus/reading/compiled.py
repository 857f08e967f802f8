"""The loops in C, ``None`` where the project was set up without a compiler."""

from __future__ import annotations

try:
    from livingreview.corpus.reading import _scan as scan
except ImportError:
    scan = None

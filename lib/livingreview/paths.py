"""Every place on disk that the package knows of."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

DATA = ROOT / "data"
REVIEW = DATA / "review"
EDITORIAL = DATA / "editorial"
QUERY = DATA / "query"
VOCABULARIES = DATA / "vocabularies"
CHAPTERS = ROOT / "chapters"
EDITIONS = ROOT / "editions"
BOOK_CONFIG = ROOT / "_config.yml"
BOOK_TOC = ROOT / "_toc.yml"
BOOK_INDEX = ROOT / "index.md"
LIBRARY = Path(__file__).resolve().parent
STYLES = LIBRARY / "edition" / "styles"

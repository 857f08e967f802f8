"""Every label, caption, unit and sentence that the library puts on a page, keyed by language.

One folder a language, one TOML file a kind of text: ``words/en/labels.toml`` and so on. The key
is ``<file>.<table>.<name>``; a key that is not there is an error, never a silent blank.
"""

from __future__ import annotations

import string
import tomllib
from functools import lru_cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_language = "en"


def languages() -> list[str]:
    """Languages that have a catalogue, sorted.

    >>> languages()
    ['en']
    """
    return sorted(p.name for p in _HERE.iterdir() if p.is_dir() and any(p.glob("*.toml")))


def use(language: str) -> None:
    """Choose the language of all later calls of :func:`say`; KeyError if there is no catalogue."""
    global _language
    if language not in languages():
        raise KeyError(f"no catalogue for language {language!r}; there is {languages()}")
    _language = language


@lru_cache
def _catalogue(language: str) -> dict[str, str]:
    flat: dict[str, str] = {}

    def walk(prefix: str, node: dict) -> None:
        for name, value in node.items():
            key = f"{prefix}.{name}"
            if isinstance(value, dict):
                walk(key, value)
            else:
                flat[key] = value.strip()

    for path in sorted((_HERE / language).glob("*.toml")):
        walk(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    return flat


def keys(language: str | None = None) -> list[str]:
    """All keys of a language's catalogue, sorted."""
    return sorted(_catalogue(language or _language))


def has(key: str) -> bool:
    """Whether the catalogue in use knows the key."""
    return key in _catalogue(_language)


def say(key: str, **values) -> str:
    """The text of a key with its ``{placeholders}`` filled; KeyError for a missing key or value.

    >>> say("labels.axis.papers")
    'Papers'
    """
    text = _catalogue(_language).get(key)
    if text is None:
        raise KeyError(f"words/{_language}: no text for {key!r}")
    return text.format(**values) if values or "{" in text else text


def placeholders(key: str) -> list[str]:
    """Names of the placeholders of a text, in order of appearance."""
    text = _catalogue(_language)[key]
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]

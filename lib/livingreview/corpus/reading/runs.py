"""Names or addresses that stand in one run, told apart because each is known from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable


def take_apart(run: str, known: Iterable[str], between: str) -> list[str]:
    """The known texts that a run consists of, in order, ``[]`` if not of known ones alone.

    The longest that fits is taken first.

    >>> take_apart("MIT, USA, Fudan Univ", ["MIT", "MIT, USA", "Fudan Univ"], ", ")
    ['MIT, USA', 'Fudan Univ']
    >>> take_apart("MIT, Nowhere", ["MIT"], ", ")
    []
    """
    found, rest = [], run
    by_length = sorted(set(known), key=lambda text: (-len(text), text))
    while rest:
        for text in by_length:
            if rest == text or rest.startswith(f"{text}{between}"):
                found.append(text)
                rest = rest[len(text) + len(between) :]
                break
        else:
            return []
    return found

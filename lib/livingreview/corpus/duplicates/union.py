"""Clusters of records, joined link by link, none of which may hold a contradiction."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Link(NamedTuple):
    """A link between two records (rows): the key it rests on and the likeness of their titles."""

    a: int
    b: int
    reason: str
    similarity: float


class Clusters:
    """A union-find over rows that remembers its members, its links and what was forbidden."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}
        self.links: dict[int, list[Link]] = {}
        self._forbidden: dict[int, set[int]] = {}

    def root(self, row: int) -> int:
        """The row that stands for the cluster of ``row``."""
        parent = self._parent
        if row not in parent:
            parent[row] = row
            self.members[row] = [row]
            return row
        top = row
        while parent[top] != top:
            top = parent[top]
        while parent[row] != top:
            parent[row], row = top, parent[row]
        return top

    def forbid(self, a: int, b: int) -> bool:
        """Keep two rows apart for good; False if they are together already."""
        one, other = self.root(a), self.root(b)
        if one == other:
            return False
        self._forbidden.setdefault(one, set()).add(other)
        self._forbidden.setdefault(other, set()).add(one)
        return True

    def kept_apart(self, a: int, b: int) -> bool:
        """Whether a decision keeps the clusters of two rows apart."""
        return self.root(b) in self._forbidden.get(self.root(a), ())

    def join(self, link: Link, allowed: Callable[[list[int], list[int]], bool] | None = None) -> bool:
        """Join the clusters of a link; False where a decision or ``allowed`` (members of both) forbids it."""
        one, other = self.root(link.a), self.root(link.b)
        if one == other:
            return True
        if other in self._forbidden.get(one, ()):
            return False
        if allowed and not allowed(self.members[one], self.members[other]):
            return False
        if len(self.members[one]) < len(self.members[other]):
            one, other = other, one
        self._parent[other] = one
        self.members[one] += self.members.pop(other)
        self.links.setdefault(one, []).append(link)
        self.links[one] += self.links.pop(other, [])
        for far in self._forbidden.pop(other, ()):
            self._forbidden[far].discard(other)
            self._forbidden[far].add(one)
            self._forbidden.setdefault(one, set()).add(far)
        return True

    def joined(self) -> list[int]:
        """Roots of the clusters of two or more rows."""
        return [root for root, members in self.members.items() if len(members) > 1]

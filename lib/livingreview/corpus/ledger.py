"""The import ledger: what was read, what became of it, and why.

For every file ``read = kept + merged + rejected`` holds; a ledger that does not add up is refused.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field

from livingreview.errors import InputError

REJECTED, REPAIRED, MERGED = "rejected", "repaired", "merged"
TRUNCATED = "the file ends inside this record: it is cut short"
TOTALS = ("read", "kept", "merged", "rejected")


@dataclass(frozen=True)
class Finding:
    """Something that happened to one record or field, with its place.

    ``kind`` is ``rejected`` (the record is not in the corpus), ``repaired`` (it is, and one of its
    fields was read otherwise than it stands) or ``merged`` (it was read before). ``text`` is what
    stood there: the whole record where it was rejected.
    """

    kind: str
    file: str
    line: int
    field: str
    reason: str
    text: str


@dataclass(frozen=True)
class FileEntry:
    """One file of the import: identity, layout and the count of its records.

    ``announced`` is what the file says of itself, counted apart from reading it (None where it does
    not); ``not_carried`` lists the Web of Science tags that its format cannot hold.
    """

    name: str
    bytes: int
    sha256: str
    format: str
    encoding: str
    read: int
    kept: int
    merged: int
    rejected: int
    announced: int | None = None
    source: str = ""
    not_carried: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """All files and findings of an import, in the order read.

    ``notes`` are remarks on the import as a whole, such as a gap between numbered parts;
    ``tables`` holds the hash of each saved table.
    """

    files: tuple[FileEntry, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    tables: dict[str, str] = field(default_factory=dict)

    def total(self, column: str) -> int:
        """Sum over the files of ``read``, ``kept``, ``merged`` or ``rejected``."""
        return sum(getattr(entry, column) for entry in self.files)

    def of_kind(self, kind: str) -> tuple[Finding, ...]:
        """The findings of one kind, in the order read."""
        return tuple(f for f in self.findings if f.kind == kind)

    def check(self, where: str) -> None:
        """InputError unless every file adds up and agrees with the findings listed for it."""
        listed = {(f.file, f.kind) for f in self.findings}
        counts = dict.fromkeys(listed, 0)
        for finding in self.findings:
            counts[finding.file, finding.kind] += 1
        for entry in self.files:
            parts = entry.kept + entry.merged + entry.rejected
            agree = (
                entry.read == parts
                and entry.rejected == counts.get((entry.name, REJECTED), 0)
                and entry.merged == counts.get((entry.name, MERGED), 0)
            )
            if not agree:
                raise InputError(
                    f"{where}, file {entry.name}",
                    "records read = kept + merged + rejected, each of the last two listed",
                    f"{entry.read} read, {entry.kept} kept, {entry.merged} merged, "
                    f"{entry.rejected} rejected",
                    "import the exports again",
                )

    def to_json(self) -> str:
        """The ledger as JSON text, sealed with its own hash: the same bytes for the same ledger."""
        content = {"totals": {name: self.total(name) for name in TOTALS}} | asdict(self)
        content = json.loads(json.dumps(content))
        return json.dumps(content | {"seal": _seal(content)}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes, where: str) -> Ledger:
        """The ledger of :meth:`to_json`; InputError naming ``where`` if it is none."""
        try:
            data = json.loads(text)
            if data.pop("seal") != _seal(data):
                raise ValueError("content that its seal does not vouch for")
            return cls(
                files=tuple(FileEntry(**entry | {"not_carried": tuple(entry["not_carried"])}) for entry in data["files"]),
                findings=tuple(Finding(**finding) for finding in data["findings"]),
                notes=tuple(data["notes"]),
                tables=dict(data["tables"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise InputError(
                where, "an import ledger as it was written", f"{error}", "import the exports again"
            ) from error


def _seal(content: dict) -> str:
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

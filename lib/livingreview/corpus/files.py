"""Which files an import reads, and what they are called in its ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from livingreview.errors import InputError, printable

_IGNORED = ("readme", "thumbs.db", "desktop.ini")
_SIDECAR = ".meta.toml"


@dataclass(frozen=True)
class Listing:
    """The files in reading order by the name the ledger gives them, and remarks on those passed over."""

    files: dict[str, Path]
    notes: list[str] = field(default_factory=list)


def list_files(paths: Sequence[Path]) -> Listing:
    """The files of the paths given, each once, those of a folder in the order of their names.

    Left out are hidden files and folders, ``README*``, ``*.meta.toml``, and what operating systems
    put in; pipes, devices and broken links are remarked on. InputError for a path that is none.
    """
    found: list[tuple[str, Path]] = []
    notes: list[str] = []
    seen: set[Path] = set()
    for path in paths:
        for name, file in _below(Path(path), notes, alone=len(paths) == 1):
            resolved = file.resolve()
            if resolved not in seen:
                seen.add(resolved)
                found.append((name, file))
    if not found:
        where = ", ".join(str(path) for path in paths)
        raise InputError(where, "a folder with exports", "no file to read", "put the exports there")
    times = Counter(name for name, _ in found)
    files: dict[str, Path] = {}
    for name, file in found:
        if times[name] > 1:
            name = printable(file.as_posix())
        files[name if name not in files else f"{name} ({len(files)})"] = file
    return Listing(files, notes)


def _below(path: Path, notes: list[str], alone: bool) -> list[tuple[str, Path]]:
    if path.is_file():
        return [(printable(path.name), path)]
    if not path.is_dir():
        found = "nothing there" if not path.exists() else "neither"
        raise InputError(printable(str(path)), "a file or folder of exports", found, "check the path")
    found = []
    for file in path.rglob("*"):
        relative = file.relative_to(path)
        if any(part.startswith(".") for part in relative.parts):
            continue
        if file.name.lower().startswith(_IGNORED) or file.name.endswith(_SIDECAR) or file.is_dir():
            continue
        name = relative.as_posix() if alone else f"{path.resolve().name}/{relative.as_posix()}"
        if file.is_file():
            found.append((printable(name), file))
        else:
            notes.append(f"{printable(name)} was passed over: it is no regular file")
    return sorted(found)

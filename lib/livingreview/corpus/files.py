"""Which files an import reads, and what they are called in its ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from livingreview.errors import InputError, printable

LEDGER = "ledger.json"
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
    put in; pipes, devices, broken links and folders that are a corpus are remarked on. Links are followed. InputError for a path that is none.
    """
    found: list[tuple[str, Path]] = []
    notes: list[str] = []
    seen: dict[Path, str] = {}
    for path in paths:
        for name, file in _below(Path(path), notes, alone=len(paths) == 1):
            resolved = file.resolve()
            if resolved in seen:
                notes.append(f"{name} was passed over: it is the same file as {seen[resolved]}")
            else:
                seen[resolved] = name
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
        raise InputError(str(path), "a file or folder of exports", found, "check the path")
    if _is_corpus(path):
        raise InputError(
            str(path), "a file or folder of exports", "a corpus", "build on it with --corpus, or import its exports again"
        )
    found = []
    for file in _walk(path, path, set(), notes):
        relative = file.relative_to(path)
        if file.name.lower().startswith(_IGNORED) or file.name.endswith(_SIDECAR):
            continue
        name = relative.as_posix() if alone else f"{path.resolve().name}/{relative.as_posix()}"
        if file.is_file():
            found.append((printable(name), file))
        else:
            notes.append(f"{printable(name)} was passed over: it is no regular file")
    return sorted(found)


def _walk(root: Path, folder: Path, above: set[Path], notes: list[str]) -> Iterator[Path]:
    """What is in a folder and those below it, links to folders followed once, nothing hidden."""
    above = above | {folder.resolve()}
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(str(folder), "a folder that can be read", str(error.strerror), "check its permissions") from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        name = printable(entry.relative_to(root).as_posix())
        if not entry.is_dir():
            yield entry
        elif entry.resolve() in above:
            notes.append(f"{name} was passed over: it links to a folder that holds it")
        elif _is_corpus(entry):
            notes.append(f"{name} was passed over: it is a corpus, no export")
        else:
            yield from _walk(root, entry, above, notes)


def _is_corpus(folder: Path) -> bool:
    return (folder / LEDGER).is_file() and (folder / "records.parquet").is_file()

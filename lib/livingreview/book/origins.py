"""Where everything on a page comes from: committed data files, hashes and versions."""

from __future__ import annotations

import hashlib
import platform
import tomllib
from importlib import metadata
from pathlib import Path

import livingreview
from livingreview import paths
from livingreview.corpus.store import Corpus
from livingreview.facts import sidecar


def data_files() -> list[tuple[str, str]]:
    """(path below ``data/``, SHA-256) of every committed data file, sorted by path."""
    return [(p.relative_to(paths.DATA).as_posix(), sidecar.read(p).sha256) for p in _data_paths()]


def newest_data_day() -> str:
    """The latest date, YYYY-MM-DD, in the sidecars of the committed data files."""
    return max(str(sidecar.read(p).date) for p in _data_paths())


def _data_paths() -> list[Path]:
    folders = (paths.REVIEW, paths.EDITORIAL, paths.QUERY, paths.VOCABULARIES)
    sidecars = sorted(p for folder in folders for p in folder.glob(f"*{sidecar.SUFFIX}"))
    return [p.with_name(p.name.removesuffix(sidecar.SUFFIX)) for p in sidecars]


def data_hash(source: Corpus) -> str:
    """SHA-256 over the corpus and every committed data file that pages are computed from."""
    lines = [source.data_hash, *(f"{name} {digest}" for name, digest in data_files())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def library_hash() -> str:
    """SHA-256 over every source file and text catalogue of the package, in order of path."""
    digest = hashlib.sha256()
    files = (p for p in paths.LIBRARY.rglob("*") if p.suffix in (".py", ".toml", ".css"))
    for path in sorted(files):
        digest.update(path.relative_to(paths.LIBRARY).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """Version of Python, this package and each package that ``pyproject.toml`` names."""
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = sorted(d.split("==")[0] for d in project["dependencies"])
    found = {"python": platform.python_version(), "livingreview": livingreview.__version__}
    return found | {n: metadata.version(n) for n in names}

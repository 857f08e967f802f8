"""Sidecars: the small file beside each data file that says what it is and what it hashes to.

``programmes.csv`` has ``programmes.csv.meta.toml``: title, made_by, source, licence, date,
sha256, and for a CSV file also rows and a ``[columns]`` table with one line of meaning each.
A data file is only ever read through its sidecar, so a silent edit is refused.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from livingreview import paths
from livingreview.errors import InputError

SUFFIX = ".meta.toml"
_TEXT_FIELDS = ("title", "made_by", "source", "licence", "date", "sha256")


@dataclass(frozen=True)
class Sidecar:
    """What is said of one data file; ``rows`` is None and ``columns`` empty unless it is a CSV."""

    title: str
    made_by: str
    source: str
    licence: str
    date: str
    sha256: str
    rows: int | None = None
    columns: dict[str, str] = field(default_factory=dict)


def path_of(path: Path) -> Path:
    """Where the sidecar of a data file lies.

    >>> path_of(Path("data/review/works.csv")).name
    'works.csv.meta.toml'
    """
    return path.with_name(path.name + SUFFIX)


def read(path: Path) -> Sidecar:
    """The sidecar of the data file ``path``, its fields checked but not yet its hash.

    Raises InputError for a sidecar that is missing, is no TOML, lacks a field or has one too many.
    """
    beside = path_of(path)
    if not beside.is_file():
        raise InputError(
            _shown(path), f"a sidecar {beside.name}", "none",
            f"write {_shown(beside)}, then stamp it",
        )  # fmt: skip
    try:
        said = tomllib.loads(beside.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            _shown(beside), "TOML in UTF-8", str(error), "mend the sidecar by hand"
        ) from error
    is_table = path.suffix == ".csv"
    wanted = {name: str for name in _TEXT_FIELDS}
    if is_table:
        wanted |= {"rows": int, "columns": dict}
    for name, kind in wanted.items():
        if type(said.get(name)) is not kind:
            raise InputError(
                _shown(beside), f"{name} of type {kind.__name__}", repr(said.get(name)),
                f"add {name} to the sidecar",
            )  # fmt: skip
    if unknown := sorted(set(said) - set(wanted)):
        raise InputError(
            _shown(beside), f"only {', '.join(wanted)}", ", ".join(unknown), "remove what is extra"
        )
    for name, meaning in said.get("columns", {}).items():
        if not isinstance(meaning, str) or not meaning.strip():
            raise InputError(
                _shown(beside), f"a line of meaning for column {name}", repr(meaning), "write it"
            )
    return Sidecar(**said)


def read_checked(path: Path) -> bytes:
    """The bytes of a data file, once hash, row count and column names agree with its sidecar.

    Raises InputError, naming the file, for a file or sidecar that is missing, and for a hash, a
    number of rows or a list of columns (names and order) other than the sidecar's.
    """
    if not path.is_file():
        raise InputError(_shown(path), "a data file", "no such file", "restore it from the project")
    said = read(path)
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != said.sha256:
        raise InputError(
            _shown(path), f"sha256 {said.sha256}", found,
            f"restore the file, or stamp {path_of(path).name} if the edit is meant",
        )  # fmt: skip
    if path.suffix == ".csv":
        header, rows = _shape(path, content)
        if header != list(said.columns):
            raise InputError(
                _shown(path), f"columns {', '.join(said.columns)}", ", ".join(header),
                "make header and sidecar agree, in the same order",
            )  # fmt: skip
        if rows != said.rows:
            raise InputError(
                _shown(path), f"{said.rows} rows", f"{rows} rows", "restore the file, or stamp it"
            )
    return content


def stamp(path: Path) -> None:
    """Refresh ``sha256`` and ``rows`` in the sidecar of a data file; everything else is kept.

    Raises InputError where the sidecar is missing or broken, or its columns are not the file's:
    a stamp vouches for content, it does not invent meaning.
    """
    said = read(path)
    content = path.read_bytes()
    beside = path_of(path)
    text = beside.read_text(encoding="utf-8")
    text = _replace(text, "sha256", f'"{hashlib.sha256(content).hexdigest()}"')
    if path.suffix == ".csv":
        header, rows = _shape(path, content)
        if header != list(said.columns):
            raise InputError(
                _shown(beside), f"columns {', '.join(header)}", ", ".join(said.columns),
                "give each column of the file one line in [columns], in the file's order",
            )  # fmt: skip
        text = _replace(text, "rows", str(rows))
    beside.write_text(text, encoding="utf-8", newline="\n")


def _replace(text: str, name: str, value: str) -> str:
    return re.sub(rf"(?m)^{name}\s*=.*$", f"{name} = {value}", text, count=1)


def _shape(path: Path, content: bytes) -> tuple[list[str], int]:
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    except UnicodeDecodeError as error:
        raise InputError(
            _shown(path), "text in UTF-8", f"byte {error.start} is not", "save the file as UTF-8"
        ) from error
    if not lines:
        raise InputError(_shown(path), "a header line", "an empty file", "restore the file")
    return lines[0], len(lines) - 1


def _shown(path: Path) -> str:
    try:
        return path.resolve().relative_to(paths.ROOT).as_posix()
    except ValueError:
        return str(path)

"""Where an edition is built aside and how it gets into place, so that nothing half-made is left."""

from __future__ import annotations

import os
import re
from pathlib import Path

from livingreview.errors import BuildError, InputError
from livingreview.placing import exchange

MARK = "provenance.json"


def edition_name(corpus: str, date_from: str, date_to: str) -> str:
    """The folder name of an edition: corpus, then the range where one is given.

    >>> edition_name("My exports", "2016-01", "")
    'my-exports_2016-01_to-end'
    """
    slug = re.sub(r"[^\w]+", "-", corpus.lower()).strip("-") or "corpus"
    if not (date_from or date_to):
        return slug
    return f"{slug}_{date_from or 'from-start'}_{date_to or 'to-end'}"


def check_target(target: Path) -> None:
    """InputError unless an edition can be written at ``target`` without harm to other files."""
    if target.exists() and not target.is_dir():
        raise InputError("--out", "a folder", f"the file {target.name}", "name a folder that is new or holds an edition")
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise InputError(
            "--out",
            "a new or empty folder, or an earlier edition",
            f"a folder with other files in it ({target.name})",
            "name another folder; this one is left as it is",
        )
    if os.path.ismount(target):
        raise InputError(
            "--out", "a folder that can be moved", f"the mount point {target.name}", "name a folder inside it"
        )
    parent = target.parent
    while not parent.exists():
        parent = parent.parent
    for folder in {parent, target if target.exists() else parent}:
        if not os.access(folder, os.W_OK | os.X_OK) or _mounted_read_only(folder):
            raise InputError(
                "--out", "a folder that can be written", f"no right to write in {folder.name or folder}",
                "name another folder with --out, or change its permissions",
            )  # fmt: skip


def _mounted_read_only(folder: Path) -> bool:
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def promote(result: Path, target: Path) -> None:
    """Put a finished edition in place of the former one; on failure the former one stays."""
    try:
        exchange(result, target)
    except OSError as error:
        raise BuildError(f"the edition could not be moved into place ({error.strerror}); the former one stays") from error

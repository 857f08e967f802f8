"""Where an edition is built aside and how it gets into place, so that nothing half-made is left."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from livingreview.errors import BuildError, InputError

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


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """A fresh folder beside ``target``, removed again whatever happens.

    Call :func:`promote` inside the block to move the result into place.
    """
    made = [p for p in (target.parent, *target.parent.parents) if not p.exists()]
    stage = target.parent / f".{target.name}.building-{os.getpid()}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_dead(target)
        stage.mkdir()
    except OSError as error:
        raise InputError(
            "--out", "a folder that can be written", f"{error.strerror} ({target.name})", "name another folder"
        ) from error
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        for folder in made:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _clear_dead(target: Path) -> None:
    """Remove what a build that was killed outright left beside its target."""
    for left in target.parent.glob(f".{target.name}.building-*"):
        owner = left.name.rsplit("-", 1)[1]
        if owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()


def promote(result: Path, target: Path) -> None:
    """Put a finished edition in place of the former one; on failure the former one stays."""
    former = target.parent / f".{target.name}.former-{os.getpid()}"
    had_one = target.exists()
    try:
        if had_one:
            target.rename(former)
        result.rename(target)
    except OSError as error:
        if former.exists():
            former.rename(target)
        raise BuildError(f"the edition could not be moved into place ({error.strerror}); the former one stays") from error
    if had_one:
        shutil.rmtree(former)

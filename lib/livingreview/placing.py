"""Folders built aside and moved into place at once, so that nothing half-made is ever found there."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from livingreview.errors import InputError

_AT_FDCWD, _EXCHANGE = -100, 2


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """A fresh folder beside ``target``, removed again whatever happens.

    Call :func:`exchange` inside the block to move the result into place. What a process that was
    killed outright left there is cleared first. InputError where nothing can be written.
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


def exchange(result: Path, target: Path) -> None:
    """Put a finished folder in place of the former one in one step; OSError leaves the former one.

    Linux exchanges two names atomically (renameat2): a kill at any moment leaves one or the other
    whole. Where the system cannot, the former folder is moved off and back again on failure.
    """
    if not target.exists():
        result.rename(target)
        return
    former = target.parent / f".{target.name}.building-{os.getpid()}-former"
    if _exchange_names(result, target):
        result.rename(former)
    else:
        target.rename(former)
        try:
            result.rename(target)
        except OSError:
            former.rename(target)
            raise
    shutil.rmtree(former)


def recover(target: Path) -> None:
    """Bring back the former folder where a kill in the middle of :func:`exchange` left none."""
    if target.exists():
        return
    for former in sorted(target.parent.glob(f".{target.name}.building-*-former")):
        with suppress(OSError):
            former.rename(target)


def _exchange_names(one: Path, other: Path) -> bool:
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    return rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0


def _clear_dead(target: Path) -> None:
    recover(target)
    for left in target.parent.glob(f".{target.name}.building-*"):
        owner = left.name.split(".building-", 1)[1].split("-", 1)[0]
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

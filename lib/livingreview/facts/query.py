"""The search query of the review's appendix: as printed, and as repaired."""

from __future__ import annotations

from livingreview import paths
from livingreview.facts import sidecar


def query_verbatim() -> str:
    """The query exactly as the appendix prints it, defects included; no line end is added.

    Raises InputError where the file is not the one its sidecar vouches for.

    >>> query_verbatim()[:30]
    '(TS=("artificial intelligence"'
    """
    return sidecar.read_checked(paths.QUERY / "appendix_verbatim.txt").decode("utf-8")


def query_repaired() -> str:
    """The same query with its defects mended, laid out in lines; what was mended its sidecar says.

    Raises InputError where the file is not the one its sidecar vouches for.

    >>> query_repaired().splitlines()[-1]
    'AND PY=(1991-2024)'
    """
    return sidecar.read_checked(paths.QUERY / "appendix_repaired.txt").decode("utf-8")

"""Parts of one search: Web of Science gives 500 or 1,000 records at a time, and one gets lost."""

from __future__ import annotations

import re
from collections import defaultdict

_RANGE = re.compile(r"(?<!\d)(\d+)\s*(?:-|_|to|\u2013)\s*(\d+)(?!\d)")
_LAST_NUMBER = re.compile(r"(\d+)(?!.*\d)")


def gaps(names: list[str]) -> list[str]:
    """Parts that seem to be missing, judged by the names of the files.

    Names that differ only in a range of records ("savedrecs 1-500", "501-1000") must join without
    a hole; names that differ only in one number must count up without one. Only ever a remark:
    a name proves nothing.

    >>> gaps(["recs 1-500.txt", "recs 1001-1500.txt"])
    ['records 501 to 1000 are in no file named like recs 1-500.txt']
    >>> gaps(["part1.txt", "part2.txt", "part4.txt"])
    ['no part 3 among the files named like part1.txt']
    """
    ranges: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    numbers: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for name in sorted(names):
        if (found := _RANGE.search(name)) and int(found[1]) < int(found[2]):
            ranges[_RANGE.sub("#", name, count=1)].append((int(found[1]), int(found[2]), name))
        elif found := _LAST_NUMBER.search(name):
            numbers[name[: found.start()] + "#" + name[found.end() :]].append((int(found[1]), name))
    notes = []
    for parts in ranges.values():
        parts.sort()
        for (_, end, _), (start, _, _) in zip(parts, parts[1:], strict=False):
            if start > end + 1:
                notes.append(
                    f"records {end + 1} to {start - 1} are in no file named like {parts[0][2]}"
                )
    for parts in numbers.values():
        have = sorted({number for number, _ in parts})
        # Years and dates in names are no part numbers: those stay small.
        if len(have) < 2 or have[-1] > 1000 or have[0] > 2:
            continue
        first = min(parts)[1]
        notes += [
            f"no part {number} among the files named like {first}"
            for number in range(have[0], have[-1])
            if number not in have
        ]
    return sorted(notes)

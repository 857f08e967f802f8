"""The cells of a workbook as text, worked out in a process of its own.

Run as a script: the workbook on standard input, its sheets as JSON on standard output. What a
damaged workbook does to the library that reads it (a panic, an abort, endless memory) ends there.
Nothing of this package is imported, which keeps the start short.
"""

from __future__ import annotations

import datetime
import io
import json
import sys

MEMORY, SECONDS, CELLS, CHARACTERS = 3 << 30, 120, 20_000_000, 256 << 20
TOO_LARGE = 3
DAMAGED = 4
ENCRYPTED = 5


def shown(value: object) -> str:
    """A cell as the workbook shows it: whole numbers without ``.0``, dates as YYYY-MM-DD.

    >>> shown(2020.0), shown(0.5), shown("x"), shown(True), shown(datetime.date(2020, 5, 1))
    ('2020', '0.5', 'x', 'TRUE', '2020-05-01')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def sheets(content: bytes) -> list[dict]:
    """Every worksheet: name, and its filled rows as number (from 1) and cells as text."""
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(content))
    found, cells, characters = [], 0, 0
    for meta in book.sheets_metadata:
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.start is None:
            found.append({"name": meta.name, "rows": []})
            continue
        cells += sheet.height * sheet.width
        if cells > CELLS:
            raise OverflowError(f"{cells:,} cells")
        rows = []
        for number, row in enumerate(sheet.to_python(), start=sheet.start[0] + 1):
            if not any(value != "" for value in row):
                continue
            texts = [shown(value) for value in row]
            characters += sum(map(len, texts))
            if characters > CHARACTERS:
                raise OverflowError(f"more than {CHARACTERS:,} characters")
            rows.append((number, texts))
        found.append({"name": meta.name, "rows": rows})
    return found


def main() -> int:
    """Read standard input, write standard output; the reason of a failure is the last output."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except ImportError:
        pass  # Windows has no such limits; the time limit of the caller remains.
    content = sys.stdin.buffer.read()
    try:
        made = sheets(content)
    except (OverflowError, MemoryError) as error:
        sys.stdout.write(str(error))
        return TOO_LARGE
    except BaseException as error:  # a panic of the library is no Exception
        sys.stdout.write(str(error)[:300])
        return ENCRYPTED if type(error).__name__ == "PasswordError" else DAMAGED
    json.dump(made, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""One timed run in a process of its own: reads the job as JSON from standard input, leaves its measure as JSON.

Run by ``import_speed.py`` under the interpreter of the peers or of the project, so it imports nothing but
the tool it times. The clock runs after the imports.
"""

import json
import sys
import time


def wosfile(files, out):
    import wosfile

    start = time.perf_counter()
    read = sum(1 for _ in wosfile.records_from(files))
    return read, time.perf_counter() - start


def metaknowledge(files, out):
    import metaknowledge

    start = time.perf_counter()
    read = sum(len(metaknowledge.RecordCollection(file)) for file in files)
    return read, time.perf_counter() - start


def biblium(files, out):
    from biblium import readbib

    start = time.perf_counter()
    read = sum(len(readbib.read_wos_txt(file)) for file in files)
    return read, time.perf_counter() - start


def livingreview(files, out):
    from pathlib import Path

    from livingreview.corpus.importer import import_to

    start = time.perf_counter()
    ledger = import_to([Path(file) for file in files], Path(out))
    seconds = time.perf_counter() - start
    return ledger.total("read"), seconds, ledger.total("merged"), ledger.total("rejected")


if __name__ == "__main__":
    job = json.load(sys.stdin)
    read, seconds, *more = globals()[job["tool"]](job["files"], job["out"])
    with open(job["result"], "w", encoding="utf-8") as file:
        json.dump({"read": read, "seconds": seconds, "more": more}, file)

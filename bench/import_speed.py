"""How fast exports become a corpus, beside the parsers of others, on the same files in the same run.

Writes synthetic Web of Science plain text, then lets each tool read it in a fresh process, by turns. The
peers are timed for parsing alone, Living Review from the text to the normal form on disk, each after its
imports. Or, with --scale, lets Living Review alone read ever more records.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import synthetic_exports

HERE = Path(__file__).resolve().parent
PEERS = ("wosfile", "metaknowledge", "biblium")
OURS = "livingreview"
#: The goals: of the time of the fastest peer's parse, and of memory.
TIME_GOAL, MEMORY_GOAL = 0.5, 300
#: A record of a larger set may cost so many times one of the smallest set, and growth still counts as linear.
LINEAR = 1.5
#: Corpus and what is kept aside while it is written, as a share of the text: a generous estimate.
_ASIDE = 1.5
_EXAMPLE = """examples:
  %(prog)s
      27,500 records (220 MB), every tool three times
  %(prog)s --records 2000 --repeats 1
      a quick look
  %(prog)s --scale 27500,55000,110000,275000,550000,1000000
      Living Review alone, to see how the cost grows; a million records are 8 GB of text
"""


class Stop(Exception):
    """The measurement cannot be made; the message says what to do."""


@dataclass(frozen=True)
class Run:
    """One process: records read, merged and rejected (ours), seconds of the task and of the whole, peak MB."""

    read: int
    seconds: float
    whole: float
    peak: float
    merged: int = 0
    rejected: int = 0


def main() -> int:
    options = _options()
    try:
        with _folder(options.folder) as folder:
            return _scale(options, folder) if options.scale else _compare(options, folder)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 2


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=_count, default=27_500, help="default 27500, in parts of 500")
    parser.add_argument("--repeats", type=_count, default=3, help="runs of each tool (default 3)")
    parser.add_argument("--seed", type=int, default=1, help="of the synthetic exports (default 1)")
    parser.add_argument("--unique", action="store_true", help="no record stands there twice (else 12 of 27,500)")
    parser.add_argument("--folder", type=Path, help="where to write the exports, which then stay (default a temporary folder)")
    parser.add_argument(
        "--peers", type=Path, default=HERE.parent / "build" / "bench-peers", metavar="VENV",
        help="environment of the peers, made from bench/requirements.txt where it is not yet (default build/bench-peers)",
    )  # fmt: skip
    parser.add_argument("--scale", type=_counts, metavar="N,N,...", help="Living Review alone on sets of so many records")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a goal is missed")
    return parser.parse_args()


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"at least 1, not {text}")
    return number


def _counts(text: str) -> list[int]:
    try:
        return sorted({_count(part) for part in text.split(",")})
    except ValueError:
        raise argparse.ArgumentTypeError(f"whole numbers with commas between, not {text}") from None


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given:
        given.mkdir(parents=True, exist_ok=True)
        yield given.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="import-speed-") as folder:
        yield Path(folder)


def _compare(options: argparse.Namespace, folder: Path) -> int:
    _need_space(folder, options.records)
    python = peers_python(options.peers)
    files = _write(folder, options.records, options)
    for file in files:  # into the page cache, so that the first tool does not pay for the disk
        file.read_bytes()
    tools = (*PEERS, OURS)
    runs: dict[str, list[Run]] = {tool: [] for tool in tools}
    for repeat in range(options.repeats):
        for tool in (*tools[repeat % len(tools) :], *tools[: repeat % len(tools)]):
            _say(f"run {repeat + 1} of {options.repeats}: {tool}")
            runs[tool].append(timed(tool, files, folder, sys.executable if tool == OURS else python))
    print(machine() + "\n")
    print(table_of_peers(runs, options.records))
    held, verdict = judge(runs, options.records, _twice(options.records, options))
    print("\n" + verdict)
    return 1 if options.check and not held else 0


def _scale(options: argparse.Namespace, folder: Path) -> int:
    _need_space(folder, options.scale[-1])
    files: dict[int, list[Path]] = {}
    runs: dict[int, Run] = {}
    for records in options.scale:
        files[records] = _grow(files, folder, records, options)
        _say(f"importing {records:,} records")
        runs[records] = timed(OURS, files[records], folder, sys.executable)
    print(machine() + "\n")
    print(table_of_scale(runs, {n: sum(f.stat().st_size for f in files[n]) for n in files}))
    held, verdict = judge_growth(runs, {n: _twice(n, options) for n in runs})
    print("\n" + verdict)
    return 1 if options.check and not held else 0


def _twice(records: int, options: argparse.Namespace) -> int:
    return 0 if options.unique else synthetic_exports.repeats(records)


def _write(folder: Path, records: int, options: argparse.Namespace, first: int = 0) -> list[Path]:
    _say(f"writing {records:,} synthetic records to {folder}")
    return synthetic_exports.write_exports(folder, records, options.seed, first, os.cpu_count() or 1, options.unique)


def _grow(files: dict[int, list[Path]], folder: Path, records: int, options: argparse.Namespace) -> list[Path]:
    """The parts of the set before, whole parts only, and those that are new."""
    before = files[max(files)] if files else []
    kept = before[: (max(files) if files else 0) // synthetic_exports.PART]
    have = len(kept) * synthetic_exports.PART
    return kept + _write(folder, records - have, options, have)


def _need_space(folder: Path, records: int) -> None:
    need = records * synthetic_exports.BYTES_PER_RECORD * (1 + _ASIDE)
    free = shutil.disk_usage(folder).free
    if free < need:
        raise Stop(f"{folder}: {records:,} records need {need / 1e9:.1f} GB, {free / 1e9:.1f} GB are free; name another --folder")


def peers_python(venv: Path) -> Path:
    """The interpreter of the peers' own environment, made by pip from ``requirements.txt`` where need be."""
    wanted = hashlib.sha256((HERE / "requirements.txt").read_bytes()).hexdigest()
    ready, python = venv / ".ready", venv / "bin" / "python"
    if not (ready.is_file() and ready.read_text(encoding="utf-8") == wanted):
        if venv.exists() and any(venv.iterdir()) and not (venv / "pyvenv.cfg").is_file():
            raise Stop(f"{venv}: expected an environment of Python or nothing, found other files; name another --peers")
        _say(f"making the environment of the peers in {venv}")
        pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", HERE / "requirements.txt"]
        for command in ([sys.executable, "-m", "venv", "--clear", venv], pip):
            if subprocess.run(command, check=False).returncode:
                raise Stop(f"{venv}: the peers could not be installed, see above; mend it, or give --peers a ready environment")
        ready.write_text(wanted, encoding="utf-8")
    return python


def timed(tool: str, files: list[Path], folder: Path, python: Path | str) -> Run:
    """Run a tool over files in a fresh process, waited for with its own resource usage.

    The kernel counts the memory of the parent at the time of the fork into the child's peak, so this
    process stays small: records are made in processes of their own.
    """
    with tempfile.TemporaryDirectory(prefix="run-", dir=folder) as work:
        result, log = Path(work) / "result.json", Path(work) / "log"
        job = {"tool": tool, "files": [str(file) for file in files], "out": f"{work}/corpus", "result": str(result)}
        given = Path(work) / "job.json"
        given.write_text(json.dumps(job), encoding="utf-8")
        start = time.perf_counter()
        with given.open() as jobs, log.open("w") as output:
            child = subprocess.Popen([python, "-I", HERE / "one_run.py"], stdin=jobs, stdout=output, stderr=output, cwd=work)
            _, status, usage = os.wait4(child.pid, 0)
        whole = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode or not result.is_file():
            tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise Stop(f"{tool} ended with {child.returncode} under {python}:\n{tail}")
        found = json.loads(result.read_text(encoding="utf-8"))
    peak = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e6 / 1024)
    return Run(found["read"], found["seconds"], whole, peak, *found["more"])


def machine() -> str:
    """What the numbers were measured on."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def fastest_peer(runs: dict[str, list[Run]]) -> str:
    """The peer with the least median of seconds."""
    return min(PEERS, key=lambda tool: _median(runs[tool]))


def table_of_peers(runs: dict[str, list[Run]], records: int) -> str:
    """A row a tool, as Markdown."""
    least = _median(runs[fastest_peer(runs)])
    rows = ["| tool | what is timed | records read | seconds, median | best | of the fastest peer | whole process | peak MB |"]
    rows.append("|---|---|--:|--:|--:|--:|--:|--:|")
    for tool, its in runs.items():
        read = its[0].read
        astray = f" ({read - records:+,})" if read != records else ""
        task = "text to normal form on disk" if tool == OURS else "parse only"
        whole = statistics.median(run.whole for run in its)
        best = min(run.seconds for run in its)
        rows.append(
            f"| {tool} | {task} | {read:,}{astray} | {_median(its):.2f} | {best:.2f} | {_median(its) / least:.2f} | {whole:.2f} | {_peak(its):.0f} |"
        )
    return "\n".join(rows)


def judge(runs: dict[str, list[Run]], records: int, twice: int) -> tuple[bool, str]:
    """Whether the goals hold, and a line on each: all records, half the fastest peer's time, 300 MB."""
    ours, peer = runs[OURS], fastest_peer(runs)
    ratio = _median(ours) / _median(runs[peer])
    lines = [
        (_all_read(ours, records, twice), f"all {records:,} records read, {twice} merged as they stand there twice, none rejected"),
        (ratio <= TIME_GOAL, f"{ratio:.2f} of the time of the fastest peer, {peer}; the goal is at most {TIME_GOAL}"),
        (_peak(ours) <= MEMORY_GOAL, f"{_peak(ours):.0f} MB at the peak; the goal is at most {MEMORY_GOAL}"),
    ]
    return _verdict(lines)


def table_of_scale(runs: dict[int, Run], sizes: dict[int, int]) -> str:
    """A row a set, as Markdown."""
    rows = ["| records | text, MB | seconds | seconds per 100,000 records | peak MB |", "|--:|--:|--:|--:|--:|"]
    for records, run in runs.items():
        per = run.seconds / records * 100_000
        rows.append(f"| {records:,} | {sizes[records] / 1e6:,.0f} | {run.seconds:.1f} | {per:.1f} | {run.peak:.0f} |")
    return "\n".join(rows)


def judge_growth(runs: dict[int, Run], twice: dict[int, int]) -> tuple[bool, str]:
    """Whether a record of the larger sets costs what one of the smallest does, and all were read."""
    cost = {records: run.seconds / records for records, run in runs.items()}
    most = max(cost.values()) / cost[min(cost)]
    return _verdict(
        [
            (all(_all_read([run], n, twice[n]) for n, run in runs.items()), "all records read, those there twice merged, none rejected"),
            (most <= LINEAR, f"a record costs at most {most:.2f} times one of the smallest set; linear is at most {LINEAR}"),
        ]
    )


def _all_read(runs: list[Run], records: int, twice: int) -> bool:
    return all((run.read, run.merged, run.rejected) == (records, twice, 0) for run in runs)


def _verdict(lines: list[tuple[bool, str]]) -> tuple[bool, str]:
    return all(held for held, _ in lines), "\n".join(f"- {'holds' if held else 'MISSED'}: {text}" for held, text in lines)


def _median(runs: list[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


def _peak(runs: list[Run]) -> float:
    return max(run.peak for run in runs)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

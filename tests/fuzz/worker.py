"""A process that imports and judges one input after the other, within a limit of time and memory.

It says that it is ready, reads numbers from standard input and writes one line of JSON for each. On a hang it prints
where it hangs and ends; the runner starts another.
"""

from __future__ import annotations

import argparse
import faulthandler
import importlib
import json
import os
import resource
import sys
import time
from pathlib import Path

import pyarrow as pa

from . import front, inputs, oracle, works
from .shapes import wos_text

_HARD = 6 << 30  # of address space, most of which allocators only reserve


def command_of(name: str) -> front.Import:
    """The import named as ``module:function``."""
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def peak(reset: bool = False) -> int:
    """The most memory this process has held since the last reset, in bytes (Linux)."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        return 0
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmHWM:")[2].split()[0]) << 10


def verdict(made: inputs.Input, folder: Path, command: front.Import, previous: Path, memory: int) -> dict:
    """What became of one input, within its limits; its folder stays for the runner to delete or keep."""
    start = time.perf_counter()
    found = {"what": made.what, "why": ""}
    peak(reset=True)
    faulthandler.dump_traceback_later(made.seconds, exit=True)
    try:
        found["verdict"] = oracle.judge(made, folder, command, previous)
    except oracle.Wrong as wrong:
        found |= {"verdict": "failure", "why": str(wrong)}
    except MemoryError:
        found |= {"verdict": "failure", "why": "out of memory"}
    finally:
        faulthandler.cancel_dump_traceback_later()
        os.chdir("/")
    found["seconds"], found["peak"] = time.perf_counter() - start, peak()
    if found["peak"] > memory << 20 and found["verdict"] != "failure":
        found |= {"verdict": "failure", "why": f"{found['peak'] >> 20} MB of memory held"}
    return found


def corpus_before(work: Path, command: front.Import) -> Path:
    """A whole corpus, as it may stand at the place of the new one."""
    folder = work / f"previous-{os.getpid()}"
    folder.mkdir()
    os.chdir(folder)
    Path("first.txt").write_bytes(wos_text([works.MIDDLE[0]]).content())
    outcome = front.run(command, ["first.txt"], oracle.OUT)
    os.chdir("/")
    if outcome.code or outcome.crash:
        raise SystemExit(f"the smallest undamaged export cannot be imported: {outcome.crash or outcome.message}")
    return folder / oracle.OUT


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("seed", type=int)
    parser.add_argument("work", type=Path)
    parser.add_argument("command")
    parser.add_argument("--seconds", type=float, default=0.0, help="for every input, whatever it asks for")
    parser.add_argument("--memory", type=int, help="megabytes")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (_HARD, _HARD))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    faulthandler.enable()
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    command = command_of(options.command)
    previous = corpus_before(options.work, command)
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        folder = options.work / line.strip()
        made = inputs.make(options.seed, int(line), folder)
        made.seconds = options.seconds or made.seconds
        answers.write(json.dumps({"number": int(line), **verdict(made, folder, command, previous, options.memory)}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()

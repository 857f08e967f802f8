"""``python -m fuzz --seed 1 --inputs 10000``: damaged inputs, judged; ``--only N`` repeats one of them."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from .runner import COMMAND, Pool


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inputs", type=int, default=10_000, help="how many (default 10000)")
    parser.add_argument("--only", type=int, metavar="N", help="input N alone")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--failures", type=Path, default=Path("build/fuzz"), help="where failing inputs are kept (default build/fuzz)")
    parser.add_argument("--command", default=COMMAND, help="the import as module:function (default the command livingreview)")
    options = parser.parse_args()
    numbers = range(options.inputs) if options.only is None else [options.only]
    verdicts, slowest, largest = Counter(), (0.0, -1), (0, -1)
    start = time.perf_counter()

    def each(found: dict) -> None:
        nonlocal slowest, largest
        verdicts[found["verdict"]] += 1
        slowest = max(slowest, (found["seconds"], found["number"]))
        largest = max(largest, (found["peak"], found["number"]))
        if found["verdict"] == "failure" or options.only is not None:
            print(f"{found['verdict']}: input {found['number']}: {found['what']}\n{found['why']}\n", flush=True)
        if sum(verdicts.values()) % 500 == 0:
            print(f"{sum(verdicts.values())} inputs, {time.perf_counter() - start:.0f} s: {dict(verdicts)}", flush=True)

    with tempfile.TemporaryDirectory(prefix="fuzz-") as work:
        options.failures.mkdir(parents=True, exist_ok=True)
        pool = Pool(options.seed, Path(work), options.command, options.workers, failures=options.failures.resolve())
        pool.run(numbers, each)
    total = sum(verdicts.values())
    print(
        f"seed {options.seed}: {total} inputs in {time.perf_counter() - start:.0f} s: {verdicts['corpus']} gave a corpus whose ledger closes, "
        f"{verdicts['message']} a message, {verdicts['failure']} failed; slowest {slowest[0]:.1f} s (input {slowest[1]}), "
        f"most memory {largest[0] >> 20} MB (input {largest[1]})"
    )
    if verdicts["failure"]:
        print(f"failing inputs are in {options.failures}; repeat one: make fuzz SEED={options.seed} ONLY=N")
    return 1 if verdicts["failure"] else 0


if __name__ == "__main__":
    sys.exit(main())

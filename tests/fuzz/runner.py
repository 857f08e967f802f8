"""A pool of workers; a worker that hangs or dies is a failure of its input, and another takes its place."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
COMMAND = "fuzz.front:livingreview_import"
_MERCY = 150.0  # seconds: a worker ends itself long before, unless it cannot even do that


@dataclass
class Pool:
    """What the workers are told: ``seconds`` for every input (0: what it asks for), ``memory`` in MB."""

    seed: int
    work: Path
    command: str = COMMAND
    workers: int = 2
    seconds: float = 0.0
    memory: int = 1536
    failures: Path | None = None

    def run(self, numbers: Iterable[int], each: Callable[[dict], None]) -> None:
        """Judge every input; ``each`` is called with each verdict, one at a time."""
        queue, lock = iter(numbers), threading.Lock()
        errors: list[BaseException] = []

        def lane() -> None:
            worker = None
            try:
                while True:
                    with lock:
                        number = next(queue, None)
                    if number is None or errors:
                        break
                    worker = worker or _Worker(self)
                    found = worker.ask(number)
                    if worker.ended:
                        worker = None
                    with lock:
                        self._put_away(found)
                        each(found)
            except BaseException as error:  # raised again below, in the thread that asked
                errors.append(error)
            finally:
                if worker:
                    worker.end()

        lanes = [threading.Thread(target=lane) for _ in range(self.workers)]
        for thread in lanes:
            thread.start()
        for thread in lanes:
            thread.join()
        if errors:
            raise errors[0]

    def _put_away(self, found: dict) -> None:
        folder = self.work / str(found["number"])
        if found["verdict"] == "failure" and self.failures and folder.exists():
            kept = self.failures / f"seed-{self.seed}-input-{found['number']}"
            shutil.rmtree(kept, ignore_errors=True)
            shutil.move(folder, kept)
            (kept / "verdict.json").write_text(json.dumps(found, ensure_ascii=True, indent=1), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)


class _Worker:
    def __init__(self, pool: Pool):
        self._errors = tempfile.TemporaryFile()
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "fuzz.worker", str(pool.seed), str(pool.work), pool.command,
             "--seconds", str(pool.seconds), "--memory", str(pool.memory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, env=environment,
        )  # fmt: skip
        self.ended = False
        if not self._process.stdout.readline():
            self.end()
            raise RuntimeError(f"a worker does not start: {self._said()}")

    def ask(self, number: int) -> dict:
        """The verdict on one input; a failure where the worker does not live to give one."""
        try:
            self._process.stdin.write(b"%d\n" % number)
            self._process.stdin.flush()
            ready, _, _ = select.select([self._process.stdout], [], [], _MERCY)
            line = self._process.stdout.readline() if ready else b""
        except BrokenPipeError:
            line = b""
        if line:
            return json.loads(line)
        self.end()
        said = self._said()
        why = "hang" if "Timeout (" in said or self._process.returncode == -9 else "the process died"
        return {"number": number, "what": "", "verdict": "failure", "why": f"{why}\n{said}", "seconds": 0.0, "peak": 0}

    def _said(self) -> str:
        self._errors.seek(0)
        return self._errors.read()[-6000:].decode("utf-8", "replace")

    def end(self) -> None:
        self.ended = True
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

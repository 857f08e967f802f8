"""A process that has the package at hand and forks an import for each line it reads: to be killed there.

A line of JSON says which arguments the command gets; with ``delay``, after how many seconds the
child is killed; with ``event``, at which file-system event (counted from 1) it ends at once, as by
a kill; with ``exchange`` false, as where the system cannot exchange two names. The answer is the child's status and the events it went through.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time

# Whatever is renamed, removed, made, opened for the promotion of a corpus passes one of these.
_EVENTS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "shutil.rmtree", "shutil.move", "open", "ctypes.dlsym")


def _child(request: dict, told: int) -> None:
    seen: list[str] = []
    place = os.fsencode(request["near"])

    def hook(event: str, arguments: tuple) -> None:
        if event not in _EVENTS:
            return
        # Of the files opened only those of the corpus count: the rest is Python's own.
        if event == "open" and place not in os.fsencode(arguments[0] if isinstance(arguments[0], (str, bytes)) else b""):
            return
        seen.append(event)
        if len(seen) == request.get("event"):
            os._exit(9)

    from livingreview import placing
    from livingreview.cli import main

    if not request.get("exchange", True):
        placing._exchange_names = lambda one, other: False
    sys.addaudithook(hook)
    code = main(request["arguments"])
    os.write(told, json.dumps(seen).encode())
    os._exit(code)


def serve() -> None:
    """Answer one line after the other."""
    import livingreview.cli
    import livingreview.corpus.importer
    import livingreview.corpus.store  # noqa: F401 - at hand before the fork

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        request = json.loads(line)
        listening, told = os.pipe()
        child = os.fork()
        if not child:
            try:
                _child(request, told)
            finally:
                os._exit(70)
        os.close(told)
        if request.get("delay") is not None:
            time.sleep(request["delay"])
            os.kill(child, signal.SIGKILL)  # not yet waited for: the number is still the child's
        with os.fdopen(listening, "rb") as pipe:
            seen = pipe.read()
        _, status = os.waitpid(child, 0)
        answers.write(json.dumps({"status": os.waitstatus_to_exitcode(status), "seen": json.loads(seen or b"[]")}) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve()

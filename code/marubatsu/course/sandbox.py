"""One submission in a process of its own: limits on time, memory, files and processes, and no network where possible.

The marking process keeps the expected answers; what runs here only ever sends data back (see `child` and `values`).
This keeps honest mistakes and ordinary mischief from harming a class. It is no prison: for strangers' code use a
virtual machine as well.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .values import NotData, unpack

LONGEST_LINE = 60_000_000  # letters that one message may have


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    seconds: float = 60.0
    """All its cells and tests together, by the clock."""
    cell_seconds: float = 20.0
    """One cell."""
    test_seconds: float = 5.0
    """One test."""
    memory: int = 2 * 2**30
    """Bytes of address space."""
    file_size: int = 20 * 2**20
    """Bytes of the largest file that it may write."""
    processes: int = 64


@dataclass
class Run:
    """What became of one submission."""

    status: str = "ran"
    """One of "ran", "time", "memory", "crashed"."""
    errors: dict[int, str] = field(default_factory=dict)
    """The error of each cell that had one, by the place of the cell."""
    attempts: list[str] = field(default_factory=list)
    """What it tried and was refused."""
    answers: list[list] = field(default_factory=list)
    """For each question its tests: ("value", the value) or ("error", a sentence)."""
    endless: list[int] = field(default_factory=list)
    """The places of the questions of which a test did not end."""
    seconds: float = 0.0


class Halt:
    """Ends at once what was started with it."""

    def call(self) -> None:
        """End it all."""


@cache
def walls() -> tuple[str, ...]:
    """Return the command that keeps a process from the network and from other processes; empty where there is none."""
    if shutil.which("unshare") is None:
        return ()
    ways = [
        ("unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child"),
        ("unshare", "--net", "--pid", "--fork", "--kill-child"),
        ("unshare", "--map-root-user", "--net"),
        ("unshare", "--net"),
    ]
    for way in ways:
        if subprocess.run([*way, sys.executable, "-c", ""], capture_output=True, check=False).returncode == 0:
            return way
    return ()


def protections() -> dict[str, bool]:
    """Return what keeps submissions from one another and from this computer, here and now."""
    return {
        "own process and folder": True,
        "time": True,
        "memory": _limits_possible(),
        "network": "--net" in walls(),
        "other processes": "--pid" in walls(),
    }


def _limits_possible():
    return sys.platform.startswith("linux")


def run(
    cells: list[str],
    tests: list[list[str]],
    *,
    modules: list[str] | None = None,
    forbidden: Path,
    limits: Limits | None = None,
    halt: Halt | None = None,
) -> Run:
    """Run the cells of a submission, then ask it the tests.

    Parameters
    ----------
    cells : list of str
        The sources of its code cells, in order. A cell that fails does not keep the next from running.
    tests : list of str
        Code whose last line is an expression. It is sent only after all cells have run.
    modules : list of str, optional
        What is imported before the guard is set, because it loads libraries of the system.
    forbidden : path
        The folder with the solutions, which must not be read.
    limits : Limits, optional
        What the submission may use.

    Returns
    -------
    Run
        What came back; nothing that a submission does makes this function raise.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="submission-", ignore_cleanup_errors=True) as folder:
        found = _run(cells, [test for each in tests for test in each], modules or [], forbidden, limits, folder)
    answers = iter(found.answers)
    found.answers = [[next(answers) for _ in each] for each in tests]
    return found


def _run(cells, tests, modules, forbidden, limits, folder):
    to_child, from_child = os.pipe(), os.pipe()
    pipes = (to_child[0], from_child[1])
    command = [*walls(), sys.executable, "-I", "-B", "-m", "marubatsu.course.child", *map(str, pipes)]
    found, begun = Run(), time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=pipes,
        start_new_session=True,
        preexec_fn=_limiter(limits) if _limits_possible() else None,
    )
    for number in pipes:
        os.close(number)
    try:
        with os.fdopen(to_child[1], "w") as send, os.fdopen(from_child[0], "rb", buffering=0) as receive:
            messages = _messages(receive, begun + limits.seconds)
            task = {"cells": cells, "forbidden": str(forbidden), "seconds": limits.cell_seconds, "modules": modules}
            _talk(send, messages, task, tests, found)
    except TimeoutError:
        found.status = "time"
    except (EOFError, BrokenPipeError):
        found.status = "crashed"
    finally:
        _end(process)
    if found.status == "crashed" and any("MemoryError" in error for error in found.errors.values()):
        found.status = "memory"
    found.seconds = time.monotonic() - begun
    found.answers += [("error", _UNASKED[found.status])] * (len(tests) - len(found.answers))
    return found


_UNASKED = {
    "ran": "there was no answer",
    "time": "the time was up before this was asked",
    "memory": "the memory was used up before this was asked",
    "crashed": "the program ended before this was asked",
}


def _talk(send, messages, task, tests, found):
    """Send the cells, then the tests one by one, and note what comes back."""
    _send(send, task)
    for message in messages:
        if "attempt" in message:
            found.attempts.append(str(message["attempt"])[:120])
        elif "cell" in message:
            found.errors[int(message["cell"])] = str(message.get("error", ""))[:300]
        elif message.get("ran"):
            break
    for place, code in enumerate(tests):
        _send(send, {"test": place, "code": code})
        for message in messages:
            if "attempt" in message:
                found.attempts.append(str(message["attempt"])[:120])
            elif message.get("test") == place:
                found.answers.append(_answer(message))
                break


def _send(send, message):
    send.write(json.dumps(message) + "\n")
    send.flush()


def _answer(message):
    if "answer" not in message:
        return "error", str(message.get("error", "there was no answer"))[:300]
    try:
        return "value", unpack(message["answer"])
    except NotData as error:
        return "error", str(error)


def _messages(receive, end):
    """Yield what the child says, line by line, until the clock or the child ends; nonsense is passed over."""
    rest = b""
    while True:
        left = end - time.monotonic()
        if left <= 0 or not select.select([receive], [], [], left)[0]:
            raise TimeoutError
        part = receive.read(1 << 16)
        if not part or len(rest) > LONGEST_LINE:
            raise EOFError
        *lines, rest = (rest + part).split(b"\n")
        for line in lines:
            with contextlib.suppress(ValueError, UnicodeDecodeError, RecursionError):
                message = json.loads(line)
                if isinstance(message, dict):
                    yield message


def _environment(folder):
    """Return the environment of the child: nothing of ours but where Python finds itself."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    own = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR"), folder)
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return kept | own | threads


def _limiter(limits):
    """Return what the new process does first: take its limits on."""
    import resource

    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_CPU: int(limits.seconds) + 5,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 256,
    }

    def limit():
        for kind, most in wanted.items():
            resource.setrlimit(kind, (most, most))

    return limit


def _end(process):
    """End the process and all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()

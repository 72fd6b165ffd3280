"""A process for one submission: how it starts, its limits, the lines that go to it and come back, and how it ends.

It works with what every system has; where the system has more, it is used: limits of memory and files on Linux, a
process without network and without sight of others where ``unshare`` may be called.
"""

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path

LONGEST_LINE = 60_000_000  # letters that one message may have
_posix = os.name == "posix"


class Stopped(Exception):
    """The marking was interrupted while a submission ran."""


class Halt:
    """Ends at once all processes that were started with it, and lets none start again."""

    def __init__(self):
        self.called = False
        self._running: set[Process] = set()
        self._lock = threading.Lock()

    def call(self) -> None:
        """End them all."""
        with self._lock:
            self.called = True
            for process in self._running:
                process.kill()

    @contextlib.contextmanager
    def within_reach(self, process: "Process"):
        """Keep a process where `call` finds it."""
        with self._lock:
            self._running.add(process)
            if self.called:
                process.kill()
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(process)


class Process:
    """A Python of its own in a folder of its own, running `child`.

    Parameters
    ----------
    limits : marubatsu_course.walls.sandbox.Limits
        What it may use.
    folder : str
        Where it works and may write.
    """

    def __init__(self, limits, folder: str):
        for name, content in fonts().items():
            (Path(folder) / name).write_bytes(content)
        self._lines: queue.Queue = queue.Queue(maxsize=2)
        self._process = subprocess.Popen(
            [*(walls() if _posix else ()), sys.executable, "-I", "-B", "-m", "marubatsu_course.walls.child"],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=_posix,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            preexec_fn=_limiter(limits) if _limits_possible() else None,  # noqa: PLW1509 -- it sets limits, and no more
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        with contextlib.suppress(OSError, ValueError):
            while (line := self._process.stdout.readline(LONGEST_LINE)).endswith(b"\n"):
                self._lines.put(line)
        self._lines.put(b"")

    def send(self, message: dict) -> None:
        """Send one line.

        Raises
        ------
        EOFError
            If it has ended.
        """
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise EOFError from None

    def receive(self, until: float) -> dict:
        """Return the next message; nonsense is passed over.

        Raises
        ------
        TimeoutError
            If none comes until a time of `time.monotonic`.
        EOFError
            If it has ended.
        """
        while (left := until - time.monotonic()) > 0:
            with contextlib.suppress(queue.Empty, ValueError, RecursionError):
                line = self._lines.get(timeout=min(left, 0.5))  # short, so that an interruption gets through
                if not line:
                    raise EOFError
                message = json.loads(line)
                if isinstance(message, dict):
                    return message
        raise TimeoutError

    def kill(self) -> None:
        """End it and all that it started."""
        if _posix:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        elif self._process.poll() is None:
            with contextlib.suppress(OSError):
                taskkill = ["taskkill", "/T", "/F", "/PID", str(self._process.pid)]
                subprocess.run(taskkill, capture_output=True, check=False)
        with contextlib.suppress(OSError):
            self._process.kill()

    def end(self) -> None:
        """End it and give back what it held."""
        self.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        last = time.monotonic() + 2
        while self._reader.is_alive() and time.monotonic() < last:
            with contextlib.suppress(queue.Empty):
                self._lines.get(timeout=0.02)
        if not self._reader.is_alive():
            self._process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()


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


@cache
def fonts() -> dict[str, bytes]:
    """Return matplotlib's list of fonts, so that no submission has to search the computer for them."""
    import matplotlib.font_manager

    return {path.name: path.read_bytes() for path in Path(matplotlib.get_cachedir()).glob("fontlist-*.json")}


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
    return _posix and sys.platform.startswith("linux")


def _environment(folder):
    """Return the environment of the child: nothing of ours but where Python finds itself."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    own = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR"), folder)
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

"""What runs inside a submission's own process: its cells first, then the tests, one question after the other.

The marking process speaks to it through two pipes. Expected answers are never here. Before the first cell runs, a guard
is set that Python itself keeps: files outside the working folder and the installed packages, the network, other
programs and other processes are refused, and each attempt is told to the marking process.
"""

import ast
import contextlib
import importlib
import io
import json
import os
import signal
import sys
import sysconfig
import tempfile
import traceback

from marubatsu.course.values import NotData, pack

REFUSED = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.fork", "os.forkpty",
    "os.kill", "os.killpg", "signal.pthread_kill", "pty.spawn",
    "ctypes.dlopen", "ctypes.dlsym", "ctypes.cdata", "ctypes.string_at", "ctypes.call_function",
    "gc.get_objects", "gc.get_referrers", "gc.get_referents", "sys.addaudithook", "sys.settrace", "sys.setprofile",
    "os.chmod", "os.chown", "os.link", "os.symlink", "os.truncate",
)  # fmt: skip
MOVING = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.listdir", "os.scandir", "os.chdir", "shutil.rmtree")


def guard(told, forbidden: str) -> None:
    """Refuse what a submission has no business with; `told` is called with the first words of each attempt."""
    work = os.path.realpath(tempfile.gettempdir())
    installed = {os.path.realpath(path) for path in (*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix)}
    library = os.path.realpath(os.path.dirname(os.path.dirname(__file__)))
    readable = tuple(f"{path}{os.sep}" for path in {*installed, library, "/usr/share", "/etc/fonts", "/usr/lib"})
    special = ("/dev/null", "/dev/urandom", "/proc/self/", "/proc/meminfo", "/proc/cpuinfo", "/sys/")
    writable, kept = f"{work}{os.sep}", f"{os.path.realpath(forbidden)}{os.sep}"
    real, refused, moving, wanted = os.path.realpath, frozenset(REFUSED), frozenset(MOVING), os.O_WRONLY | os.O_RDWR

    def inside(path, writes):
        if not isinstance(path, str | bytes | os.PathLike):
            return True  # a number of an open file
        place = real(os.fsdecode(path)) + (os.sep if real(os.fsdecode(path)) == work else "")
        if place.startswith(writable):
            return True
        return not writes and not f"{place}{os.sep}".startswith(kept) and place.startswith((*readable, *special))

    def hook(event, given):
        if event == "open":
            path, mode, flags = given
            writes = bool(flags & wanted) or (isinstance(mode, str) and any(sign in mode for sign in "wax+"))
            if not inside(path, writes):
                told(f"open {os.fsdecode(path)[:80]}")
                raise PermissionError(f"A submission may not open {os.fsdecode(path)[:80]}.")
        elif event in moving and given and not inside(given[0] if given[0] is not None else ".", event not in (
            "os.listdir", "os.scandir", "os.chdir")):  # fmt: skip
            told(f"{event} {str(given[0])[:80]}")
            raise PermissionError(f"A submission may not do this: {event}.")
        elif event in refused:
            told(event)
            raise PermissionError(f"A submission may not do this: {event}.")

    sys.addaudithook(hook)


class TooLong(Exception):
    """A cell took longer than it may."""


def _alarm(seconds):
    def ring(*_):
        raise TooLong(f"stopped after {seconds} s")

    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def plain(source: str) -> str:
    """Return a cell's source without what only a notebook understands: magics and shell lines."""
    lines = []
    for line in source.split("\n"):
        bare = line.lstrip()
        lines.append(f"{line[: len(line) - len(bare)]}pass" if bare.startswith(("%", "!", "?")) else line)
    return "\n".join(lines)


def run(code: str, names: dict, label: str, seconds: float):
    """Run code and return the value of its last line if that is an expression, else None."""
    tree = ast.parse(plain(code), label)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    _alarm(seconds)
    try:
        exec(compile(tree, label, "exec"), names)
        return eval(compile(ast.Expression(last.value), label, "eval"), names) if last else None
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def sentence(error: BaseException, label: str) -> str:
    """Return an error as one line: its kind, its words, and the line of the cell."""
    places = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == label]
    line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else (places[-1] if places else None)
    where = f" (line {line})" if line else ""
    words = str(error).split("\n")[0][:200]
    return f"{type(error).__name__}: {words}{where}" if words else f"{type(error).__name__}{where}"


def main() -> None:
    """Take the cells from the first line of the pipe, run them, then answer each test that follows."""
    receive, send = (os.fdopen(int(number), mode) for number, mode in zip(sys.argv[1:3], "rw", strict=True))
    task = json.loads(receive.readline())

    loads, dumps = json.loads, json.dumps  # as they are now, whatever a submission makes of the module

    def tell(**message):
        send.write(dumps(message) + "\n")
        send.flush()

    import matplotlib  # before the guard: it reads its own settings

    matplotlib.use("Agg")

    for module in task["modules"]:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)

    names = {"__name__": "__main__", "display": lambda *_: None, "get_ipython": lambda: None}
    tell(ready=True)
    sys.stdout = sys.stderr = io.StringIO()
    guard(lambda attempt: tell(attempt=attempt), task["forbidden"])
    for place, cell in enumerate(task["cells"]):
        label = f"<cell {place}>"
        try:
            run(cell, names, label, task["seconds"])
        except BaseException as error:  # whatever a submission throws, the next cell gets its turn
            tell(cell=place, error=sentence(error, label))
        sys.stdout.seek(0)
        sys.stdout.truncate()
    tell(ran=True)
    for line in receive:
        test = loads(line)
        try:
            answer = {"answer": pack(run(test["code"], names, "<test>", task["seconds"]))}
        except NotData as error:
            answer = {"error": str(error)}
        except BaseException as error:
            answer = {"error": sentence(error, "<test>")}
        tell(test=test["test"], **answer)


if __name__ == "__main__":
    main()

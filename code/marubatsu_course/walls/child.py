"""What runs inside a submission's own process: its cells first, then the tests, one question after the other.

The marking process speaks to it through what it started with as standard input and output. Expected answers are never
here. Before the first cell runs, a guard is set that Python itself keeps (see `guard`).
"""

import _thread
import ast
import contextlib
import importlib
import io
import json
import os
import re
import signal
import sys
import threading
import traceback

from marubatsu.answers.check import Answers, Check
from marubatsu.answers.values import NotData, pack
from marubatsu_course.walls.guard import guard

TIMING = ("%%time", "%%timeit", "%%capture", "%%prun")  # these run the Python that stands below them
ASIDE = re.compile(r"(\s*)(?:[%!?].*|[\w.]+\?\??\s*|([\w., ]+=)\s*[%!].*)")


class TooLong(BaseException):
    """A cell or test took longer than it may. No `except Exception` of a submission catches it."""


class Silent:
    """Whatever is asked of it, nothing happens: the notebook's shell, which is not here."""

    def __getattr__(self, name: str):
        return lambda *_, **__: None


class Nowhere(io.TextIOBase):
    """Where prints go."""

    def write(self, text: str) -> int:
        """Drop the text."""
        return len(text)


@contextlib.contextmanager
def alarm(seconds: float, posix: bool):
    """Raise `TooLong` in what runs inside, after some seconds: by the system's clock, or by a thread without one."""
    armed = True

    def ring(*_):
        if armed:
            raise TooLong

    signal.signal(signal.SIGALRM if posix else signal.SIGINT, ring)
    timer = None if posix else threading.Timer(seconds, _thread.interrupt_main)
    if timer is None:
        signal.setitimer(signal.ITIMER_REAL, seconds)
    else:
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        armed = False
        if timer is None:
            signal.setitimer(signal.ITIMER_REAL, 0)
        else:
            timer.cancel()


def parsed(source: str, label: str) -> ast.Module:
    """Return the tree of a cell. A line that only a notebook understands is set aside where Python refuses it."""
    lines = source.split("\n")
    if source.lstrip().startswith("%%"):
        place = next(number for number, line in enumerate(lines) if line.strip())
        if lines[place].split()[0] not in TIMING:
            return ast.parse("", label)  # another language
        lines[place] = ""
    while True:
        try:
            return ast.parse("\n".join(lines), label)
        except SyntaxError as error:
            place = (error.lineno or 0) - 1
            known = ASIDE.fullmatch(lines[place]) if 0 <= place < len(lines) else None
            if known is None:
                raise
            end = place
            while lines[end].rstrip().endswith("\\") and end + 1 < len(lines):
                end += 1
            lines[place : end + 1] = [f"{known[1]}{known[2]} []" if known[2] else f"{known[1]}pass"] + [""] * (
                end - place
            )


def run(code: str, names: dict, label: str):
    """Run code and return the value of its last line if that is an expression, else None."""
    tree = parsed(code, label)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, label, "exec"), names)
    return eval(compile(ast.Expression(last.value), label, "eval"), names) if last else None


def sentence(error: BaseException, label: str) -> str:
    """Return an error as one line: its kind, its words, and the line of the cell."""
    places = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == label]
    line, words = places[-1] if places else None, str(error)
    if isinstance(error, SyntaxError):
        line, words = error.lineno if error.filename == label else line, error.msg
    where = f" (line {line})" if line else ""
    words = str(words).split("\n")[0][:200]
    return f"{type(error).__name__}: {words}{where}" if words else f"{type(error).__name__}{where}"


def outcome(code: str, names: dict, label: str, clock, keep) -> dict:
    """Return what became of a cell or a test, whatever a submission throws: the next one gets its turn."""
    try:
        with clock:
            value = run(code, names, label)
        return {"answer": keep(value)}
    except TooLong:
        return {"endless": True}
    except NotData as error:
        return {"error": str(error)}
    except BaseException as error:  # noqa: BLE001 -- SystemExit too: the next one gets its turn
        return {"error": sentence(error, label)}


def let_go(names: dict, known: set) -> None:
    """Forget the data that a cell made before the memory was used up, so that the next has some; its functions stay."""
    for name in set(names) - known:
        if not callable(names[name]):
            del names[name]


def channel():
    """Return what the marking process is heard and told by; from here on, prints and reads of a submission miss it."""
    receive = os.fdopen(os.dup(0), "r", encoding="utf-8")
    send = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    return receive, send


def prepare(modules: list[str]) -> None:
    """Import what reads the system's settings, before the guard is set; let the notebook's own checks do nothing."""
    import matplotlib.font_manager

    matplotlib.use("Agg")
    for module in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    Check.__init__ = lambda *_, **__: None
    Check.__call__ = lambda *_, **__: Answers([])


def main() -> None:
    """Take the cells from the first line of the channel, run them, then answer each test that follows."""
    receive, send = channel()
    loads, dumps = json.loads, json.dumps  # as they are now, whatever a submission makes of the module
    task = loads(receive.readline())

    def tell(**message):
        send.write(dumps(message) + "\n")
        send.flush()

    prepare(task["modules"])
    names = {"__name__": "__main__", "display": lambda *_: None, "get_ipython": Silent, "check": Check("")}
    sys.stdout = sys.stderr = Nowhere()
    guard(lambda kind, target: tell(attempt=[kind, target]), task["forbidden"])
    seconds = task["cell_seconds"]
    for cell in task["given"]:
        outcome(cell, names, "<given>", alarm(seconds, task["posix"]), lambda _: None)
    tell(ready=True)
    for place, cell in task["cells"]:
        known = set(names)
        became = outcome(cell, names, f"<cell {place}>", alarm(seconds, task["posix"]), lambda _: None)
        if "endless" in became:
            seconds = task["later_seconds"]
        elif became.get("error", "").startswith("MemoryError"):
            let_go(names, known)
        tell(cell=place, **became)
    for line in receive:
        test = loads(line)
        clock = alarm(task["test_seconds"], task["posix"])
        tell(test=test["test"], **outcome(test["code"], names, "<test>", clock, pack))


if __name__ == "__main__":
    main()

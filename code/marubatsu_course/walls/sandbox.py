"""One submission is run and asked: its cells, then the tests of each question, in a process of its own.

The marking process keeps the expected answers; what runs in the other only ever sends data back (see `child` and
`values`). What does not end, or ends the program, costs its own cell or question: the clock inside the process stops
it, or the process ends and another is started without it. This keeps honest mistakes and ordinary mischief from harming
a class. It is no prison: for strangers' code use a virtual machine as well.
"""

import math
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from marubatsu.answers.values import NotData, unpack
from marubatsu_course.walls import guard, process
from marubatsu_course.walls.process import Halt, Process, Stopped, protections

__all__ = ["Halt", "Limits", "Run", "Stopped", "protections", "run"]

GRACE = 3.0  # seconds that the clock in the process gets to stop what does not end
ENDED = "ended its program"


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    seconds: float = 60.0
    """All its cells and tests together, by the clock."""
    cell_seconds: float = 20.0
    """One cell; after one that did not end, the others get no more than a test, so that time is left for the tests."""
    test_seconds: float = 5.0
    """One test."""
    restarts: int = 8
    """How often a new process is started, where something could not be stopped or ended its process."""
    memory: int = 2 * 2**30
    """Bytes of address space."""
    file_size: int = 20 * 2**20
    """Bytes of the largest file that it may write."""

    @property
    def later_seconds(self) -> float:
        """What a cell gets after one that did not end."""
        return min(self.cell_seconds, self.test_seconds)


@dataclass
class Run:
    """What became of one submission."""

    status: str = "ran"
    """One of "ran", "time", "crashed"."""
    errors: dict[int, str] = field(default_factory=dict)
    """The error of each cell that had one, by the place of the cell."""
    attempts: list[tuple[str, str]] = field(default_factory=list)
    """What it tried and was refused: the kind (of `guard.KINDS`) and the target, each once."""
    answers: list[list] = field(default_factory=list)
    """For each question its tests: ("value", the value) or ("error", a sentence)."""
    broken_off: dict[int, str] = field(default_factory=dict)
    """Why a question was broken off, by its place: a test of it did not end, or ended the program."""
    seconds: float = 0.0


def run(
    cells: list[str],
    tests: list[list[str]],
    *,
    given: list[str] | None = None,
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
    tests : list of list of str
        For each question its tests: code whose last line is an expression. It is sent only after all cells have run.
        After a test that does not end or ends the program, the others of its question are not asked.
    given : list of str, optional
        The cells that students are given. They run first, so that a submission that lost one misses nothing; what
        stops in them is not told.
    modules : list of str, optional
        What is imported before the guard is set, because it loads libraries of the system.
    forbidden : path
        The folder with the solutions, which must not be read.
    limits : Limits, optional
        What the submission may use.
    halt : Halt, optional
        What ends the run from outside.

    Returns
    -------
    Run
        What came back; nothing that a submission does makes this function raise.

    Raises
    ------
    Stopped
        If `halt` was called.
    """
    limits, halt, begun = limits or Limits(), halt or Halt(), time.monotonic()
    found = Run(answers=[[] for _ in tests])
    said = {"given": given or [], "modules": modules or [], "forbidden": str(forbidden)}
    asking = _Asking(cells, tests, said, limits, found, begun + limits.seconds)
    try:
        if not any(asking.in_a_process(halt) for _ in range(1 + limits.restarts)):
            found.status = "crashed" if asking.why == ENDED else "time"
    except TimeoutError:
        found.status = "time"
    except EOFError:
        found.status = "crashed"
    if halt.called:
        raise Stopped
    for answers, of_question in zip(found.answers, tests, strict=True):
        answers += [("error", _UNASKED[found.status])] * (len(of_question) - len(answers))
    found.seconds = time.monotonic() - begun
    return found


_UNASKED = {
    "ran": "there was no answer",
    "time": "the time was up before this was asked",
    "crashed": "the program ended before this was asked",
}


@dataclass
class _Asking:
    """The conversation about one submission, through one process or several."""

    cells: list[str]
    tests: list[list[str]]
    said: dict
    """What each process is told beside its cells."""
    limits: Limits
    found: Run
    end: float
    left_out: set[int] = field(default_factory=set)
    """Cells that did not end, or ended the program."""
    slow: bool = False
    """Whether a cell did not end."""
    why: str = ""
    """Why the last process could not go on."""

    def in_a_process(self, halt):
        """Run and ask what is left; return whether all of it came to an end."""
        with (
            tempfile.TemporaryDirectory(prefix="submission-", ignore_cleanup_errors=True) as folder,
            Process(self.limits, folder) as child,
            halt.within_reach(child),
        ):
            cells = [(place, cell) for place, cell in enumerate(self.cells) if place not in self.left_out]
            child.send(
                self.said
                | {
                    "cells": cells,
                    "cell_seconds": self.cell_seconds(),
                    "later_seconds": self.limits.later_seconds,
                    "test_seconds": self.limits.test_seconds,
                    "posix": process._posix,
                }
            )
            self.hear(child, "ready", True, math.inf)
            return all(self.cell_ends(child, place) for place, _ in cells) and all(
                self.question_ends(child, place) for place in range(len(self.tests))
            )

    def cell_seconds(self):
        """Return what the next cell gets."""
        return self.limits.later_seconds if self.slow else self.limits.cell_seconds

    def cell_ends(self, child, place):
        """Wait for a cell; return whether the process can go on."""
        message = self.wait(child, "cell", place, self.cell_seconds())
        if self.why:
            self.left_out.add(place)
            self.slow = self.slow or self.why != ENDED
            self.found.errors[place] = self.why
        elif "error" in message:
            self.found.errors[place] = str(message["error"])[:300]
        return message is not None

    def question_ends(self, child, place):
        """Ask the tests of a question that are left; return whether the process can go on."""
        answers, tests = self.found.answers[place], self.tests[place]
        while len(answers) < len(tests):
            number = [place, len(answers)]
            request = {"test": number, "code": tests[len(answers)]}
            message = self.wait(child, "test", number, self.limits.test_seconds, request)
            if self.why:
                self.found.broken_off[place] = self.why
                answers.append(("error", self.why))
                unasked = ("error", "not asked: an earlier test of the question was broken off")
                answers += [unasked] * (len(tests) - len(answers))
                return message is not None
            answers.append(_answer(message))
        return True

    def wait(self, child, key, value, seconds, request=None):
        """Return the message that is waited for, or None where the process is of no more use; `why` says why."""
        self.why = ""
        try:
            if request:
                child.send(request)
            message = self.hear(child, key, value, seconds)
        except EOFError:
            self.why = ENDED
            return None
        if message is None or "endless" in message:
            self.why = f"did not end within {seconds:g} s"
        return message

    def hear(self, child, key, value, seconds):
        """Return the message that is waited for, or None where it does not come in time."""
        until = min(self.end, time.monotonic() + seconds + GRACE)
        while True:
            try:
                message = child.receive(until)
            except TimeoutError:
                if until >= self.end:
                    raise
                return None
            if "attempt" in message:
                self.note(message["attempt"])
            elif message.get(key) == value:
                return message

    def note(self, attempt):
        """Keep what was tried, once, and of no kind so much that another has no room."""
        kind, target = map(str, attempt) if isinstance(attempt, list) and len(attempt) == 2 else ("", "")
        told, known = (kind, target[:120]), self.found.attempts
        if kind in guard.KINDS and told not in known and sum(each == kind for each, _ in known) < 50:
            known.append(told)


def _answer(message):
    if "answer" not in message:
        return "error", str(message.get("error", "there was no answer"))[:300]
    try:
        return "value", unpack(message["answer"])
    except NotData as error:
        return "error", str(error)

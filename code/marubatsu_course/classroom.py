"""A class is marked: every submission by itself, none lost, and an interrupted marking goes on where it stopped."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import asdict
from pathlib import Path

from marubatsu_course import marking
from marubatsu_course.assignment import Assignment
from marubatsu_course.marking import Answered, Marked
from marubatsu_course.submissions import Submission
from marubatsu_course.walls import sandbox

MANY = "files of one student: which counts?"
EDITION = 3  # raised when the same notebook may get another result, so that what was kept is marked again


def mark_class(
    submissions: list[Submission],
    out: Path,
    assignment: Assignment,
    *,
    workers: int | None = None,
    limits: sandbox.Limits | None = None,
    again: bool = False,
    progress: Callable[[Marked], None] | None = None,
) -> list[Marked]:
    """Mark all submissions; what was marked before is not marked again.

    Parameters
    ----------
    submissions : list of Submission
        What `marubatsu_course.submissions.collect` found.
    out : path
        The folder of this assignment's results; each is kept in it as soon as it is there.
    workers : int, optional
        How many run at a time; left out, as many as there are cores.
    again : bool
        Mark all anew.
    progress : function, optional
        Called with each result, kept ones included: what an interruption leaves.

    Returns
    -------
    list of Marked
        In the order of the submissions.
    """
    kept = out / "submissions"
    kept.mkdir(parents=True, exist_ok=True)
    wanted = marking.expected(assignment)
    base = json.dumps([EDITION, assignment.cells, wanted], ensure_ascii=False).encode()
    results: dict[str, Marked] = {}
    halt = sandbox.Halt()

    def work(submission):
        key = hashlib.sha256(base + submission.content()).hexdigest()
        store = kept / f"{hashlib.sha256(submission.path.encode()).hexdigest()[:24]}.json"
        if not again and (known := _read(store, key)):
            return known
        marked = marking.mark_one(submission, assignment, wanted, limits, halt)
        marked.key = key
        _write(store, marked)
        return marked

    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        waiting = [pool.submit(work, submission) for submission in submissions]
        try:
            for done in _finished(waiting):
                marked = done.result()
                results[marked.submission] = marked
                if progress is not None:
                    progress(marked)
        except BaseException:
            for each in waiting:
                each.cancel()
            halt.call()  # what runs ends at once, unmarked
            raise
    return [results[submission.path] for submission in submissions]


def _finished(waiting):
    """Yield what is done as it is done; the short waits let an interruption through on every system."""
    left = set(waiting)
    while left:
        done, left = wait(left, timeout=0.5, return_when=FIRST_COMPLETED)
        yield from done


def _read(store, key):
    """Return what was marked before, if it is of the very same submission and assignment."""
    try:
        content = json.loads(store.read_text(encoding="utf-8"))
        content["questions"] = [Answered(**each) for each in content["questions"]]
        marked = Marked(**content)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return marked if marked.key == key else None


def _write(store, marked):
    """Write a result so that it is there whole or not at all."""
    half = store.with_suffix(".part")
    half.write_text(json.dumps(asdict(marked), ensure_ascii=False), encoding="utf-8")
    half.replace(store)


def ask_which_counts(results: list[Marked]) -> None:
    """Add a note to every submission of a student who handed in more than one."""
    sent = Counter((marked.student, marked.number) for marked in results if marked.status != "missing")
    for marked in results:
        if (count := sent[marked.student, marked.number]) > 1:
            marked.notes.append(f"{count} {MANY} Take the others away and mark again")

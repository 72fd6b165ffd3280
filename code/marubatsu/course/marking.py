"""A class is marked: every submission in a process of its own, none lost, and an interrupted marking goes on.

What the tests should give is asked of the solution, in the same kind of process, once. The points lie in this process
alone; a submission only ever sends back answers.
"""

import csv
import hashlib
import json
import os
import re
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field
from pathlib import Path

from . import sandbox
from .assignment import FOLDER, Assignment, question_of, solved
from .values import alike, pack, shown

STATUSES = {
    "marked": "all its cells ran",
    "errors": "some cells stopped with an error or did not end",
    "time": "stopped: its time was up",
    "memory": "stopped: its memory was used up",
    "crashed": "its program ended by itself",
    "unreadable": "not a notebook",
}


@dataclass
class Answered:
    """What became of one question of a submission."""

    points: float
    of: int
    sentence: str = ""
    """What went wrong first; empty where nothing did."""


@dataclass
class Marked:
    """What became of one submission."""

    student: str
    status: str
    questions: list[Answered] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    key: str = ""
    """Which submission and assignment this belongs to, so that an interrupted marking can go on."""

    @property
    def points(self) -> float:
        """All its points."""
        return sum(question.points for question in self.questions)


def expected(assignment: Assignment) -> dict[int, list]:
    """Return for each question what its tests should give, packed: the solution is run and asked.

    Raises
    ------
    ValueError
        If the solution itself fails; the sentence says where.
    """
    cells = [cell.source for cell in solved(assignment).cells if cell.cell_type == "code"]
    found = sandbox.run(cells, _asked(assignment), modules=modules(cells), forbidden=FOLDER)
    for place, error in found.errors.items():
        raise ValueError(f"assignment {assignment.name}: the solution's cell {place + 1} stops: {error}.")
    values: dict[int, list] = {}
    for question, answers in zip(assignment.questions, found.answers, strict=True):
        for test, (kind, value) in zip(question.tests, answers, strict=True):
            if kind == "error":
                where = f"assignment {assignment.name}, question {question.number}"
                raise ValueError(f"{where}: the test {test.hint!r} stops: {value}.")
        values[question.number] = [pack(value) for _, value in answers]
    return values


def _asked(assignment):
    """Return the code of the tests, question by question."""
    return [[test.code for test in question.tests] for question in assignment.questions]


def modules(cells: list[str]) -> list[str]:
    """Return what cells import, so that it is there before the guard is set."""
    found = re.findall(
        r"^(?:from|import) (marubatsu[\w.]*|sklearn[\w.]*|skimage[\w.]*|scipy[\w.]*)", "\n".join(cells), re.M
    )
    return sorted(set(found))


def submissions(folder: Path) -> list[Path]:
    """Return every file of a folder that may be a submission, at any depth; what begins with a point is passed over.

    Raises
    ------
    ValueError
        If there is no such folder, or nothing in it.
    """
    if not folder.is_dir():
        raise ValueError(f"mark: there is no folder {folder}.")
    inside = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    found = [folder / path for path in inside if not any(part.startswith((".", "__")) for part in path.parts)]
    if not found:
        raise ValueError(f"mark: the folder {folder} holds no submission.")
    return found


def read_cells(path: Path) -> list[tuple[str, dict]]:
    """Return source and metadata of a submission's code cells.

    Raises
    ------
    ValueError
        If the file is no notebook.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cells = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
        sources = ["".join(cell["source"]) for cell in cells]
        return [(source, dict(cell.get("metadata") or {})) for source, cell in zip(sources, cells, strict=True)]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise ValueError(f"{path.name} is not a notebook: it could not be read as one.") from None


def mark_one(
    path: Path,
    student: str,
    assignment: Assignment,
    wanted: dict[int, list],
    limits: sandbox.Limits | None = None,
    halt: sandbox.Halt | None = None,
) -> Marked:
    """Mark one submission. Whatever is in the file, this returns; only `halt` makes it raise."""
    try:
        cells = read_cells(path)
    except ValueError as error:
        nothing = [Answered(0.0, question.points, "the file is not a notebook") for question in assignment.questions]
        return Marked(student, "unreadable", nothing, [str(error)])
    sources = [source for source, _ in cells]
    limits = limits or sandbox.Limits()
    found = sandbox.run(
        sources, _asked(assignment), modules=modules(sources), forbidden=FOLDER, limits=limits, halt=halt
    )
    places: dict[int, list[int]] = {}
    for place, (source, metadata) in enumerate(cells):
        places.setdefault(question_of(source, metadata), []).append(place)
    judged = [
        _judge(question, answers, wanted[question.number], places.get(question.number, []), found)
        for question, answers in zip(assignment.questions, found.answers, strict=True)
    ]
    stopped = found.errors or found.endless
    status = found.status if found.status != "ran" else "errors" if stopped else "marked"
    return Marked(student, status, judged, _notes(found, places, assignment, limits))


def _judge(question, results, wanted, places, found):
    """Return the points of one question, and the sentence for the first test that it misses."""
    if not places:
        return Answered(0.0, question.points, f"the cell of question {question.number} is missing")
    passed, sentence = 0, ""
    for test, (kind, value), packed in zip(question.tests, results, wanted, strict=True):
        if kind == "value" and alike(value, sandbox.unpack(packed)):
            passed += 1
        elif not sentence:
            own = next((found.errors[place] for place in places if place in found.errors), "")
            what = own or (value if kind == "error" else f"gave {shown(value)}")
            sentence = f"{test.hint} ({what})"
    return Answered(round(question.points * passed / len(question.tests), 4), question.points, sentence)


def _notes(found, places, assignment, limits):
    numbers = [assignment.questions[place].number for place in found.endless]
    notes = [f"question {number} did not end within {limits.test_seconds:g} s" for number in numbers]
    notes += [f"cell {place + 1}: {error}" for place, error in list(found.errors.items())[:3]]
    if found.attempts:
        notes.append(f"was refused: {', '.join(dict.fromkeys(found.attempts[:5]))}")
    twice = [number for number, cells in places.items() if number and len(cells) > 1]
    if twice:
        notes.append(f"more than one cell for question {', '.join(map(str, twice))}; the last that ran counts")
    known = {question.number for question in assignment.questions}
    if not known & set(places):
        notes.append("no cell of this assignment was found: is it another notebook?")
    return notes


def mark_class(
    folder: Path,
    out: Path,
    assignment: Assignment,
    *,
    workers: int | None = None,
    limits: sandbox.Limits | None = None,
    again: bool = False,
    progress: Callable[[Marked], None] | None = None,
) -> list[Marked]:
    """Mark all submissions of a folder and write ``marks.csv``; what was marked before is not marked again.

    Parameters
    ----------
    folder : path
        Holds the submissions, at any depth: a learning platform's download as it comes.
    out : path
        Where the results go: one file a submission as soon as it is marked, and the table at the end.
    workers : int, optional
        How many run at a time; left out, as many as there are cores.
    again : bool
        Mark all anew.
    progress : function, optional
        Called with each result, kept ones included.

    Returns
    -------
    list of Marked
        In the order of the files.
    """
    paths = submissions(folder)
    kept = out / "submissions"
    kept.mkdir(parents=True, exist_ok=True)
    wanted = expected(assignment)
    base = json.dumps([assignment.cells, wanted], ensure_ascii=False).encode()
    results: dict[Path, Marked] = {}
    halt = sandbox.Halt()

    def work(path):
        student = path.relative_to(folder).with_suffix("").as_posix()
        key = hashlib.sha256(base + path.read_bytes()).hexdigest()
        store = kept / f"{hashlib.sha256(student.encode() + path.suffix.encode()).hexdigest()[:24]}.json"
        if not again and (known := _read(store, key)):
            return path, known
        marked = mark_one(path, student, assignment, wanted, limits, halt)
        marked.key = key
        _write(store, marked)
        return path, marked

    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        waiting = [pool.submit(work, path) for path in paths]
        try:
            for done in _finished(waiting):
                path, marked = done.result()
                results[path] = marked
                if progress is not None:
                    progress(marked)
        except BaseException:
            for each in waiting:
                each.cancel()
            halt.call()  # what runs ends at once, unmarked
            raise
    ordered = [results[path] for path in paths]
    write_table(out / "marks.csv", ordered, assignment)
    return ordered


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


def write_table(path: Path, results: list[Marked], assignment: Assignment) -> None:
    """Write the marks as a table that a spreadsheet opens: one line a submission."""
    half = path.with_suffix(".part")
    with half.open("w", newline="", encoding="utf-8-sig") as file:
        table = csv.writer(file)
        heads = [f"question {question.number} ({question.points})" for question in assignment.questions]
        table.writerow(["student", "status", *heads, "points", "of", "notes"])
        for marked in results:
            points = [f"{question.points:g}" for question in marked.questions]
            notes = "; ".join(marked.notes)
            cells = [marked.student, STATUSES[marked.status], *points, f"{marked.points:g}", assignment.points, notes]
            table.writerow([_tame(cell) for cell in cells])
    half.replace(path)


def _tame(cell):
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell

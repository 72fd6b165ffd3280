"""Marks that the lecturer corrects by hand: a table that she fills, kept and applied whenever the class is marked."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from marubatsu_course.assignment import Assignment
from marubatsu_course.marking import Marked
from marubatsu_course.submissions import Submission

HEADS = ["submission", "question", "points", "reason"]


@dataclass(frozen=True)
class Correction:
    """The points of one question of one submission, and why."""

    submission: str
    question: int
    points: float
    reason: str


def read(path: Path, submissions: list[Submission], assignment: Assignment) -> list[Correction]:
    """Return the corrections of a file; where there is none yet, one with its heads is made.

    Parameters
    ----------
    path : path
        A table with the columns submission, question, points and reason, as a spreadsheet saves it: separated by
        commas, or by semicolons and then with a decimal point or comma. A reason may hold both. A submission is
        named as in ``marks.csv``, or by its student's name or number where no other has the same.
    submissions : list of Submission
        What may be named.

    Raises
    ------
    ValueError
        If a line cannot be applied; the sentence names it.
    """
    if not path.exists():
        path.write_text(",".join(HEADS) + "\n", encoding="utf-8-sig")
    text = _decoded(path.read_bytes())
    separator = ";" if ";" in text.split("\n", 1)[0] else ","
    lines = [_trimmed(line) for line in csv.reader(io.StringIO(text), delimiter=separator)]
    if not lines or [head.strip().lower() for head in lines[0]] != HEADS:
        raise ValueError(
            f"{path.name}, line 1: the heads must be {', '.join(HEADS)}. Delete the file to get a new one."
        )
    found = []
    for place, line in enumerate(lines[1:], 2):
        if line:
            where = f"{path.name}, line {place}"
            if separator == "," and len(line) >= len(HEADS) and line[3].strip().isdigit():
                raise ValueError(f"{where}: is it {line[2]},{line[3]} points? Write {line[2]}.{line[3]}, with a point.")
            line[3:] = [separator.join(line[3:])]  # a reason may hold what separates the cells
            found.append(_one(line, where, submissions, assignment))
            if [(each.submission, each.question) for each in found].count(
                (found[-1].submission, found[-1].question)
            ) > 1:
                raise ValueError(f"{where}: this question was corrected in a line above. Keep one.")
    return found


def _trimmed(line):
    """Return the cells of a line without the empty ones at its end, which spreadsheets add."""
    used = [place for place, cell in enumerate(line, 1) if cell.strip()]
    return line[: used[-1]] if used else []


def _decoded(content):
    """Return a table's text, whether a program wrote UTF-8 or, as older spreadsheets do, Windows-1252."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _one(line, where, submissions, assignment):
    if any(not cell.strip() for cell in line):
        raise ValueError(f"{where}: give all four, {', '.join(HEADS)}.")
    name, question, points, reason = (cell.strip() for cell in line)
    named = name.removeprefix("'")  # which marks.csv writes before a name that would be a formula
    alike = [each for each in submissions if each.path == named]
    alike = alike or [each for each in submissions if named in (each.student, each.number)]
    if len(alike) != 1:
        what = "no submission is" if not alike else f"{len(alike)} submissions are"
        raise ValueError(f"{where}: {what} called {name!r}. Copy the name from the column submission of marks.csv.")
    known = {str(each.number): each for each in assignment.questions}
    if question not in known:
        raise ValueError(f"{where}: there is no question {question!r}: 1 to {len(known)}.")
    most = known[question].points
    try:
        number = float(points.replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 <= number <= most:
        raise ValueError(f"{where}: question {question} has 0 to {most} points, not {points!r}.")
    return Correction(alike[0].path, int(question), number, reason)


def apply(corrections: list[Correction], results: list[Marked]) -> None:
    """Give the corrected points, and write down why."""
    by_name = {marked.submission: marked for marked in results}
    for each in corrections:
        if each.submission in by_name:  # an interrupted marking may not have come so far
            answer = by_name[each.submission].questions[each.question - 1]
            answer.points, answer.by_hand = each.points, each.reason

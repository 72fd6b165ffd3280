"""The marks as a table that a spreadsheet opens: one line a submission, with what was missed."""

import csv
from pathlib import Path

from marubatsu_course.assignment import Assignment
from marubatsu_course.marking import STATUSES, Marked


def write(path: Path, results: list[Marked], assignment: Assignment, separator: str = ",") -> None:
    """Write the marks.

    Parameters
    ----------
    separator : str
        What stands between two cells. With a semicolon numbers have a decimal comma, as spreadsheets expect where
        that is the custom.
    """
    half = path.with_suffix(".part")
    with half.open("w", newline="", encoding="utf-8-sig") as file:
        table = csv.writer(file, delimiter=separator)
        heads = [f"question {question.number} ({question.points})" for question in assignment.questions]
        table.writerow(["student", "number", "submission", "status", *heads, "points", "of", "notes", "why"])
        for marked in results:
            points = [rounded(question.points) for question in marked.questions] + [rounded(marked.points)]
            if separator == ";":
                points = [each.replace(".", ",") for each in points]
            cells = [marked.student, marked.number, marked.submission, STATUSES[marked.status]]
            notes = "; ".join(marked.notes)
            table.writerow([_tame(cell) for cell in [*cells, *points, assignment.points, notes, why(marked)]])
    half.replace(path)


def rounded(points: float) -> str:
    """Return points with at most two decimals."""
    return f"{round(points, 2):g}"


def why(marked: Marked) -> str:
    """Return for each question that lost points, or was corrected, the reason."""
    reasons = []
    for number, answer in enumerate(marked.questions, 1):
        if answer.by_hand:
            reasons.append(f"{number}: corrected by hand: {answer.by_hand}")
        elif answer.sentence and marked.counts:
            reasons.append(f"{number}: {answer.sentence}")
    return "; ".join(reasons)


def _tame(cell):
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell

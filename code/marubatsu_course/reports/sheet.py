"""One student's sheet: the points of each question, what went wrong first, and the answer, to read or to send back."""

import re
from html import escape
from pathlib import Path

from marubatsu_course.assignment import Assignment
from marubatsu_course.marking import STATUSES, Marked
from marubatsu_course.reports.table import rounded

STYLE = Path(__file__).with_name("report.css").read_text(encoding="utf-8")


def document(title: str, body: str) -> str:
    """Return a page that needs nothing else."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>\n"
    )


def kind(points: float, of: int) -> str:
    """Return how a question did, in one word: full, part or none."""
    return "full" if points >= of else "part" if points > 0 else "none"


def questions(marked: Marked, assignment: Assignment, handed_in: str = "What you handed in") -> str:
    """Return the questions of one submission as a list; where there is nothing to mark, those corrected by hand.

    Parameters
    ----------
    handed_in : str
        What unfolds the student's own code; ``{}`` stands for the number of the question.
    """
    rows = []
    for question, answer in zip(assignment.questions, marked.questions, strict=True):
        if not marked.counts and not answer.by_hand:
            continue
        words = [f"<p>{escape(words)}</p>" for words in _reasons(answer)]
        if answer.code and answer.points < answer.of:
            code = f'<pre tabindex="0"><code>{escape(answer.code)}</code></pre>'
            summary = f"<summary>{handed_in.format(question.number)}</summary>"
            words.append(f'<details class="code">{summary}{code}</details>')
        points = f'<span class="of {kind(answer.points, answer.of)}">{rounded(answer.points)} of {answer.of}</span>'
        rows.append(f"<li>{points}<div><b>{question.number}. {escape(question.title)}</b>{''.join(words)}</div></li>")
    return f'<ol class="answers">{"".join(rows)}</ol>'


def _reasons(answer):
    """Return what is to be said of an answer, as sentences."""
    found = [f"corrected by hand: {answer.by_hand}"] if answer.by_hand else []
    if answer.sentence and answer.points < answer.of:
        found.append(answer.sentence)
    if 0 < answer.missed < answer.tests:
        found.append(f"{answer.missed} of {answer.tests} tests gave something else than expected")
    return [f"{each[0].upper()}{each[1:]}." for each in (each.rstrip(".") for each in found)]


def page(marked: Marked, assignment: Assignment) -> str:
    """Return the sheet of one student as a page to send back."""
    words = [] if marked.counts else [f'<p class="banner">{escape("; ".join(marked.notes))}</p>']
    number = f" · {escape(marked.number)}" if marked.number else ""
    total = f"<b>{rounded(marked.points)}</b> of {assignment.points} points: {escape(STATUSES[marked.status])}"
    body = [
        f'<p class="lead">{escape(assignment.title)}</p><h1>{escape(marked.student)}</h1>',
        f'<p class="lead">{escape(marked.submission)}{number}</p>',
        f'<p class="total">{total}</p>',
        *words,
        questions(marked, assignment),
        '<p class="lead">A question is tried on several examples, and each counts the same. What is said of a '
        "question is the first example that it missed.</p>",
    ]
    return document(f"{marked.student}: {assignment.title}", "".join(body))


def names(results: list[Marked]) -> list[str]:
    """Return for each submission the file name of its sheet, which every system can hold; no two are the same."""
    given: list[str] = []
    for marked in results:
        plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", "_".join(filter(None, (marked.student, marked.number)))).strip(
            ". "
        )
        name = plain = plain[:80] or "student"
        count = 1
        while name.casefold() in {each.casefold() for each in given}:
            count += 1
            name = f"{plain} ({count})"
        given.append(name)
    return [f"{name}.html" for name in given]

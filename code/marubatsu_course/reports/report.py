"""The lecturer's page of results: how the class did, which questions were missed most, and every student."""

from collections import Counter
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import numpy as np

from marubatsu_course.assignment import Assignment
from marubatsu_course.classroom import MANY
from marubatsu_course.marking import EMPTY, STATUSES, Marked
from marubatsu_course.reports.sheet import document, kind, names, questions
from marubatsu_course.reports.table import rounded
from marubatsu_course.walls import sandbox


@dataclass(frozen=True)
class Missed:
    """How the class did in one question."""

    number: int
    title: str
    share: float
    """The mean share of its points, 0 to 1."""
    lost: int
    """How many lost points."""
    empty: int
    """How many of these left it empty."""
    most: str
    """What the others missed most often; empty where there are none."""


def missed(results: list[Marked], assignment: Assignment) -> list[Missed]:
    """Return how the class did in each question, most missed first."""
    found = []
    for place, question in enumerate(assignment.questions):
        answers = [marked.questions[place] for marked in results]
        lost = [answer for answer in answers if answer.points < answer.of]
        hints = Counter(answer.hint or answer.sentence for answer in lost if answer.sentence not in ("", EMPTY))
        share = float(np.mean([answer.points / answer.of for answer in answers])) if answers else 0.0
        empty = sum(answer.sentence == EMPTY for answer in lost)
        most = hints.most_common(1)[0][0] if hints else ""
        found.append(Missed(question.number, question.title, share, len(lost), empty, most))
    return sorted(found, key=lambda each: each.share)


def page(
    results: list[Marked],
    assignment: Assignment,
    protections: dict[str, bool],
    *,
    aside: list[tuple[str, str]] | None = None,
    left: int = 0,
) -> str:
    """Return the page of results as one HTML text that needs nothing else.

    Parameters
    ----------
    protections : dict
        What `marubatsu_course.walls.sandbox.protections` says of this computer.
    aside : list of (str, str), optional
        Files that were not marked, and what to do with each.
    left : int
        How many submissions an interruption left unmarked.
    """
    counted = [marked for marked in results if marked.counts]
    parts = [
        f'<p class="lead">Results of the class</p><h1>{escape(assignment.title)}</h1>',
        _interrupted(results, left),
        _numbers(results, counted, assignment),
        "<h2>Questions, most missed first</h2>",
        f'<ol class="missed">{"".join(_missed(each, len(counted)) for each in missed(counted, assignment))}</ol>',
        "<h2>Points</h2>",
        _histogram(counted, assignment),
        _look(results),
        "<h2>Students</h2>",
        '<p class="lead">Open a student to see what was missed. The same stands on a sheet to send back.</p>',
        _students(results, assignment),
        _aside(aside or []),
        "<h2>What each submission was kept within</h2>",
        f'<ul class="plain">{"".join(_held(name, held) for name, held in protections.items())}</ul>',
    ]
    return document(f"{assignment.title}: results", "".join(parts))


def _interrupted(results, left):
    if not left:
        return ""
    words = f"Interrupted: {len(results)} of {len(results) + left} are marked. The same command goes on from here."
    return f'<p class="banner">{words}</p>'


def _numbers(results, counted, assignment):
    points = [marked.points for marked in counted]
    students = len({(marked.student, marked.number) for marked in results})
    shown = [
        (str(students), "students" if students != 1 else "student"),
        (str(len(counted)), f"notebook{'s' * (len(counted) != 1)} of this assignment"),
        (f"{np.mean(points):.1f}" if points else "–", f"points on average, of {assignment.points}"),
        (rounded(float(np.median(points))) if points else "–", "points in the middle (median)"),
        (str(sum(marked.look for marked in results)), "to look at"),
    ]
    return f'<ul class="numbers">{"".join(f"<li><strong>{value}</strong>{words}</li>" for value, words in shown)}</ul>'


def _missed(each, notebooks):
    words = f"{each.lost} of {notebooks} lost points" if each.lost else "nobody lost a point" if notebooks else ""
    words += f", {each.empty} left it empty" if each.empty else ""
    words += f"; most often missed: {each.most.rstrip('.')}" if each.most else ""
    share = f"{100 * each.share:.0f}"
    return (
        f'<li><b>{each.number}. {escape(each.title)}</b><span class="track"><span style="width:{share}%"></span></span>'
        f'<span class="share">{share} %</span><small>{escape(words[:1].upper() + words[1:])}</small></li>'
    )


def _histogram(counted, assignment):
    """Return the points of the class as columns, one for each whole number of points."""
    counts = np.bincount([round(marked.points) for marked in counted], minlength=assignment.points + 1)
    most, step = max(int(counts.max()), 1), 1 if assignment.points <= 10 else 2
    columns = "".join(
        f'<span class="column"><i>{count or ""}</i><span style="height:{100 * count / most:.0f}%"></span>'
        f"<em>{points if points % step == 0 else ''}</em></span>"
        for points, count in enumerate(counts.tolist())
    )
    said = ", ".join(f"{points} points: {count}" for points, count in enumerate(counts.tolist()) if count)
    caption = "How many notebooks (height) got so many points in all (below), rounded to whole points."
    picture = f'<div class="histogram" role="img" aria-label="Columns. {said}">{columns}</div>'
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>"


def _look(results):
    rows = [
        f'<li><span><a href="#s{place}">{escape(marked.student)}</a>{_which(marked)}</span> '
        f"<span>{escape(_told(marked))}</span></li>"
        for place, marked in enumerate(results)
        if marked.look
    ]
    return f'<h2>To look at</h2><ul class="look">{"".join(rows)}</ul>' if rows else ""


def _told(marked):
    return "; ".join(marked.notes) or STATUSES[marked.status]


def _which(marked):
    """Return what tells a submission from others under the same name: its number, and its file where she sent more."""
    file = marked.submission.partition("/")[2] or marked.submission
    more = [marked.number] + [file] * any(MANY in note for note in marked.notes)
    return "".join(f" <small>{escape(each)}</small>" for each in more if each)


def _students(results, assignment):
    heads = "".join(f"<span>{question.number}</span>" for question in assignment.questions)
    squares = f'<span>Question</span><span class="squares">{heads}</span><span>Points</span>'
    head = f'<div class="head" aria-hidden="true">{squares}</div>'
    sheets = names(results)
    rows = [_student(place, marked, assignment, sheets[place]) for place, marked in enumerate(results)]
    return f'<div class="students">{head}{"".join(rows)}</div>'


def _student(place, marked, assignment, sheet):
    squares = "".join(
        f'<span class="{kind(answer.points, answer.of)}">{rounded(answer.points)}</span>' for answer in marked.questions
    )
    chip = f'<small class="chip">{escape(STATUSES[marked.status])}</small>' if marked.status != "marked" else ""
    notes = "".join(f"<li>{escape(note)}</li>" for note in marked.notes)
    summary = (
        f'<summary><span class="who">{escape(marked.student)}{_which(marked)} {chip}</span>'
        f'<span class="squares" aria-hidden="true">{squares}</span>'
        f'<span class="sum">{rounded(marked.points)}<span class="hidden"> of {assignment.points} points</span></span>'
        "</summary>"
    )
    link = (
        f'<p class="lead">{escape(marked.submission)} · <a href="sheets/{quote(sheet)}">the sheet to send back</a></p>'
    )
    told = f'<ul class="notes">{notes}</ul>' if notes else ""
    answers = questions(marked, assignment, "What was handed in for question {}")
    inside = f'<div class="inside">{link}{told}{answers}</div>'
    return f'<details id="s{place}">{summary}{inside}</details>'


def _aside(aside):
    rows = "".join(f"<li><b>{escape(name)}</b> <span>{escape(reason)}</span></li>" for name, reason in aside)
    return f'<h2>Not marked</h2><ul class="look">{rows}</ul>' if rows else ""


def _held(name, held):
    limits = sandbox.Limits()
    amounts = {
        "time": f"{limits.cell_seconds:g} s a cell, {limits.test_seconds:g} s a test, {limits.seconds:g} s in all",
        "memory": f"{limits.memory / 2**30:g} GiB",
    }
    return f"<li>{escape(name)}: {amounts.get(name, 'kept apart') if held else 'not limited on this computer'}</li>"

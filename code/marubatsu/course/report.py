"""The lecturer's page of results: how the class did, which questions were missed most, and every submission."""

import io
from collections import Counter
from html import escape
from pathlib import Path

import numpy as np

from marubatsu.figures import show_bars, show_histograms

from .assignment import Assignment
from .marking import STATUSES, Marked

STYLE = Path(__file__).with_name("report.css").read_text(encoding="utf-8")


def _picture(figure, alt, caption):
    text = io.StringIO()
    figure.savefig(text, format="svg", bbox_inches="tight")
    drawn = text.getvalue()
    svg = drawn[drawn.index("<svg") :].replace("<svg", f'<svg role="img" aria-label="{escape(alt, quote=True)}"', 1)
    return f'<figure><div class="wide">{svg}</div><figcaption>{escape(caption)}</figcaption></figure>'


def missed(results: list[Marked], assignment: Assignment) -> list[tuple[int, float, int, str]]:
    """Return for each question, most missed first: its number, the mean share of its points, how many missed something,
    and what they missed most often."""
    found = []
    for place, question in enumerate(assignment.questions):
        answers = [marked.questions[place] for marked in results]
        sentences = Counter(answer.sentence.split(" (")[0] for answer in answers if answer.sentence)
        share = float(np.mean([answer.points / answer.of for answer in answers]))
        most = sentences.most_common(1)[0][0] if sentences else ""
        found.append((question.number, share, sum(sentences.values()), most))
    return sorted(found, key=lambda row: row[1])


def page(results: list[Marked], assignment: Assignment, protections: dict[str, bool]) -> str:
    """Return the page of results as one HTML text that needs nothing else."""
    points = np.array([marked.points for marked in results])
    rows = missed(results, assignment)
    numbers = [
        (len(results), "submissions"),
        (f"{points.mean():.1f}", f"points on average, of {assignment.points}"),
        (f"{np.median(points):g}", "points in the middle (median)"),
        (sum(marked.status != "marked" for marked in results), "to look at (see their notes)"),
    ]
    shares = {number: share for number, share, _, _ in rows}
    bars = show_bars(
        np.array([round(100 * shares[question.number]) for question in assignment.questions]),
        labels=[str(question.number) for question in assignment.questions],
        most=118,
    )
    spread = show_histograms([points], bins=np.arange(-0.5, assignment.points + 1.5))
    parts = [
        f"<h1>{escape(assignment.title)}</h1>",
        '<p class="lead">Results of the class</p>',
        f'<ul class="numbers">{"".join(f"<li><strong>{value}</strong>{words}</li>" for value, words in numbers)}</ul>',
        "<h2>Questions</h2>",
        _picture(
            bars,
            "Bars: the mean share of the points, in per cent, for each question.",
            "For each question (horizontal), the share of its points that the class got, in per cent.",
        ),
        "<h2>Most missed</h2>",
        _table("Most missed", ["Question", "Points got", "Missed by", "Most often"], _missed_rows(rows, assignment)),
        "<h2>Points</h2>",
        _picture(
            spread,
            "Histogram of the points in all.",
            "How many submissions (vertical) got so many points in all (horizontal).",
        ),
        "<h2>Submissions</h2>",
        _table(
            "Submissions",
            [
                "Student",
                *(str(question.number) for question in assignment.questions),
                "Points",
                "What became of it",
                "Notes",
            ],
            _class_rows(results),
        ),
        "<h2>What each submission was kept within</h2>",
        f"<ul>{''.join(_held(name, held) for name, held in protections.items())}</ul>",
    ]
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(assignment.title)}: results</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>"
    )


def _missed_rows(rows, assignment):
    titles = {question.number: question.title for question in assignment.questions}
    return [
        [f"{number}. {titles[number]}", f"{100 * share:.0f} %", count, most or "–"]
        for number, share, count, most in rows
    ]


def _class_rows(results):
    return [
        [
            marked.student,
            *(f"{answer.points:g}" for answer in marked.questions),
            f"{marked.points:g}",
            STATUSES[marked.status],
            "; ".join(marked.notes),
        ]
        for marked in results
    ]


def _table(name, heads, rows):
    """Return a table that can be scrolled by keyboard; numbers stand to the right."""
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in heads)
    body = "".join(f"<tr>{_cell('th', row[0])}{''.join(_cell('td', cell) for cell in row[1:])}</tr>" for row in rows)
    region = f'<div class="wide" tabindex="0" role="region" aria-label="{escape(name)}">'
    return f"{region}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _cell(tag, content):
    scope = ' scope="row"' if tag == "th" else ""
    number = ' class="number"' if str(content).replace(".", "").replace(" %", "").isdigit() else ""
    return f"<{tag}{scope}{number}>{escape(str(content))}</{tag}>"


def _held(name, held):
    return f"<li>{escape(name)}: {'limited' if held else 'not limited on this computer'}</li>"

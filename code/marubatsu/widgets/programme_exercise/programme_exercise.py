"""The programme exercise: twelve talks of a conference, to be sorted by what comes out."""

from collections.abc import Iterable
from html import escape

import traitlets

from marubatsu.widgets.kit.arrays import StateError
from marubatsu.widgets.kit.base import Widget
from marubatsu.widgets.kit.limits import Whole
from marubatsu.widgets.programme_exercise.programme import TALKS, TASKS, score


class ProgrammeExercise(Widget):
    """Sort twelve talks by task, see at once why, and go to the page where each method runs.

    Parameters
    ----------
    **state
        First values of the traits: `talk` (which one is open, 1 to 12), `answers` (for each talk a place in
        `marubatsu.widgets.programme_exercise.programme.TASKS`, counted from 1, or 0 for none) and `first` (the same,
        for the first answer that was given).

    Examples
    --------
    >>> ProgrammeExercise(answers=[1, 1] + 10 * [0], first=[1, 2] + 10 * [0]).score()
    (1, 2)
    """

    talk = Whole(1, 1, len(TALKS))
    answers = traitlets.List(traitlets.Int(), [0] * len(TALKS)).tag(sync=True, state=True)
    first = traitlets.List(traitlets.Int(), [0] * len(TALKS)).tag(sync=True, state=True)

    tasks = traitlets.List(list(TASKS)).tag(sync=True)
    talks = traitlets.List(
        [{"japanese": t.japanese, "task": t.task, "also": t.also, "pages": list(t.pages)} for t in TALKS]
    ).tag(sync=True)

    @traitlets.validate("answers", "first")
    def _check_answers(self, proposal: traitlets.Bunch) -> list[int]:
        value, name = proposal["value"], proposal["trait"].name
        if len(value) != len(TALKS) or not all(0 <= each <= len(TASKS) for each in value):
            expected = f"{len(TALKS)} whole numbers from 0 (no answer) to {len(TASKS)}"
            raise StateError(f"ProgrammeExercise: {name} must be {expected}, but {value} came.")
        return value

    def score(self) -> tuple[int, int]:
        """Return how many talks were right at the first try, and how many have been tried."""
        pairs = zip(self.answers, self.first, strict=True)
        return score([(first or now) if now else 0 for now, first in pairs])

    def still(self) -> str:
        """Return the programme as a table, and below it the task of each talk and the reason."""
        words = self.texts
        asked, solved = [], []
        for number, talk in enumerate(TALKS, start=1):
            told = words["talks"][str(number)]
            japanese = f'<span lang="ja">{escape(talk.japanese)}</span>'
            method = f"{escape(words['method'])}: {escape(told['method'])}"
            asked.append(_row(number, f"<strong>{escape(told['title'])}</strong><br/>{japanese}<br/>{method}"))
            titles = [words["tasks"][each]["title"] for each in (talk.task, talk.also) if each]
            solved.append(_row(number, escape(f" {words['or']} ".join(titles)), escape(told["why"])))
        return _table(words["programme"], (words["talk"],), asked) + _table(
            words["solution"], (words["task"], words["reason"]), solved
        )


def _row(number: int, *cells: str) -> str:
    return f'<tr><th scope="row">{number}</th>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _table(caption: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in ("#", *heads))
    return (
        f'<table class="marubatsu-programme"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )

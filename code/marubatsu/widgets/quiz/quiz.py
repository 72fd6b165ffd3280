"""The quiz of a page: each question is checked when the reader asks for it, and each choice says why."""

from html import escape
from typing import Any

import traitlets

from marubatsu import questions
from marubatsu.widgets.kit.base import Widget


class Quiz(Widget):
    """Show the questions of a page; check each when the reader wants it.

    Parameters
    ----------
    name : str
        The last word of the page's address, as "training": the questions are those of `marubatsu.questions`.
    **state
        First values of the traits: `answers`, one for each question, joined by ";" ("b;ac;3.5"; letters of the choices,
        or a number), and `checked`, a "1" for each question that was checked, else a "0".

    Examples
    --------
    >>> quiz = Quiz("training", answers="a;0.9;b;")
    >>> quiz.right()
    [True, True, False, None]
    """

    answers = traitlets.Unicode("").tag(sync=True, state=True)
    checked = traitlets.Unicode("").tag(sync=True, state=True)

    questions: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)

    def __init__(self, name: str, *, language: str = "en", slug: str | None = None, **state: Any):
        self._questions = questions.load(name, language)
        super().__init__(language=language, slug=slug, **state)
        self.questions = [_plain(question) for question in self._questions]

    def right(self) -> list[bool | None]:
        """Return for each question whether its answer is right, or None where there is none yet."""
        given = (self.answers.split(";") + [""] * len(self._questions))[: len(self._questions)]
        return [question.right(text) if text else None for question, text in zip(self._questions, given, strict=True)]

    def still(self) -> str:
        """Return the questions with their choices, and the answers below."""
        items, answers = [], []
        for question in self._questions:
            choices = "".join(f"<li>{questions.coded(choice.text)}</li>" for choice in question.choices)
            listed = f'<ol type="a">{choices}</ol>' if choices else ""
            items.append(f"<li><p>{questions.coded(question.text)}</p>{listed}</li>")
            letters = [
                letter for letter, choice in zip(questions.LETTERS, question.choices, strict=False) if choice.right
            ]
            said = f'<strong translate="no">{", ".join(letters)}</strong>' if letters else _number(question)
            answers.append(f"<li>{said}. {questions.coded(question.why)}</li>")
        return (
            f'<div class="marubatsu-quiz"><ol>{"".join(items)}</ol>'
            f"<details><summary>{escape(self.texts['answers'])}</summary><ol>{''.join(answers)}</ol></details></div>"
        )


def _plain(question: questions.Question) -> dict[str, Any]:
    """Return a question as the browser takes it."""
    choices = [{"text": choice.text, "right": choice.right, "why": choice.why} for choice in question.choices]
    number = {"answer": question.answer, "tolerance": question.tolerance, "unit": question.unit}
    return {"text": question.text, "kind": question.kind, "why": question.why, "choices": choices} | number


def _number(question: questions.Question) -> str:
    """Return the number that answers a question, with its unit, as HTML."""
    return f"<strong>{f'{question.answer:g} {question.unit}'.strip()}</strong>"

"""The quiz of a page: each question is checked when the reader asks for it, and each choice says why."""

from marubatsu.widgets.quiz.quiz import Quiz

__all__ = ["Quiz"]

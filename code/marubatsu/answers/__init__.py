"""A student's answers in a notebook: is this right so far, and when do two values count as equal?"""

from marubatsu.answers.check import Answers, Check

__all__ = ["Answers", "Check"]

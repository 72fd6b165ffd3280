"""The course: assignments made from one text, checked by students, marked for a whole class on one computer."""

from marubatsu.course.checks import Answers, Check

__all__ = ["Answers", "Check"]

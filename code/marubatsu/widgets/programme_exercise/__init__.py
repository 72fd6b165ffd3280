"""The programme exercise: twelve talks of a conference, to be sorted by what comes out."""

from marubatsu.widgets.programme_exercise.programme import TALKS, TASKS, score
from marubatsu.widgets.programme_exercise.programme_exercise import ProgrammeExercise

__all__ = ["TALKS", "TASKS", "ProgrammeExercise", "score"]

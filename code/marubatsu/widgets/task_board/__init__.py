"""The task board: one slice through a chest, six questions, and for each the truth beside a network's answer."""

from marubatsu.widgets.task_board.task_board import TaskBoard

__all__ = ["TaskBoard"]

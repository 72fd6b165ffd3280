"""The template difference in the reader's hand: a mark to move, turn and thicken, and a verdict that flips."""

from marubatsu.widgets.template_difference.template_difference import TemplateDifference

__all__ = ["TemplateDifference"]

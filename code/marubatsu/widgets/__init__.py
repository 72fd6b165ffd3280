"""Widgets for tuning and looking: live in Jupyter, and alive in the static page without a server."""

from .kernel_tuner import KernelTuner
from .pictures import picture
from .template_difference import TemplateDifference

__all__ = ["KernelTuner", "TemplateDifference", "picture"]

"""Widgets for tuning and looking: live in Jupyter, and alive in the static page without a server."""

from .kernel_tuner import KernelTuner
from .memory_balance import MemoryBalance
from .pictures import picture
from .pixel_reader import PixelReader
from .template_difference import TemplateDifference

__all__ = ["KernelTuner", "MemoryBalance", "PixelReader", "TemplateDifference", "picture"]

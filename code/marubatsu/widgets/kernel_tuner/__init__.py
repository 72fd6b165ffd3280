"""The kernel tuner: one kernel, every weight of it in the reader's hand, on marks, photographs, scans and drawings."""

from marubatsu.widgets.kernel_tuner.kernel_tuner import KernelTuner

__all__ = ["KernelTuner"]

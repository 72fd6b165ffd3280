"""The denoising comparer: one slice as low dose, filtered, denoised and full dose, each pixel and square scored."""

from marubatsu.widgets.denoising_comparer.denoising_comparer import DenoisingComparer

__all__ = ["DenoisingComparer"]

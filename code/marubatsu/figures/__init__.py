"""Pictures for the pages: arrays in, a matplotlib figure out. These rooms know no layer and no widget."""

from .pictures import show_images, show_numbers, show_signed
from .plots import show_histograms

__all__ = ["show_histograms", "show_images", "show_numbers", "show_signed"]

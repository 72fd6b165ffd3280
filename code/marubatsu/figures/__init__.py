"""Pictures for the pages: arrays in, matplotlib figure out. Nothing here knows what a layer is.

A picture carries numbers, letters and symbols, never words: those stand in its caption, where they can be
translated and read aloud. Backgrounds are transparent and lines mid-grey, so that a figure reads on light and
on dark pages. Negative numbers are blue, positive ones orange, zero is white.
"""

from marubatsu.figures.cells import show_kernel, show_kernels, show_numbers, show_products
from marubatsu.figures.charts import show_bars, show_curves, show_histograms
from marubatsu.figures.images import show_feature_maps, show_images, show_window

__all__ = [
    "show_bars",
    "show_curves",
    "show_feature_maps",
    "show_histograms",
    "show_images",
    "show_kernel",
    "show_kernels",
    "show_numbers",
    "show_products",
    "show_window",
]

"""Pictures for the pages: arrays in, a matplotlib figure out. These rooms know no layer and no widget."""

from marubatsu.figures.agreement import show_agreement, show_scatter
from marubatsu.figures.architecture import show_boxes
from marubatsu.figures.boxes import show_detections
from marubatsu.figures.cells import show_kernel, show_kernels, show_numbers, show_products
from marubatsu.figures.charts import show_bars, show_curves, show_histograms
from marubatsu.figures.denoised import show_denoised
from marubatsu.figures.images import show_feature_maps, show_images, show_window
from marubatsu.figures.outlines import show_outlines
from marubatsu.figures.rates import show_calibration, show_groups, show_learning, show_roc
from marubatsu.figures.sets import show_nested

__all__ = [
    "show_agreement",
    "show_bars",
    "show_boxes",
    "show_calibration",
    "show_curves",
    "show_denoised",
    "show_detections",
    "show_feature_maps",
    "show_groups",
    "show_histograms",
    "show_images",
    "show_kernel",
    "show_kernels",
    "show_learning",
    "show_nested",
    "show_numbers",
    "show_outlines",
    "show_products",
    "show_roc",
    "show_scatter",
    "show_window",
]

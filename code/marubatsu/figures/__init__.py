"""Pictures for the pages: arrays in, a matplotlib figure out. These rooms know no layer and no widget."""

from .agreement import show_agreement, show_scatter
from .architecture import show_boxes
from .boxes import show_detections
from .cells import show_kernel, show_kernels, show_numbers, show_products
from .charts import show_bars, show_curves, show_histograms
from .denoised import show_denoised
from .images import show_feature_maps, show_images, show_window
from .outlines import show_outlines
from .rates import show_calibration, show_groups, show_learning, show_roc
from .sets import show_nested

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

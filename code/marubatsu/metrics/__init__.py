"""Scores and their intervals: only what scikit-learn and scikit-image lack."""

from .agreement import Agreement, bland_altman
from .boxes import froc, iou, match_boxes, sensitivity_at
from .frechet import frechet_distance
from .intervals import bootstrap_interval, wilson_interval
from .overlap import SurfaceDistances, dice, surface_distances
from .rates import roc_band
from .spots import spot_contrast

__all__ = [
    "Agreement",
    "SurfaceDistances",
    "bland_altman",
    "bootstrap_interval",
    "dice",
    "frechet_distance",
    "froc",
    "iou",
    "match_boxes",
    "roc_band",
    "sensitivity_at",
    "spot_contrast",
    "surface_distances",
    "wilson_interval",
]

"""Scores and their intervals: only what scikit-learn and scikit-image lack."""

from marubatsu.metrics.agreement import Agreement, bland_altman
from marubatsu.metrics.boxes import froc, iou, match_boxes, sensitivity_at
from marubatsu.metrics.frechet import frechet_distance
from marubatsu.metrics.intervals import bootstrap_interval, wilson_interval
from marubatsu.metrics.overlap import SurfaceDistances, dice, surface_distances
from marubatsu.metrics.rates import roc_band
from marubatsu.metrics.spots import spot_contrast

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

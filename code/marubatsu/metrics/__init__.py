"""Scores and their intervals: only what scikit-learn and scikit-image lack."""

from .agreement import Agreement, bland_altman
from .intervals import bootstrap_interval, wilson_interval
from .overlap import SurfaceDistances, dice, surface_distances

__all__ = [
    "Agreement",
    "SurfaceDistances",
    "bland_altman",
    "bootstrap_interval",
    "dice",
    "surface_distances",
    "wilson_interval",
]

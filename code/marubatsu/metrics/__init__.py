"""Scores and their intervals: only what scikit-learn and scikit-image lack."""

from .intervals import bootstrap_interval, wilson_interval

__all__ = ["bootstrap_interval", "wilson_interval"]

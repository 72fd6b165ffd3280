"""Scores and their intervals: only what scikit-learn and scikit-image lack."""

from .agreement import Agreement, bland_altman
from .intervals import bootstrap_interval, wilson_interval

__all__ = ["Agreement", "bland_altman", "bootstrap_interval", "wilson_interval"]

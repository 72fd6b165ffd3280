"""The threshold explorer: a threshold and a prevalence to move, and what a score is then worth."""

from marubatsu.widgets.threshold_explorer.threshold_explorer import ThresholdExplorer

__all__ = ["ThresholdExplorer"]

"""The pooling explorer: move a mark, and watch how much of its image changes, and how little of a pooled map."""

from marubatsu.widgets.pooling_explorer.pooling_explorer import PoolingExplorer

__all__ = ["PoolingExplorer"]

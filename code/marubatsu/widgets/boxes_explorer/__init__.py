"""The boxes explorer: what was to be found and what was found, a threshold and an overlap to move, the FROC curve."""

from marubatsu.widgets.boxes_explorer.boxes_explorer import BoxesExplorer

__all__ = ["BoxesExplorer"]

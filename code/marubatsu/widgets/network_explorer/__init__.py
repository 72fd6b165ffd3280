"""The network explorer: draw a mark, and every layer of a small network answers; every weight can be changed."""

from marubatsu.widgets.network_explorer.network_explorer import NetworkExplorer

__all__ = ["NetworkExplorer"]

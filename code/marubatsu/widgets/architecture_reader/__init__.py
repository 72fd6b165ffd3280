"""The architecture reader: a network as a row of boxes, each of which opens its arithmetic; any size can be changed."""

from marubatsu.widgets.architecture_reader.architecture_reader import ArchitectureReader

__all__ = ["ArchitectureReader"]

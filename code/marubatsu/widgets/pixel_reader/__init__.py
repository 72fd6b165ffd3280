"""The pixel reader: which number is stored at a place, and which grey the window makes of it."""

from marubatsu.widgets.pixel_reader.pixel_reader import PixelReader

__all__ = ["PixelReader"]

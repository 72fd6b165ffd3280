"""The plane of a slice in mm, on which ellipses are drawn with edges that share a pixel."""

import numpy as np

from marubatsu.data.phantoms.shapes import Point, lay

Window = tuple[slice, slice]  # rows and columns


class Plane:
    """The pixels of a slice in mm from its middle, and shapes drawn where they lie only."""

    def __init__(self, size: int, spacing: float):
        self.size, self.spacing = size, spacing
        place = ((np.arange(size) - (size - 1) / 2) * spacing).astype(np.float32)
        self.rows, self.columns = place[:, None], place[None, :]

    def window(self, centre: Point, reach: float) -> Window:
        """Return the slices of rows and columns that lie within so many mm of a point."""
        low = np.floor((np.asarray(centre) - reach) / self.spacing + (self.size - 1) / 2).astype(int)
        high = np.ceil((np.asarray(centre) + reach) / self.spacing + (self.size - 1) / 2).astype(int) + 1
        low, high = np.clip(low, 0, self.size), np.clip(high, 0, self.size)
        return slice(low[0], high[0]), slice(low[1], high[1])

    def ellipse(
        self,
        centre: Point,
        radii: tuple[float, float],
        *,
        turn: float = 0.0,
        power: float = 2.0,
        where: Window | None = None,
    ) -> np.ndarray:
        """Return how many mm each pixel lies inside an ellipse (a rounder box for a higher power)."""
        where = where or (slice(None), slice(None))
        down, right = self.rows[where[0]] - np.float32(centre[0]), self.columns[:, where[1]] - np.float32(centre[1])
        if turn:
            cos, sin = np.float32(np.cos(np.deg2rad(turn))), np.float32(np.sin(np.deg2rad(turn)))
            down, right = cos * down - sin * right, sin * down + cos * right
        down, right = np.abs(down / np.float32(radii[0])), np.abs(right / np.float32(radii[1]))  # 1 on the outline
        if power == 2:
            away = np.sqrt(down * down + right * right)
            steep = np.sqrt((down / radii[0]) ** 2 + (right / radii[1]) ** 2) / np.maximum(away, 1e-3)
        else:
            away = (down**power + right**power) ** (1 / power)
            steep = np.sqrt((down ** (power - 1) / radii[0]) ** 2 + (right ** (power - 1) / radii[1]) ** 2)
            steep = steep / np.maximum(away, 1e-3) ** (power - 1)
        return (1 - away) / np.maximum(steep, 1e-4)

    def cover(self, depth: np.ndarray) -> np.ndarray:
        """Return how much of each pixel lies inside, from how many mm its middle lies inside."""
        return np.clip(depth / np.float32(self.spacing) + np.float32(0.5), 0, 1)

    def put(
        self,
        image: np.ndarray,
        centre: Point,
        radii: tuple[float, float],
        value: float,
        *,
        turn: float = 0.0,
        power: float = 2.0,
    ) -> tuple[Window, np.ndarray]:
        """Lay an ellipse of one value over the image; return its place and its cover."""
        where = self.window(centre, max(radii) + 2 * self.spacing)
        cover = self.cover(self.ellipse(centre, radii, turn=turn, power=power, where=where))
        lay(image[where], cover, value)
        return where, cover

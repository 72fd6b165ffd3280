"""What all phantoms are made of: soft-edged shapes, outlines that wobble as living ones do, and smooth noise."""

import numpy as np
from scipy import ndimage

from marubatsu.data.edges import soft

Point = tuple[float, float] | np.ndarray  # row and column


def ellipse(shape: tuple[int, int], centre: Point, radii: tuple[float, float], *, turn: float = 0.0) -> np.ndarray:
    """Return how much of each pixel an ellipse covers: (H, W), float32, 1 inside, 0 outside, an edge one pixel wide.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns.
    centre : (float, float)
        Row and column of its middle, in pixels.
    radii : (float, float)
        Along the rows (down) and along the columns (right), in pixels, before it is turned.
    turn : float
        In degrees, clockwise.
    """
    down, right = _from(shape, centre, turn)
    away = np.hypot(down / radii[0], right / radii[1])  # 1 on the outline
    steep = np.hypot(down / radii[0] ** 2, right / radii[1] ** 2) / np.maximum(away, 1e-6)  # how fast it grows there
    return soft((1 - away) / np.maximum(steep, 1e-6))


def blob(
    shape: tuple[int, int],
    centre: Point,
    radii: tuple[float, float],
    *,
    rng: np.random.Generator,
    wobble: float = 0.06,
    bumps: int = 6,
    turn: float = 0.0,
) -> np.ndarray:
    """Return an ellipse whose outline wobbles: (H, W), float32, from 0 to 1.

    Parameters
    ----------
    shape, centre, radii, turn
        As in `ellipse`.
    rng : numpy.random.Generator
        Where the outline comes from.
    wobble : float
        Standard deviation of the outline, as a share of the radius.
    bumps : int
        The highest frequency of the outline: how many bumps go round it at most.
    """
    down, right = _from(shape, centre, turn)
    angle = np.arctan2(down / radii[0], right / radii[1])
    outline = np.ones(shape)
    for frequency in range(2, bumps + 1):
        size = wobble * rng.standard_normal() * np.sqrt(2 / max(1, bumps - 1))
        outline += size * np.cos(frequency * angle + rng.uniform(0, 2 * np.pi))
    away = np.hypot(down / radii[0], right / radii[1])
    return soft((outline - away) * min(radii))


def smooth_noise(shape: tuple[int, ...], scale: float | tuple[float, ...], *, rng: np.random.Generator) -> np.ndarray:
    """Return noise whose grains are about `scale` pixels wide, of mean 0 and standard deviation 1, float32."""
    found = ndimage.gaussian_filter(rng.standard_normal(shape, np.float32), scale, mode="wrap")
    return (found - found.mean()) / max(float(found.std()), 1e-12)


def lay(image: np.ndarray, cover: np.ndarray, value: float | np.ndarray) -> None:
    """Paint a tissue of so many HU over an image in place, as far as it covers each pixel (partial volume)."""
    image += cover * (value - image)


def _from(shape: tuple[int, int], centre: Point, turn: float) -> tuple[np.ndarray, np.ndarray]:
    """Return, for every pixel, its steps down and right from the centre, along axes that are turned."""
    down, right = np.indices(shape, dtype=float) - np.reshape(centre, (2, 1, 1))
    angle = np.deg2rad(turn)
    return np.cos(angle) * down - np.sin(angle) * right, np.sin(angle) * down + np.cos(angle) * right

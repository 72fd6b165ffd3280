"""How well one mask covers another, and how far apart their borders lie in mm."""

from typing import NamedTuple

import numpy as np


class SurfaceDistances(NamedTuple):
    """How far apart the borders of two masks lie."""

    mean: float
    """The average symmetric surface distance in mm, the mean over both borders."""
    percentile_95: float
    """Of each border 95 % lie at most so many mm from the other. A Hausdorff distance that forgives stray pixels."""


def dice(found: np.ndarray, truth: np.ndarray) -> float:
    """Return twice the pixels that two masks share, over the sum of their sizes: 1 the same, 0 nothing in common.

    Parameters
    ----------
    found, truth : numpy.ndarray
        Masks of one shape, such as (H, W): True or 1 inside, False or 0 outside.

    Returns
    -------
    float
        Two empty masks agree: 1. If one of the two is empty: 0.

    Raises
    ------
    ValueError
        If the shapes differ, or an array holds anything but yes and no.

    Notes
    -----
    Dice 1945, p. 298. For two masks it is the F1 score of their pixels.

    Examples
    --------
    >>> dice(np.array([1, 1, 0, 0]), np.array([0, 1, 1, 1]))
    0.4
    """
    found, truth = _masks("dice", found, truth)
    either = int(found.sum()) + int(truth.sum())
    return 2 * int((found & truth).sum()) / either if either else 1.0


def surface_distances(
    found: np.ndarray, truth: np.ndarray, spacing: float | tuple[float, ...] = 1.0
) -> SurfaceDistances:
    """Return how far apart the borders of two masks lie, in mm.

    A mask's border are its pixels that have a neighbour outside, up, down, left or right; beyond the image is outside.
    From each border pixel of either mask the way to the nearest border pixel of the other is measured.

    Parameters
    ----------
    found, truth : numpy.ndarray
        Masks of one shape, such as (H, W) or (D, H, W): True or 1 inside, False or 0 outside.
    spacing : float or tuple of float
        Millimetres from pixel to pixel: one number, or one for each axis.

    Returns
    -------
    SurfaceDistances
        `mean` over the pixels of both borders, and `percentile_95`: the larger of the two directions' 95th
        percentiles. Two empty masks: 0 and 0. If one of the two is empty there is no border to measure to: infinity
        for both, so that a miss is never averaged away.

    Raises
    ------
    ValueError
        If the shapes differ, an array holds anything but yes and no, or a spacing is not above 0.

    Notes
    -----
    Definitions differ between programs; these are the ones of Reinke et al. 2024 for ASSD and HD95.
    """
    from scipy.ndimage import binary_erosion, distance_transform_edt

    found, truth = _masks("surface_distances", found, truth)
    sides = np.broadcast_to(np.asarray(spacing, float), (found.ndim,)) if np.size(spacing) in (1, found.ndim) else None
    if sides is None or not (sides > 0).all() or not np.isfinite(sides).all():
        raise ValueError(
            f"surface_distances: spacing must be one number of mm above 0, or {found.ndim} of them, one for each axis, "
            f"but {spacing!r} came."
        )
    if not found.any() or not truth.any():
        value = 0.0 if found.any() == truth.any() else float("inf")
        return SurfaceDistances(value, value)
    borders = [mask & ~binary_erosion(mask) for mask in (found, truth)]
    ways = [
        distance_transform_edt(~there, sampling=sides)[here]  # (pixels of this border,)
        for here, there in (borders, borders[::-1])
    ]
    mean = float(np.concatenate(ways).mean())
    return SurfaceDistances(mean, float(max(np.percentile(way, 95) for way in ways)))


def _masks(who: str, found: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    found, truth = np.asarray(found), np.asarray(truth)
    if found.shape != truth.shape:
        raise ValueError(f"{who}: both masks must have the same shape, but {found.shape} and {truth.shape} came.")
    for mask in (found, truth):
        if mask.dtype != bool and not np.isin(mask, (0, 1)).all():
            raise ValueError(
                f"{who}: a mask says yes or no (1 or 0) for each pixel, but other values came. Of scores or labels "
                "make a mask first, for example scores > 0 or labels == 2."
            )
    return found.astype(bool), truth.astype(bool)

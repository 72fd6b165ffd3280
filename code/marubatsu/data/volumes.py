"""Volumes made by code: a nodule is a ball, a vessel a tube that runs on. In one slice both are discs."""

from collections.abc import Sequence

import numpy as np

from marubatsu.checks import between, chance, whole
from marubatsu.data.edges import soft

KINDS = ("vessel", "nodule")  # label 0, label 1


def ball(shape: tuple[int, int, int], centre: tuple[float, float, float], radius: float) -> np.ndarray:
    """Return a volume (D, H, W), float32: 1 inside a ball, 0 outside, and a soft edge one voxel wide.

    Parameters
    ----------
    shape : (int, int, int)
        Slices, rows and columns.
    centre : (float, float, float)
        Its place, in voxels from the middle of the first one.
    radius : float
        In voxels.
    """
    away = _from(shape, centre)  # (D, H, W, 3)
    return soft(radius - np.sqrt((away**2).sum(axis=-1)))


def tube(
    shape: tuple[int, int, int],
    through: tuple[float, float, float],
    radius: float,
    *,
    direction: tuple[float, float, float] = (1.0, 0.0, 0.0),
) -> np.ndarray:
    """Return a volume (D, H, W), float32: 1 inside a straight tube through the whole of it, 0 outside, a soft edge.

    Parameters
    ----------
    shape, radius
        As in `ball`.
    through : (float, float, float)
        A point on its axis: slice, row, column.
    direction : (float, float, float)
        How the axis runs, as steps over slices, rows and columns; left out, straight across the slices.

    Raises
    ------
    ValueError
        If the direction has no length.
    """
    length = float(np.linalg.norm(direction))
    if not length > 0:
        raise ValueError(f"tube: direction must say how the axis runs, as in (1, 0, 0), but {direction!r} came.")
    away = _from(shape, through)  # (D, H, W, 3)
    along = away @ (np.asarray(direction, float) / length)  # (D, H, W)
    return soft(radius - np.sqrt(np.maximum((away**2).sum(axis=-1) - along**2, 0)))


def sample(
    count: int, *, rng: np.random.Generator, side: int = 16, noise: float = 0.2, tilt: float = 20.0
) -> tuple[np.ndarray, np.ndarray]:
    """Return volumes with one vessel or one nodule near the middle, and what each is.

    Radii run from 2 to 4 voxels; centres lie up to 2 rows and columns and up to 1 slice off the middle. A vessel
    crosses the slices at up to `tilt` degrees from the perpendicular, so that the middle slice shows a disc either way.

    Parameters
    ----------
    count : int
        How many.
    rng : numpy.random.Generator
        Where chance comes from.
    side : int
        Slices, rows and columns.
    noise : float
        Standard deviation of what is added to every voxel; lung is 0, vessel and nodule are 1.
    tilt : float
        In degrees.

    Returns
    -------
    volumes : numpy.ndarray
        Shape (N, 1, D, H, W), float32.
    labels : numpy.ndarray
        Shape (N,): 0 vessel, 1 nodule.

    Raises
    ------
    ValueError
        If a number is not whole, or out of its range.
    TypeError
        If rng is no random generator.
    """
    count, side = whole("sample", "count", count, 1), whole("sample", "side", side, 12)
    noise, tilt = between("sample", "noise", noise, 0, 100), between("sample", "tilt", tilt, 0, 90)
    chance("sample", rng)
    labels = rng.integers(0, len(KINDS), count)
    volumes = np.empty((count, 1, side, side, side), np.float32)
    for volume, label in zip(volumes, labels, strict=True):
        centre = (side - 1) / 2 + rng.uniform(-1, 1, 3) * (1, 2, 2)
        radius, lean, turn = rng.uniform(2, 4), np.deg2rad(rng.uniform(0, tilt)), rng.uniform(0, 2 * np.pi)
        direction = (np.cos(lean), np.sin(lean) * np.cos(turn), np.sin(lean) * np.sin(turn))
        if KINDS[label] == "nodule":
            volume[0] = ball((side, side, side), tuple(centre), radius)
        else:
            volume[0] = tube((side, side, side), tuple(centre), radius, direction=direction)
    return volumes + np.float32(noise) * rng.standard_normal(volumes.shape, np.float32), labels


def _from(shape: tuple[int, int, int], point: Sequence[float]) -> np.ndarray:
    """Return, for every voxel, its steps over slices, rows and columns from a point: (D, H, W, 3)."""
    return np.stack([*np.indices(shape, dtype=float)], axis=-1) - np.asarray(point, float)

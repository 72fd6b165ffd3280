"""The aorta measured in slice after slice: smooth true diameters, and measurements that leak into a neighbour."""

import numpy as np

from marubatsu.checks import between, chance, whole
from marubatsu.data.phantoms import anatomy

_CHEST = anatomy.read("chest")


def diameters(count: int, *, rng: np.random.Generator, slices: int = 16, span: float = 90.0) -> np.ndarray:
    """Return true diameters of the descending aorta: (count, slices), in mm, the first nearest to the head.

    Each is about 26 ± 4.5 mm and changes slowly along the body; in two of five cases it has a bulge of 6 to 14 mm. The
    numbers are those of `chest_volume`; no image is made.

    Parameters
    ----------
    count, slices : int
        How many patients, and how many slices of each.
    rng : numpy.random.Generator
        Where chance comes from.
    span : float
        From the first slice to the last, in mm.

    Raises
    ------
    ValueError
        If a count is not whole or below 1, or the span is not above 1.
    TypeError
        If `rng` is no generator.
    """
    count, slices = whole("diameters", "count", count, 1), whole("diameters", "slices", slices, 1)
    span = between("diameters", "span", span, 1.0, 1000.0)
    chance("diameters", rng)
    usual, along = _CHEST["aorta"], _CHEST["aorta from slice to slice"]
    depth = np.linspace(-span / 2, span / 2, slices)
    middle = rng.normal(usual.diameter_mean_mm, usual.diameter_deviation_mm, (count, 1))
    tilt = rng.normal(0, along.tilt_deviation_slope, (count, 1))
    has_bulge = rng.random((count, 1)) < along.bulge_frequency_share
    narrow, wide = along.bulge_wider_range_mm
    bulge = np.where(has_bulge, rng.uniform(narrow, wide, (count, 1)), 0)
    place = rng.uniform(-span / 2, span / 2, (count, 1))
    short, long = along.bulge_length_range_mm
    length = rng.uniform(short, long, (count, 1))
    return middle + tilt * depth + bulge * np.exp(-(((depth - place) / length) ** 2) / 2)  # (count, slices)


def measured_diameters(
    true: np.ndarray, *, rng: np.random.Generator, noise: float = 1.2, leaks: float = 0.8
) -> np.ndarray:
    """Return what a programme measures that draws the outline slice by slice, and sometimes leaks.

    Parameters
    ----------
    true : numpy.ndarray
        Shape (N, slices), in mm; at least 4 slices.
    rng : numpy.random.Generator
        Where chance comes from.
    noise : float
        Standard deviation of each measurement, in mm.
    leaks : float
        The share of patients in whom the outline takes in a neighbouring vessel, in 2 to 4 slices one after the other
        (fewer at the end), by 6 to 14 mm.

    Raises
    ------
    ValueError
        If the shape does not fit, or a number is out of range.
    TypeError
        If `rng` is no generator.
    """
    true = np.asarray(true, dtype=float)
    if true.ndim != 2 or true.shape[1] < 4:
        raise ValueError(
            f"measured_diameters: true must be (patients, slices) with 4 slices or more, but {true.shape} came."
        )
    noise = between("measured_diameters", "noise", noise, 0.0, 100.0)
    leaks = between("measured_diameters", "leaks", leaks, 0.0, 1.0)
    chance("measured_diameters", rng)
    leak = _CHEST["leak of an outline"]
    found = true + rng.normal(0, noise, true.shape)
    for patient in found:
        if rng.random() < leaks:
            start, several = rng.integers(0, len(patient) - 2), rng.integers(*leak.slices_range_times)
            patient[start : start + several] += rng.uniform(*leak.wider_range_mm)
    return found

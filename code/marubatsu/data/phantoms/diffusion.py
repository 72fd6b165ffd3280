"""Diffusion MRI signals of the model of intravoxel incoherent motion, with the noise of magnitude images."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from marubatsu.checks import chance, floating, whole
from marubatsu.data.phantoms.images import Images

B_VALUES = (0, 10, 20, 30, 50, 75, 100, 150, 200, 400, 600, 800)
"""How strongly each image is diffusion-weighted, in s/mm²."""

IVIM = ("D", "f", "D*")
"""The order of the parameters."""

RANGES = ((0.5e-3, 2.5e-3), (0.03, 0.35), (8e-3, 80e-3))
"""Smallest and largest D (mm²/s), f (a share) and D* (mm²/s) that `diffusion` draws."""


def ivim(parameters: ArrayLike, b_values: ArrayLike = B_VALUES) -> np.ndarray:
    """Return the signal S(b) / S(0) = f exp(−b D*) + (1 − f) exp(−b D), without noise.

    A share f of the signal comes from blood in capillaries, which run in all directions; it dies away fast, with the
    pseudo-diffusion coefficient D*. The rest diffuses in tissue, with the coefficient D.

    Parameters
    ----------
    parameters : numpy.ndarray
        Shape (..., 3): D in mm²/s, f as a share, D* in mm²/s, for each voxel.
    b_values : sequence of B numbers
        In s/mm².

    Returns
    -------
    numpy.ndarray
        Shape (..., B).

    Raises
    ------
    ValueError
        If the last axis does not hold three numbers, or a b-value is below 0.

    Notes
    -----
    Le Bihan et al. 1988, doi:10.1148/radiology.168.2.3393671.

    Examples
    --------
    >>> np.round(ivim([1e-3, 0.2, 50e-3], [0, 50, 800]), 3)
    array([1.   , 0.777, 0.359])
    """
    parameters = floating("ivim", "parameters", parameters)
    if parameters.ndim == 0 or parameters.shape[-1] != len(IVIM):
        raise ValueError(
            f"ivim: parameters must end in an axis of three numbers (D, f, D*), but shape {parameters.shape} came."
        )
    at = _checked_b("ivim", b_values)
    slow, share, fast = (parameters[..., place, None] for place in range(len(IVIM)))  # (..., 1)
    return share * np.exp(-at * fast) + (1 - share) * np.exp(-at * slow)  # (..., B)


def diffusion(
    count: int,
    *,
    rng: np.random.Generator,
    b_values: ArrayLike = B_VALUES,
    snr: float | tuple[float, float] = 40.0,
    ranges: Sequence[tuple[float, float]] = RANGES,
) -> Images:
    """Return noisy signals of voxels whose parameters are known, each drawn evenly from its range.

    The ranges are of the order that is published for organs and tumours of the abdomen, and wide on purpose: authors
    differ much about the same organ, most of all about D* (for the liver, see the review of Li et al. 2017).

    Parameters
    ----------
    count : int
        How many voxels.
    rng : numpy.random.Generator
        Where chance comes from.
    b_values : sequence of B numbers
        In s/mm².
    snr : float or (float, float)
        Signal-to-noise ratio at b = 0; of two numbers, each voxel has its own between them.
    ranges : three pairs of numbers
        Smallest and largest D (mm²/s), f (a share, 0 to 1), D* (mm²/s).

    Returns
    -------
    Images
        Signals of shape (N, B), as shares of the true signal at b = 0, so that 1 is expected there. The labels are the
        parameters D, f, D*, (N, 3), float32.

    Raises
    ------
    ValueError
        If count, a b-value, the signal-to-noise ratio or a range is out of order.
    TypeError
        If rng is no random generator.

    Notes
    -----
    The noise is that of magnitude images, see `rician`. Li et al. 2017:
    https://qims.amegroups.org/article/view/13785/html
    """
    count = whole("diffusion", "count", count, 1)
    chance("diffusion", rng)
    at, (least, most) = _checked_b("diffusion", b_values), _checked_snr(snr)
    low, high = _checked_ranges(ranges)
    parameters = rng.uniform(low, high, (count, len(IVIM)))
    signals = rician(ivim(parameters, at), rng.uniform(least, most, (count, 1)), rng=rng)
    return Images(signals, parameters.astype(np.float32), unit="true signal at b = 0")


def rician(signals: np.ndarray, snr: float | np.ndarray, *, rng: np.random.Generator) -> np.ndarray:
    """Return magnitudes of signals after noise came into the real and the imaginary part: never below 0, float32.

    Where the signal is as weak as the noise the result is too high on average: the floor of a magnitude image
    (Gudbjartsson and Patz 1995, equation 1).

    Parameters
    ----------
    signals : numpy.ndarray
        Any shape, 0 or more.
    snr : float or numpy.ndarray
        1 over the standard deviation of the noise in each part, one number or as many as fit the shape.
    rng : numpy.random.Generator
        Where chance comes from.

    Raises
    ------
    TypeError
        If rng is no random generator.
    """
    chance("rician", rng)
    real, imaginary = rng.standard_normal((2, *np.shape(signals)))
    return np.hypot(signals + real / snr, imaginary / snr).astype(np.float32)


def _checked_b(who: str, b_values: ArrayLike) -> np.ndarray:
    b_values = floating(who, "b_values", b_values, "B")
    if b_values.min() < 0:
        raise ValueError(f"{who}: b-values are 0 s/mm² or more, but {b_values.min():g} came.")
    return b_values


def _checked_snr(snr: float | tuple[float, float]) -> tuple[float, float]:
    least, most = snr if isinstance(snr, tuple | list) and len(snr) == 2 else (snr, snr)
    if not isinstance(least, int | float) or not isinstance(most, int | float) or not 0 < least <= most:
        raise ValueError(f"diffusion: snr must be a number above 0, or (smallest, largest), but {snr!r} came.")
    return least, most


def _checked_ranges(ranges: Sequence[tuple[float, float]]) -> np.ndarray:
    limits = np.asarray(ranges, dtype=float)
    if limits.shape != (len(IVIM), 2) or (limits[:, 0] > limits[:, 1]).any() or limits.min() < 0 or limits[1, 1] > 1:
        raise ValueError(
            "diffusion: ranges must be (smallest, largest) of D, f and D*, none below 0 and f at most 1, but "
            f"{ranges!r} came."
        )
    return limits.T

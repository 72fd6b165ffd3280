"""Interpolation: images made larger or smaller, each new pixel from the nearest old ones."""

import numpy as np

from marubatsu.checks import finite, floating, gradient_of, several
from marubatsu.notation import Pair

MODES = ("nearest", "bilinear")


def interpolate(
    images: np.ndarray, size: Pair | None = None, *, scale_factor: int | None = None, mode: str = "nearest"
) -> np.ndarray:
    """Return the images with another number of rows and columns.

    Parameters
    ----------
    images : numpy.ndarray
        Shape (N, C, H, W).
    size : int or (int, int), optional
        Rows and columns wanted; give either this or `scale_factor`.
    scale_factor : int, optional
        How many times larger, a whole number.
    mode : {"nearest", "bilinear"}
        Copy the nearest pixel, or weigh the two nearest rows and columns by their distance.

    Returns
    -------
    numpy.ndarray
        Shape (N, C, OH, OW).

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit, the mode is unknown, or a number is NaN or infinite.

    Notes
    -----
    As ``torch.nn.functional.interpolate(…, align_corners=False)``: the centre of new pixel i lies at (i + ½) H / OH − ½
    on the old image. No low-pass filter comes before a reduction.

    Examples
    --------
    >>> interpolate(np.array([[[[0.0, 1.0]]]]), scale_factor=2, mode="bilinear")[0, 0]
    array([[0.  , 0.25, 0.75, 1.  ],
           [0.  , 0.25, 0.75, 1.  ]])
    """
    images = floating("interpolate", "images", images, "N C H W")
    down, across = _weights("interpolate", images, size, scale_factor, mode)
    return finite("interpolate", down @ images @ across.T, images=images)  # (N, C, OH, OW)


def interpolate_backward(
    gradient: np.ndarray,
    images: np.ndarray,
    size: Pair | None = None,
    *,
    scale_factor: int | None = None,
    mode: str = "nearest",
) -> np.ndarray:
    """Return the gradient with respect to the images: every old pixel gets back what it gave, by the same weights."""
    who = "interpolate_backward"
    images = floating(who, "images", images, "N C H W")
    down, across = _weights(who, images, size, scale_factor, mode)
    gradient = gradient_of(who, gradient, (*images.shape[:2], len(down), len(across)), images.dtype)
    return down.T @ gradient @ across  # (N, C, H, W)


def check_mode(who: str, mode: str) -> str:
    """Return the mode if it is one of `MODES`."""
    if mode not in MODES:
        raise ValueError(f'{who}: mode must be "nearest" or "bilinear", but {mode!r} came.')
    return mode


def _weights(who: str, images: np.ndarray, size: Pair | None, scale_factor: Pair | None, mode: str) -> list[np.ndarray]:
    """Return how much each new row is made of each old one, and columns likewise: (OH, H), (OW, W)."""
    check_mode(who, mode)
    old = images.shape[2:]
    if scale_factor is not None and size is None:
        factors = several(who, "scale_factor", scale_factor, 1)
        new = tuple(each * factor for each, factor in zip(old, factors, strict=True))
    elif size is not None and scale_factor is None:
        new = several(who, "size", size, 1)
    else:
        raise ValueError(f"{who}: give either size or scale_factor, not both and not none.")
    make = {"nearest": _nearest, "bilinear": _bilinear}[mode]
    return [make(*sizes, images.dtype) for sizes in zip(old, new, strict=True)]


def _nearest(old: int, new: int, dtype: np.dtype) -> np.ndarray:
    weights = np.zeros((new, old), dtype)
    weights[np.arange(new), np.arange(new) * old // new] = 1
    return weights


def _bilinear(old: int, new: int, dtype: np.dtype) -> np.ndarray:
    at = np.clip((np.arange(new) + 0.5) * old / new - 0.5, 0, old - 1)
    lower = np.minimum(at.astype(int), old - 1)
    upper, share = np.minimum(lower + 1, old - 1), at - lower
    weights = np.zeros((new, old), dtype)
    np.add.at(weights, (np.arange(new), lower), 1 - share)
    np.add.at(weights, (np.arange(new), upper), share)
    return weights

"""How much a small round spot stands out from what lies around it: the simplest model of a reader who looks for one."""

import math

import numpy as np

from marubatsu.checks import finite


def spot_contrast(image: np.ndarray, diameter: float) -> np.ndarray:
    """Return, for every pixel, the mean of a disc around it minus the mean of the ring around the disc.

    Parameters
    ----------
    image : numpy.ndarray
        Shape (H, W), for example in HU.
    diameter : float
        Of the spot that is looked for, in pixels, at least 2; the ring reaches from 1.4 to 2.6 times its radius.

    Returns
    -------
    numpy.ndarray
        Shape (H, W), float64, in the unit of the image: what a spot of this size in the middle of a pixel stands out
        by. Beyond the rim the image goes on with its last pixel.

    Raises
    ------
    ValueError
        If the image is not (H, W), holds NaN or infinity, or the diameter is below 2 pixels.
    ImportError
        If SciPy is not installed.

    Notes
    -----
    A template that knows the spot and takes the noise as it comes, as the non-prewhitening observer of image science
    does (Barrett and Myers 2004, chapter 13).

    Examples
    --------
    >>> spot_contrast(np.eye(5), 2)[2, 2] > 0
    True
    """
    image = np.asarray(image, dtype=np.float64)
    finite("spot_contrast", image, image=image)
    if image.ndim != 2:
        raise ValueError(f"spot_contrast: one image of shape (H, W) is needed, but shape {image.shape} came.")
    if not diameter >= 2:
        raise ValueError(f"spot_contrast: diameter must be at least 2 pixels, but {diameter!r} came.")
    try:
        from scipy.ndimage import correlate
    except ImportError:
        raise ImportError("spot_contrast: SciPy is needed. Install it: pip install scipy.") from None
    radius = diameter / 2
    reach = math.ceil(2.6 * radius)
    away = np.hypot(*(np.indices((2 * reach + 1, 2 * reach + 1)) - reach))
    disc, ring = away <= radius, (away > 1.4 * radius) & (away <= 2.6 * radius)
    return correlate(image, disc / disc.sum() - ring / ring.sum(), mode="nearest")

"""The simplest way to tell ○ from ×: subtract a model pixel by pixel, add up the differences, take the smallest.

It is kept to be beaten: identical images differ by 0, but so soon as a mark moves, turns or grows, the sum says
how much ink lies elsewhere, and no longer which mark it is.
"""

from collections.abc import Sequence

import numpy as np

from marubatsu.checks import finite, floating


def difference(images: np.ndarray, template: np.ndarray) -> np.ndarray:
    """Return the sum over all pixels of how far each image is from the template.

    Parameters
    ----------
    images : numpy.ndarray
        Grey images of shape (N, 1, H, W).
    template : numpy.ndarray
        The model, of shape (H, W).

    Returns
    -------
    numpy.ndarray
        Σ abs(image − template) for each image, in grey values; shape (N,), float64. Identical images give 0.

    Raises
    ------
    ValueError, TypeError
        If the shapes do not fit, or the arrays hold anything but finite real numbers.

    Examples
    --------
    >>> images = np.array([[[[0.0, 1.0], [0.5, 0.0]]]])
    >>> difference(images, np.array([[0.0, 1.0], [0.0, 1.0]]))
    array([1.5])
    """
    images = floating("difference", "images", images, "N C H W")
    template = floating("difference", "template", template, "H W")
    if images.shape[1:] != (1, *template.shape):
        raise ValueError(
            "difference: images must be grey and have the rows and columns of the template, but images of shape "
            f"{images.shape} and a template of shape {template.shape} came. Cut or scale one to the size of the other."
        )
    away = np.abs(images[:, 0].astype(np.float64) - template)  # (N, H, W)
    return finite("difference", away.sum(axis=(1, 2)), images=images, template=template)  # (N,)


def differences(images: np.ndarray, templates: Sequence[np.ndarray]) -> np.ndarray:
    """Return the difference of each image to each template; shape (N, number of templates), float64.

    Raises
    ------
    ValueError
        If there are fewer than two templates, or the shapes do not fit.
    """
    if len(templates) < 2:
        raise ValueError(f"differences: at least 2 templates are needed to compare, but {len(templates)} came.")
    return np.stack([difference(images, template) for template in templates], axis=1)


def classify(images: np.ndarray, templates: Sequence[np.ndarray]) -> np.ndarray:
    """Return for each image the number of the template that it differs from least; shape (N,), int64.

    With the templates in the order ○, × the answer is 0 for ○ and 1 for ×, as in `marubatsu.data.marks.sample`.
    Of two equal differences the first template wins.
    """
    return differences(images, templates).argmin(axis=1)

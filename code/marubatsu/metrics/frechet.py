"""How far two clouds of points lie apart, when each is told by its mean and its spread: for real and made images."""

import numpy as np

from marubatsu.checks import finite, floating


def frechet_distance(first: np.ndarray, second: np.ndarray) -> float:
    """Return the squared Fréchet distance of two sets of features, each taken for a normal distribution.

    Parameters
    ----------
    first, second : numpy.ndarray
        Shape (N, features) and (M, features): one row of measurements for each image.

    Returns
    -------
    float
        0 for equal means and covariances, larger the farther apart; in the square of the features' unit. It depends on
        what is measured and, for small sets, on how many images there are: compare only equal numbers of images.

    Raises
    ------
    ValueError, TypeError
        If there are fewer than two images in a set, the numbers of features differ, or a number is NaN or infinite.

    Notes
    -----
    ‖m₁ − m₂‖² + trace(C₁ + C₂ − 2 (C₁ C₂)^½): Dowson and Landau 1982, eq. 4. Heusel et al. 2017, section 3, use it with
    2,048 features of a network trained on photographs.

    Examples
    --------
    Two sets of equal spread whose means are 3 apart:

    >>> frechet_distance(np.array([[0.0], [2.0]]), np.array([[3.0], [5.0]]))
    9.0
    """
    first, second = (floating("frechet_distance", "features", each, "N features") for each in (first, second))
    if first.shape[1] != second.shape[1] or min(len(first), len(second)) < 2:
        raise ValueError(
            "frechet_distance: two or more images in either set, with the same number of features, are expected, but "
            f"shapes {first.shape} and {second.shape} came."
        )
    for each in (first, second):
        finite("frechet_distance", each, features=each)
    (mean, spread), (other_mean, other_spread) = (
        (each.mean(axis=0), np.atleast_2d(np.cov(each, rowvar=False))) for each in (first, second)
    )
    # The eigenvalues of a product of two covariances are real and not negative; rounding may say otherwise.
    roots = np.sqrt(np.maximum(np.linalg.eigvals(spread @ other_spread).real, 0))
    return float(((mean - other_mean) ** 2).sum() + np.trace(spread + other_spread) - 2 * roots.sum())

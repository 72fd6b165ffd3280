"""How well a measurement agrees with the truth: the mean difference and the limits of agreement of Bland and Altman."""

from dataclasses import dataclass

import numpy as np

from marubatsu import checks
from marubatsu.checks import finite, floating


@dataclass(frozen=True)
class Agreement:
    """Differences between measured and true values, in their unit; each interval is a pair (lower end, upper end)."""

    bias: float
    """The mean of measured − true."""
    deviation: float
    """The standard deviation of the differences (n − 1 in the denominator)."""
    low: float
    """The lower limit of agreement, bias − 1.96 deviations."""
    high: float
    """The upper limit of agreement, bias + 1.96 deviations. About 95 of 100 differences lie between the two."""
    bias_interval: tuple[float, float]
    """Where the bias may lie for other cases of the same kind."""
    low_interval: tuple[float, float]
    """Where the lower limit may lie."""
    high_interval: tuple[float, float]
    """Where the upper limit may lie."""


def bland_altman(measured: np.ndarray, truth: np.ndarray, *, confidence: float = 0.95) -> Agreement:
    """Return how measured values differ from true ones: bias, limits of agreement, and the interval of each.

    Parameters
    ----------
    measured, truth : numpy.ndarray
        Shape (N,), N at least 3, in one unit; entry for entry of the same case. One entry a patient: several of one
        patient are not independent, and the intervals would be too narrow.
    confidence : float
        Of the intervals, between 0 and 1; 0.95 gives the usual 95 % interval. The limits are always those of 95 %.

    Returns
    -------
    Agreement
        With bias, deviation, low, high, bias_interval, low_interval and high_interval.

    Raises
    ------
    ValueError
        If the arrays differ in length, hold fewer than 3 cases or a number that is not finite, or the confidence is
        not between 0 and 1.
    TypeError
        If they do not hold numbers.

    Notes
    -----
    Bland and Altman 1999, section 2: with s the standard deviation of the differences, the standard error of the bias
    is s √(1 / n), that of a limit s √(1 / n + 1.96² / (2 (n − 1))); both intervals use Student's t with n − 1 degrees
    of freedom. They suppose that the differences are spread like a bell and do not grow with what is measured: look
    at the plot (`marubatsu.figures.show_agreement`) before you believe the numbers.

    Examples
    --------
    >>> found = bland_altman([31.0, 29.0, 35.0, 26.0], [30.0, 30.0, 33.0, 26.0])
    >>> found.bias, round(found.low, 2), round(found.high, 2)
    (0.5, -2.03, 3.03)
    """
    from scipy.special import stdtrit  # Student's t; kept out of `import marubatsu`

    who = "bland_altman"
    measured, truth = floating(who, "measured", measured, "N"), floating(who, "truth", truth, "N")
    if len(measured) != len(truth):
        raise ValueError(f"{who}: {len(measured)} measured and {len(truth)} true values came; each needs its partner.")
    if len(measured) < 3:
        raise ValueError(f"{who}: at least 3 cases are needed, but {len(measured)} came.")
    checks.confidence(who, confidence)
    away = finite(who, measured.astype(float) - truth, measured=measured, truth=truth)
    count, bias, deviation = len(away), float(away.mean()), float(away.std(ddof=1))
    t = float(stdtrit(count - 1, (1 + confidence) / 2))
    of_bias = t * deviation / np.sqrt(count)
    of_limit = t * deviation * np.sqrt(1 / count + 1.96**2 / (2 * (count - 1)))
    low, high = bias - 1.96 * deviation, bias + 1.96 * deviation
    return Agreement(
        bias, deviation, low, high, _around(bias, of_bias), _around(low, of_limit), _around(high, of_limit)
    )


def _around(middle: float, half: float) -> tuple[float, float]:
    return float(middle - half), float(middle + half)

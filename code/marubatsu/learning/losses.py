"""Losses: one number that says how wrong a network is, and how it changes with each number that the network gave.

Each loss takes what the network gave and what is right, and returns (loss, gradient): a float, and an array of the
shape of what the network gave. The mean is over all images, and over all numbers where a target has many.
"""

import numpy as np

from marubatsu.arithmetic.activations import log_softmax, sigmoid
from marubatsu.checks import finite, floating


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the mean of −log(softmax of the right class), and its gradient.

    Parameters
    ----------
    logits : numpy.ndarray
        Scores of shape (N, classes), or (N, classes, H, W) with one label a pixel.
    labels : numpy.ndarray
        Whole numbers from 0, of shape (N,) or (N, H, W).

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit, a label is no class, or a number is NaN or infinite.

    Notes
    -----
    The gradient is (softmax − 1 at the right class) / N: each score is pushed by what its share is wrong.
    """
    logits = floating("cross_entropy", "logits", logits)
    labels = np.asarray(labels)
    if logits.ndim < 2 or labels.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError(
            f"cross_entropy: for logits of shape {logits.shape} one label an image (or pixel) is expected, but labels "
            f"of shape {labels.shape} came."
        )
    if labels.dtype.kind not in "iu":
        raise TypeError(f"cross_entropy: labels must be whole numbers, but {labels.dtype} came.")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError(
            f"cross_entropy: labels must go from 0 to {logits.shape[1] - 1}, but {labels.min()} to {labels.max()} came."
        )
    logs = log_softmax(logits, axis=1)
    right = np.expand_dims(labels, 1)
    gradient = np.exp(logs)
    np.put_along_axis(gradient, right, np.take_along_axis(gradient, right, 1) - 1, 1)
    gradient /= labels.size
    return float(-np.take_along_axis(logs, right, 1).mean()), gradient


def binary_cross_entropy_with_logits(logits: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the mean of −t log σ(z) − (1 − t) log(1 − σ(z)) over all numbers, and its gradient (σ(z) − t) / n.

    Parameters
    ----------
    logits, targets : numpy.ndarray
        The same shape, any; targets from 0 (no) to 1 (yes).

    Raises
    ------
    ValueError, TypeError
        If shapes differ, a target is not from 0 to 1, or a number is NaN or infinite.
    """
    who = "binary_cross_entropy_with_logits"
    logits, targets = _pair(who, logits, targets, fractions=True)
    loss = np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))  # no power overflows
    loss = finite(who, loss, logits=logits)
    return float(loss.mean()), (sigmoid(logits) - targets) / logits.size


def mse_loss(output: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the mean of (output − target)², and its gradient 2 (output − target) / n."""
    output, targets = _pair("mse_loss", output, targets)
    away = output - targets
    return float(finite("mse_loss", away * away, output=output).mean()), away * (2 / away.size)


def l1_loss(output: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the mean of abs(output − target), and its gradient: the sign of each difference, over n."""
    output, targets = _pair("l1_loss", output, targets)
    away = output - targets
    return float(np.abs(finite("l1_loss", away, output=output)).mean()), np.sign(away) / away.size


def soft_dice_loss(logits: np.ndarray, targets: np.ndarray, *, smooth: float = 1.0) -> tuple[float, np.ndarray]:
    """Return 1 − the mean over images and channels of (2 Σ p t + s) / (Σ p + Σ t + s), where p = σ(logits).

    Parameters
    ----------
    logits, targets : numpy.ndarray
        Shape (N, C, H, W); targets 1 inside the structure and 0 outside.
    smooth : float
        s, which keeps the share defined where nothing is to be found.

    Raises
    ------
    ValueError, TypeError
        If shapes differ, there are not four axes, or a target is not from 0 to 1.

    Notes
    -----
    Milletari, Navab and Ahmadi 2016 (with squares in the denominator there; plain sums here, as is usual since).
    """
    logits, targets = _pair("soft_dice_loss", logits, targets, fractions=True)
    if logits.ndim != 4:
        raise ValueError(f"soft_dice_loss: logits must have 4 axes (N, C, H, W), but shape {logits.shape} came.")
    p = sigmoid(logits)
    both, either = (p * targets).sum(axis=(2, 3)), p.sum(axis=(2, 3)) + targets.sum(axis=(2, 3))  # (N, C)
    above, below = 2 * both + smooth, either + smooth
    slope = (above / below**2)[..., None, None] - 2 * targets / below[..., None, None]  # of the loss, with p
    return float(1 - (above / below).mean()), slope * p * (1 - p) / above.size


def focal_loss(
    logits: np.ndarray, targets: np.ndarray, *, gamma: float = 2.0, alpha: float = 0.25
) -> tuple[float, np.ndarray]:
    """Return the mean of −α (1 − q)^γ log q, q being the share given to the truth, and its gradient.

    Easy examples, of which detection has many, count little: Lin et al. 2017, equation 5.

    Parameters
    ----------
    logits, targets : numpy.ndarray
        The same shape; targets 0 or 1.
    gamma : float
        How strongly easy examples are held back; 0 gives cross-entropy.
    alpha : float
        Weight of the targets 1; those of 0 weigh 1 − alpha.

    Raises
    ------
    ValueError, TypeError
        If shapes differ, or a target is neither 0 nor 1.
    """
    logits, targets = _pair("focal_loss", logits, targets, fractions=True)
    if not np.isin(targets, (0, 1)).all():
        raise ValueError("focal_loss: targets must be 0 or 1.")
    sign = 2 * targets - 1  # +1 for yes, −1 for no
    z = finite("focal_loss", logits * sign, logits=logits)
    q, log_q = sigmoid(z), -np.logaddexp(0, -z)
    weight = np.where(targets == 1, alpha, 1 - alpha).astype(logits.dtype)
    loss = -weight * (1 - q) ** gamma * log_q
    slope = weight * (1 - q) ** gamma * (gamma * q * log_q - (1 - q))
    return float(loss.mean()), slope * sign / logits.size


def _pair(who: str, output: np.ndarray, targets: np.ndarray, fractions: bool = False) -> tuple[np.ndarray, np.ndarray]:
    word = "logits" if fractions else "output"
    output = floating(who, word, output)
    targets = floating(who, "targets", targets).astype(output.dtype, copy=False)
    if output.shape != targets.shape:
        raise ValueError(
            f"{who}: {word} and targets must have the same shape, but {output.shape} and {targets.shape} came."
        )
    if fractions and not (targets.min() >= 0 and targets.max() <= 1):  # also false for NaN
        raise ValueError(f"{who}: targets must be from 0 to 1, but {targets.min():g} to {targets.max():g} came.")
    finite(who, targets, targets=targets)
    return output, targets

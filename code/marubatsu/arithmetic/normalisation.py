"""Normalisation: numbers brought to a common scale, over neighbouring channels or over a batch; and dropout."""

from dataclasses import dataclass

import numpy as np

from marubatsu.checks import below, chance, finite, floating, gradient_of, whole


def local_response_norm(
    images: np.ndarray, size: int, *, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> np.ndarray:
    """Divide each number by a power of the activity in neighbouring channels at the same place.

    Parameters
    ----------
    images : numpy.ndarray
        Shape (N, C, H, W).
    size : int
        How many channels count as neighbours, the number's own among them.
    alpha, beta, k : float
        output = image / (k + alpha · mean of the neighbours' squares) ** beta, where the mean is over `size`
        channels, as in PyTorch. Krizhevsky, Sutskever and Hinton 2012, section 3.3, write the *sum* in place of the
        mean: their α = 10⁻⁴ with n = 5 is ``alpha=5e-4, size=5`` here. Their k is 2, their β is 0.75.

    Returns
    -------
    numpy.ndarray
        The shape of `images`.

    Raises
    ------
    ValueError, TypeError
        If there are not four axes, size is no whole number from 1 on, or a number is NaN or infinite.
    """
    images = floating("local_response_norm", "images", images, "N C H W")
    size = whole("local_response_norm", "size", size, 1)
    scale = _activity(images, size, alpha, k)
    return finite("local_response_norm", images * _power(scale, -beta), images=images)


def local_response_norm_backward(
    gradient: np.ndarray,
    images: np.ndarray,
    size: int,
    *,
    alpha: float = 1e-4,
    beta: float = 0.75,
    k: float = 1.0,
) -> np.ndarray:
    """Return the gradient with respect to the images: a number acts by itself, and by the scale of its neighbours."""
    images = floating("local_response_norm_backward", "images", images, "N C H W")
    gradient = gradient_of("local_response_norm_backward", gradient, images.shape)
    scale = _activity(images, size, alpha, k)
    power = _power(scale, -beta)
    blame = gradient * images * power / scale  # how much each output shrinks when its scale grows, over −beta
    # a channel is neighbour to those whose window holds it: the same window, mirrored
    heard = _window_sum(blame[:, ::-1], size)[:, ::-1]
    return gradient * power - (2 * alpha * beta / size) * images * heard


def _activity(images: np.ndarray, size: int, alpha: float, k: float) -> np.ndarray:
    """Return k + alpha · mean of squares over the neighbouring channels."""
    scale = _window_sum(images * images, size)
    scale *= alpha / size
    scale += k
    return scale


def _window_sum(squares: np.ndarray, size: int) -> np.ndarray:
    """Return the sum over channels c − size // 2 … c + (size − 1) // 2, those that exist."""
    C = squares.shape[1]
    total = squares.copy()
    for step in range(1, size // 2 + 1):
        if step < C:
            total[:, step:] += squares[:, : C - step]
    for step in range(1, (size - 1) // 2 + 1):
        if step < C:
            total[:, : C - step] += squares[:, step:]
    return total


def _power(scale: np.ndarray, exponent: float) -> np.ndarray:
    """Return scale ** exponent; for the usual −0.75 by two square roots, several times faster."""
    if exponent == -0.75:
        root = np.sqrt(scale)
        return 1 / (root * np.sqrt(root))
    return scale**exponent


@dataclass
class Running:
    """Mean and variance of each channel, as they were over the batches seen: what `batch_norm` uses in use."""

    mean: np.ndarray
    var: np.ndarray


def batch_norm(
    images: np.ndarray,
    running: Running,
    weight: np.ndarray,
    bias: np.ndarray,
    *,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> np.ndarray:
    """Give each channel mean 0 and variance 1, then times weight, plus bias.

    Parameters
    ----------
    images : numpy.ndarray
        Shape (N, C, …), any number of axes after the channels.
    running : Running
        Mean and variance of shape (C,). In training they are moved towards those of this batch, by `momentum`.
    weight, bias : numpy.ndarray
        Shape (C,).
    training : bool
        Whether the batch's own mean and variance are used, or the running ones.
    momentum, eps : float
        Share of the new batch in the running numbers; a small number that keeps the division finite.

    Returns
    -------
    numpy.ndarray
        The shape of `images`.

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit, one number a channel is all there is in training, or a number is NaN or infinite.

    Notes
    -----
    Ioffe and Szegedy 2015, algorithms 1 and 2. The running variance is unbiased (divided by n − 1), as in PyTorch.
    """
    who = "batch_norm"
    images = floating(who, "images", images)
    C = images.shape[1] if images.ndim > 1 else -1
    for word, array in (
        ("running mean", running.mean),
        ("running var", running.var),
        ("weight", weight),
        ("bias", bias),
    ):
        if np.shape(array) != (C,):
            raise ValueError(
                f"{who}: {word} must hold one number for each channel of images of shape {images.shape}, but shape "
                f"{np.shape(array)} came."
            )
    if training:
        mean, var = _moments(who, images)
        n = images.size // C
        running.mean += momentum * (mean - running.mean)
        running.var += momentum * (var * n / (n - 1) - running.var)
    else:
        mean, var = running.mean, running.var
    factor = weight / np.sqrt(var + eps)
    output = images * _spread(factor, images) + _spread(bias - mean * factor, images)
    return finite(who, output.astype(images.dtype, copy=False), images=images, weight=weight, bias=bias)


def batch_norm_backward(
    gradient: np.ndarray, images: np.ndarray, weight: np.ndarray, *, eps: float = 1e-5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients with respect to images, weight and bias, for a batch that was normalised by itself.

    Every image moves the mean and the variance, so what all outputs have in common is taken out of the gradient.
    """
    images = floating("batch_norm_backward", "images", images)
    gradient = gradient_of("batch_norm_backward", gradient, images.shape)
    axes = (0, *range(2, images.ndim))
    mean, var = _moments("batch_norm_backward", images)
    scale = 1 / np.sqrt(var + eps)
    normal = (images - _spread(mean, images)) * _spread(scale, images)
    d_bias, d_weight = gradient.sum(axis=axes), (gradient * normal).sum(axis=axes)
    n = images.size // images.shape[1]
    common = _spread(d_bias / n, images) + normal * _spread(d_weight / n, images)
    d_images = (gradient - common) * _spread(weight * scale, images)
    return d_images.astype(images.dtype, copy=False), d_weight, d_bias


def _moments(who: str, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    axes = (0, *range(2, images.ndim))
    if images.size // images.shape[1] < 2:
        raise ValueError(f"{who}: a variance needs at least 2 numbers a channel, but shape {images.shape} came.")
    return images.mean(axis=axes), images.var(axis=axes)


def _spread(values: np.ndarray, images: np.ndarray) -> np.ndarray:
    """Return one number a channel in a shape that meets images (N, C, …)."""
    return values.reshape(1, -1, *(1 for _ in images.shape[2:])).astype(images.dtype, copy=False)


def dropout(x: np.ndarray, p: float = 0.5, *, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Set a share p of the numbers to 0, by chance, and scale the others by 1 / (1 − p).

    Parameters
    ----------
    x : numpy.ndarray
        Any shape.
    p : float
        The share, from 0 to below 1.
    rng : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    (numpy.ndarray, numpy.ndarray)
        The output, and the mask that gradients are multiplied by on the way back; both of the shape of x.

    Raises
    ------
    ValueError, TypeError
        If p is out of range, rng is no generator, or a number is NaN or infinite.

    Notes
    -----
    Srivastava et al. 2014. In use nothing is dropped; the scaling makes that fit.
    """
    x = floating("dropout", "x", x)
    below("dropout", "p", p, 1)
    mask = (chance("dropout", rng).random(x.shape, np.float32) >= p).astype(x.dtype)
    mask *= x.dtype.type(1 / (1 - p))
    return finite("dropout", x * mask, x=x), mask

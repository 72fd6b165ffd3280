"""Activations: functions of one number at a time, and softmax, which makes scores into shares of one."""

import numpy as np

from marubatsu.checks import finite, floating, gradient_of

# Each takes an array of any shape and gives one of the same shape; below it stands what it does to gradients, which
# must have that shape too.


def relu(x: np.ndarray) -> np.ndarray:
    """Return max(0, x): evidence stays, its absence is 0 (Nair and Hinton 2010).

    Raises
    ------
    ValueError, TypeError
        If x is empty, or a number is not real, NaN or infinite; so for every activation here.
    """
    x = floating("relu", "x", x)
    return finite("relu", np.maximum(x, 0), x=x)


def relu_backward(gradient: np.ndarray, output: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to x: it passes where the output is positive."""
    return gradient_of("relu_backward", gradient, output.shape) * (output > 0)


def leaky_relu(x: np.ndarray, negative_slope: float = 0.01) -> np.ndarray:
    """Return x where it is positive and `negative_slope` · x elsewhere (Maas, Hannun and Ng 2013)."""
    x = floating("leaky_relu", "x", x)
    return finite("leaky_relu", np.maximum(x, 0) + np.minimum(x, 0) * x.dtype.type(negative_slope), x=x)


def leaky_relu_backward(gradient: np.ndarray, x: np.ndarray, negative_slope: float = 0.01) -> np.ndarray:
    """Return the gradient with respect to x: it passes where x is positive, and scaled elsewhere."""
    gradient = gradient_of("leaky_relu_backward", gradient, x.shape)
    slope = gradient.dtype.type(negative_slope)
    return gradient * (slope + (1 - slope) * (x > 0))


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + e⁻ˣ), between 0 and 1; computed as (1 + tanh(x / 2)) / 2, which overflows for no x."""
    x = floating("sigmoid", "x", x)
    return finite("sigmoid", (1 + np.tanh(x / 2)) / 2, x=x)


def sigmoid_backward(gradient: np.ndarray, output: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to x; the slope of the sigmoid is output · (1 − output)."""
    return gradient_of("sigmoid_backward", gradient, output.shape) * output * (1 - output)


def tanh(x: np.ndarray) -> np.ndarray:
    """Return the hyperbolic tangent, between −1 and 1."""
    x = floating("tanh", "x", x)
    return finite("tanh", np.tanh(x), x=x)


def tanh_backward(gradient: np.ndarray, output: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to x; the slope of tanh is 1 − output²."""
    return gradient_of("tanh_backward", gradient, output.shape) * (1 - output**2)


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return e^x divided by its sum along an axis: positive numbers whose sum is 1.

    They order the classes and are *not* the probability of a disease: see the page on fully connected layers.

    Parameters
    ----------
    x : numpy.ndarray
        Scores (logits), any shape.
    axis : int
        The axis of the classes.

    Examples
    --------
    >>> softmax(np.array([0.0, np.log(3)]))
    array([0.25, 0.75])
    """
    x = floating("softmax", "x", x)
    with np.errstate(invalid="ignore"):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))  # the largest power is 1, so that none overflows
    return finite("softmax", powers / powers.sum(axis=axis, keepdims=True), x=x)


def softmax_backward(gradient: np.ndarray, output: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return the gradient with respect to x: raising one score raises its share and takes from all others."""
    gradient = gradient_of("softmax_backward", gradient, output.shape)
    return output * (gradient - (gradient * output).sum(axis=axis, keepdims=True))


def log_softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return the logarithm of `softmax`, exact also where a share is too small to be written."""
    x = floating("log_softmax", "x", x)
    with np.errstate(invalid="ignore"):
        below = x - x.max(axis=axis, keepdims=True)
    return finite("log_softmax", below - np.log(np.exp(below).sum(axis=axis, keepdims=True)), x=x)

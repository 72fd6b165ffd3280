"""The fully connected layer: every output is a weighted sum of every input."""

import numpy as np

from marubatsu.checks import finite, floating, gradient_of


def linear(x: np.ndarray, weight: np.ndarray, bias: np.ndarray | None = None) -> np.ndarray:
    """Return x · weightᵀ + bias.

    Parameters
    ----------
    x : numpy.ndarray
        Shape (N, inputs).
    weight : numpy.ndarray
        Shape (outputs, inputs): each row weighs all inputs for one output.
    bias : numpy.ndarray, optional
        Shape (outputs,).

    Returns
    -------
    numpy.ndarray
        Shape (N, outputs).

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit, or a number is NaN or infinite.

    Examples
    --------
    >>> linear(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [0.0, 1.0]]), np.array([0.0, 10.0]))
    array([[11., 12.]])
    """
    x, weight = _check("linear", x, weight)
    output = x @ weight.T  # (N, outputs)
    if bias is not None:
        bias = floating("linear", "bias", bias, "outputs")
        if len(bias) != len(weight):
            raise ValueError(f"linear: bias must hold {len(weight)} numbers, one an output, but {len(bias)} came.")
        output += bias.astype(x.dtype, copy=False)
    return finite("linear", output, x=x, weight=weight, bias=bias)


def linear_backward(
    gradient: np.ndarray, x: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients with respect to x, weight and bias, in their shapes.

    An input met each weight of its column, a weight met each image's input: the product rule, added up.
    """
    x, weight = _check("linear_backward", x, weight)
    gradient = gradient_of("linear_backward", gradient, (len(x), len(weight)), x.dtype)
    return gradient @ weight, gradient.T @ x, gradient.sum(axis=0)


def _check(who: str, x: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x, weight = floating(who, "x", x, "N inputs"), floating(who, "weight", weight, "outputs inputs")
    if x.shape[1] != weight.shape[1]:
        raise ValueError(
            f"{who}: weight has {weight.shape[1]} columns, one for each input, but x of shape {x.shape} came."
        )
    return x, weight.astype(x.dtype, copy=False)

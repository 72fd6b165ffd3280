"""Long short-term memory: a sequence is read step by step, and a gated cell carries what is worth remembering."""

import numpy as np

from marubatsu.checks import finite, floating, gradient_of

# Letters: T steps, for example slices; H numbers that the cell remembers. The rows of the weights hold four
# gates of H rows each, in PyTorch's order: input (what is taken in), forget (what is kept), candidate, output (what is
# said).


def lstm_slow(
    x: np.ndarray, weight_ih: np.ndarray, weight_hh: np.ndarray, bias_ih: np.ndarray, bias_hh: np.ndarray
) -> np.ndarray:
    """Return the first of what `lstm` returns, one image, one step and one gate at a time."""
    x, weight_ih, weight_hh, bias_ih, bias_hh = _check("lstm_slow", x, weight_ih, weight_hh, bias_ih, bias_hh)
    N, T, _ = x.shape
    H = weight_hh.shape[1]
    output = np.empty((N, T, H), x.dtype)
    for n in range(N):
        said, cell = np.zeros(H, x.dtype), np.zeros(H, x.dtype)
        for t in range(T):
            i, f, g, o = np.split(weight_ih @ x[n, t] + bias_ih + weight_hh @ said + bias_hh, 4)  # (H,) each
            i, f, o = ((1 + np.tanh(each / 2)) / 2 for each in (i, f, o))  # the sigmoid
            cell = f * cell + i * np.tanh(g)
            said = o * np.tanh(cell)
            output[n, t] = said
    return output


def lstm(
    x: np.ndarray, weight_ih: np.ndarray, weight_hh: np.ndarray, bias_ih: np.ndarray, bias_hh: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what a long short-term memory says at every step of a sequence.

    Parameters
    ----------
    x : numpy.ndarray
        Shape (N, T, C): N sequences of T steps, C numbers at each.
    weight_ih : numpy.ndarray
        Shape (4 · H, C): how the four gates weigh the input.
    weight_hh : numpy.ndarray
        Shape (4 · H, H): how they weigh what was said at the step before.
    bias_ih, bias_hh : numpy.ndarray
        Shape (4 · H,) each. Their sum is what counts; PyTorch keeps two, and so do its files.

    Returns
    -------
    output, cells, gates : numpy.ndarray
        What is said, (N, T, H); what is remembered, (N, T, H); the four gates, (N, T, 4 · H). `lstm_backward` needs
        all three.

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit, or a number is NaN or infinite.

    Notes
    -----
    Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber and Cummins 2000:
    c = f · c′ + i · g, h = o · tanh(c), where c′ is the cell of the step before.

    Examples
    --------
    With all weights 0 every gate is half open, and nothing is taken in:

    >>> output, cells, gates = lstm(np.ones((1, 2, 3)), np.zeros((4, 3)), np.zeros((4, 1)), np.zeros(4), np.zeros(4))
    >>> output[0, :, 0], gates[0, 0]
    (array([0., 0.]), array([0.5, 0.5, 0. , 0.5]))
    """
    x, weight_ih, weight_hh, bias_ih, bias_hh = _check("lstm", x, weight_ih, weight_hh, bias_ih, bias_hh)
    N, T, _ = x.shape
    H = weight_hh.shape[1]
    given = x @ weight_ih.T + (bias_ih + bias_hh)  # (N, T, 4 · H): all steps at once, for they do not wait
    output, cells = np.empty((N, T, H), x.dtype), np.empty((N, T, H), x.dtype)
    gates = np.empty_like(given)
    said, cell = np.zeros((N, H), x.dtype), np.zeros((N, H), x.dtype)
    for t in range(T):
        sums = given[:, t] + said @ weight_hh.T  # (N, 4 · H)
        gates[:, t] = (1 + np.tanh(sums / 2)) / 2  # the sigmoid
        gates[:, t, 2 * H : 3 * H] = np.tanh(sums[:, 2 * H : 3 * H])
        i, f, g, o = np.split(gates[:, t], 4, axis=1)
        cell = f * cell + i * g
        said = o * np.tanh(cell)
        output[:, t], cells[:, t] = said, cell
    finite("lstm", output, x=x, weight_ih=weight_ih, weight_hh=weight_hh, bias_ih=bias_ih, bias_hh=bias_hh)
    return output, cells, gates


def lstm_backward(
    gradient: np.ndarray,
    x: np.ndarray,
    output: np.ndarray,
    cells: np.ndarray,
    gates: np.ndarray,
    weight_ih: np.ndarray,
    weight_hh: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients with respect to x, weight_ih, weight_hh and either bias, in their shapes.

    The sequence is walked back from its last step, because what was said and remembered at a step also changed all
    later ones: backpropagation through time.

    Parameters
    ----------
    gradient : numpy.ndarray
        How the loss changes with the output, (N, T, H).
    x, weight_ih, weight_hh
        As given to `lstm`.
    output, cells, gates
        As returned by `lstm`.

    Raises
    ------
    ValueError, TypeError
        If the gradient does not have the output's shape.
    """
    gradient = gradient_of("lstm_backward", gradient, output.shape, output.dtype)
    N, T, H = output.shape
    d_sums = np.empty_like(gates)  # (N, T, 4 · H)
    d_said, d_cell = np.zeros((N, H), output.dtype), np.zeros((N, H), output.dtype)
    for t in reversed(range(T)):
        i, f, g, o = np.split(gates[:, t], 4, axis=1)
        before = cells[:, t - 1] if t else np.zeros_like(d_cell)
        bent = np.tanh(cells[:, t])
        d_said = d_said + gradient[:, t]
        d_cell = d_cell + d_said * o * (1 - bent**2)  # the cell spoke now, and it is remembered at the next step
        slopes = d_cell * g * i * (1 - i), d_cell * before * f * (1 - f), d_cell * i * (1 - g**2)
        d_sums[:, t] = np.concatenate([*slopes, d_said * bent * o * (1 - o)], axis=1)
        d_said, d_cell = d_sums[:, t] @ weight_hh, d_cell * f
    flat = d_sums.reshape(N * T, 4 * H)
    heard = np.concatenate([np.zeros((N, 1, H), output.dtype), output[:, :-1]], axis=1)  # said before each step
    d_weight_ih = flat.T @ x.reshape(N * T, -1)
    return d_sums @ weight_ih, d_weight_ih, flat.T @ heard.reshape(N * T, H), flat.sum(axis=0)


def _check(
    who: str, x: np.ndarray, weight_ih: np.ndarray, weight_hh: np.ndarray, bias_ih: np.ndarray, bias_hh: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Return everything in the type of x, or say what does not fit."""
    x = floating(who, "x", x, "N T C")
    weight_ih = floating(who, "weight_ih", weight_ih, "4·H C")
    weight_hh = floating(who, "weight_hh", weight_hh, "4·H H")
    bias_ih, bias_hh = floating(who, "bias_ih", bias_ih, "4·H"), floating(who, "bias_hh", bias_hh, "4·H")
    if weight_ih.shape[1] != x.shape[2]:
        raise ValueError(
            f"{who}: weight_ih has {weight_ih.shape[1]} columns, one for each number of a step, but x of shape "
            f"{x.shape} came."
        )
    rows = 4 * weight_hh.shape[1]
    for word, array in (("weight_hh", weight_hh), ("weight_ih", weight_ih), ("bias_ih", bias_ih), ("bias_hh", bias_hh)):
        if len(array) != rows:
            raise ValueError(
                f"{who}: {word} must have {rows} rows, four gates for each of the {rows // 4} columns of weight_hh, "
                f"but shape {array.shape} came."
            )
    return x, *(array.astype(x.dtype, copy=False) for array in (weight_ih, weight_hh, bias_ih, bias_hh))

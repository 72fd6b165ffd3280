"""Kernels with a name: small templates and differences that a reader can start from."""

import numpy as np


def _arc() -> np.ndarray:
    """Return a 7 × 7 template of the upper left quarter of a ring, as on the model ○; its weights sum to zero."""
    row, column = np.indices((7, 7))
    distance = np.abs(np.hypot(row - 8.5, column - 8.5) - 7.5)  # from the ring's line; its centre lies below right
    ink = np.where(distance < 0.8, 2.0, np.where(distance < 1.6, 0.0, -1.0))
    ink[ink < 0] = -np.round(ink[ink > 0].sum() / (ink < 0).sum(), 1)
    ink[6, 6] -= np.round(ink.sum(), 1)
    return ink


_BINOMIAL = np.array([1, 4, 6, 4, 1])
KERNELS = {
    "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
    "mean": np.full((3, 3), 1 / 9),
    "gaussian": np.outer(_BINOMIAL, _BINOMIAL) / 256,
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "vertical": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
    "horizontal": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
    "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    "falling": 5 * np.eye(5) - 1,
    "rising": 5 * np.eye(5)[:, ::-1] - 1,
    "arc": _arc(),
}

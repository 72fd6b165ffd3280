"""Detection by centres: what a network should give for boxes, how wrong it is, and the boxes that it means.

The network gives two maps, coarser than the image: how much each place looks like the middle of something, and how
large it would be (Zhou, Wang and Krähenbühl 2019, "Objects as points").
"""

from collections.abc import Sequence

import numpy as np

from marubatsu.arithmetic.activations import sigmoid
from marubatsu.checks import floating, whole

SIZE_WEIGHT = 0.1  # of the error of the size against that of the middle (Zhou et al. 2019, eq. 4)


def centre_maps(shape: tuple[int, int], boxes: Sequence, *, stride: int) -> np.ndarray:
    """Return what is right for one image: (2, OH, OW), float32.

    The first map is 1 at the middle of each box and falls off around it as a bell does, wider for a larger box. The
    second is the logarithm of the box's side there, in pixels (the mean of height and width), and 0 elsewhere.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns of the image.
    boxes : sequence of (top, left, bottom, right)
        In pixels, as in `marubatsu.metrics.iou`; may be empty. Those whose middle lies outside the image are left out.
    stride : int
        How many pixels one place of the maps stands for, along each side.

    Raises
    ------
    ValueError
        If the stride is no whole number from 1.
    """
    stride = whole("centre_maps", "stride", stride, 1)
    rows, columns = -(-shape[0] // stride), -(-shape[1] // stride)
    maps = np.zeros((2, rows, columns), np.float32)
    down, right = np.arange(rows)[:, None], np.arange(columns)[None]
    for top, left, bottom, far in boxes:
        row, column = int((top + bottom) / 2 // stride), int((left + far) / 2 // stride)
        if not (0 <= row < rows and 0 <= column < columns):
            continue
        side = (bottom - top + far - left) / 2
        wide = max(0.7, side / stride / 5)
        bell = np.exp(-((down - row) ** 2 + (right - column) ** 2) / (2 * wide**2))
        maps[0] = np.maximum(maps[0], bell.astype(np.float32))
        maps[1, row, column] = np.log(side)
    return maps


def centre_loss(output: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    """Return how wrong the two maps are, and the gradient: for each middle, (N, 2, OH, OW).

    Parameters
    ----------
    output : numpy.ndarray
        Shape (N, 2, OH, OW): logits of the middle, and logarithm of the side.
    targets : numpy.ndarray
        The same shape, from `centre_maps`.

    Raises
    ------
    ValueError, TypeError
        If the shapes differ or are none of two maps.

    Notes
    -----
    Zhou et al. 2019, eq. 1 and 3, with p = σ(logit) and t the target: −(1 − p)² log p where t = 1, and elsewhere
    −(1 − t)⁴ p² log(1 − p); easy places and those near a middle count little, because there are thousands of places and
    a few middles. The side is compared at the middles alone. All is divided by the number of middles.
    """
    output, targets = floating("centre_loss", "output", output), floating("centre_loss", "targets", targets)
    if output.shape != targets.shape or output.ndim != 4 or output.shape[1] != 2:
        raise ValueError(
            f"centre_loss: output and targets must both be (N, 2, rows, columns), but {output.shape} and "
            f"{targets.shape} came."
        )
    logits, bell = output[:, 0], targets[:, 0].astype(output.dtype)
    middle = bell == 1
    count = max(1, int(middle.sum()))
    p, log_p, log_rest = sigmoid(logits), -np.logaddexp(0, -logits), -np.logaddexp(0, logits)
    far = (1 - bell) ** 4
    loss = np.where(middle, -((1 - p) ** 2) * log_p, -far * p**2 * log_rest).sum()
    slope = np.where(middle, (1 - p) ** 2 * (2 * p * log_p - (1 - p)), far * p**2 * (p - 2 * (1 - p) * log_rest))
    away = np.where(middle, output[:, 1] - targets[:, 1].astype(output.dtype), 0)
    loss += SIZE_WEIGHT * np.abs(away).sum()
    gradient = np.stack([slope, SIZE_WEIGHT * np.sign(away)], axis=1) / count  # (N, 2, OH, OW)
    return float(loss / count), gradient.astype(output.dtype)


def boxes_from_maps(
    maps: np.ndarray, *, stride: int, least: float = 0.1, within: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the boxes that the maps of one image mean, and their scores, best first.

    Each place that scores at least as high as its eight neighbours is a middle. The middle is then moved towards the
    neighbour that scores more, by up to half a place.

    Parameters
    ----------
    maps : numpy.ndarray
        Shape (2, OH, OW), as the network gives them: logits of the middle, logarithm of the side.
    stride : int
        As in `centre_maps`.
    least : float
        The lowest score that is returned, from 0 to 1. A score is no probability of disease.
    within : numpy.ndarray, optional
        Shape (H, W), bool: a mask of the image; middles outside are left out.

    Returns
    -------
    (numpy.ndarray, numpy.ndarray)
        Boxes (M, 4), float: top, left, bottom, right in pixels; and scores (M,).

    Raises
    ------
    ValueError, TypeError
        If there are not two maps, or a number is out of range.
    """
    maps, stride = floating("boxes_from_maps", "maps", maps), whole("boxes_from_maps", "stride", stride, 1)
    if maps.ndim != 3 or len(maps) != 2:
        raise ValueError(f"boxes_from_maps: maps must be (2, rows, columns), but shape {maps.shape} came.")
    if not 0 <= least <= 1:
        raise ValueError(f"boxes_from_maps: least must be from 0 to 1, but {least!r} came.")
    score = sigmoid(maps[0])
    framed = np.pad(score, 1, constant_values=-1)
    around = np.lib.stride_tricks.sliding_window_view(framed, (3, 3))  # (OH, OW, 3, 3)
    rows, columns = np.nonzero((score >= around.max(axis=(2, 3))) & (score >= least))
    near = around[rows, columns]  # (M, 3, 3)
    centre = np.stack([rows + _towards(near[:, :, 1]), columns + _towards(near[:, 1, :])], axis=1)
    centre = (centre + 0.5) * stride
    if within is not None:
        place = np.clip(centre.astype(int), 0, np.array(np.shape(within)) - 1)
        kept = np.asarray(within)[place[:, 0], place[:, 1]]
        rows, columns, centre = rows[kept], columns[kept], centre[kept]
    half = 0.5 * np.exp(np.clip(maps[1, rows, columns], -3, 8))[:, None]
    order = np.argsort(-score[rows, columns], kind="stable")
    return np.concatenate([centre - half, centre + half], axis=1)[order], score[rows, columns][order]


def _towards(three: np.ndarray) -> np.ndarray:
    """Return where between three neighbours the top of a bell lies, from −0.5 to 0.5."""
    before, here, after = np.log(np.maximum(three.T, 1e-6))
    bend = before - 2 * here + after
    return np.clip(0.5 * (before - after) / np.where(bend < -1e-6, bend, -1e-6), -0.5, 0.5)

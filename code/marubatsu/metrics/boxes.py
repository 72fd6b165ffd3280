"""How well boxes were found: overlap, which box hits which truth, and what each false alarm buys (FROC)."""

from collections.abc import Sequence

import numpy as np


def iou(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return for each pair of boxes the area they share over the area they cover together (intersection over union).

    Parameters
    ----------
    boxes, others : array_like
        Shapes (M, 4) and (K, 4): top, left, bottom, right, in pixels; the pixel at `bottom` is the first outside.

    Returns
    -------
    numpy.ndarray
        Shape (M, K), float64, from 0 (apart) to 1 (the same).

    Raises
    ------
    ValueError
        If a box has not four finite numbers, or its bottom or right does not lie beyond its top or left.

    Examples
    --------
    Two squares of 2 × 2 pixels that share one pixel cover 7 together:

    >>> iou([[0, 0, 2, 2]], [[1, 1, 3, 3]]).round(3)
    array([[0.143]])
    """
    boxes, others = _checked("iou", boxes), _checked("iou", others)
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    shared = np.maximum(high - low, 0).prod(axis=2)  # (M, K)
    areas = [(each[:, 2:] - each[:, :2]).prod(axis=1) for each in (boxes, others)]
    return shared / (areas[0][:, None] + areas[1][None] - shared)


def match_boxes(boxes: np.ndarray, scores: np.ndarray, truths: np.ndarray, *, overlap: float = 0.3) -> np.ndarray:
    """Return for each box which truth it hits: (M,) whole numbers, −1 for a false alarm.

    The box with the highest score chooses first, and takes the free truth that it overlaps most. A truth is taken once:
    a second box on the same nodule is a false alarm.

    Parameters
    ----------
    boxes, truths : array_like
        Shapes (M, 4) and (K, 4), as in `iou`; either may be empty.
    scores : array_like
        Shape (M,); of equal scores the first box chooses first.
    overlap : float
        The least intersection over union of a hit, above 0 and at most 1.

    Raises
    ------
    ValueError
        If there is not one finite score for each box, a box is none, or `overlap` is out of range.

    Notes
    -----
    Boxes of lower score change nothing for those of higher score. So one match serves every threshold, as in `froc`.
    """
    boxes, truths = _checked("match_boxes", boxes), _checked("match_boxes", truths)
    scores = _scores("match_boxes", scores, len(boxes))
    if not 0 < overlap <= 1:
        raise ValueError(f"match_boxes: overlap must be above 0 and at most 1, but {overlap!r} came.")
    shared = iou(boxes, truths)
    hit = np.full(len(boxes), -1)
    for box in np.argsort(-scores, kind="stable"):
        if shared.shape[1] and shared[box].max() >= overlap:
            hit[box] = shared[box].argmax()
            shared[:, hit[box]] = -1  # taken
    return hit


def froc(
    scores: Sequence[np.ndarray], hits: Sequence[np.ndarray], truths: Sequence[int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what each threshold finds and what it costs: the free-response ROC curve.

    Parameters
    ----------
    scores, hits : sequences of N arrays
        For each image the scores of its boxes, and what `match_boxes` said of them.
    truths : sequence of N whole numbers
        How many there were to be found in each image.

    Returns
    -------
    (thresholds, false_alarms, sensitivity)
        Three arrays of one length, from the strictest threshold (infinity: nothing is shown) to the lowest score.
        `false_alarms` is the mean number an image, `sensitivity` the share of all truths that were found. A box is
        shown if its score is at least the threshold.

    Raises
    ------
    ValueError
        If there is no image or nothing to be found, the sequences differ in length, or a hit is not among the truths.

    Notes
    -----
    Bunch et al. 1977. Unlike the ROC curve it has no right end: an image has room for any number of false alarms.
    """
    if not len(scores) == len(hits) == len(truths) or not len(scores):
        raise ValueError(
            f"froc: scores, hits and truths are needed for each image, but {len(scores)}, {len(hits)} and "
            f"{len(truths)} came."
        )
    if np.sum(truths) == 0:
        raise ValueError("froc: there is nothing to be found in any image, so there is no sensitivity.")
    for place, (score, hit, count) in enumerate(zip(scores, hits, truths, strict=True)):
        if len(score) != len(hit) or (len(hit) and np.max(hit) >= count):
            raise ValueError(
                f"froc: the hits of image {place} do not fit: {len(score)} scores, {len(hit)} hits, {count} truths."
            )
    score, hit = np.concatenate([*scores]).astype(float), np.concatenate([*hits]) >= 0
    order = np.argsort(-score, kind="stable")
    score, hit = score[order], hit[order]
    last = np.append(np.flatnonzero(np.diff(score)), len(score) - 1) if len(score) else np.empty(0, int)
    thresholds = np.concatenate([[np.inf], score[last]])
    false_alarms = np.concatenate([[0], np.cumsum(~hit)[last]]) / len(scores)
    sensitivity = np.concatenate([[0], np.cumsum(hit)[last]]) / np.sum(truths)
    return thresholds, false_alarms, sensitivity


def sensitivity_at(false_alarms: np.ndarray, sensitivity: np.ndarray, rate: float) -> float:
    """Return the sensitivity at the lowest threshold with at most `rate` false alarms an image, from `froc`."""
    if not rate >= 0:
        raise ValueError(f"sensitivity_at: rate must be at least 0 false alarms an image, but {rate!r} came.")
    if np.shape(false_alarms) != np.shape(sensitivity) or np.ndim(sensitivity) != 1:
        raise ValueError(
            "sensitivity_at: one sensitivity for each rate of false alarms is needed, as from froc, but shapes "
            f"{np.shape(false_alarms)} and {np.shape(sensitivity)} came."
        )
    return float(sensitivity[np.searchsorted(false_alarms, rate, side="right") - 1])


def _checked(who: str, boxes: np.ndarray | Sequence) -> np.ndarray:
    boxes = np.asarray(boxes, dtype=float).reshape(-1, 4) if np.size(boxes) == 0 else np.asarray(boxes, dtype=float)
    if boxes.ndim != 2 or boxes.shape[1] != 4 or not np.isfinite(boxes).all():
        raise ValueError(
            f"{who}: a box is four numbers (top, left, bottom, right), one box a row, but shape {boxes.shape} came."
        )
    if (boxes[:, 2:] <= boxes[:, :2]).any():
        wrong = boxes[(boxes[:, 2:] <= boxes[:, :2]).any(axis=1)][0].tolist()
        raise ValueError(f"{who}: bottom and right must lie beyond top and left, but the box {wrong} came.")
    return boxes


def _scores(who: str, scores: np.ndarray | Sequence, count: int) -> np.ndarray:
    scores = np.asarray(scores, dtype=float)
    if scores.shape != (count,) or not np.isfinite(scores).all():
        raise ValueError(f"{who}: {count} boxes need {count} finite scores, but shape {scores.shape} came.")
    return scores

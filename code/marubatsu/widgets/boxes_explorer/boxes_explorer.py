"""The boxes explorer: what was to be found and what was found, a threshold and an overlap to move, the FROC curve."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from marubatsu.metrics import froc, iou, match_boxes
from marubatsu.widgets.kit import still
from marubatsu.widgets.kit.arrays import Array, StateError
from marubatsu.widgets.kit.base import Widget
from marubatsu.widgets.kit.limits import Number
from marubatsu.widgets.kit.pictures import pack

MOST_PICTURES = 10  # as many letters as boxes_explorer.js has
KEPT = 0.05  # boxes of a lower score do not travel to the page
_COLOURS = {"truth": "#fff", "hit": "#58b4f0", "false": "#ff9d3c"}
_DASHES = {"truth": "0.6 1.2", "hit": "", "false": "2.4 1.2"}


class BoxesExplorer(Widget):
    """See boxes over slices; move the score from which on they are shown, and the overlap that makes a hit.

    What is a hit is counted as `marubatsu.metrics.match_boxes` counts it, and the curve is `marubatsu.metrics.froc`.

    Parameters
    ----------
    images : array_like
        The slices that can be looked at, (K, H, W), the first K of the N: 1 to 10 of them.
    truths, boxes : sequences of N arrays
        For each slice what was to be found and what was found, (·, 4): top, left, bottom, right in pixels.
    scores : sequence of N arrays
        One number from 0 to 1 for each box. It is no probability of disease. Boxes below 0.05 are left out.
    window : (float, float)
        Level and width of the pictures, in their unit; the lung window if left out.
    slice : int
        Which slice is looked at first, from 0.
    threshold, overlap : float
        From which score on a box is shown, 0 to 1; from which intersection over union on it is a hit, 0.05 to 0.9.
    own : sequence of four numbers, optional
        A box of the reader's own.
    shown : {"boxes", "image"}
        With "image" the slice is seen without a box and without a number about it, so that a class counts first.

    Raises
    ------
    ValueError
        If images, truths, boxes and scores do not belong together, or a number is out of range.

    Examples
    --------
    >>> truths, boxes = [[(2, 2, 8, 8)], []], [[(2, 3, 8, 8), (9, 9, 12, 12)], [(0, 0, 4, 4)]]
    >>> explorer = BoxesExplorer(np.zeros((2, 16, 16)), truths, boxes, [[0.9, 0.2], [0.4]], threshold=0.3)
    >>> explorer.counts(), explorer.rates()
    ({'hits': 1, 'missed': 0, 'false_alarms': 0}, (0.5, 1.0))
    """

    lecture = True

    slice = traitlets.Int(0).tag(sync=True, state=True)
    threshold = Number(0.3, 0, 1)
    overlap = Number(0.2, 0.05, 0.9)
    own = Array([], ndim=1, sides=(0, 4)).tag(sync=True, state=True)
    shown = traitlets.Enum(("boxes", "image"), "boxes").tag(sync=True, state=True)

    images = traitlets.Dict().tag(sync=True)
    cases = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        images: np.ndarray,
        truths: Sequence[ArrayLike],
        boxes: Sequence[ArrayLike],
        scores: Sequence[ArrayLike],
        *,
        window: tuple[float, float] = (-600, 1500),
        **state: Any,
    ):
        images = np.asarray(images)
        if images.ndim != 3 or not 1 <= len(images) <= min(MOST_PICTURES, max(1, len(truths))):
            raise ValueError(
                f"BoxesExplorer: images must be (K, rows, columns), 1 to {MOST_PICTURES} of them and no more than "
                f"there are slices, but shape {images.shape} came for {len(truths)} slices."
            )
        if not len(truths) == len(boxes) == len(scores):
            raise ValueError(
                f"BoxesExplorer: truths, boxes and scores are needed for each slice, but {len(truths)}, {len(boxes)} "
                f"and {len(scores)} came."
            )
        self._truths = [_box_list(each) for each in truths]
        self._scores, self._boxes = [], []
        for place, (score, box) in enumerate(zip(scores, boxes, strict=True)):
            score, box = np.round(np.asarray(score, float), 4), _box_list(box)
            if score.shape != (len(box),) or (len(score) and not (score.min() >= 0 and score.max() <= 1)):
                raise ValueError(
                    f"BoxesExplorer: each box of slice {place} needs one score from 0 to 1: {len(box)} boxes, scores "
                    f"of shape {score.shape}."
                )
            self._scores.append(score[score >= KEPT])
            self._boxes.append(box[score >= KEPT])
        if not sum(map(len, self._truths)):
            raise ValueError("BoxesExplorer: there is nothing to be found in any slice, so there is no curve.")
        self._grey = still.shade(images, window)
        rows, columns = images.shape[1:]
        state["cases"] = {
            "truths": [each.tolist() for each in self._truths],
            "boxes": [each.tolist() for each in self._boxes],
            "scores": [each.tolist() for each in self._scores],
        } | {"rows": rows, "columns": columns, "pictures": len(images)}
        state["images"] = {"slices": pack(self._grey.reshape(-1, columns), title="", window=(127.5, 255.0))}
        super().__init__(**state)

    @traitlets.validate("slice")
    def _check_slice(self, proposal: traitlets.Bunch) -> int:
        if not 0 <= proposal["value"] < len(self._grey):
            raise StateError(
                f"BoxesExplorer: slice must be a whole number from 0 to {len(self._grey) - 1}, but "
                f"{proposal['value']} came."
            )
        return proposal["value"]

    @traitlets.validate("own")
    def _check_own(self, proposal: traitlets.Bunch) -> np.ndarray:
        value = proposal["value"]
        if len(value) and not (len(value) == 4 and value[2] > value[0] and value[3] > value[1]):
            raise StateError(
                f"BoxesExplorer: own must be a box (top, left, bottom, right) or empty, but {value.tolist()} came."
            )
        return value

    def hits(self) -> list[np.ndarray]:
        """Return for each slice which truth each box hits at the overlap that is set, as `match_boxes` does."""
        cases = zip(self._boxes, self._scores, self._truths, strict=True)
        return [match_boxes(box, score, truth, overlap=self.overlap) for box, score, truth in cases]

    def counts(self) -> dict[str, int]:
        """Return `hits`, `missed` and `false_alarms` in the slice that is looked at."""
        shown = self.hits()[self.slice][self._scores[self.slice] >= self.threshold]
        found = int((shown >= 0).sum())
        missed = len(self._truths[self.slice]) - found
        return {"hits": found, "missed": missed, "false_alarms": len(shown) - found}

    def rates(self) -> tuple[float, float]:
        """Return false alarms a slice and sensitivity over all slices, at threshold and overlap as set."""
        thresholds, false_alarms, sensitivity = froc(self._scores, self.hits(), [len(each) for each in self._truths])
        place = np.flatnonzero(thresholds >= self.threshold)[-1]
        return float(false_alarms[place]), float(sensitivity[place])

    def own_overlap(self) -> float:
        """Return the intersection over union of the reader's box with the truth that it overlaps most; 0 for none."""
        if not len(self.own) or not len(self._truths[self.slice]):
            return 0.0
        return float(iou(self.own[None], self._truths[self.slice]).max())

    def still(self) -> str:
        """Return the slice with its boxes, and the counts as a table; of a state that hides the boxes, the slice."""
        words = self.texts
        if self.shown == "image":
            return self._picture([], words["altImage"])
        here, (rate, sensitivity) = self.counts(), self.rates()
        hits, scores = self.hits()[self.slice], self._scores[self.slice]
        frames = [_frame("truth", box + (-1.5, -1.5, 1.5, 1.5)) for box in self._truths[self.slice]]  # noqa: RUF005
        frames += [
            _frame("hit" if hit >= 0 else "false", box)
            for box, hit, score in zip(self._boxes[self.slice], hits, scores, strict=True)
            if score >= self.threshold
        ]
        lines: list[tuple[str, object]] = [(words["hits"], here["hits"]), (words["missed"], here["missed"])]
        lines += [(words["falseAlarms"], here["false_alarms"])]
        lines += [
            (words["sensitivity"], f"{still.number(round(100 * sensitivity, 1))} %"),
            (words["rate"], round(rate, 2)),
        ]
        body = "".join(f'<tr><th scope="row">{escape(word)}</th><td>{value}</td></tr>' for word, value in lines)
        caption = words["setting"].format(
            threshold=still.number(self.threshold), overlap=still.number(self.overlap), slices=len(self._truths)
        )
        table = f'<table class="marubatsu-numbers"><caption>{escape(caption)}</caption><tbody>{body}</tbody></table>'
        return self._picture(frames, words["alt"]) + table

    def _picture(self, frames: Sequence[str], alt: str) -> str:
        rows, columns = self._grey.shape[1:]
        return (
            f'<svg class="marubatsu-found" viewBox="0 0 {columns} {rows}" role="img" aria-label="{escape(alt)}">'
            f'<image href="{still.png(self._grey[self.slice])}" width="{columns}" height="{rows}"/>'
            f"{''.join(frames)}</svg>"
        )


def _box_list(boxes: ArrayLike) -> np.ndarray:
    """Return boxes as an array (M, 4), rounded to a hundredth of a pixel; `iou` checks that they are boxes."""
    boxes = np.asarray(boxes, float)
    boxes = np.round(boxes, 2) if boxes.size else np.empty((0, 4))
    iou(boxes, boxes[:0])
    return boxes


def _frame(kind: str, box: np.ndarray) -> str:
    top, left, bottom, right = (float(edge) for edge in box)
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{right - left:g}" height="{bottom - top:g}" fill="none" '
        f'stroke="{_COLOURS[kind]}" stroke-dasharray="{_DASHES[kind]}" stroke-width="0.7"/>'
    )

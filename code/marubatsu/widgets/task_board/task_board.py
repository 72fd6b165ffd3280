"""The task board: one slice through a chest, six questions, and for each the truth beside a network's answer."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from marubatsu.data.phantoms import Chest, Nodule
from marubatsu.metrics import dice, match_boxes
from marubatsu.widgets.kit import still
from marubatsu.widgets.kit.arrays import packed
from marubatsu.widgets.kit.base import Widget
from marubatsu.widgets.kit.pictures import pack

TASKS = ("classification", "regression", "detection", "segmentation", "quality", "generation")
WINDOW = (-450.0, 1500.0)  # level and width for the lung, in HU
OVERLAP = 0.2  # intersection over union from which on a box counts as found
MOST_MADE = 12


class TaskBoard(Widget):
    """Walk through the six tasks on one slice: what goes in, what comes out, the last layer, the loss, the score.

    The truth comes with the slice. Whatever of the networks' answers is left out is not shown.

    Parameters
    ----------
    chest : Chest
        A slice of `marubatsu.data.phantoms.chest` with at least one nodule; the largest is classified and measured.
    shares : (float, float), optional
        Classification: the softmax shares of benign-like and malignant-like for the largest nodule.
    millimetres : float, optional
        Regression: the answer for the diameter of the largest nodule.
    boxes : sequence of (int, int, int, int, float), optional
        Detection: top, left, bottom, right and a score for each finding.
    mask : array_like of bool, optional
        Segmentation: the pixels called lung, (H, W).
    noisy, cleaned : array_like, optional
        Image quality: the slice with noise, and what a network made of it, (H, W) each, in HU.
    noise, made : array_like, optional
        Generation: the random numbers that went in, (N, D), and the pictures that came out, (N, H, W), in HU.
    **state
        First values of the traits `task` (one of `TASKS`) and `shown` ("truth", "network" or "both").

    Raises
    ------
    ValueError
        If the slice has no nodule, or an answer has another shape than the slice asks for.
    """

    lecture = True

    task = traitlets.Enum(TASKS, "classification").tag(sync=True, state=True)
    shown = traitlets.Enum(("truth", "network", "both"), "both").tag(sync=True, state=True)

    images = traitlets.Dict().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        chest: Chest,
        *,
        shares: Sequence[float] | None = None,
        millimetres: float | None = None,
        boxes: Sequence[Sequence[float]] | None = None,
        mask: ArrayLike | None = None,
        noisy: ArrayLike | None = None,
        cleaned: ArrayLike | None = None,
        noise: ArrayLike | None = None,
        made: ArrayLike | None = None,
        language: str = "en",
        **state: Any,
    ):
        if not chest.nodules:
            raise ValueError(
                "TaskBoard: the slice holds no nodule, so there is nothing to find; give one with a nodule."
            )
        if shares is not None and np.shape(shares) != (2,):
            raise ValueError(
                f"TaskBoard: shares are two numbers, benign-like and malignant-like, but shape {np.shape(shares)} came."
            )
        if boxes is not None and any(len(box) != 5 for box in boxes):
            raise ValueError("TaskBoard: each of the boxes is (top, left, bottom, right, score), five numbers.")
        if (noisy is None) != (cleaned is None) or (noise is None) != (made is None):
            raise ValueError("TaskBoard: noisy and cleaned belong together, and so do noise and made; give both.")
        self._chest, self._window = chest, WINDOW
        pictures = {"slice": self._hu(chest.image, "image"), "lungs": _mask(chest.masks["lungs"])}
        if mask is not None:
            self._same_shape(mask, "mask")
            pictures["mask"] = _mask(mask)
        if noisy is not None and cleaned is not None:
            pictures |= {"noisy": self._hu(noisy, "noisy"), "cleaned": self._hu(cleaned, "cleaned")}
        answers: dict[str, Any] = {"spacing": chest.spacing, "nodules": [_plain(each) for each in chest.nodules]}
        answers["measured"] = int(np.argmax([each.diameter_mm for each in chest.nodules]))
        if made is not None and noise is not None:
            pictures["made"], answers["noise"] = self._made(made, noise)
        answers["shares"] = None if shares is None else [float(share) for share in shares]
        answers["millimetres"] = None if millimetres is None else float(millimetres)
        answers["boxes"] = None if boxes is None else [[float(number) for number in box] for box in boxes]
        answers["scores"] = self._scores(boxes, mask, noisy, cleaned)
        super().__init__(language=language, images=pictures, answers=answers, **state)

    def _hu(self, image: ArrayLike, name: str) -> dict:
        self._same_shape(image, name)
        hu = np.clip(np.rint(np.asarray(image)), -1100, 3000).astype(np.int16)
        return pack(hu, title="", unit="HU", window=self._window)

    def _same_shape(self, array: ArrayLike, name: str) -> None:
        if np.shape(array) != self._chest.image.shape:
            raise ValueError(
                f"TaskBoard: {name} must have the shape of the slice, {self._chest.image.shape}, but "
                f"{np.shape(array)} came."
            )

    def _made(self, made: ArrayLike, noise: ArrayLike) -> tuple[dict, dict]:
        made, noise = np.asarray(made), np.asarray(noise, float)
        if made.ndim != 3 or noise.ndim != 2 or len(made) != len(noise) or not 1 <= len(made) <= MOST_MADE:
            raise ValueError(
                f"TaskBoard: made is (N, H, W) and noise (N, D), for 1 to {MOST_MADE} pictures, but {made.shape} "
                f"and {noise.shape} came."
            )
        strip = np.clip(np.rint(made.reshape(-1, made.shape[2])), -1100, 3000).astype(np.int16)  # (N · H, W)
        return pack(strip, title="", unit="HU", window=self._window) | {"side": made.shape[1]}, packed(noise)

    def _scores(
        self,
        boxes: Sequence[Sequence[float]] | None,
        mask: ArrayLike | None,
        noisy: ArrayLike | None,
        cleaned: ArrayLike | None,
    ) -> dict[str, float]:
        """Return what the answers are worth on this slice."""
        found: dict[str, float] = {}
        truth = self._chest
        if boxes is not None:
            places, truths = np.reshape(boxes, (-1, 5)), np.array([each.box for each in truth.nodules])
            hits = match_boxes(places[:, :4], places[:, 4], truths, overlap=OVERLAP)
            found |= {"found": int((hits >= 0).sum()), "false": int((hits < 0).sum())}
        if mask is not None:
            found["dice"] = dice(np.asarray(mask, bool), truth.masks["lungs"])
        if noisy is not None and cleaned is not None:
            body = truth.masks["body"]
            for name, image in (("before", noisy), ("after", cleaned)):
                found[name] = float(np.sqrt(np.mean((np.asarray(image) - truth.image)[body] ** 2)))
        return found

    def still(self) -> str:
        """Return the slice, and as a table what comes out for each task."""
        words = self.texts
        picture = still.picture(
            still.shade(self._chest.image, self._window), alt=words["sliceAlt"], caption=words["synthetic"]
        )
        head = "".join(f'<th scope="col">{escape(words[name])}</th>' for name in ("task", "comesOut", "layer", "score"))
        rows = "".join(
            f'<tr><th scope="row">{escape(words["tasks"][task]["title"])}</th>'
            + "".join(f"<td>{escape(words['tasks'][task][name])}</td>" for name in ("out", "layer", "score"))
            + "</tr>"
            for task in TASKS
        )
        return picture + f'<table class="marubatsu-numbers"><tbody><tr>{head}</tr>{rows}</tbody></table>'


def _mask(mask: ArrayLike) -> dict:
    return pack(np.asarray(mask, bool).astype(np.uint8), title="", window=(0.5, 1.0))


def _plain(nodule: Nodule) -> dict[str, Any]:
    numbers = {"row": nodule.row, "column": nodule.column, "mm": nodule.diameter_mm}
    rest = {"malignant": bool(nodule.malignant), "box": [int(edge) for edge in nodule.box]}
    return {name: float(value) for name, value in numbers.items()} | rest

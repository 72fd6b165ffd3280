"""The threshold explorer: a threshold and a prevalence to move, and what a score is then worth."""

from html import escape
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from marubatsu.metrics import wilson_interval
from marubatsu.widgets.kit import still
from marubatsu.widgets.kit.arrays import StateError
from marubatsu.widgets.kit.base import Widget
from marubatsu.widgets.kit.limits import Number
from marubatsu.widgets.kit.pictures import pack

MOST_CASES = 5000
MOST_PICTURES = 1000
PREVALENCES = (0.001, 0.9)  # what the slider reaches


class ThresholdExplorer(Widget):
    """Move the threshold over the scores of two groups; see the ROC curve, the four-field table and 1,000 people.

    A case is called positive when its score is not below the threshold, as in scikit-learn's ``roc_curve``.

    Parameters
    ----------
    scores : array_like
        One number for each of N cases, (N,), higher where the disease is more likely. At most 5,000.
    labels : array_like
        The truth, (N,): 1 for a case with the disease, 0 for one without. Both must occur.
    threshold : float, optional
        The first threshold; left out, 0.5 for scores from 0 to 1, otherwise the middle between least and largest.
    prevalence : float, optional
        The share of people with the disease, from 0.001 to 0.9; left out, the share among the cases.
    classes : (str, str), optional
        How the cases without and with the disease are called, for example ``("benign", "malignant")``.
    images : array_like, optional
        A small picture of each case, (N, 1, H, W) or (N, H, W): the wrongly called ones are shown. At most 1,000.
    window : (float, float), optional
        Level and width of the pictures; left out, from the smallest to the largest number.

    Raises
    ------
    ValueError
        If scores, labels and images do not belong together, a score is not finite, or one group is missing.

    Examples
    --------
    >>> explorer = ThresholdExplorer([0.9, 0.8, 0.4, 0.3, 0.6, 0.1], [1, 1, 1, 0, 0, 0])
    >>> explorer.counts()
    {'tp': 2, 'fn': 1, 'fp': 1, 'tn': 2}
    """

    lecture = True

    threshold = traitlets.Float().tag(sync=True, state=True)
    prevalence = Number(0.1, *PREVALENCES, hint="For 1 % write 0.01.")

    cases = traitlets.Dict().tag(sync=True)
    images = traitlets.Dict().tag(sync=True)
    classes: traitlets.List[str] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        scores: ArrayLike,
        labels: ArrayLike,
        *,
        threshold: float | None = None,
        prevalence: float | None = None,
        classes: tuple[str, str] | None = None,
        images: ArrayLike | None = None,
        window: tuple[float, float] | None = None,
        language: str = "en",
        **state: Any,
    ):
        self._scores, self._labels = _checked(scores, labels)
        low, high = self._scores.min(), self._scores.max()
        if threshold is None:
            threshold = 0.5 if low >= 0 and high <= 1 else (low + high) / 2
        if prevalence is None:
            prevalence = np.clip(self._labels.mean(), *PREVALENCES)
        if classes is None:
            classes = self.texts_of(language)["classes"]
        if len(classes) != 2:
            raise ValueError(
                f"ThresholdExplorer: classes names two groups, without and with the disease, but {classes} came."
            )
        state |= {"threshold": float(threshold), "prevalence": float(prevalence), "classes": list(classes)}
        state["cases"] = {"scores": self._scores.tolist(), "labels": self._labels.tolist()}
        state["images"] = {} if images is None else {"cases": _strip(images, len(self._scores), window)}
        super().__init__(language=language, **state)

    @traitlets.validate("threshold")
    def _check_threshold(self, proposal: traitlets.Bunch) -> float:
        if not np.isfinite(proposal["value"]):
            raise StateError(f"ThresholdExplorer: threshold must be a finite number, but {proposal['value']} came.")
        return proposal["value"]

    def counts(self) -> dict[str, int]:
        """Return the four fields at the threshold: `tp`, `fn`, `fp` and `tn`."""
        called, ill = self._scores >= self.threshold, self._labels == 1
        fields = {"tp": called & ill, "fn": ~called & ill, "fp": called & ~ill, "tn": ~called & ~ill}
        return {name: int(each.sum()) for name, each in fields.items()}

    def predictive(self) -> dict[str, float]:
        """Return `ppv` and `npv` at the prevalence that is set; nan where nobody is called so."""
        (sensitivity, specificity), ill = self._rates(), self.prevalence
        tp, fp = sensitivity * ill, (1 - specificity) * (1 - ill)
        fn, tn = (1 - sensitivity) * ill, specificity * (1 - ill)
        return {"ppv": tp / (tp + fp) if tp + fp else np.nan, "npv": tn / (tn + fn) if tn + fn else np.nan}

    def _rates(self) -> tuple[float, float]:
        found = self.counts()
        return found["tp"] / (found["tp"] + found["fn"]), found["tn"] / (found["tn"] + found["fp"])

    def still(self) -> str:
        """Return the ROC curve, and as tables the four fields and the rates with their intervals."""
        words, found = self.texts, self.counts()
        (without, ill), fields = self.classes, words["fields"]
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("", ill, without))
        rows = "".join(
            f'<tr><th scope="row">{escape(words[line])}</th>'
            + "".join(f"<td>{escape(fields[kind])} {found[kind]}</td>" for kind in kinds)
            + "</tr>"
            for line, kinds in (("calledPositive", ("tp", "fp")), ("calledNegative", ("fn", "tn")))
        )
        caption = words["atThreshold"].format(threshold=still.number(self.threshold))
        four = _table(f"<tr>{head}</tr>{rows}", caption)
        sides = {"sensitivity": ("tp", "fn"), "specificity": ("tn", "fp")}
        lines = [
            (words[name], f"{still.number(100 * found[right] / (found[right] + found[wrong]))} %",
             words["range"].format(low=_percent(ends[0]), high=_percent(ends[1])))
            for name, (right, wrong) in sides.items()
            for ends in [wilson_interval(found[right], found[right] + found[wrong])]
        ]  # fmt: skip
        lines += [(words[name], f"{_percent(value)} %", "") for name, value in self.predictive().items()]
        cells = "".join(
            f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td><td>{escape(ends)}</td></tr>'
            for name, value, ends in lines
        )
        share = words["ofPeople"].format(ill=round(1000 * self.prevalence), share=_percent(self.prevalence))
        return _roc(self._scores, self._labels, words["rocAlt"]) + four + _table(cells, share)


def _checked(scores: ArrayLike, labels: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return scores as numbers and labels as 0 and 1, or say what does not fit."""
    scores, labels = np.asarray(scores, float), np.asarray(labels)
    if scores.ndim != 1 or scores.shape != labels.shape:
        raise ValueError(
            f"ThresholdExplorer: one score and one label for each case are needed, (N,) and (N,), but shapes "
            f"{scores.shape} and {labels.shape} came. Of a softmax take one column."
        )
    if not np.isfinite(scores).all():
        raise ValueError("ThresholdExplorer: scores must be finite numbers, but NaN or infinity came.")
    if not np.isin(labels, (0, 1)).all() or len(np.unique(labels)) < 2:
        raise ValueError(
            f"ThresholdExplorer: labels are 0 (without the disease) and 1 (with it), and both must occur, but "
            f"{np.unique(labels).tolist()} came."
        )
    if len(scores) > MOST_CASES:
        raise ValueError(f"ThresholdExplorer: at most {MOST_CASES} cases fit into a page, but {len(scores)} came.")
    return scores, labels.astype(int)


def _strip(images: ArrayLike, count: int, window: tuple[float, float] | None) -> dict:
    """Return the pictures one below the other, as grey bytes, ready for the browser."""
    images = np.asarray(images)
    if images.ndim == 4 and images.shape[1] == 1:
        images = images[:, 0]  # (N, H, W)
    if images.ndim != 3 or len(images) != count:
        raise ValueError(
            f"ThresholdExplorer: images must hold one grey picture for each of the {count} cases, (N, 1, H, W) or "
            f"(N, H, W), but shape {images.shape} came."
        )
    if count > MOST_PICTURES:
        raise ValueError(f"ThresholdExplorer: pictures of at most {MOST_PICTURES} cases fit into a page, not {count}.")
    if window is None:
        low, high = float(images.min()), float(images.max())
        window = ((low + high) / 2, high - low or 1.0)
    grey = still.shade(images, window)
    side = {"side": images.shape[1]}  # rows of one picture
    return pack(grey.reshape(-1, grey.shape[2]), title="", window=(127.5, 255.0)) | side


def _percent(share: float) -> str:
    """Return a share in per cent for reading, as rates.js writes it."""
    if np.isnan(share):
        return "–"
    return (
        "> 99.9" if 0.9995 < share < 1 else "< 0.1" if 0 < share < 0.0005 else f"{100 * share:.1f}".removesuffix(".0")
    )


def _table(rows: str, caption: str) -> str:
    return f'<table class="marubatsu-numbers"><caption>{escape(caption)}</caption><tbody>{rows}</tbody></table>'


def _roc(scores: np.ndarray, labels: np.ndarray, alt: str) -> str:
    """Return the ROC curve as an SVG: to the right the false alarms, upwards the sensitivity."""
    thresholds = np.unique(scores)[::-1]
    points = [(0.0, 0.0)] + [
        (float((scores[labels == 0] >= limit).mean()), float((scores[labels == 1] >= limit).mean()))
        for limit in thresholds[:: max(1, len(thresholds) // 200)]
    ]
    line = " ".join(f"{100 * right:.1f},{100 - 100 * up:.1f}" for right, up in [*points, (1.0, 1.0)])
    return (
        f'<svg class="marubatsu-roc" viewBox="-2 -2 104 104" role="img" aria-label="{escape(alt)}">'
        '<path d="M0 0V100H100" class="mb-rates-axis"/><path d="M0 100L100 0" class="mb-rates-chance"/>'
        f'<polyline points="{line}" class="mb-roc-line"/></svg>'
    )

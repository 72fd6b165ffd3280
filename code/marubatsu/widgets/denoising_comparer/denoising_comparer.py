"""The denoising comparer: one slice as low dose, filtered, denoised and full dose, each pixel and square scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from marubatsu.widgets.kit import still
from marubatsu.widgets.kit.arrays import Array, StateError
from marubatsu.widgets.kit.base import Widget
from marubatsu.widgets.kit.limits import Whole
from marubatsu.widgets.kit.pictures import PRESETS, pack

KINDS = ("low", "filter", "network", "second", "full")
WINDOWS = {"lung": PRESETS["lung"], "narrow": [-800, 600], "soft": PRESETS["soft"]}  # level and width in HU
SIDES = (7, 64)  # of the square, in pixels; SSIM looks through windows of 7


@dataclass(frozen=True)
class Scores:
    """What one version is worth in a square."""

    here: float
    """Its number at the chosen pixel, in HU."""
    spread: float
    """Standard deviation in the square, in HU: the noise, where nothing else is in it."""
    error: float
    """How much higher it is than full dose, on average, in HU."""
    psnr: float
    """Peak signal-to-noise ratio in decibels."""
    ssim: float
    """Structural similarity, 1 for equal pictures."""


class DenoisingComparer(Widget):
    """Drag a divider between two versions of one slice, and score every version in a square of it.

    Parameters
    ----------
    full : numpy.ndarray
        Shape (H, W), at least 7 × 7, in HU: the slice at full dose, with which all versions are compared.
    doses : sequence of (photons, versions)
        For each dose the number of photons along a ray, and a dictionary of arrays like `full`: "low" as it was
        taken, "filter" after a classical filter, "network" after the network, "second" (optional) after another
        network. All doses have the same versions.
    span : float
        The range of HU that PSNR and SSIM refer to (`data_range` in scikit-image).
    **state
        First values of the traits: `dose` (which of the doses, from 0), `left` and `right` (names of versions, or
        "full"), `split` (columns left of the divider; −1 for the middle), `pixel` (row and column; empty for the
        middle), `side` (of the square, 7 to 64 pixels), `window` (level and width; empty for lung), `shown` ("picture"
        or "difference").

    Notes
    -----
    Numbers are rounded to whole HU, in Python as in the browser.

    Examples
    --------
    >>> full = np.zeros((32, 32))
    >>> noisy = np.random.default_rng(1).normal(0, 30, full.shape)
    >>> versions = {"low": noisy, "filter": noisy / 2, "network": noisy / 3}
    >>> comparer = DenoisingComparer(full, [(1000, versions)], span=100)
    >>> round(comparer.scores("network").psnr - comparer.scores("low").psnr, 1)
    9.5
    """

    dose = traitlets.Int(0).tag(sync=True, state=True)
    left = traitlets.Unicode("low").tag(sync=True, state=True)
    right = traitlets.Unicode("network").tag(sync=True, state=True)
    split = traitlets.Int(-1).tag(sync=True, state=True)
    pixel = Array([], ndim=1, sides=(0, 2)).tag(sync=True, state=True)
    side = Whole(25, *SIDES)
    window = Array([], ndim=1, sides=(0, 2)).tag(sync=True, state=True)
    shown = traitlets.Enum(("picture", "difference"), "picture").tag(sync=True, state=True)

    images = traitlets.Dict().tag(sync=True)
    kinds: traitlets.List[str] = traitlets.List().tag(sync=True)
    photons: traitlets.List[float] = traitlets.List().tag(sync=True)
    span = traitlets.Float(1500.0).tag(sync=True)
    presets = traitlets.Dict(WINDOWS).tag(sync=True)

    def __init__(
        self,
        full: np.ndarray,
        doses: Sequence[tuple[float, Mapping[str, np.ndarray]]],
        *,
        span: float = 1500.0,
        language: str = "en",
        **state: Any,
    ):
        if not doses:
            raise ValueError("DenoisingComparer: at least one dose is needed: (photons, versions), but none came.")
        names = list(doses[0][1])
        if not {"low"} <= set(names) <= set(KINDS[:-1]) or any(set(versions) != set(names) for _, versions in doses):
            raise ValueError(
                f"DenoisingComparer: the versions of every dose must be the same, among {', '.join(KINDS[:-1])}, and "
                f'"low" with them, but {[list(versions) for _, versions in doses]} came.'
            )
        if not span > 0:
            raise ValueError(f"DenoisingComparer: span must be a range of HU above 0, but {span!r} came.")
        kinds = [kind for kind in KINDS if kind in (*names, "full")]
        self._pictures = {"full": _whole("full", full, np.shape(full))}
        for place, (_, versions) in enumerate(doses):
            for kind in names:
                self._pictures[f"{kind}-{place}"] = _whole(kind, versions[kind], np.shape(full))
        shade = (float(PRESETS["lung"][0]), float(PRESETS["lung"][1]))
        images = {name: pack(array, title="", unit="HU", window=shade) for name, array in self._pictures.items()}
        for image in images.values():
            del image["thumb"]  # nobody chooses among these pictures
        photons = [float(count) for count, _ in doses]
        super().__init__(language=language, images=images, kinds=kinds, photons=photons, span=float(span), **state)

    @traitlets.validate("dose")
    def _check_dose(self, proposal: traitlets.Bunch) -> int:
        if self.photons and not 0 <= proposal["value"] < len(self.photons):
            raise StateError(
                f"DenoisingComparer: dose must be from 0 to {len(self.photons) - 1}, but {proposal['value']} came."
            )
        return proposal["value"]

    @traitlets.validate("left", "right")
    def _check_kind(self, proposal: traitlets.Bunch) -> str:
        name, value = proposal["trait"].name, proposal["value"]
        if self.kinds and value not in self.kinds:
            raise StateError(f"DenoisingComparer: {name} must be one of {', '.join(self.kinds)}, but {value!r} came.")
        return value

    def picture(self, kind: str, dose: int | None = None) -> np.ndarray:
        """Return one version, shape (H, W), in whole HU; of the dose that is chosen, or of another."""
        if kind not in self.kinds:
            raise ValueError(f"DenoisingComparer: kind must be one of {', '.join(self.kinds)}, but {kind!r} came.")
        return self._pictures["full" if kind == "full" else f"{kind}-{self.dose if dose is None else dose}"]

    def place(self, pixel: ArrayLike | None = None) -> tuple[int, int]:
        """Return the row and the column of the chosen pixel; one outside the picture is moved to its rim."""
        pixel, shape = self.pixel if pixel is None else np.asarray(pixel, float), np.array(self._pictures["full"].shape)
        row, column = np.clip(np.rint(pixel) if len(pixel) == 2 else shape // 2, 0, shape - 1).astype(int)
        return int(row), int(column)

    def square(self, *, pixel: ArrayLike | None = None, side: int | None = None) -> tuple[slice, slice]:
        """Return the rows and the columns of the square around the chosen pixel."""
        shape = self._pictures["full"].shape
        side = min(self.side if side is None else side, *shape)
        starts = [
            min(max(place - side // 2, 0), size - side) for place, size in zip(self.place(pixel), shape, strict=True)
        ]
        return slice(starts[0], starts[0] + side), slice(starts[1], starts[1] + side)

    def scores(
        self, kind: str, *, dose: int | None = None, pixel: ArrayLike | None = None, side: int | None = None
    ) -> Scores:
        """Return what a version is worth in the square: the numbers that the browser shows.

        Parameters
        ----------
        kind : str
            "low", "filter", "network", "second" or "full".
        dose, pixel, side
            Instead of those that are chosen.
        """
        from skimage.metrics import peak_signal_noise_ratio, structural_similarity

        square, version = self.square(pixel=pixel, side=side), self.picture(kind, dose).astype(float)
        full, shown = self._pictures["full"][square].astype(float), version[square]
        same = np.array_equal(full, shown)
        return Scores(
            here=float(version[self.place(pixel)]),
            spread=float(shown.std()),
            error=float((shown - full).mean()),
            psnr=np.inf if same else float(peak_signal_noise_ratio(full, shown, data_range=self.span)),
            ssim=float(structural_similarity(full, shown, data_range=self.span)),
        )

    def still(self) -> str:
        """Return the two versions of the first state, and the scores of all in the square."""
        words, window = self.texts, self.window if self.window.size == 2 else PRESETS["lung"]
        pictures = [
            still.picture(
                still.shade(self.picture(kind), window), alt=words["kinds"][kind], caption=words["kinds"][kind]
            )
            for kind in dict.fromkeys((self.left, self.right))
        ]
        heads = "".join(f'<th scope="col">{words["short"][key]}</th>' for key in ("spread", "error", "psnr", "ssim"))
        lines = "".join(self._line(kind) for kind in self.kinds if kind != "full")
        row, column = self.place()
        caption = f"{words['square']}: {words['place'].format(row=row, column=column)}"
        return "".join(pictures) + (
            f'<table class="marubatsu-numbers"><caption>{caption}</caption>'
            f"<thead><tr><td></td>{heads}</tr></thead><tbody>{lines}</tbody></table>"
        )

    def _line(self, kind: str) -> str:
        found = self.scores(kind)
        numbers = [f"{found.spread:.1f}", f"{found.error:+.1f}", f"{found.psnr:.1f}", f"{found.ssim:.3f}"]
        cells = "".join(f"<td>{number.replace('-', '−')}</td>" for number in numbers)
        return f'<tr><th scope="row">{self.texts["kinds"][kind]}</th>{cells}</tr>'


def _whole(kind: str, array: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    """Return a version in whole HU, or say in a sentence why it cannot be one."""
    array = np.asarray(array)
    if array.ndim != 2 or array.shape != shape or min(array.shape) < SIDES[0]:
        raise ValueError(
            f"DenoisingComparer: {kind} must be a slice (H, W) of at least 7 × 7 pixels, like all versions, but "
            f"{array.shape} came" + (f" beside {shape}." if array.shape != shape else ".")
        )
    if not np.isfinite(array).all():
        raise ValueError(f"DenoisingComparer: {kind} must hold HU only, but NaN or infinity came.")
    whole = np.clip(np.rint(array), -32768, 32767).astype(np.int16)
    whole.setflags(write=False)
    return whole

"""The pooling explorer: move a mark, and watch how much of its image changes, and how little of a pooled map."""

import numpy as np
import traitlets

from marubatsu.arithmetic.activations import relu
from marubatsu.arithmetic.convolution import conv2d
from marubatsu.arithmetic.pooling import avg_pool2d, max_pool2d
from marubatsu.data import marks
from marubatsu.methods import by_hand
from marubatsu.widgets.kit import still
from marubatsu.widgets.kit.arrays import Array, packed
from marubatsu.widgets.kit.base import Widget
from marubatsu.widgets.kit.limits import Whole

SIDE = 32
MIDDLE = (SIDE - 1) / 2
REACH = 6  # pixels that the mark may be moved to each side


class PoolingExplorer(Widget):
    """Move a mark and see what max pooling lets through of the change.

    The mark goes through one kernel of the network by hand, its threshold and a ReLU, then through pooling.

    Parameters
    ----------
    **state
        First values of the traits: `kind` ("circle" or "cross"), `down` and `right` (whole pixels from the middle, −6
        to 6), `piece` (one of `marubatsu.methods.by_hand.SYMBOLS`), `mode` ("max" or "average"), `size` (2 to 16) and
        `stride` (1 to 16) of the windows, `pixel` (row and column in the pooled map).

    Examples
    --------
    >>> explorer = PoolingExplorer(right=2, size=8, stride=8)
    >>> explorer.pooled().shape, explorer.changes().round(2).tolist()
    ((4, 4), [0.53, 0.73, 0.24])
    """

    lecture = True

    kind = traitlets.Enum(marks.KINDS, "cross").tag(sync=True, state=True)
    down = Whole(0, -REACH, REACH)
    right = Whole(0, -REACH, REACH)
    piece = traitlets.Enum(by_hand.SYMBOLS, "╲").tag(sync=True, state=True)
    mode = traitlets.Enum(("max", "average"), "max").tag(sync=True, state=True)
    size = Whole(8, 2, 16)
    stride = Whole(8, 1, 16)
    pixel = Array([], ndim=1, sides=(0, 2)).tag(sync=True, state=True)

    kernels = traitlets.Dict(packed(by_hand.kernels())).tag(sync=True)
    pieces = traitlets.List(list(by_hand.SYMBOLS)).tag(sync=True)
    threshold = traitlets.Float(by_hand.THRESHOLD).tag(sync=True)

    def image(self) -> np.ndarray:
        """Return the mark where it stands now, shape (32, 32)."""
        return marks.draw(self.kind, row=MIDDLE + self.down, column=MIDDLE + self.right)

    def map(self) -> np.ndarray:
        """Return what the kernel answers, above its threshold, shape (32, 32)."""
        return self._map(self.image())

    def pooled(self) -> np.ndarray:
        """Return the map after pooling, shape (rows, columns)."""
        return self._pooled(self.map())

    def changes(self) -> np.ndarray:
        """Return what share of image, map and pooled map differs from those of the mark in the middle, shape (3,).

        0 means the same, 1 that nothing is in common: the sum of the differences over the sum of all numbers.
        """
        before = self._stages(marks.draw(self.kind))
        after = self._stages(self.image())
        totals = [(np.abs(a - b).sum(), a.sum() + b.sum()) for a, b in zip(after, before, strict=True)]
        return np.array([difference / total if total > 0 else 0.0 for difference, total in totals])

    def still(self) -> str:
        """Return the three pictures, with how much of each has changed."""
        words = self.texts
        pictures = []
        for word, array, change in zip(
            ("image", "map", "pooled"), self._stages(self.image()), self.changes(), strict=True
        ):
            shown = still.shade(array, (0.5, 1.0)) if word == "image" else still.diverge(array, array.max() or 1.0)
            caption = f"{words[word]}, {array.shape[0]} × {array.shape[1]}. {words['changed']}: {100 * change:.0f} %"
            pictures.append(still.picture(shown, alt=words[word], caption=caption))
        return "".join(pictures)

    def _stages(self, image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return image, self._map(image), self._pooled(self._map(image))

    def _map(self, image: np.ndarray) -> np.ndarray:
        kernel = by_hand.kernels()[by_hand.SYMBOLS.index(self.piece)][None]  # (1, 1, 9, 9)
        return relu(conv2d(image[None, None], kernel, padding=by_hand.SIDE // 2) - self.threshold)[0, 0]

    def _pooled(self, image: np.ndarray) -> np.ndarray:
        pool = max_pool2d if self.mode == "max" else avg_pool2d
        return pool(image[None, None], self.size, stride=self.stride)[0, 0]

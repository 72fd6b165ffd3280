"""The pixel reader: which number is stored at a place, and which grey the window makes of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from marubatsu.widgets.kit import still
from marubatsu.widgets.kit.arrays import Array
from marubatsu.widgets.kit.pictured import Pictured
from marubatsu.widgets.kit.pictures import OWN, PRESETS, picture, standard


class PixelReader(Pictured):
    """Read any pixel of an image, and choose the window through which it is shown.

    Parameters
    ----------
    **state
        First values of the traits: `image` (a name of `marubatsu.widgets.kit.pictures.NAMES` with a title here),
        `pixel` (row and column; empty for the middle), `window` (level and width; empty for the image's own).

    Examples
    --------
    >>> reader = PixelReader(image="head", pixel=[128, 128], window=[40, 80])
    >>> int(reader.value()), reader.grey()
    (30, 96)
    """

    lecture = True

    image = traitlets.Unicode("head").tag(sync=True, state=True)
    pixel = Array([], ndim=1, sides=(0, 2)).tag(sync=True, state=True)
    window = Array([], ndim=1, sides=(0, 2)).tag(sync=True, state=True)

    besides = (OWN,)
    presets = traitlets.Dict(PRESETS).tag(sync=True)

    def __init__(self, *, language: str = "en", **state: Any):
        super().__init__(language=language, images=standard(self.texts_of(language)["images"]), **state)

    def input(self) -> np.ndarray:
        """Return the image, shape (rows, columns) or (rows, columns, 3).

        Raises
        ------
        ValueError
            If the reader looks at an image of their own: it stays in the browser.
        """
        if self.image == OWN:
            raise ValueError(
                "PixelReader: the image on the screen was opened in the browser and stays there; Python cannot see it."
            )
        return picture(self.image)

    def place(self) -> tuple[int, int]:
        """Return the row and the column of the chosen pixel; one outside the image is moved to its rim."""
        shape = self.input().shape[:2]
        chosen = np.rint(self.pixel) if self.pixel.size == 2 else np.array(shape) // 2
        row, column = np.clip(chosen, 0, np.array(shape) - 1).astype(int)
        return int(row), int(column)

    def value(self) -> np.generic | np.ndarray:
        """Return the number that is stored at the chosen pixel; three of them in a colour image."""
        return self.input()[self.place()]

    def grey(self) -> int:
        """Return the grey, from 0 to 255, that the window makes of the chosen pixel's number.

        Raises
        ------
        ValueError
            If the image has colours: they pass through no window.
        """
        if self.input().ndim == 3:
            raise ValueError("PixelReader: a colour image is shown as it is; its pixels have three numbers, no grey.")
        return int(still.shade(self.value(), self._window()))

    def _window(self) -> Sequence[float]:
        usable = self.window.size == 2 and self.window[1] != 0
        return tuple(self.window) if usable else self.images[self.image]["window"]

    def still(self) -> str:
        """Return the picture, and the numbers around the chosen pixel."""
        words, image, (row, column) = self.texts, self.input(), self.place()
        title = self.images[self.image]["title"]
        size = words["size"].format(rows=image.shape[0], columns=image.shape[1])
        shown = image if image.ndim == 3 else still.shade(image, self._window())
        around = image[max(row - 2, 0) : row + 3, max(column - 2, 0) : column + 3]
        if around.ndim == 3:
            around = around[..., 1]  # the green ones, in which a fundus shows most
        place = words["place"].format(row=row, column=column)
        return still.picture(shown, alt=title, caption=f"{title}, {size}") + still.table(
            around, caption=f"{words['near']}: {place}"
        )

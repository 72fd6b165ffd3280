"""The template difference in the reader's hand: a mark to move, turn and thicken, and a verdict that flips."""

from typing import Any

import numpy as np
import traitlets

from marubatsu.data import marks
from marubatsu.methods import templates
from marubatsu.widgets.kit import still
from marubatsu.widgets.kit.base import Widget
from marubatsu.widgets.kit.limits import Number

SIDE = 32
MIDDLE = (SIDE - 1) / 2
EXAMPLES = {
    "identical": {"kind": "cross"},
    "shifted": {"kind": "cross", "right": 4.0},
    "turned": {"kind": "cross", "turn": 20.0},
    "thick": {"kind": "cross", "thickness": 5.0},
    "ring": {"kind": "circle", "right": 4.0},
    "small": {"kind": "circle", "size": 11.0},
}
GRAIN = np.round(np.random.default_rng(2).standard_normal((SIDE, SIDE)), 3)


class TemplateDifference(Widget):
    """Move, turn, scale and thicken a mark, and see to which model it is nearer, pixel by pixel.

    A mark that would leave the canvas is made smaller and moved inwards, as far as it must.

    Parameters
    ----------
    **state
        First values of the traits: `kind` ("circle" or "cross"), `down` and `right` (how far its centre lies from
        the middle, in pixels), `size` and `thickness` (pixels), `turn` and `slant` (degrees), `noise` (standard
        deviation, grey values from 0 to 1).

    Examples
    --------
    >>> moved = TemplateDifference(kind="circle", right=4)
    >>> [round(float(number), 1) for number in moved.differences()], moved.verdict()
    ([193.3, 186.4], 'cross')
    """

    lecture = True

    grain = GRAIN  # what `noise` is multiplied by: the same random numbers in the browser and here

    kind = traitlets.Enum(marks.KINDS, "cross").tag(sync=True, state=True)
    down = Number(0.0, -12, 12)
    right = Number(0.0, -12, 12)
    size = Number(16.0, 8, 28)
    turn = Number(0.0, -90, 90)
    thickness = Number(2.5, 1, 6)
    slant = Number(0.0, -30, 30)
    noise = Number(0.0, 0, 0.5)

    random = traitlets.List(GRAIN.ravel().tolist()).tag(sync=True)
    examples = traitlets.Dict(EXAMPLES).tag(sync=True)

    def mark(self) -> np.ndarray:
        """Return the mark as it is drawn, shape (32, 32), from 0 to 1."""
        form: dict[str, Any] = {"turn": self.turn, "slant": self.slant}
        unit = np.ptp(np.concatenate(marks.strokes(self.kind, size=1.0, **form)), axis=0).max()
        form["size"] = min(self.size, (SIDE - self.thickness - 1e-6) / unit)
        low, high = marks.room(marks.strokes(self.kind, **form), self.thickness, (SIDE, SIDE))
        row, column = np.clip([MIDDLE + self.down, MIDDLE + self.right], low + 1e-9, high - 1e-9)
        ink = marks.draw(self.kind, row=row, column=column, thickness=self.thickness, **form)
        return np.clip(ink + self.noise * self.grain, 0.0, 1.0)

    def differences(self) -> np.ndarray:
        """Return the sums of the differences to the model ○ and the model ×, shape (2,)."""
        return templates.differences(self.mark()[None, None], [marks.model(kind) for kind in marks.KINDS])[0]

    def verdict(self) -> str:
        """Return the kind of the model that differs less."""
        return marks.KINDS[int(self.differences().argmin())]

    def still(self) -> str:
        """Return the mark, and what differs from the two models."""
        words, mark = self.texts, self.mark()
        kind = words["kinds"][self.kind]
        pictures = [still.picture(still.shade(mark, (0.5, 1.0)), alt=kind, caption=kind)]
        for name, total in zip(marks.KINDS, self.differences(), strict=True):
            symbol = words["kinds"][name]
            away = still.shade(np.abs(mark - marks.model(name)), (0.5, 1.0))
            caption = f"{words['compared'].format(mark=symbol)}: {total:.1f}"
            pictures.append(still.picture(away, alt=words["compared"].format(mark=symbol), caption=caption))
        return "".join(pictures)

"""What all figures share: the sheet, the colours, and the sentences for what cannot be drawn."""

from collections.abc import Iterable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

LINE = "#7c7c7c"  # a grey as far from white as from a dark page: contrast 4.2 to 1 on both
NEGATIVE, POSITIVE = "#1f5fa8", "#c25a00"  # blue and orange: told apart in every common form of colour blindness
SIGNED = LinearSegmentedColormap.from_list("signed", [NEGATIVE, "#ffffff", POSITIVE])
CLASSES = ("#3b7fc4", "#c9650a", "#3f8f5f", "#9a6abf")  # each at least 3 to 1 on white and on a dark page
LETTERS = 15  # points; still legible when a phone shows the figure at half its size


def sheet(rows: int, columns: int, *, width: float, height: float) -> tuple[Figure, np.ndarray]:
    """Return an empty transparent figure of so many inches, and its axes as an array of shape (rows, columns)."""
    figure, axes = plt.subplots(rows, columns, figsize=(width, height), squeeze=False, layout="constrained")
    plt.close(figure)  # a notebook would otherwise show it twice: as the cell's value and as the open figure
    figure.patch.set_alpha(0.0)
    for each in axes.flat:
        each.patch.set_alpha(0.0)
        each.tick_params(colors=LINE, labelsize=LETTERS - 2)
        for spine in each.spines.values():
            spine.set_color(LINE)
    return figure, axes


def bare(axes: Axes) -> None:
    """Take the ticks away, leave a thin frame."""
    axes.set_xticks([])
    axes.set_yticks([])


def headline(axes: Axes, text: str) -> None:
    """Write letters, numbers or symbols above a picture."""
    axes.set_title(text, fontsize=LETTERS, color=LINE, fontweight="bold")


def checked_labels(who: str, labels: Sequence | None, count: int) -> list[str]:
    """Return one label for each picture; empty ones if none were given."""
    if labels is None:
        return [""] * count
    if len(labels) != count:
        raise ValueError(f"{who}: {count} pictures need {count} labels, but {len(labels)} came.")
    return [str(label) for label in labels]


def checked_pictures(who: str, pictures: Iterable[np.ndarray]) -> list[np.ndarray]:
    """Return a list of pictures, each (rows, columns) or (rows, columns, 3); a channel axis of 1 is taken off."""
    pictures = [np.asarray(picture) for picture in pictures]
    pictures = [picture[0] if picture.ndim == 3 and len(picture) == 1 else picture for picture in pictures]
    if not pictures:
        raise ValueError(f"{who}: at least one picture is needed, but none came.")
    for picture in pictures:
        if not (picture.ndim == 2 or (picture.ndim == 3 and picture.shape[2] == 3)) or picture.size == 0:
            raise ValueError(
                f"{who}: each picture must have rows and columns (and 3 colours), but shape {picture.shape} came."
            )
    return pictures

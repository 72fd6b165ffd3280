"""Sets that lie in one another, drawn as ovals: the widest is the first."""

from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse

from marubatsu.figures.paper import CLASSES, LETTERS, sheet

_TALL, _WIDE = 4.0, 6.6  # of the widest set, in units of the drawing


def show_nested(labels: list[str]) -> Figure:
    """Draw sets of which each contains the next, with a letter at the top of each.

    Parameters
    ----------
    labels : list of str
        One letter or sign for each set, from the widest to the narrowest.

    Raises
    ------
    ValueError
        If there are fewer than two sets, or more than five.
    """
    if not 2 <= len(labels) <= 5:
        raise ValueError(f"show_nested: from 2 to 5 sets can be drawn in one another, but {len(labels)} came.")
    figure, axes = sheet(1, 1, width=6.4, height=3.9)
    space = axes[0, 0]
    space.set_axis_off()
    space.set_aspect("equal")
    step = _TALL / len(labels)
    for depth, label in enumerate(labels):
        share = 1 - depth / len(labels)
        tall, colour = _TALL * share, CLASSES[depth % len(CLASSES)]
        place = ((0, tall / 2), _WIDE * share, tall)
        space.add_patch(Ellipse(*place, facecolor=colour, alpha=0.13, edgecolor="none"))
        space.add_patch(Ellipse(*place, facecolor="none", edgecolor=colour, linewidth=2.5))
        space.add_patch(Circle((0, tall - step / 2), 0.27, facecolor=colour, edgecolor="none"))
        text = {"ha": "center", "va": "center", "fontsize": LETTERS + 2, "color": "white", "fontweight": "bold"}
        space.text(0, tall - step / 2, str(label), **text)
    space.set_xlim(-_WIDE / 2 - 0.1, _WIDE / 2 + 0.1)
    space.set_ylim(-0.1, _TALL + 0.1)
    return figure

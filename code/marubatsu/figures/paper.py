"""The white paper on which every figure is drawn, fine enough for a sharp screen, and never left open."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

DOTS_PER_INCH = 150


def new_figure(width: float, height: float) -> Figure:
    """Return an empty white figure, in inches. A page shows it as the result of a cell, once."""
    figure = plt.figure(figsize=(width, height), dpi=DOTS_PER_INCH, layout="constrained", facecolor="white")
    plt.close(figure)  # otherwise a notebook would draw it a second time, and keep it in memory
    return figure

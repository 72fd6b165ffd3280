"""Sets in one another: each lies within the one before, each has its letter where no other set covers it."""

from itertools import pairwise

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.patches import Ellipse

from marubatsu.figures import show_nested

NAMES = ["A", "B", "C", "D"]


def ovals(figure):
    return [patch for patch in figure.axes[0].patches if type(patch) is Ellipse][::2]


def test_each_set_lies_within_the_one_before():
    drawn = ovals(show_nested(NAMES))
    assert len(drawn) == 4
    for outer, inner in pairwise(drawn):
        angle = np.linspace(0, 2 * np.pi, 200)
        across = inner.width / 2 * np.cos(angle) / (outer.width / 2)
        down = (inner.center[1] - outer.center[1] + inner.height / 2 * np.sin(angle)) / (outer.height / 2)
        assert np.hypot(across, down).max() <= 1 + 1e-9


def test_each_letter_stands_in_its_own_set_and_not_in_the_next():
    figure = show_nested(NAMES)
    drawn = ovals(figure)
    for depth, text in enumerate(figure.axes[0].texts):
        assert text.get_text() == NAMES[depth]
        inside = [((text.get_position()[1] - each.center[1]) / (each.height / 2)) ** 2 < 1 for each in drawn]
        assert inside == [True] * (depth + 1) + [False] * (3 - depth)


def test_the_figure_is_left_closed_and_transparent():
    figure = show_nested(["A", "B"])
    assert plt.get_fignums() == [] and figure.patch.get_alpha() == 0.0 and figure.get_figwidth() <= 7.5


@pytest.mark.parametrize("labels", [["A"], list("ABCDEF")])
def test_one_set_alone_or_too_many_are_refused(labels):
    with pytest.raises(ValueError, match=f"show_nested: from 2 to 5 sets .* but {len(labels)} came"):
        show_nested(labels)


def test_the_widest_set_fills_the_sheet_and_is_seen_whole():
    figure = show_nested(NAMES)
    outer, axes = ovals(figure)[0], figure.axes[0]
    for (low, high), middle, size in (
        (axes.get_xlim(), outer.center[0], outer.width),
        (axes.get_ylim(), outer.center[1], outer.height),
    ):
        assert 0 < middle - size / 2 - low < 0.3 and 0 < high - middle - size / 2 < 0.3

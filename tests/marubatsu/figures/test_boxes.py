import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

from marubatsu.figures import show_detections

IMAGES = np.full((2, 20, 30), -850.0)


def frames(axes):
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def test_truth_hits_and_false_alarms_differ_in_line_and_colour():
    figure = show_detections(IMAGES, [[(2, 3, 6, 8)], []], [[(2, 3, 6, 8), (9, 9, 12, 12)], []], [[0, -1], []])
    first, second = figure.axes[:2]
    lines = [(frame.get_linestyle(), frame.get_edgecolor()) for frame in frames(first)]
    assert len(set(lines)) == 3 and len({line for line, _ in lines}) == 3
    assert frames(second) == []


def test_a_box_lies_along_the_edges_of_its_pixels():
    figure = show_detections(IMAGES, [[], []], [[(2, 3, 6, 8)], []], [[-1], []])
    (frame,) = frames(figure.axes[0])
    assert frame.get_xy() == (2.5, 1.5) and (frame.get_width(), frame.get_height()) == (5, 4)


def test_scores_and_letters_are_written_and_no_words():
    figure = show_detections(IMAGES[:1], [[]], [[(2, 3, 6, 8)]], [[0]], scores=[[0.81]], labels=["A"])
    assert [text.get_text() for text in figure.axes[0].texts] == ["0.81"] and figure.axes[0].get_title() == "A"


def test_what_does_not_fit_is_said_in_words():
    with pytest.raises(ValueError, match="show_detections: 2 images need as many truths, but 1 came"):
        show_detections(IMAGES, [[]])
    with pytest.raises(ValueError, match="show_detections: boxes and hits belong together"):
        show_detections(IMAGES, [[], []], [[], []])
    with pytest.raises(ValueError, match="show_detections: at least one picture is needed"):
        show_detections([], [])


def test_the_figure_fits_a_page_and_is_left_closed():
    figure = show_detections(np.concatenate([IMAGES] * 3), [[]] * 6, labels=list("ABCDEF"))
    assert plt.get_fignums() == [] and figure.get_figwidth() <= 7.5 and figure.patch.get_alpha() == 0.0


def test_the_slices_are_shown_through_the_lung_window():
    low, high = show_detections(IMAGES, [[], []]).axes[0].images[0].get_clim()
    assert (low, high) == (-1350, 150)

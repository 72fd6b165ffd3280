import ast
import warnings
from pathlib import Path

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt

from marubatsu import figures
from marubatsu.figures import paper

ONE = np.arange(12.0).reshape(3, 4)
EVERY = {
    "images": lambda: figures.show_images(np.zeros((3, 1, 4, 4)), labels=["○", "×", "A"], framed=[0, 1, 0]),
    "maps": lambda: figures.show_feature_maps(np.ones((2, 4, 4)), labels=["╲", "╱"]),
    "window": lambda: figures.show_window(ONE, [(5, 4), (5, 8)]),
    "numbers": lambda: figures.show_numbers(ONE, box=(0, 1, 2, 2)),
    "kernel": lambda: figures.show_kernel(ONE - 5, label="∩"),
    "kernels": lambda: figures.show_kernels([ONE, -ONE, ONE, ONE], labels=["∩", "∪", "(", ")"]),
    "products": lambda: figures.show_products(ONE, ONE - 5),
    "histograms": lambda: figures.show_histograms([ONE, ONE + 3], labels=["○", "×"], mark=4.0),
    "histogram": lambda: figures.show_histograms([ONE], bins=range(0, 14, 2)),
    "bars": lambda: figures.show_bars([0.4, 0.1], labels=["A", "B"], low=[0.3, 0.05], high=[0.5, 0.2]),
    "boxes": lambda: figures.show_boxes([(3, 227, 227), (96, 55, 55), (1000,)], labels=["A", "B", "C"], rows=2),
    "curves": lambda: figures.show_curves([0, 1], [[0, 1], [1, 0]], labels=["A", "B"], most=1),
}


def texts(figure):
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text) if text.get_text() and text.get_visible()]


def shown(figure, number=0):
    return figure.axes[number].images[0]


@pytest.mark.parametrize("name", EVERY)
def test_a_figure_is_drawn_without_a_warning_or_a_missing_sign_and_is_left_closed(name, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = EVERY[name]()
        figure.savefig(tmp_path / "figure.svg")
    assert plt.get_fignums() == []  # otherwise a notebook shows it twice
    assert figure.patch.get_alpha() == 0.0
    assert figure.get_figwidth() <= 7.5


@pytest.mark.parametrize("name", EVERY)
def test_a_figure_carries_signs_and_no_words(name):
    assert not [text for text in texts(EVERY[name]()) if sum(letter.isalpha() for letter in text) > 1]


def test_images_are_shown_on_the_scale_of_their_kind():
    figure = figures.show_images([np.full((2, 2), 0.5), np.full((2, 2, 3), 7, dtype=np.uint8)], labels=["A", "B"])
    assert shown(figure).get_clim() == (0, 1) and shown(figure, 1).get_clim() == (0, 255)
    np.testing.assert_array_equal(shown(figure, 1).get_array(), np.full((2, 2, 3), 7))
    figure = figures.show_images([ONE], low=-5, high=20)
    assert shown(figure).get_clim() == (-5, 20)


def test_labels_stand_above_their_images_and_frames_around_them():
    figure = figures.show_images(
        np.zeros((4, 1, 3, 3)), labels=list("ABCD"), framed=[False, True, False, False], columns=3
    )
    assert [each.get_title() for each in figure.axes[:4]] == list("ABCD")
    assert [each.get_visible() for each in figure.axes] == [True] * 4 + [False] * 2
    assert [each.spines["left"].get_linewidth() > 4 for each in figure.axes[:4]] == [False, True, False, False]


def test_feature_maps_share_one_scale_that_is_even_around_zero():
    figure = figures.show_feature_maps(np.stack([ONE, -3 * ONE]))
    assert shown(figure).get_clim() == shown(figure, 1).get_clim() == (-33, 33)


def test_a_window_ends_half_its_width_from_its_level():
    figure = figures.show_window(ONE, [(40, 100)])
    assert shown(figure).get_clim() == (-10, 90)
    assert figure.axes[0].get_title() == "40 / 100"


def test_every_pixel_s_number_is_printed_in_its_place():
    figure = figures.show_numbers(np.array([[0, -1.5], [0.123, 1234.5]]))
    places = {text.get_position(): text.get_text() for text in figure.axes[0].texts}
    assert places == {(0, 0): "0", (1, 0): "−1.5", (0, 1): "0.12", (1, 1): "1234"}


def test_a_number_stands_out_from_its_cell():
    figure = figures.show_kernel(np.linspace(-4, 4, 9).reshape(3, 3))
    for text in figure.axes[0].texts:
        column, row = text.get_position()
        cell = shown(figure).to_rgba(shown(figure).get_array())[row, column]
        light, dark = sorted([luminance(matplotlib.colors.to_rgba(text.get_color())), luminance(cell)], reverse=True)
        assert (light + 0.05) / (dark + 0.05) > 4.5


def luminance(colour):
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("colour", [*paper.CLASSES, paper.LINE])
def test_lines_and_letters_stand_out_on_white_and_on_a_dark_page(colour):
    inks = luminance(matplotlib.colors.to_rgb(colour))
    assert 1.05 / (inks + 0.05) > 3
    assert (inks + 0.05) / (luminance(matplotlib.colors.to_rgb("#14181e")) + 0.05) > 3


def test_a_kernel_is_white_at_zero_blue_below_and_orange_above():
    figure = figures.show_kernel(np.array([[-2.0, 0.0, 1.0]]))
    below, zero, above = shown(figure).to_rgba(shown(figure).get_array())[0, :, :3]
    np.testing.assert_allclose(zero, 1, atol=0.01)
    assert below[2] > below[0] and above[0] > above[2]


def test_kernels_share_one_scale_of_colours():
    figure = figures.show_kernels([np.ones((2, 2)), -5 * np.ones((3, 3))])
    assert shown(figure).get_clim() == shown(figure, 1).get_clim() == (-5, 5)


def test_the_products_are_shown_with_their_sum():
    figure = figures.show_products(np.array([[1.0, 0.5]]), np.array([[2.0, -3.0]]))
    np.testing.assert_array_equal(shown(figure, 2).get_array(), [[2, -1.5]])
    assert [each.get_xlabel() for each in figure.axes] == ["×", "=", "Σ = 0.5"]


def test_bars_have_the_heights_and_whiskers_that_were_given():
    figure = figures.show_bars([0.4, 0.1], labels=["A", "B"], low=[0.3, 0.05], high=[0.5, 0.2])
    assert [bar.get_height() for bar in figure.axes[0].patches] == [0.4, 0.1]
    whiskers = figure.axes[0].collections[0].get_segments()
    np.testing.assert_allclose([[end[1] for end in segment] for segment in whiskers], [[0.3, 0.5], [0.05, 0.2]])
    assert {"0.4", "0.1", "A", "B"} <= set(texts(figure))


def test_histograms_use_the_same_bins_and_count_every_number():
    figure = figures.show_histograms([np.array([0.0, 1.0, 1.0]), np.array([3.0])], labels=["○", "×"], bins=3)
    assert [bar.get_height() for bar in figure.axes[0].containers[0]] == [1, 2, 0]
    assert [bar.get_height() for bar in figure.axes[0].containers[1]] == [0, 0, 1]


def test_curves_go_through_their_numbers():
    figure = figures.show_curves([0, 1, 2], [[3, 4, 5]], labels=["A"])
    np.testing.assert_array_equal(figure.axes[0].lines[0].get_xydata(), [[0, 3], [1, 4], [2, 5]])
    assert figure.axes[0].get_ylim()[0] == 0


def test_a_curve_below_0_is_seen_whole():
    figure = figures.show_curves([0, 1, 2], [[-3, 0, 3], [0, 0, 3]], labels=["A", "B"])
    assert figure.axes[0].get_ylim()[0] < -3


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        (lambda: figures.show_images([]), "show_images: at least one picture is needed"),
        (lambda: figures.show_images([np.zeros(3)]), r"rows and columns \(and 3 colours\), but shape \(3,\) came"),
        (lambda: figures.show_images([ONE], labels=["A", "B"]), "1 pictures need 1 labels, but 2 came"),
        (lambda: figures.show_images([ONE], framed=[True, False]), "framed must say yes or no 1 times, but 2 came"),
        (lambda: figures.show_window(ONE, [(40, 0)]), r"widths above 0, but \[\(40, 0\)\] came"),
        (lambda: figures.show_window(ONE, []), r"give pairs of level and width"),
        (lambda: figures.show_numbers(np.zeros((40, 4))), r"at most 32 each, .* but shape \(40, 4\) came"),
        (lambda: figures.show_kernels([]), "show_kernels: at least one picture is needed"),
        (lambda: figures.show_products(ONE, ONE.T), r"same rows and columns, but shapes \(3, 4\) and \(4, 3\) came"),
        (lambda: figures.show_histograms([[]], labels=["A"]), "each class needs at least one number"),
        (lambda: figures.show_bars([1, 2], labels=["A", "B"], low=[0, 1]), "give low and high together, 2 numbers"),
        (lambda: figures.show_curves([0, 1], [[1, 2, 3]], labels=["A"]), "needs 2 numbers, .* but 3 came"),
        (
            lambda: figures.show_curves([0, 1], [[1, 2]], labels=["A"], low=[[0, 1]]),
            "give low and high together, 1 arrays",
        ),
        (
            lambda: figures.show_curves([0, 1], [[1, 2]], labels=["A"], low=[[0]], high=[[3, 3]]),
            "2 numbers, .* but 1 came",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_sentence(draw, sentence):
    with pytest.raises(ValueError, match=sentence):
        draw()


def test_the_figures_know_nothing_of_the_rest_of_the_library():
    rooms = list(Path(figures.__file__).parent.glob("*.py"))
    assert len(rooms) > 10
    for path in rooms:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert all(n.startswith("marubatsu.figures") for n in names if n.startswith("marubatsu")), path

"""Every number that a quiz asks for, and those that its sentences state, computed by the library."""

import math

import numpy as np
import pytest
from scipy.ndimage import median_filter
from skimage.feature import graycomatrix, graycoprops

from marubatsu import architectures
from marubatsu.arithmetic.activations import relu
from marubatsu.arithmetic.convolution import conv2d
from marubatsu.arithmetic.fully_connected import linear
from marubatsu.data import collections
from marubatsu.data.greys import window
from marubatsu.exchange.cost import cost
from marubatsu.layers import Conv2d, Conv3d, Linear, ReLU
from marubatsu.learning.optimisers import SGD
from marubatsu.methods import by_hand
from marubatsu.methods.templates import differences
from marubatsu.metrics import bland_altman, dice, iou, wilson_interval
from marubatsu.network import Chain, Residual, summary
from marubatsu.notation import output_size
from marubatsu.questions import load
from marubatsu_course.question_bank.contents import in_order


def predictive_value(prevalence, sensitivity, specificity):
    found, alarms = prevalence * sensitivity, (1 - prevalence) * (1 - specificity)
    return 100 * found / (found + alarms)


def step_down():
    layer = Linear(1, 1)
    layer.weight.value[:] = 0.8
    layer.weight.gradient[:] = -0.5
    SGD({"weight": layer.parameters()["weight"]}, 0.2).step()
    return layer.weight.value.item()


def size_seen(layers):
    """How many inputs lie behind one output of so many convolutions of 3 × 3."""
    image = np.zeros((1, 1, 31, 31))
    image[0, 0, 15, 15] = 1
    for _ in range(layers):
        image = conv2d(image, np.ones((1, 1, 3, 3)), padding=1)
    return np.count_nonzero(image[0, 0].any(axis=1))


def without_error(healthy, calcified):
    limits = np.linspace(min(healthy), max(calcified), 200)
    values, answers = np.array([*healthy, *calcified]), np.repeat([0, 1], [len(healthy), len(calcified)])
    errors = [np.sum((values > limit) != answers) for limit in limits]
    return limits[errors == np.min(errors)].mean()


def changed_by_residual():
    inner = Chain(Conv2d(1, 1, 1))
    inner[0].weight.value[:], inner[0].bias.value[:] = 0, -1.5
    return Residual(inner, after=ReLU())(np.full((1, 1, 1, 1), 4.0)).item()


def halved():
    encoder = architectures.encoder(dimensions=3, width=4, levels=2)
    whole, half = (cost(encoder, (1, side, side, side)).activations for side in (32, 16))
    return half / whole


def overlap(truth, found, both):
    masks = np.zeros((2, 200), bool)
    masks[0, :truth], masks[1, truth - both : truth - both + found] = True, True
    return dice(*masks)


def after_growing():
    side, times = 8, 0
    while side < 1024:
        side, times = 2 * side, times + 1
    return times


NUMBERS = {
    ("what-is-learning", 2): lambda: without_error([100, 120, 140], [180, 200]),
    ("texture-or-network", 1): lambda: graycoprops(
        graycomatrix(np.array([[0, 0, 2, 2]] * 4), [1], [0], levels=4), "contrast"
    ).item(),
    ("six-tasks", 3): lambda: Conv2d(6, 5, 1)(np.zeros((1, 6, 128, 96))).size,
    ("reading-a-programme", 1): lambda: 100 * np.mean(np.zeros(1000) == np.repeat([0, 1], [960, 40])),
    ("images-are-numbers", 1): lambda: window(np.array([60.0]), level=40, width=80).item(),
    ("template-difference", 1): lambda: differences(
        np.array([[[[0.0, 1, 1, 0]]]]), [np.array([[1.0, 1, 0, 0]]), np.zeros((1, 4))]
    )[0, 0],
    ("convolution", 1): lambda: conv2d(np.array([[[[10.0, 10, 40]] * 3]]), np.array([[[[-1.0, 0, 1]] * 3]])).item(),
    ("convolution", 2): lambda: output_size(64, 5, stride=2, padding=2),
    ("relu-and-channels", 2): lambda: size_seen(3),
    ("relu-and-channels", 3): lambda: summary(Conv2d(8, 16, 3), (8, 9, 9)).parameters,
    ("max-pooling", 1): lambda: output_size(56, 3, stride=2),
    ("max-pooling", 3): lambda: 0.7 * 2**3,
    ("fully-connected", 1): lambda: linear(np.array([[2.0, 0, 1]]), np.array([[0.5, -3, 1]]), np.array([-1.0])).item(),
    ("fully-connected", 3): lambda: predictive_value(0.01, 0.9, 0.9),
    ("a-network-by-hand", 1): lambda: by_hand.network().outputs(np.zeros((1, 1, 32, 32)))[3].size,
    ("training", 2): step_down,
    ("real-images", 1): lambda: len(collections.folds(200, 5, rng=np.random.default_rng(1))[0][0]),
    ("what-it-learned", 1): lambda: np.diff(linear(np.array([[2.0]]), np.array([[-0.3], [0.5]]), np.zeros(2))).item(),
    ("alexnet", 1): lambda: output_size(63, 11, stride=4),
    ("alexnet", 2): lambda: summary(Conv2d(64, 32, 5, groups=2), (64, 9, 9)).parameters,
    ("alexnet", 4): lambda: 5 / (420 / 227),
    ("deeper", 2): lambda: size_seen(4),
    ("deeper", 3): changed_by_residual,
    ("three-dimensions", 1): lambda: cost(Conv3d(16, 32, 3, bias=False), (16, 8, 8, 8)).parameters,
    ("three-dimensions", 2): halved,
    ("transfer-learning", 1): lambda: sum(part.value.size for part in Linear(64, 3).parameters().values()),
    ("classification", 1): lambda: predictive_value(0.02, 0.9, 0.8),
    ("regression", 1): lambda: bland_altman(np.array([32.0, 41, 55]), np.array([30.0, 40, 50])).bias,
    ("detection", 1): lambda: iou([[0, 0, 4, 4]], [[0, 2, 4, 6]]).item(),
    ("detection", 3): lambda: 100 * 4 / (4 + 100 * 1),
    ("segmentation", 1): lambda: overlap(120, 80, 75),
    ("image-quality", 1): lambda: 10 ** (-6 / 10),
    ("generation", 1): after_growing,
    ("beyond-the-six", 1): lambda: np.mean([3 / 5, 4 / 5, 5 / 5]),
    ("beyond-the-six", 4): lambda: median_filter(np.array([30, 31, 45, 31, 32]), 5)[2],
}
ASKED = {
    (name, place): question
    for name in in_order()
    for place, question in enumerate(load(name), 1)
    if question.kind == "number"
}


def test_no_number_is_asked_for_that_is_not_computed_here():
    assert set(NUMBERS) == set(ASKED)


@pytest.mark.parametrize("where", ASKED, ids=lambda where: f"{where[0]}-{where[1]}")
def test_the_answer_to_a_question_is_what_the_library_computes(where):
    question = ASKED[where]
    computed = float(NUMBERS[where]())
    assert question.right(f"{computed:.6f}")
    assert abs(computed - question.answer) <= 0.5 * max(question.tolerance, 1e-9), (
        "close to the middle of the tolerance"
    )


def test_intervals_and_rates_that_sentences_state_are_right():
    np.testing.assert_allclose(wilson_interval(480, 1000), (0.449, 0.511), atol=5e-4)
    np.testing.assert_allclose(wilson_interval(0, 50), (0, 0.071), atol=5e-4)
    np.testing.assert_allclose(wilson_interval(9, 12), (0.47, 0.91), atol=5e-3)
    np.testing.assert_allclose(wilson_interval(5, 12), (0.19, 0.68), atol=5e-3)
    odds = 0.93 / 0.07 * 0.01 / 0.99
    assert round(odds, 2) == 0.13 and round(odds / (1 + odds), 2) == 0.12
    assert math.floor((64 + 4 - 4 - 1) / 2) + 1 == 32


def test_what_is_said_of_alexnet_and_of_cards_is_so():
    rows = {row.name: row.parameters for row in summary(architectures.alexnet(), (3, 227, 227)).rows}
    total = sum(rows.values())
    assert rows["conv1"] == 34_944 and rows["fc6"] > total / 2
    assert round(100 * sum(rows[f"conv{place}"] for place in range(1, 6)) / total) == 4
    assert round(rows["fc6"] / 2e6) == 19 and round(rows["fc7"] / 2e6) == 8
    smaller = Chain(**{**architectures.alexnet().named, "conv1": Conv2d(3, 96, 7, stride=4)})
    assert round(total - summary(smaller, (3, 227, 227)).parameters, -3) == 21_000
    assert round(70 / 8) == 9


def test_a_map_after_bias_and_relu_is_what_the_question_says():
    np.testing.assert_allclose(relu(np.array([-4, 0.1, 2]) - 0.2), [0, 0, 1.8])
    spot = np.zeros((1, 1, 7, 7))
    spot[0, 0, 3, 3] = 90
    mean = conv2d(spot, np.full((1, 1, 3, 3), 1 / 9))
    assert np.count_nonzero(mean) == 9 and np.isclose(mean.max(), 10)

"""What holds for every step backward: it is asked in the same words as its step forward, and means the same by them."""

import importlib
import inspect
import pkgutil

import numpy as np
import pytest

from marubatsu import arithmetic
from marubatsu.arithmetic.convolution import conv2d, conv2d_backward, conv_transpose2d, conv_transpose2d_backward


def pairs():
    """Each step forward of the arithmetic that has a step backward, and that step, by name."""
    found = {}
    for room in pkgutil.walk_packages(arithmetic.__path__, f"{arithmetic.__name__}."):
        given = vars(importlib.import_module(room.name))
        found |= {name: (given[name], given[f"{name}_backward"]) for name in given if f"{name}_backward" in given}
    return found


PAIRS = pairs()


def test_convolution_pooling_and_the_others_are_among_them():
    assert {"conv2d", "conv_transpose2d", "max_pool2d", "avg_pool2d", "batch_norm", "lstm"} <= set(PAIRS)


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_left_out_means_the_same_forward_and_backward(name):
    forward, backward = (inspect.signature(each).parameters for each in PAIRS[name])
    shared = [word for word in forward if word in backward and backward[word].kind is inspect.Parameter.KEYWORD_ONLY]
    left_out = {word: backward[word].default for word in shared if backward[word].default is not inspect._empty}
    assert left_out == {word: forward[word].default for word in left_out}


@pytest.mark.parametrize("cached", [1, 60, 300])
@pytest.mark.parametrize("pair", [(conv2d, conv2d_backward), (conv_transpose2d, conv_transpose2d_backward)])
def test_a_picture_that_the_cache_does_not_hold_is_worked_through_by_rows_to_the_same_end(monkeypatch, pair, cached):
    rng = np.random.default_rng(1)
    images, kernels = rng.standard_normal((3, 2, 6, 7)), rng.standard_normal((2, 2, 3, 2))
    forward, backward = pair
    whole = forward(images, kernels)
    worth = rng.standard_normal(whole.shape)
    gradients = backward(worth, images, kernels)
    monkeypatch.setattr("marubatsu.arithmetic.windows.CACHED", cached)
    np.testing.assert_allclose(forward(images, kernels), whole, atol=1e-12)
    for cut, at_once in zip(backward(worth, images, kernels), gradients, strict=True):
        np.testing.assert_allclose(cut, at_once, atol=1e-12)

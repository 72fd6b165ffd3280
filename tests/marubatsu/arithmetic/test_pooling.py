"""Pooling: cases by hand, slow twins, PyTorch forward and backward, finite differences, the sentences."""

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from marubatsu.arithmetic.pooling import (
    adaptive_avg_pool2d,
    adaptive_avg_pool2d_backward,
    avg_pool2d,
    avg_pool2d_backward,
    avg_pool2d_slow,
    max_pool2d,
    max_pool2d_backward,
    max_pool2d_slow,
    max_pool3d,
    max_pool3d_backward,
)

SCORES = np.array([[1.0, 0, 2, 1], [3, 0, 0, 1], [0, 0, 4, 2], [1, 0, 2, 9]])[None, None]


@st.composite
def cases(draw):
    """Images, often with equal numbers, and windows that fit them."""
    kernel_size = (draw(st.integers(1, 4)), draw(st.integers(1, 4)))
    padding = tuple(draw(st.integers(0, size // 2)) for size in kernel_size)
    stride = draw(st.one_of(st.none(), st.tuples(st.integers(1, 4), st.integers(1, 4))))
    sizes = (draw(st.integers(1, 11)), draw(st.integers(1, 11)))
    assume(all(size + 2 * p >= k for size, p, k in zip(sizes, padding, kernel_size, strict=True)))
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    shape = (draw(st.integers(1, 3)), draw(st.integers(1, 3)), *sizes)
    images = rng.integers(-2, 3, shape) if draw(st.booleans()) else rng.standard_normal(shape)
    dtype = draw(st.sampled_from([np.float32, np.float64]))
    return images.astype(dtype), {"kernel_size": kernel_size, "stride": stride, "padding": padding}


def test_the_largest_of_each_window_as_on_the_page():
    np.testing.assert_array_equal(max_pool2d(SCORES, 2)[0, 0], [[3, 2], [1, 9]])
    np.testing.assert_array_equal(avg_pool2d(SCORES, 2)[0, 0], [[1, 1], [0.25, 4.25]])


def test_alexnet_pools_55_rows_to_27():
    assert max_pool2d(np.zeros((1, 2, 55, 55)), 3, stride=2).shape == (1, 2, 27, 27)


def test_the_border_never_wins():
    np.testing.assert_array_equal(max_pool2d(np.full((1, 1, 2, 2), -5.0), 2, padding=1), np.full((1, 1, 2, 2), -5.0))


@settings(max_examples=150)
@given(cases())
def test_the_fast_twins_give_what_the_slow_ones_give(case):
    images, options = case
    np.testing.assert_array_equal(max_pool2d(images, **options), max_pool2d_slow(images, **options))
    for counted in (True, False):
        fast = avg_pool2d(images, **options, count_include_pad=counted)
        np.testing.assert_allclose(fast, avg_pool2d_slow(images, **options, count_include_pad=counted), atol=1e-5)


@settings(max_examples=200)
@given(cases())
def test_max_pooling_and_its_gradient_are_those_of_pytorch(case):
    images, options = case
    theirs = torch.from_numpy(images).requires_grad_()
    output = torch.nn.functional.max_pool2d(theirs, **options)
    ours = max_pool2d(images, **options)
    assert ours.dtype == images.dtype
    np.testing.assert_array_equal(ours, output.detach().numpy())
    gradient = np.random.default_rng(0).standard_normal(ours.shape).astype(images.dtype)
    output.backward(torch.from_numpy(gradient))
    np.testing.assert_allclose(max_pool2d_backward(gradient, images, ours, **options), theirs.grad.numpy(), atol=1e-5)


@settings(max_examples=200)
@given(cases(), st.booleans())
def test_average_pooling_and_its_gradient_are_those_of_pytorch(case, counted):
    images, options = case
    theirs = torch.from_numpy(images).requires_grad_()
    output = torch.nn.functional.avg_pool2d(theirs, **options, count_include_pad=counted)
    ours = avg_pool2d(images, **options, count_include_pad=counted)
    np.testing.assert_allclose(ours, output.detach().numpy(), atol=1e-6)
    gradient = np.random.default_rng(0).standard_normal(ours.shape).astype(images.dtype)
    output.backward(torch.from_numpy(gradient))
    mine = avg_pool2d_backward(gradient, images, **options, count_include_pad=counted)
    np.testing.assert_allclose(mine, theirs.grad.numpy(), atol=1e-5)


@pytest.mark.parametrize("options", [{"kernel_size": 2}, {"kernel_size": 3, "stride": 2, "padding": 1}])
def test_gradients_are_the_slopes_of_the_loss(options, slope):
    rng = np.random.default_rng(1)
    images = rng.permutation(2 * 6 * 6).reshape(1, 2, 6, 6) / 10  # all numbers differ by more than the step
    weights = rng.standard_normal(max_pool2d(images, **options).shape)
    mine = max_pool2d_backward(weights, images, max_pool2d(images, **options), **options)
    np.testing.assert_allclose(mine, slope(lambda: (max_pool2d(images, **options) * weights).sum(), images), atol=1e-7)
    mine = avg_pool2d_backward(weights, images, **options)
    np.testing.assert_allclose(mine, slope(lambda: (avg_pool2d(images, **options) * weights).sum(), images), atol=1e-7)


def test_of_equal_pixels_the_first_takes_the_gradient():
    images = np.ones((1, 1, 2, 2))
    gradient = max_pool2d_backward(np.full((1, 1, 1, 1), 5.0), images, max_pool2d(images, 2), 2)
    np.testing.assert_array_equal(gradient[0, 0], [[5, 0], [0, 0]])


def test_images_are_left_as_they_were():
    before = SCORES.copy()
    output = max_pool2d(SCORES, 3, stride=1, padding=1)
    max_pool2d_backward(output, SCORES, output, 3, stride=1, padding=1)
    avg_pool2d_backward(avg_pool2d(SCORES, 2), SCORES, 2)
    np.testing.assert_array_equal(SCORES, before)


@pytest.mark.parametrize("function", [max_pool2d, max_pool2d_slow, avg_pool2d, avg_pool2d_slow])
@pytest.mark.parametrize(
    ("shape", "kernel_size", "options", "sentence"),
    [
        ((4, 4), 2, {}, r"images must have 4 axes .* write image\[None, None\]"),
        ((1, 0, 4, 4), 2, {}, "images must not be empty"),
        ((1, 1, 4, 4), 5, {}, "the kernel covers 5 pixels, but the image with its padding has only 4"),
        ((1, 1, 4, 4), 0, {}, "kernel_size must be a whole number of at least 1, but 0 came"),
        ((1, 1, 4, 4), 2, {"stride": 1.5}, "stride must be one whole number or"),
        ((1, 1, 4, 4), 2, {"padding": 2}, r"padding can be at most half the window \(2, 2\), but \(2, 2\) came"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(function, shape, kernel_size, options, sentence):
    with pytest.raises(ValueError, match=f"{function.__name__}: {sentence}"):
        function(np.ones(shape), kernel_size, **options)


@pytest.mark.parametrize("function", [max_pool2d, avg_pool2d])
def test_nan_is_refused_rather_than_pooled_away(function):
    with pytest.raises(ValueError, match=f"{function.__name__}: images must be finite, but 1 of 4 numbers"):
        function(np.array([[[[1, 2], [3, np.nan]]]]), 2)


def test_gradients_of_another_shape_are_refused():
    for given_back in (
        lambda: max_pool2d_backward(np.ones((1, 1, 4, 4)), SCORES, max_pool2d(SCORES, 2), 2),
        lambda: avg_pool2d_backward(np.ones((1, 1, 4, 4)), SCORES, 2),
    ):
        with pytest.raises(ValueError, match=r"gradient must have the output's shape \(1, 1, 2, 2\)"):
            given_back()
    with pytest.raises(ValueError, match=r"max_pool2d_backward: output must have the gradient's shape \(1, 1, 2, 2\)"):
        max_pool2d_backward(np.ones((1, 1, 2, 2)), SCORES, SCORES, 2)


@settings(max_examples=50)
@given(st.integers(0, 2**31), st.integers(1, 3), st.integers(1, 3), st.booleans())
def test_max_pool3d_and_its_gradient_are_those_of_pytorch(seed, size, stride, padded):
    rng = np.random.default_rng(seed)
    volumes = rng.integers(-3, 4, (2, 2, *rng.integers(3, 7, 3))).astype(float)
    options = {"kernel_size": size, "stride": stride, "padding": size // 2 if padded else 0}
    theirs = torch.from_numpy(volumes).requires_grad_()
    output = torch.nn.functional.max_pool3d(theirs, **options)
    ours = max_pool3d(volumes, **options)
    np.testing.assert_array_equal(ours, output.detach().numpy())
    gradient = rng.standard_normal(ours.shape)
    output.backward(torch.from_numpy(gradient))
    np.testing.assert_allclose(max_pool3d_backward(gradient, volumes, ours, **options), theirs.grad.numpy(), atol=1e-12)


@settings(max_examples=80)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
def test_adaptive_pooling_and_its_gradient_are_those_of_pytorch(rows, columns, down, across):
    rng = np.random.default_rng(rows * columns)
    images = rng.standard_normal((2, 3, rows, columns))
    theirs = torch.from_numpy(images).requires_grad_()
    output = torch.nn.functional.adaptive_avg_pool2d(theirs, (down, across))
    np.testing.assert_allclose(adaptive_avg_pool2d(images, (down, across)), output.detach().numpy(), atol=1e-12)
    gradient = rng.standard_normal(output.shape)
    output.backward(torch.from_numpy(gradient))
    mine = adaptive_avg_pool2d_backward(gradient, images, (down, across))
    np.testing.assert_allclose(mine, theirs.grad.numpy(), atol=1e-12)


def test_volumes_and_adaptive_sizes_that_do_not_fit_get_a_sentence():
    with pytest.raises(ValueError, match="max_pool3d: volumes must have 5 axes"):
        max_pool3d(np.ones((1, 1, 4, 4)), 2)
    with pytest.raises(ValueError, match="max_pool3d: volumes must be finite, but 1 of 8 numbers"):
        max_pool3d(np.array([1.0] * 7 + [np.nan]).reshape(1, 1, 2, 2, 2), 2)
    with pytest.raises(ValueError, match="adaptive_avg_pool2d: output_size must be a whole number of at least 1"):
        adaptive_avg_pool2d(np.ones((1, 1, 4, 4)), 0)
    with pytest.raises(ValueError, match=r"gradient must have the output's shape \(1, 1, 2, 2\)"):
        adaptive_avg_pool2d_backward(np.ones((1, 1, 3, 3)), np.ones((1, 1, 4, 4)), 2)

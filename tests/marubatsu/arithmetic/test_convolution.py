"""Convolution: a case by hand, the slow twin, SciPy, PyTorch forward and backward, slopes, the sentences."""

import numpy as np
import pytest
import scipy.ndimage
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from marubatsu.arithmetic.convolution import (
    conv2d,
    conv2d_backward,
    conv2d_slow,
    conv3d,
    conv3d_backward,
    conv_transpose2d,
    conv_transpose2d_backward,
)

TOLERANCE = {np.float32: {"rtol": 2e-4, "atol": 2e-4}, np.float64: {"rtol": 1e-9, "atol": 1e-10}}


@st.composite
def cases(draw, dtype=None):
    """Images, kernels, bias and options that fit one another."""
    small = st.integers(1, 3)
    groups, kernel_size = draw(st.sampled_from([1, 1, 2, 3])), (draw(st.integers(1, 4)), draw(st.integers(1, 4)))
    options = {word: (draw(st.integers(low, 3)), draw(st.integers(low, 3))) for word, low in
               (("stride", 1), ("padding", 0), ("dilation", 1))}  # fmt: skip
    sizes = (draw(st.integers(1, 11)), draw(st.integers(1, 11)))
    covered = [d * (k - 1) + 1 for d, k in zip(options["dilation"], kernel_size, strict=True)]
    assume(all(size + 2 * p >= c for size, p, c in zip(sizes, options["padding"], covered, strict=True)))
    N, C, F = draw(small), groups * draw(small), groups * draw(small)
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    dtype = dtype or draw(st.sampled_from([np.float32, np.float64]))
    images, kernels = rng.standard_normal((N, C, *sizes)), rng.standard_normal((F, C // groups, *kernel_size))
    bias = rng.standard_normal(F) if draw(st.booleans()) else None
    arrays = [None if array is None else array.astype(dtype) for array in (images, kernels, bias)]
    return *arrays, {**options, "groups": groups}


def test_a_stroke_meets_a_stroke_kernel_as_on_the_page():
    kernel = np.array([[2.0, -1, -1], [-1, 2, -1], [-1, -1, 2]])
    expected = [[6, -2, -1, 0], [-2, 6, -2, -1], [-1, -2, 6, -2], [0, -1, -2, 6]]
    np.testing.assert_array_equal(conv2d(np.eye(6)[None, None], kernel[None, None])[0, 0], expected)


def test_the_kernel_is_not_turned():
    row = np.array([[[[0.0, 0, 1, 0, 0]]]])
    np.testing.assert_array_equal(conv2d(row, [[[[1, 2, 3]]]], padding=(0, 1))[0, 0], [[0, 3, 2, 1, 0]])


@settings(max_examples=150)
@given(cases())
def test_the_fast_twin_gives_what_the_slow_one_gives(case):
    images, kernels, bias, options = case
    fast, slow = conv2d(images, kernels, bias, **options), conv2d_slow(images, kernels, bias, **options)
    assert fast.dtype == slow.dtype == images.dtype
    np.testing.assert_allclose(fast, slow, **TOLERANCE[images.dtype.type])


@settings(max_examples=300)
@given(cases())
def test_forward_and_every_gradient_are_those_of_pytorch(case):
    images, kernels, bias, options = case
    theirs = [torch.from_numpy(array).requires_grad_() for array in (images, kernels)]
    their_bias = torch.zeros(len(kernels), dtype=theirs[0].dtype) if bias is None else torch.from_numpy(bias)
    output = torch.nn.functional.conv2d(*theirs, their_bias.requires_grad_(), **options)
    close = TOLERANCE[images.dtype.type]
    np.testing.assert_allclose(conv2d(images, kernels, bias, **options), output.detach().numpy(), **close)
    gradient = np.random.default_rng(0).standard_normal(output.shape).astype(images.dtype)
    output.backward(torch.from_numpy(gradient))
    ours = conv2d_backward(gradient, images, kernels, **options)
    for mine, their in zip(ours, [*theirs, their_bias], strict=True):
        assert mine.dtype == images.dtype
        np.testing.assert_allclose(mine, their.grad.numpy(), **close)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_one_channel_is_what_scipy_correlates(size):
    rng = np.random.default_rng(size)
    image, kernel = rng.standard_normal((20, 17)), rng.standard_normal((size, size))
    inner = conv2d(image[None, None], kernel[None, None])[0, 0]
    whole = scipy.ndimage.correlate(image, kernel, mode="constant")
    top = size // 2
    np.testing.assert_allclose(inner, whole[top : top + inner.shape[0], top : top + inner.shape[1]], atol=1e-12)


@pytest.mark.parametrize(
    "options", [{}, {"stride": 2, "padding": 1}, {"dilation": 2}, {"groups": 2, "stride": (1, 2)}, {"padding": (2, 0)}]
)
def test_gradients_are_the_slopes_of_the_loss(options, slope):
    rng = np.random.default_rng(3)
    images, kernels = rng.standard_normal((2, 4, 5, 6)), rng.standard_normal((2, 4 // options.get("groups", 1), 3, 2))
    bias, weights = rng.standard_normal(2), rng.standard_normal(conv2d(images, kernels, **options).shape)
    ours = conv2d_backward(weights, images, kernels, **options)
    for mine, array in zip(ours, (images, kernels, bias), strict=True):
        measured = slope(lambda: (conv2d(images, kernels, bias, **options) * weights).sum(), array)
        np.testing.assert_allclose(mine, measured, rtol=1e-6, atol=1e-7)


def test_a_batch_too_large_for_the_cache_is_cut_without_a_seam(monkeypatch):
    rng = np.random.default_rng(4)
    images, kernels = rng.standard_normal((7, 3, 9, 9)), rng.standard_normal((4, 3, 3, 3))
    gradient = rng.standard_normal((7, 4, 7, 7))
    whole = conv2d(images, kernels), *conv2d_backward(gradient, images, kernels)
    monkeypatch.setattr("marubatsu.arithmetic.windows.CACHED", 3000)  # two images at a time
    parts = conv2d(images, kernels), *conv2d_backward(gradient, images, kernels)
    for one, other in zip(whole, parts, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)


def test_arrays_of_the_caller_are_left_as_they_were():
    rng = np.random.default_rng(5)
    arrays = [rng.standard_normal(shape) for shape in [(2, 2, 6, 6), (3, 2, 3, 3), (3,)]]
    before = [array.copy() for array in arrays]
    output = conv2d(*arrays, padding=1)
    conv2d_backward(output, *arrays[:2], padding=1)
    for array, copy in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, copy)


def test_whole_numbers_and_bytes_do_not_wrap_round():
    white = np.full((1, 1, 3, 3), 255, np.uint8)
    assert conv2d(white, np.ones((1, 1, 3, 3), np.int8)).item() == 9 * 255


@pytest.mark.parametrize("function", [conv2d, conv2d_slow])
@pytest.mark.parametrize(
    ("images", "kernels", "options", "error", "sentence"),
    [
        ((5, 5), (1, 1, 3, 3), {}, ValueError, r"images must have 4 axes .* write image\[None, None\]"),
        ((1, 1, 5, 5), (3, 3), {}, ValueError, r"kernels must have 4 axes \(F, C, KH, KW\), but shape \(3, 3\) came"),
        ((0, 1, 5, 5), (1, 1, 3, 3), {}, ValueError, "images must not be empty"),
        ((1, 3, 5, 5), (1, 1, 3, 3), {}, ValueError, "images have 3 channels, so each kernel must be 3 deep, but"),
        ((1, 4, 5, 5), (2, 4, 3, 3), {"groups": 2}, ValueError, "4 channels in 2 groups, so each kernel must be 2"),
        ((1, 3, 5, 5), (2, 1, 3, 3), {"groups": 2}, ValueError, "3 channels and 2 filters cannot be cut into 2 equal"),
        ((1, 1, 2, 5), (1, 1, 3, 3), {}, ValueError, "the kernel covers 3 pixels, but the image .* has only 2"),
        ((1, 1, 5, 5), (1, 1, 3, 3), {"dilation": 3}, ValueError, "the kernel covers 7 pixels, but the image"),
        ((1, 1, 5, 5), (1, 1, 3, 3), {"stride": 0}, ValueError, "stride must be a whole number of at least 1"),
        ((1, 1, 5, 5), (1, 1, 3, 3), {"padding": -1}, ValueError, "padding must be a whole number of at least 0"),
        ((1, 1, 5, 5), (1, 1, 3, 3), {"bias": np.ones(2)}, ValueError, "bias must hold one number for each of the 1"),
        ((1, 1, 5, 5), (1, 1, 3, 3), {"bias": np.array(["a"])}, TypeError, "bias must hold real numbers"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(function, images, kernels, options, error, sentence):
    with pytest.raises(error, match=f"{function.__name__}: .*{sentence}"):
        function(np.ones(images), np.ones(kernels), **options)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_number_that_is_none_is_found_in_its_array(bad):
    images, kernels = np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2))
    kernels[0, 0, 1, 1] = bad
    with pytest.raises(ValueError, match="conv2d: kernels must be finite, but 1 of 4 numbers"):
        conv2d(images, kernels)
    images[0, 0, 2, 2] = bad
    with pytest.raises(ValueError, match="conv2d: images must be finite, but 1 of 16 numbers"):
        conv2d(images, np.ones((1, 1, 2, 2)))


def test_text_is_no_image():
    with pytest.raises(TypeError, match="conv2d: images must hold real numbers"):
        conv2d(np.full((1, 1, 3, 3), "○"), np.ones((1, 1, 3, 3)))


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"conv2d_backward: gradient must have the output's shape \(1, 1, 3, 3\)"):
        conv2d_backward(np.ones((1, 1, 5, 5)), np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3)))


# ---- volumes, and the convolution's way back as a layer of its own ------------------------------------------


@settings(max_examples=60)
@given(st.integers(0, 2**31), st.sampled_from([1, 2]), st.integers(1, 2), st.integers(0, 2), st.integers(1, 2))
def test_conv3d_and_its_gradients_are_those_of_pytorch(seed, groups, stride, padding, dilation):
    rng = np.random.default_rng(seed)
    kernel_size = rng.integers(1, 3, 3)
    volumes = rng.standard_normal((2, 2 * groups, *rng.integers(3, 7, 3)))
    kernels, bias = rng.standard_normal((groups * 2, 2, *kernel_size)), rng.standard_normal(groups * 2)
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    theirs = [torch.from_numpy(array).requires_grad_() for array in (volumes, kernels, bias)]
    output = torch.nn.functional.conv3d(*theirs, **options)
    np.testing.assert_allclose(conv3d(volumes, kernels, bias, **options), output.detach().numpy(), atol=1e-10)
    gradient = rng.standard_normal(output.shape)
    output.backward(torch.from_numpy(gradient))
    for mine, their in zip(conv3d_backward(gradient, volumes, kernels, **options), theirs, strict=True):
        np.testing.assert_allclose(mine, their.grad.numpy(), atol=1e-9)


@settings(max_examples=200)
@given(st.data())
def test_conv_transpose2d_and_its_gradients_are_those_of_pytorch(data):
    rng = np.random.default_rng(data.draw(st.integers(0, 2**31)))
    groups, C, F = data.draw(st.sampled_from([1, 2])), data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
    two = lambda low, high: (data.draw(st.integers(low, high)), data.draw(st.integers(low, high)))  # noqa: E731
    stride, dilation, kernel_size, sizes = two(1, 3), two(1, 2), two(1, 4), two(1, 6)
    extra = tuple(data.draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation, strict=True))
    padding = two(0, 2)
    left = [(n - 1) * s - 2 * p + d * (k - 1) + more + 1 for n, s, p, d, k, more in
            zip(sizes, stride, padding, dilation, kernel_size, extra, strict=True)]  # fmt: skip
    assume(min(left) >= 1)
    options = {"stride": stride, "padding": padding, "output_padding": extra, "dilation": dilation, "groups": groups}
    images, kernels = rng.standard_normal((2, C * groups, *sizes)), rng.standard_normal((C * groups, F, *kernel_size))
    bias = rng.standard_normal(F * groups)
    theirs = [torch.from_numpy(array).requires_grad_() for array in (images, kernels, bias)]
    output = torch.nn.functional.conv_transpose2d(*theirs, **options)
    np.testing.assert_allclose(conv_transpose2d(images, kernels, bias, **options), output.detach().numpy(), atol=1e-10)
    gradient = rng.standard_normal(output.shape)
    output.backward(torch.from_numpy(gradient))
    for mine, their in zip(conv_transpose2d_backward(gradient, images, kernels, **options), theirs, strict=True):
        np.testing.assert_allclose(mine, their.grad.numpy(), atol=1e-9)


def test_transposed_convolution_is_what_convolution_does_to_gradients():
    rng = np.random.default_rng(1)
    images, kernels = rng.standard_normal((2, 3, 8, 7)), rng.standard_normal((4, 3, 3, 3))
    gradient = rng.standard_normal((2, 4, 4, 4))
    back, _, _ = conv2d_backward(gradient, images, kernels, stride=2, padding=1)
    np.testing.assert_allclose(
        conv_transpose2d(gradient, kernels, stride=2, padding=1, output_padding=(1, 0)), back, atol=1e-12
    )


def test_the_gradient_of_images_is_left_out_when_nobody_wants_it():
    rng = np.random.default_rng(1)
    arrays = rng.standard_normal((1, 2, 4, 4)), rng.standard_normal((1, 3, 6, 6)), rng.standard_normal((2, 3, 3, 3))
    full, short = conv2d_backward(*arrays), conv2d_backward(*arrays, to_images=False)
    assert short[0] is None
    for one, other in zip(full[1:], short[1:], strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("images", "kernels", "options", "sentence"),
    [
        ((1, 2, 4, 4), (3, 1, 2, 2), {}, "images have 2 channels, so there must be as many kernels, but shape"),
        ((1, 3, 4, 4), (3, 1, 2, 2), {"groups": 2}, "3 channels cannot be cut into 2 equal groups"),
        ((1, 1, 4, 4), (1, 1, 2, 2), {"output_padding": 1}, "output_padding must be smaller than stride or dilation"),
        ((1, 1, 1, 1), (1, 1, 2, 2), {"padding": 1}, r"a padding of \(1, 1\) leaves nothing of the output"),
        ((4, 4), (1, 1, 2, 2), {}, "images must have 4 axes"),
    ],
)
def test_what_cannot_be_transposed_gets_a_sentence(images, kernels, options, sentence):
    with pytest.raises(ValueError, match=f"conv_transpose2d: {sentence}"):
        conv_transpose2d(np.ones(images), np.ones(kernels), **options)


def test_a_volume_that_is_an_image_gets_a_sentence():
    with pytest.raises(ValueError, match=r"conv3d: volumes must have 5 axes \(N, C, D, H, W\)"):
        conv3d(np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2, 2)))
    with pytest.raises(ValueError, match=r"conv3d: stride must be one whole number or \(slices, rows, columns\)"):
        conv3d(np.ones((1, 1, 4, 4, 4)), np.ones((1, 1, 2, 2, 2)), stride=(1, 1))


def test_what_is_said_of_volumes_speaks_of_volumes():
    volumes, kernels = np.ones((1, 2, 3, 3, 3)), np.ones((1, 1, 2, 2, 2))
    with pytest.raises(ValueError, match="conv3d: volumes have 2 channels, so each kernel must be 2 deep"):
        conv3d(volumes, kernels)
    with pytest.raises(ValueError, match="conv3d: volumes must be finite, but 54 of 54 numbers"):
        conv3d(volumes * np.nan, np.ones((1, 2, 2, 2, 2)))
    with pytest.raises(ValueError, match=r"conv3d: kernels must have 5 axes \(F, C, KD, KH, KW\), but shape"):
        conv3d(volumes, np.ones((1, 2, 2, 2)))

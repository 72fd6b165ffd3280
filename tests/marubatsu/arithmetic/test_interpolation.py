import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from marubatsu.arithmetic.interpolation import interpolate, interpolate_backward


def test_two_pixels_become_four_by_hand():
    image = np.array([[[[0.0, 1.0]]]])
    np.testing.assert_allclose(interpolate(image, (1, 4), mode="bilinear")[0, 0], [[0, 0.25, 0.75, 1]])
    np.testing.assert_array_equal(interpolate(image, scale_factor=2)[0, 0], [[0, 0, 1, 1], [0, 0, 1, 1]])


@settings(max_examples=150)
@given(
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(1, 20),
    st.integers(1, 20),
    st.sampled_from(["nearest", "bilinear"]),
)
def test_forward_and_gradient_are_those_of_pytorch(rows, columns, down, across, mode):
    rng = np.random.default_rng(rows * columns)
    images = rng.standard_normal((2, 3, rows, columns))
    theirs = torch.from_numpy(images).requires_grad_()
    output = torch.nn.functional.interpolate(theirs, (down, across), mode=mode)
    np.testing.assert_allclose(interpolate(images, (down, across), mode=mode), output.detach().numpy(), atol=1e-6)
    gradient = rng.standard_normal(output.shape)
    output.backward(torch.from_numpy(gradient))
    mine = interpolate_backward(gradient, images, (down, across), mode=mode)
    np.testing.assert_allclose(mine, theirs.grad.numpy(), atol=1e-5)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"mode": "cubic", "size": 2}, 'mode must be "nearest" or "bilinear", but \'cubic\' came'),
        ({}, "give either size or scale_factor"),
        ({"size": 2, "scale_factor": 2}, "give either size or scale_factor"),
        ({"scale_factor": 0}, "scale_factor must be a whole number of at least 1, but 0 came"),
        ({"size": (2, 2, 2)}, "size must be one whole number or"),
    ],
)
def test_what_cannot_be_gets_a_sentence(options, sentence):
    with pytest.raises(ValueError, match=f"interpolate: {sentence}"):
        interpolate(np.ones((1, 1, 2, 2)), **options)


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"interpolate_backward: gradient must have the output's shape \(1, 1, 4, 4\)"):
        interpolate_backward(np.ones((1, 1, 2, 2)), np.ones((1, 1, 2, 2)), scale_factor=2)

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from marubatsu.arithmetic.fully_connected import linear, linear_backward


def test_two_inputs_and_two_outputs_by_hand():
    weight, bias = np.array([[3.0, 4.0], [0.0, 1.0]]), np.array([0.0, 10.0])
    np.testing.assert_array_equal(linear(np.array([[1.0, 2.0]]), weight, bias), [[11, 12]])


@settings(max_examples=80)
@given(st.integers(1, 6), st.integers(1, 9), st.integers(1, 9), st.sampled_from([np.float32, np.float64]))
def test_forward_and_every_gradient_are_those_of_pytorch(N, inputs, outputs, dtype):
    rng = np.random.default_rng(N * inputs * outputs)
    arrays = [rng.standard_normal(shape).astype(dtype) for shape in ((N, inputs), (outputs, inputs), (outputs,))]
    theirs = [torch.from_numpy(array).requires_grad_() for array in arrays]
    output = torch.nn.functional.linear(*theirs)
    np.testing.assert_allclose(linear(*arrays), output.detach().numpy(), rtol=1e-4, atol=1e-5)
    gradient = rng.standard_normal((N, outputs)).astype(dtype)
    output.backward(torch.from_numpy(gradient))
    for mine, their in zip(linear_backward(gradient, *arrays[:2]), theirs, strict=True):
        assert mine.dtype == dtype
        np.testing.assert_allclose(mine, their.grad.numpy(), rtol=1e-4, atol=1e-5)


def test_gradients_are_the_slopes_of_the_loss(slope):
    rng = np.random.default_rng(1)
    x, weight, bias, weights = (rng.standard_normal(shape) for shape in ((3, 4), (2, 4), (2,), (3, 2)))
    for mine, array in zip(linear_backward(weights, x, weight), (x, weight, bias), strict=True):
        measured = slope(lambda: (linear(x, weight, bias) * weights).sum(), array)
        np.testing.assert_allclose(mine, measured, atol=1e-7)


@pytest.mark.parametrize(
    ("shapes", "sentence"),
    [
        (((1, 3), (2, 4)), r"weight has 4 columns, one for each input, but x of shape \(1, 3\) came"),
        (((3,), (2, 3)), r"x must have 2 axes \(N, inputs\), but shape \(3,\) came"),
        (((1, 3), (2, 3), (3,)), "bias must hold 2 numbers, one an output, but 3 came"),
        (((0, 3), (2, 3)), "x must not be empty"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(shapes, sentence):
    with pytest.raises(ValueError, match=f"linear: {sentence}"):
        linear(*(np.ones(shape) for shape in shapes))


def test_nan_in_a_weight_is_found():
    with pytest.raises(ValueError, match="linear: weight must be finite, but 1 of 2 numbers"):
        linear(np.ones((1, 2)), np.array([[1, np.nan]]))


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"linear_backward: gradient must have the output's shape \(1, 2\)"):
        linear_backward(np.ones((1, 3)), np.ones((1, 3)), np.ones((2, 3)))

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from marubatsu.arithmetic import activations

X = np.random.default_rng(1).standard_normal((4, 5, 3)) * 3
GRADIENT = np.random.default_rng(2).standard_normal(X.shape)
# our function, PyTorch's, and what our backward step is given beside the gradient
PAIRS = {
    "relu": (activations.relu, F.relu, lambda x, y: activations.relu_backward(GRADIENT, y)),
    "leaky_relu": (
        lambda x: activations.leaky_relu(x, 0.2),
        lambda x: F.leaky_relu(x, 0.2),
        lambda x, y: activations.leaky_relu_backward(GRADIENT, x, 0.2),
    ),
    "sigmoid": (activations.sigmoid, torch.sigmoid, lambda x, y: activations.sigmoid_backward(GRADIENT, y)),
    "tanh": (activations.tanh, torch.tanh, lambda x, y: activations.tanh_backward(GRADIENT, y)),
    "softmax": (
        lambda x: activations.softmax(x, axis=1),
        lambda x: F.softmax(x, dim=1),
        lambda x, y: activations.softmax_backward(GRADIENT, y, axis=1),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_forward_and_backward_are_those_of_pytorch(name):
    ours, theirs, backward = PAIRS[name]
    tensor = torch.from_numpy(X).requires_grad_()
    output = theirs(tensor)
    np.testing.assert_allclose(ours(X), output.detach().numpy(), atol=1e-12)
    output.backward(torch.from_numpy(GRADIENT))
    np.testing.assert_allclose(backward(X, ours(X)), tensor.grad.numpy(), atol=1e-12)


@pytest.mark.parametrize("name", PAIRS)
def test_the_gradient_is_the_slope_of_the_loss(name, slope):
    ours, _, backward = PAIRS[name]
    x = X.copy()
    np.testing.assert_allclose(backward(x, ours(x)), slope(lambda: (ours(x) * GRADIENT).sum(), x), atol=1e-7)


@pytest.mark.parametrize("name", PAIRS)
def test_a_gradient_of_another_shape_is_refused(name, monkeypatch):
    ours, _, backward = PAIRS[name]
    monkeypatch.setitem(globals(), "GRADIENT", GRADIENT[:, :1])
    with pytest.raises(ValueError, match=rf"{name}_backward: gradient must have the output's shape \(4, 5, 3\), but"):
        backward(X, ours(X))


def test_the_logarithm_of_softmax_is_that_of_pytorch():
    np.testing.assert_allclose(
        activations.log_softmax(X, axis=1), F.log_softmax(torch.from_numpy(X), dim=1), atol=1e-12
    )


def test_shares_of_0_and_the_logarithm_of_3_are_a_quarter_and_three_quarters():
    np.testing.assert_allclose(activations.softmax(np.array([0, np.log(3)])), [0.25, 0.75])


def test_doubling_the_scores_changes_shares_but_no_answer():
    shares = activations.softmax(np.array([[0.0, np.log(9)]]))
    doubled = activations.softmax(np.array([[0.0, 2 * np.log(9)]]))
    np.testing.assert_allclose((shares[0, 1], doubled[0, 1]), (0.9, 81 / 82))  # as on the page a-network-by-hand


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "sigmoid", "tanh"])
def test_huge_scores_overflow_nowhere(name):
    output = (activations.log_softmax if name == "log_softmax" else PAIRS[name][0])(
        np.array([[[1000.0], [-1000.0], [999.0]]])
    )
    assert np.isfinite(output).all()


@pytest.mark.parametrize("name", PAIRS)
def test_single_precision_stays_single(name):
    assert PAIRS[name][0](X.astype(np.float32)).dtype == np.float32


@pytest.mark.parametrize("name", PAIRS)
def test_nan_text_and_emptiness_get_a_sentence(name):
    function = getattr(activations, name)
    with pytest.raises(ValueError, match=f"{name}: x must be finite, but 1 of 2 numbers"):
        function(np.array([1.0, np.nan]))
    with pytest.raises(TypeError, match=f"{name}: x must hold real numbers"):
        function(np.array(["a"]))
    with pytest.raises(ValueError, match=f"{name}: x must not be empty"):
        function(np.zeros((0, 2)))


@pytest.mark.parametrize("name", PAIRS)
def test_x_is_left_as_it_was(name):
    x = X.copy()
    PAIRS[name][2](x, PAIRS[name][0](x))
    np.testing.assert_array_equal(x, X)

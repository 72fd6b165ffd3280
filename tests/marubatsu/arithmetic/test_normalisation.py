import numpy as np
import pytest
import torch
import torch.nn.functional as F

from marubatsu.arithmetic.normalisation import (
    Running,
    batch_norm,
    batch_norm_backward,
    dropout,
    local_response_norm,
    local_response_norm_backward,
)

RNG = np.random.default_rng
ALEXNET = {"size": 5, "alpha": 5e-4, "beta": 0.75, "k": 2.0}


def test_response_normalisation_by_hand_as_in_the_paper():
    # one place, three channels: b = a / (2 + 1e-4 · sum of squares of the neighbours) ** 0.75
    channels = np.array([100.0, 200.0, 300.0]).reshape(1, 3, 1, 1)
    expected = channels.ravel() / (2 + 1e-4 * (100**2 + 200**2 + 300**2)) ** 0.75
    np.testing.assert_allclose(local_response_norm(channels, **ALEXNET).ravel(), expected)


@pytest.mark.parametrize("C", [1, 2, 5, 9])
@pytest.mark.parametrize(
    "options", [ALEXNET, {"size": 2, "alpha": 0.5}, {"size": 4, "beta": 0.5, "alpha": 1.0}, {"size": 1}]
)
def test_response_normalisation_is_that_of_pytorch(C, options):
    images = RNG(C).standard_normal((2, C, 3, 4)) * 3
    theirs = torch.from_numpy(images).requires_grad_()
    output = F.local_response_norm(theirs, **options)
    np.testing.assert_allclose(local_response_norm(images, **options), output.detach().numpy(), atol=1e-12)
    gradient = RNG(0).standard_normal(images.shape)
    output.backward(torch.from_numpy(gradient))
    mine = local_response_norm_backward(gradient, images, **options)
    np.testing.assert_allclose(mine, theirs.grad.numpy(), atol=1e-12)


def test_response_normalisation_has_the_slope_of_its_loss(slope):
    images, gradient = RNG(1).standard_normal((2, 6, 2, 2)), RNG(2).standard_normal((2, 6, 2, 2))
    options = {"size": 3, "alpha": 0.7, "beta": 0.75, "k": 1.5}
    measured = slope(lambda: (local_response_norm(images, **options) * gradient).sum(), images)
    np.testing.assert_allclose(local_response_norm_backward(gradient, images, **options), measured, atol=1e-7)


@pytest.mark.parametrize("shape", [(4, 3, 5, 5), (6, 2), (2, 3, 3, 4, 2)])
def test_batch_normalisation_in_training_and_in_use_is_that_of_pytorch(shape):
    images, C = RNG(1).standard_normal(shape) * 2 + 1, shape[1]
    weight, bias = RNG(2).standard_normal(C), RNG(3).standard_normal(C)
    running = Running(np.zeros(C), np.ones(C))
    theirs = [torch.from_numpy(array).requires_grad_() for array in (images, weight, bias)]
    mean, var = torch.zeros(C, dtype=torch.float64), torch.ones(C, dtype=torch.float64)
    output = F.batch_norm(theirs[0], mean, var, theirs[1], theirs[2], training=True)
    np.testing.assert_allclose(batch_norm(images, running, weight, bias, training=True), output.detach(), atol=1e-10)
    np.testing.assert_allclose(running.mean, mean.numpy(), atol=1e-12)
    np.testing.assert_allclose(running.var, var.numpy(), atol=1e-12)
    gradient = RNG(4).standard_normal(shape)
    output.backward(torch.from_numpy(gradient))
    for mine, their in zip(batch_norm_backward(gradient, images, weight), theirs, strict=True):
        np.testing.assert_allclose(mine, their.grad.numpy(), atol=1e-9)
    used = F.batch_norm(theirs[0], mean, var, theirs[1], theirs[2], training=False).detach()
    np.testing.assert_allclose(batch_norm(images, running, weight, bias), used, atol=1e-10)


def test_in_use_the_running_numbers_stay():
    running = Running(np.zeros(2), np.ones(2))
    batch_norm(RNG(1).standard_normal((3, 2)) + 5, running, np.ones(2), np.zeros(2))
    np.testing.assert_array_equal(running.mean, np.zeros(2))


def test_dropout_drops_its_share_and_keeps_the_mean():
    output, mask = dropout(np.ones((200, 200)), 0.25, rng=RNG(1))
    np.testing.assert_allclose([np.mean(output == 0), output.mean()], [0.25, 1.0], atol=0.01)
    np.testing.assert_array_equal(output, mask)
    again, _ = dropout(np.ones((200, 200)), 0.25, rng=RNG(1))
    np.testing.assert_array_equal(output, again)


def test_what_does_not_fit_gets_a_sentence():
    ones = np.ones((2, 3, 2, 2))
    running = Running(np.zeros(3), np.ones(3))
    with pytest.raises(ValueError, match="local_response_norm: size must be a whole number of at least 1, but 0 came"):
        local_response_norm(ones, 0)
    with pytest.raises(ValueError, match="local_response_norm: images must have 4 axes"):
        local_response_norm(np.ones(3), 5)
    with pytest.raises(ValueError, match=r"batch_norm: weight must hold one number for each channel .* \(2,\) came"):
        batch_norm(ones, running, np.ones(2), np.zeros(3))
    with pytest.raises(ValueError, match="batch_norm: a variance needs at least 2 numbers a channel"):
        batch_norm(np.ones((1, 3)), running, np.ones(3), np.zeros(3), training=True)
    with pytest.raises(ValueError, match="dropout: p must be a fraction from 0 to below 1, but 1 came"):
        dropout(ones, 1, rng=RNG(1))
    with pytest.raises(TypeError, match=r"dropout: rng must be a random generator .* but 3 came"):
        dropout(ones, 0.5, rng=3)
    with pytest.raises(ValueError, match="dropout: x must be finite"):
        dropout(np.array([np.nan]), 0.5, rng=RNG(1))

import numpy as np
import pytest
import torch

from marubatsu.layers import Linear, Parameter
from marubatsu.learning.optimisers import SGD, Adam, cosine, steps

RNG = np.random.default_rng
PAIRS = {
    "sgd": (lambda p: SGD(p, 0.1), lambda p: torch.optim.SGD(p, 0.1)),
    "momentum": (
        lambda p: SGD(p, 0.1, momentum=0.9, weight_decay=0.01),
        lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, weight_decay=0.01),
    ),
    "adam": (lambda p: Adam(p, 0.05), lambda p: torch.optim.Adam(p, 0.05)),
    "adam with decay": (
        lambda p: Adam(p, 0.05, betas=(0.8, 0.9), weight_decay=0.1),
        lambda p: torch.optim.Adam(p, 0.05, betas=(0.8, 0.9), weight_decay=0.1),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_twenty_steps_are_those_of_pytorch(name):
    start = [RNG(1).standard_normal((3, 4)), RNG(2).standard_normal(5)]
    ours = [Parameter(array.copy()) for array in start]
    theirs = [torch.from_numpy(array.copy()).requires_grad_() for array in start]
    mine, their = PAIRS[name][0](ours), PAIRS[name][1](theirs)
    for step in range(20):
        mine.zero_grad()
        for parameter, tensor in zip(ours, theirs, strict=True):
            gradient = RNG(step).standard_normal(parameter.value.shape)
            parameter.gradient += gradient
            tensor.grad = torch.from_numpy(gradient)
        mine.step()
        their.step()
    for parameter, tensor in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(parameter.value, tensor.detach().numpy(), rtol=1e-10)


def test_schedules_begin_and_end_where_they_say():
    np.testing.assert_allclose([cosine(0.1, 0.01)(share) for share in (0, 0.5, 1, 2)], [0.1, 0.055, 0.01, 0.01])
    np.testing.assert_allclose([steps(1.0)(share) for share in (0, 0.49, 0.5, 0.8)], [1, 1, 0.1, 0.01])


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        (lambda p: SGD(p, 0), ValueError, r"SGD: lr \(the learning rate\) must be above 0, but 0 came"),
        (lambda p: SGD(p, float("nan")), ValueError, r"SGD: lr \(the learning rate\) must be above 0"),
        (lambda p: SGD(p, 1, momentum=1), ValueError, "SGD: momentum must be from 0 to below 1, but 1 came"),
        (lambda p: Adam(p, 1, weight_decay=-1), ValueError, "Adam: weight_decay must be 0 or more, but -1 came"),
        (lambda p: Adam(p, 1, betas=(0.9, 1)), ValueError, "Adam: betas must be two numbers from 0 to below 1"),
        (
            lambda p: Adam({}),
            TypeError,
            r"Adam: give it the parameters of a network, as in Adam\(network.parameters\(\)",
        ),
        (lambda p: SGD([1], 1), TypeError, "SGD: give it the parameters of a network"),
    ],
)
def test_what_cannot_be_gets_a_sentence(make, error, sentence):
    with pytest.raises(error, match=sentence):
        make(Linear(2, 2).parameters())

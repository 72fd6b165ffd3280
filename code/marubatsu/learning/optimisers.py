"""Optimisers: a step downhill for every weight, from its gradient."""

import math
from collections.abc import Callable, Iterable

import numpy as np

from marubatsu.layers import Parameter

Schedule = Callable[[float], float]
Parameters = Iterable[Parameter] | dict[str, Parameter]


class Optimiser:
    """What all share: the parameters, the learning rate, and forgetting the gradients after a step."""

    def __init__(self, parameters: Parameters, lr: float, weight_decay: float):
        self.parameters = list(parameters.values() if isinstance(parameters, dict) else parameters)
        who = type(self).__name__
        if not self.parameters or not all(isinstance(each, Parameter) for each in self.parameters):
            raise TypeError(f"{who}: give it the parameters of a network, as in {who}(network.parameters(), lr=0.1).")
        if not lr > 0 or not math.isfinite(lr):
            raise ValueError(f"{who}: lr (the learning rate) must be above 0, but {lr!r} came.")
        if not weight_decay >= 0:
            raise ValueError(f"{who}: weight_decay must be 0 or more, but {weight_decay!r} came.")
        self.lr, self.weight_decay = lr, weight_decay

    def zero_grad(self) -> None:
        """Set all gradients to 0, before those of the next batch are added up."""
        for parameter in self.parameters:
            parameter.gradient.fill(0)

    def step(self) -> None:
        """Move every weight a step downhill."""
        raise NotImplementedError(f"{type(self).__name__} has no step yet")


class SGD(Optimiser):
    """Stochastic gradient descent: against the gradient, with a memory of earlier steps.

    Parameters
    ----------
    parameters : dict or iterable of Parameter
        What is to be learnt, as from ``network.parameters()``.
    lr : float
        Learning rate: how far a step goes.
    momentum : float
        Share of the last step's direction that is kept, from 0 to below 1.
    weight_decay : float
        How strongly weights are pulled towards 0.

    Notes
    -----
    v ← momentum · v + (gradient + weight_decay · weight), weight ← weight − lr · v, as in PyTorch. Krizhevsky,
    Sutskever and Hinton 2012, section 5, put lr inside v; with a constant lr it is the same.
    """

    def __init__(self, parameters: Parameters, lr: float, *, momentum: float = 0.0, weight_decay: float = 0.0):
        super().__init__(parameters, lr, weight_decay)
        if not 0 <= momentum < 1:
            raise ValueError(f"SGD: momentum must be from 0 to below 1, but {momentum!r} came.")
        self.momentum = momentum
        self._velocity = [np.zeros_like(parameter.value) for parameter in self.parameters] if momentum else None

    def step(self) -> None:
        """Move every weight a step downhill."""
        for place, parameter in enumerate(self.parameters):
            direction = parameter.gradient
            if self.weight_decay:
                direction = direction + self.weight_decay * parameter.value
            if self._velocity is not None:
                velocity = self._velocity[place]
                velocity *= self.momentum
                velocity += direction
                direction = velocity
            parameter.value -= self.lr * direction


class Adam(Optimiser):
    """Adam: each weight's step is scaled by how large its gradients have been.

    Parameters
    ----------
    parameters, lr, weight_decay
        As for `SGD`; weight decay is added to the gradient.
    betas : (float, float)
        Share that is kept of the running mean of gradients, and of that of their squares.
    eps : float
        A small number that keeps the division finite.

    Notes
    -----
    Kingma and Ba 2015, algorithm 1.
    """

    def __init__(
        self,
        parameters: Parameters,
        lr: float = 1e-3,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ):
        super().__init__(parameters, lr, weight_decay)
        if len(betas) != 2 or not all(0 <= beta < 1 for beta in betas):
            raise ValueError(f"Adam: betas must be two numbers from 0 to below 1, but {betas!r} came.")
        self.betas, self.eps, self.steps = tuple(betas), eps, 0
        self._mean = [np.zeros_like(parameter.value) for parameter in self.parameters]
        self._square = [np.zeros_like(parameter.value) for parameter in self.parameters]

    def step(self) -> None:
        """Move every weight a step downhill."""
        self.steps += 1
        first, second = self.betas
        size = self.lr / (1 - first**self.steps)
        scale = 1 / math.sqrt(1 - second**self.steps)
        for parameter, mean, square in zip(self.parameters, self._mean, self._square, strict=True):
            gradient = parameter.gradient
            if self.weight_decay:
                gradient = gradient + self.weight_decay * parameter.value
            mean *= first
            mean += (1 - first) * gradient
            square *= second
            square += (1 - second) * gradient * gradient
            parameter.value -= size * mean / (scale * np.sqrt(square) + self.eps)


def cosine(start: float, stop: float = 0.0) -> Schedule:
    """Return a learning-rate schedule that falls along half a cosine: a function of the share of training done, 0 to 1.

    Notes
    -----
    Loshchilov and Hutter 2017, equation 5, without restarts.
    """
    return lambda share: stop + (start - stop) * (1 + math.cos(math.pi * min(max(share, 0.0), 1.0))) / 2


def steps(start: float, *, factor: float = 0.1, at: tuple[float, ...] = (0.5, 0.75)) -> Schedule:
    """Return a schedule that multiplies the learning rate by `factor` at each of the given shares of training."""
    return lambda share: start * factor ** sum(share >= each for each in at)

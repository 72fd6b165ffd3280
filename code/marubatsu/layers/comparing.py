"""A layer that compares the images of a batch with each other: how alike are they?"""

import numpy as np

from marubatsu.checks import finite, floating, gradient_of
from marubatsu.layers.base import Layer, Shape, Tensor, Torch, Twin


class BatchSpread(Layer):
    """Each number, and behind it how much it varies from image to image of the batch: (N, C) → (N, 2 · C).

    A discriminator with it notices a generator that makes the same image again and again, although each of them may
    look real. What comes out for an image depends on those beside it: it is of use in training only.

    Notes
    -----
    The standard deviation over the batch, as in Karras et al. 2018, section 3, who average it into one number; here
    each number keeps its own. The idea is that of Salimans et al. 2016, section 3.2.
    """

    _floor = 1e-4  # added to the variance, so that its root has a slope where all images are equal

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return x, and the standard deviation of each column in every row."""
        x = floating("BatchSpread", "x", x, "N C")
        away = x - x.mean(axis=0)
        spread = np.sqrt((away**2).mean(axis=0) + x.dtype.type(self._floor))  # (C,)
        self._keep(training, away, spread)
        return finite("BatchSpread", np.concatenate([x, np.broadcast_to(spread, x.shape)], axis=1), x=x)  # (N, 2 · C)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Pass the gradient on: an image also moved the spread, by how far it is from the mean."""
        away, spread = self._recall()
        N, C = away.shape
        gradient = gradient_of("BatchSpread", gradient, (N, 2 * C))
        return gradient[:, :C] + gradient[:, C:].sum(axis=0) * away / (N * spread)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (2 · C,)."""
        if len(shape) != 1:
            raise ValueError(f"{self!r}: numbers in one row, shape (C,), are expected, but shape {shape} came.")
        return (2 * shape[0],)

    def twin(self, torch: Torch) -> Twin:
        """Return a module of PyTorch's that does the same; it has none of this name."""
        floor = self._floor

        class BatchSpread(torch.nn.Module):
            def forward(self, x: Tensor) -> Tensor:
                spread = torch.sqrt(x.var(dim=0, correction=0) + floor)
                return torch.cat([x, spread.expand_as(x)], dim=1)

        return BatchSpread()

    def __repr__(self) -> str:
        return "BatchSpread()"

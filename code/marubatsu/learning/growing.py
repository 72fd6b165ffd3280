"""A generator and a discriminator that grow while they learn: images of 8 × 8 pixels, then 16 × 16, then 32 × 32."""

from collections.abc import Iterator

import numpy as np

from marubatsu.checks import gradient_of
from marubatsu.layers import (
    AvgPool2d,
    BatchNorm,
    Conv2d,
    ConvTranspose2d,
    Flatten,
    Layer,
    LeakyReLU,
    Linear,
    ReLU,
    Rng,
    Shape,
    Sigmoid,
    Upsample,
)
from marubatsu.layers.base import Tensor, Torch, Twin
from marubatsu.network import Chain, Holder, inside


class Blend(Holder):
    """Two ways from the same input to the same shape: (1 − share) · old(x) + share · new(x).

    With share 0 only the old way counts, with 1 only the new one; in between a new layer is faded in, so that what was
    learnt is not thrown away at once. Karras et al. 2018, figure 2.

    Parameters
    ----------
    old, new : Layer
        The two ways.
    share : float
        How much of the new one, from 0 to 1; it may be set again at any time.

    Raises
    ------
    ValueError
        If the share is not from 0 to 1.
    """

    def __init__(self, old: Layer, new: Layer, *, share: float = 0.0):
        self.old, self.new, self.share = old, new, share

    @property
    def share(self) -> float:
        """How much of the new way, from 0 to 1."""
        return self._share

    @share.setter
    def share(self, value: float) -> None:
        if not 0 <= value <= 1:
            raise ValueError(f"Blend: share must be from 0 (old) to 1 (new), but {value!r} came.")
        self._share = float(value)

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return the mixture of both ways."""
        share = np.float32(self._share)
        with inside("old", self.old):
            old = self.old.forward(x, training=training)
        with inside("new", self.new):
            new = self.new.forward(x, training=training)
        self._keep(training, _alike(old.shape, new.shape))
        return (1 - share) * old + share * new

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Each way gets its share of the gradient; the input gets the sum of what both give back."""
        (shape,) = self._recall()
        share, gradient = np.float32(self._share), gradient_of("Blend", gradient, shape)
        with inside("old", self.old):
            through = self.old.backward((1 - share) * gradient)
        with inside("new", self.new):
            return through + self.new.backward(share * gradient)

    def parts(self) -> dict[str, Layer]:
        """Return both ways."""
        return {"old": self.old, "new": self.new}

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape that both ways give."""
        with inside("old", self.old):
            old = self.old.output_shape(shape)
        with inside("new", self.new):
            return _alike(old, self.new.output_shape(shape))

    def held(self, shape: Shape) -> Iterator[tuple[str, Layer, Shape]]:
        """Yield the old way, then the new one."""
        for word, way in self.parts().items():
            yield word, way, shape

    def twin(self, torch: Torch) -> Twin:
        """Return a module whose arrays are called as here; it keeps the share that is set now."""
        share = self._share

        class Blend(torch.nn.Module):
            def forward(self, x: Tensor) -> Tensor:
                return (1 - share) * self.old(x) + share * self.new(x)

        module = Blend()
        for word, way in self.parts().items():
            module.add_module(word, way.twin(torch))
        return module

    def __repr__(self) -> str:
        return f"Blend({self.old!r}, {self.new!r}, share={self._share:g})"


class _Growing(Chain):
    """What both share: `grow` to double the side, a share to fade in, and layers that stay."""

    side: int
    width: int
    _new: list[Layer]
    _fade: Blend | None = None

    def fade(self, share: float) -> None:
        """Set how much of the newest layers counts, from 0 to 1.

        Raises
        ------
        ValueError
            If the network has not grown yet, or the share is not from 0 to 1.
        """
        if self._fade is None:
            raise ValueError(f"{type(self).__name__}: nothing is there to be faded in. Call grow first.")
        self._fade.share = share


class GrowingGenerator(_Growing):
    """Noise (size, 1, 1) → a grey image (1, side, side), from 0 to 1; the side is 8 at first.

    Parameters
    ----------
    size : int
        Numbers of noise for one image.
    width : int
        Channels on the level of 8 × 8; each larger level has half as many.
    rng : numpy.random.Generator
        Where first weights come from.
    """

    def __init__(self, size: int = 16, *, width: int = 16, rng: np.random.Generator):
        self.width, self.side = width, 8
        self._body = [ConvTranspose2d(size, 2 * width, 4, bias=False, rng=rng), BatchNorm(2 * width), ReLU()]
        self._body += _doubling(2 * width, width, rng)
        self._end: Layer = Conv2d(width, 1, 1, rng=rng)
        super().__init__(*self._body, self._end, Sigmoid())

    def grow(self, *, rng: np.random.Generator) -> None:
        """Double the side: new layers before the end, with share 0, so that at first only the pixels are larger."""
        if self._fade is not None:
            self._body, self._end = [*self._body, *self._new[:-1]], self._new[-1]
        wide, self.width = self.width, _half(self)
        self._new = [*_doubling(wide, self.width, rng), Conv2d(self.width, 1, 1, rng=rng)]
        self._fade = Blend(Chain(self._end, Upsample(2)), Chain(*self._new))
        super().__init__(*self._body, self._fade, Sigmoid())
        self.side *= 2


class GrowingDiscriminator(_Growing):
    """A grey image (1, side, side) → one score, high for real; the side is 8 at first.

    Parameters
    ----------
    width : int
        Channels on the level of 8 × 8; each larger level has half as many.
    rng : numpy.random.Generator
        Where first weights come from.
    """

    def __init__(self, *, width: int = 16, rng: np.random.Generator):
        self.width, self.side = width, 8
        self._start: Layer = _from_grey(width, rng)
        self._body = [Conv2d(width, 2 * width, 4, stride=2, padding=1, rng=rng), LeakyReLU(0.2)]
        self._body += [Flatten(), Linear(2 * width * 16, 1, rng=rng)]
        super().__init__(self._start, *self._body)

    def grow(self, *, rng: np.random.Generator) -> None:
        """Double the side: new layers at the start, with share 0, so that it first sees images at half their size."""
        if self._fade is not None:
            self._start, self._body = self._new[0], [*self._new[1:], *self._body]
        wide, self.width = self.width, _half(self)
        down = Conv2d(self.width, wide, 4, stride=2, padding=1, rng=rng)
        self._new = [_from_grey(self.width, rng), down, LeakyReLU(0.2)]
        self._fade = Blend(Chain(AvgPool2d(2), self._start), Chain(*self._new))
        super().__init__(self._fade, *self._body)
        self.side *= 2


def _doubling(before: int, after: int, rng: Rng) -> list[Layer]:
    return [Upsample(2), Conv2d(before, after, 3, padding=1, bias=False, rng=rng), BatchNorm(after), ReLU()]


def _from_grey(width: int, rng: Rng) -> Chain:
    return Chain(Conv2d(1, width, 1, rng=rng), LeakyReLU(0.2))


def _half(network: _Growing) -> int:
    if network.width < 2:
        raise ValueError(
            f"{type(network).__name__}: at {network.side} × {network.side} pixels it has 1 channel left and cannot "
            "grow further. Make it with a larger width."
        )
    return network.width // 2


def _alike(old: Shape, new: Shape) -> Shape:
    if old != new:
        raise ValueError(f"Blend: the old way gives {old}, the new one {new}; they are added, so must be alike.")
    return new

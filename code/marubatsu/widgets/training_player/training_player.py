"""The training player: scrub through the epochs of a training; see the loss, the kernels, and what is still wrong."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from marubatsu.data import marks
from marubatsu.layers import Layer
from marubatsu.learning.losses import cross_entropy
from marubatsu.learning.training import History, Loss, predict
from marubatsu.metrics import wilson_interval
from marubatsu.widgets.kit import still
from marubatsu.widgets.kit.arrays import packed
from marubatsu.widgets.kit.base import Widget
from marubatsu.widgets.kit.pictures import pack

MOST = 24  # wrong images that are shown for one epoch


class TrainingPlayer(Widget):
    """Record a training, epoch by epoch, and play it.

    Parameters
    ----------
    network : Layer
        What is going to be trained; it is looked at once when the player is made, as epoch 0.
    held_out : (images, labels)
        Images (N, 1, H, W) with values from 0 to 1, and their classes (N,): what `validation` is for `train`.
    layer : str
        The name of the weights that are shown, (F, C, KH, KW); of more than one channel the first is taken.
    symbols : sequence of str
        How the classes are called: one short symbol each.
    loss : function
        The loss that is trained with.
    **state
        First values of the traits `epoch` and `kernel`.

    Examples
    --------
    >>> from marubatsu.architectures import marubatsu_net
    >>> network = marubatsu_net(rng=np.random.default_rng(1))
    >>> player = TrainingPlayer(network, marks.sample(50, rng=np.random.default_rng(2)))
    >>> len(player.frames)   # then train(network, …, validation=…, after_epoch=player.record)
    1
    """

    epoch = traitlets.Int(0, min=0).tag(sync=True, state=True)
    kernel = traitlets.Int(0, min=0).tag(sync=True, state=True)

    frames: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    kernels = traitlets.Dict().tag(sync=True)
    images = traitlets.Dict().tag(sync=True)
    symbols: traitlets.List[str] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        network: Layer,
        held_out: tuple[np.ndarray, np.ndarray],
        *,
        layer: str = "0.weight",
        symbols: Sequence[str] = marks.SYMBOLS,
        loss: Loss = cross_entropy,
        language: str = "en",
        **state: Any,
    ):
        images, labels = held_out
        weights = network.parameters()
        if layer not in weights or weights[layer].value.ndim != 4:
            raise ValueError(
                f"TrainingPlayer: layer must name the weights of a convolution, one of {', '.join(weights)}, but "
                f"{layer!r} came."
            )
        if len(images) != len(labels) or len(images) == 0:
            raise ValueError(
                f"TrainingPlayer: held_out is (images, labels), one label an image, but {len(images)} and "
                f"{len(labels)} came."
            )
        self._network, self._layer = network, layer
        self._images, self._labels = np.asarray(images), np.asarray(labels)
        self._snapshots: list[np.ndarray] = []
        self._shown: list[int] = []  # places among the held-out images, in the order of the picture that holds them
        super().__init__(language=language, symbols=list(symbols), **state)
        self._add(None, loss(predict(network, self._images), self._labels)[0])

    def record(self, history: History) -> None:
        """Look at the network: give this to `train` as ``after_epoch``."""
        if not history.validation_loss:
            raise ValueError(
                "TrainingPlayer: train needs validation=(images, labels), so that there is a curve to show."
            )
        self._add(history.loss[-1], history.validation_loss[-1])

    def wrong(self, epoch: int) -> np.ndarray:
        """Return the places, among the held-out images, that were wrong after an epoch and are shown."""
        return np.array([self._shown[place] for place, _ in self.frames[epoch]["shown"]], int)

    def _add(self, loss: float | None, validation_loss: float) -> None:
        answers = predict(self._network, self._images).argmax(axis=1)
        wrong = np.flatnonzero(answers != self._labels)
        new = [place for place in wrong[:MOST].tolist() if place not in self._shown]
        self._shown += new
        if new or not self.images:
            self.images = {"held_out": self._picture()}
        low, high = wilson_interval(len(wrong), len(self._labels))
        frame: dict[str, Any] = {"loss": loss, "validation": float(validation_loss), "wrong": len(wrong)}
        frame |= {"of": len(self._labels), "low": low, "high": high}
        frame["shown"] = [[self._shown.index(place), int(answers[place])] for place in wrong[:MOST].tolist()]
        self._snapshots.append(self._network.parameters()[self._layer].value[:, 0].copy())
        self.kernels = packed(np.stack(self._snapshots))
        self.frames = [*self.frames, frame]

    def _picture(self) -> dict:
        """Return the wrong images, one below the other, ready for the browser."""
        rows = self._images[self._shown, 0] if self._shown else self._images[:1, 0]
        pixels = np.rint(255 * np.clip(rows, 0, 1)).astype(np.uint8)
        return pack(pixels.reshape(-1, pixels.shape[2]), title="", window=(127.5, 255.0))

    def still(self) -> str:
        """Return the kernels before and after, and the errors and losses as a table."""
        words, ends = self.texts, (0, len(self.frames) - 1)
        pictures = []
        for epoch in dict.fromkeys(ends):
            row = np.concatenate(list(self._snapshots[epoch]), axis=1)  # (KH, F · KW)
            caption = words["kernelsAt"].format(epoch=epoch)
            pictures.append(still.picture(still.diverge(row, np.abs(row).max() or 1.0), alt=caption, caption=caption))
        lines = [
            [frame["wrong"], frame["validation"]] for frame in (self.frames[epoch] for epoch in dict.fromkeys(ends))
        ]
        return "".join(pictures) + still.table(lines, caption=words["tableAt"].format(last=ends[1]))

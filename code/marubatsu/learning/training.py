"""Training: batches in, loss down, with a look at held-out images after every epoch."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from marubatsu.checks import chance, whole
from marubatsu.layers import Layer
from marubatsu.learning.optimisers import Optimiser, Schedule

Loss = Callable[[np.ndarray, np.ndarray], tuple[float, np.ndarray]]
Score = Callable[[np.ndarray, np.ndarray], float]


@dataclass
class History:
    """What was measured after each epoch.

    `loss` is the mean over the batches of the epoch, while the weights were changing; `validation_loss` and
    `validation_score` are of the held-out images at its end.
    """

    loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    validation_score: list[float] = field(default_factory=list)
    best_epoch: int = 0
    stopped: str = ""
    """What ended the training, one of "all epochs", "no better", "interrupted"."""

    def __len__(self) -> int:
        return len(self.loss)


def accuracy(output: np.ndarray, labels: np.ndarray) -> float:
    """Return the share of images whose largest output is at the right class.

    Parameters
    ----------
    output : numpy.ndarray
        Shape (N, classes), or (N, classes, H, W) with a label for each pixel.
    labels : numpy.ndarray
        Shape (N,), or (N, H, W).

    Raises
    ------
    ValueError
        If there is not one label for each image (or pixel).
    """
    output, labels = np.asarray(output), np.asarray(labels)
    if output.ndim < 2 or labels.shape != (len(output), *output.shape[2:]):
        raise ValueError(
            f"accuracy: for outputs of shape {output.shape} one label an image (or pixel) is expected, but labels of "
            f"shape {labels.shape} came."
        )
    return float((output.argmax(axis=1) == labels).mean())


def predict(network: Layer, images: np.ndarray, *, batch_size: int = 256) -> np.ndarray:
    """Return the network's output for many images, computed in batches, so that memory stays small."""
    batch_size = whole("predict", "batch_size", batch_size, 1)
    if len(images) == 0:
        raise ValueError("predict: at least one image is needed, but none came.")
    parts = [network(images[start : start + batch_size]) for start in range(0, len(images), batch_size)]
    return np.concatenate(parts)


def train(
    network: Layer,
    images: np.ndarray,
    targets: np.ndarray,
    *,
    loss: Loss,
    optimiser: Optimiser,
    rng: np.random.Generator,
    epochs: int = 10,
    batch_size: int = 64,
    validation: tuple[np.ndarray, np.ndarray] | None = None,
    score: Score | None = None,
    patience: int | None = None,
    schedule: Schedule | None = None,
    progress: bool = False,
    after_epoch: Callable[[History], None] | None = None,
) -> History:
    """Let a network learn from images and what is right for them.

    Parameters
    ----------
    network : Layer
        It is changed in place.
    images, targets : numpy.ndarray
        N examples along the first axis of both.
    loss : function
        One of `marubatsu.learning.losses`: takes output and targets, returns loss and gradient.
    optimiser : SGD or Adam
        With the network's parameters.
    rng : numpy.random.Generator
        Where the order of the images comes from; the same seed gives the same weights.
    epochs, batch_size : int
        How often all images are shown, and how many at a time.
    validation : (images, targets), optional
        Held-out examples, which are looked at after every epoch and never learnt from.
    score : function, optional
        Takes output and targets of the held-out examples and returns a number to be reported, as `accuracy` does.
    patience : int, optional
        Early stopping: end after so many epochs without a lower validation loss, and put back the best weights.
    schedule : function, optional
        Gives the learning rate for the share of training done, as `marubatsu.learning.optimisers.cosine` does.
    progress : bool
        Whether a bar is shown (needs tqdm).
    after_epoch : function, optional
        Called with the history after every epoch, for example to keep pictures of the kernels.

    Returns
    -------
    History
        What was measured. Ctrl-C ends training early; what was learnt so far stays, and the history says so.

    Raises
    ------
    ValueError, TypeError
        If there are not as many targets as images, a number is out of range, or the loss is no longer finite.
    """
    epochs, batch_size = whole("train", "epochs", epochs, 1), whole("train", "batch_size", batch_size, 1)
    _check(images, targets, rng, held_out=validation is not None, needed=patience is not None or score is not None)
    history, best = History(), np.inf
    kept: dict[str, np.ndarray] = {}
    with _bar(epochs * -(-len(images) // batch_size)) if progress else nullcontext() as bar:
        try:
            for _ in range(epochs):
                losses = []
                order = rng.permutation(len(images))
                for start in range(0, len(order), batch_size):
                    if schedule is not None:
                        optimiser.lr = schedule((len(history) + start / len(order)) / epochs)
                    losses.append(_step(network, images, targets, order[start : start + batch_size], loss, optimiser))
                    if bar is not None:
                        bar.update()
                history.loss.append(float(np.mean(losses)))
                if validation is not None and _look(network, validation, loss, score, history, batch_size) < best:
                    best, history.best_epoch = history.validation_loss[-1], len(history) - 1
                    if patience is not None:
                        kept = {name: array.copy() for name, array in network.arrays().items()}
                if bar is not None:
                    bar.set_postfix(loss=f"{history.loss[-1]:.4f}")
                if after_epoch is not None:
                    after_epoch(history)
                if patience is not None and len(history) - 1 - history.best_epoch >= patience:
                    history.stopped = "no better"
                    break
            else:
                history.stopped = "all epochs"
        except KeyboardInterrupt:
            history.stopped = "interrupted"
    for name, array in (network.arrays() if kept else {}).items():
        array[...] = kept[name]
    return history


def _check(images: np.ndarray, targets: np.ndarray, rng: object, *, held_out: bool, needed: bool) -> None:
    if len(images) != len(targets) or len(images) == 0:
        raise ValueError(f"train: {len(images)} images and {len(targets)} targets came; there must be one for each.")
    chance("train", rng)
    if needed and not held_out:
        raise ValueError("train: patience and score need held-out examples. Give validation=(images, targets).")


def _look(
    network: Layer,
    held_out: tuple[np.ndarray, np.ndarray],
    loss: Loss,
    score: Score | None,
    history: History,
    batch: int,
) -> float:
    """Look at the held-out images without learning from them; note and return their loss."""
    images, targets = held_out
    output = predict(network, images, batch_size=max(batch, 256))
    history.validation_loss.append(loss(output, targets)[0])
    if score is not None:
        history.validation_score.append(score(output, targets))
    return history.validation_loss[-1]


def _step(
    network: Layer, images: np.ndarray, targets: np.ndarray, chosen: np.ndarray, loss: Loss, optimiser: Optimiser
) -> float:
    """Show one batch, and move the weights."""
    output = network.forward(images[chosen], training=True)
    value, gradient = loss(output, targets[chosen])
    if not np.isfinite(value):
        raise ValueError("train: the loss is no longer a finite number. Take a smaller learning rate.")
    optimiser.zero_grad()
    network.learn(gradient)
    optimiser.step()
    return value


def _bar(total: int) -> Any:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        raise ImportError('train: progress=True needs the package tqdm. Install it: pip install "tqdm".') from None
    return tqdm(total=total, unit="batch")

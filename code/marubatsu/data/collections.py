"""Real images in numbers: small photographs of faces and of background, and digits written by hand.

Both come with installed packages, so nothing is downloaded.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from marubatsu.checks import chance

NAMES = ("faces", "digits")


@dataclass(frozen=True, eq=False)
class Collection:
    """Many small images with their classes, and where they come from."""

    title: str
    images: np.ndarray
    """Shape (N, 1, H, W), float32, from 0 to 1; read-only."""
    labels: np.ndarray
    """The class of each image, shape (N,), int64."""
    classes: tuple[str, ...]
    """What each class is called."""
    source: str
    licence: str
    credit: str
    note: str


def load(name: str) -> Collection:
    """Read a collection by its name.

    Parameters
    ----------
    name : {"faces", "digits"}
        "faces": 100 faces and 100 pieces of background, 25 × 25 (scikit-image). "digits": 1,797 digits written by 13
        people, 8 × 8 (scikit-learn).

    Raises
    ------
    ValueError
        If there is no collection of that name.
    ImportError
        If the package that holds it is not installed.
    """
    if name == "faces":
        return _faces()
    if name == "digits":
        return _digits()
    raise ValueError(f"collections: there is no collection called {name!r}. The collections are {', '.join(NAMES)}.")


def folds(n: int, count: int, *, rng: np.random.Generator) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return `count` pairs of places (to train on, to test on), so that each of n images is tested exactly once.

    Parameters
    ----------
    n, count : int
        How many images; into how many parts they are dealt, at random.
    rng : numpy.random.Generator
        Where chance comes from.

    Raises
    ------
    ValueError
        If there are fewer than two parts, or more parts than images.
    TypeError
        If rng is no random generator.
    """
    chance("folds", rng)
    if not 2 <= count <= n:
        raise ValueError(f"folds: {n} images cannot be dealt into {count} parts; take from 2 to {n} parts.")
    parts = np.array_split(rng.permutation(n), count)
    return [(np.concatenate(parts[:place] + parts[place + 1 :]), part) for place, part in enumerate(parts)]


def scatter(images: np.ndarray, *, side: int, noise: float, rng: np.random.Generator) -> np.ndarray:
    """Return small images, each at a random place of a larger black one, under noise.

    Parameters
    ----------
    images : numpy.ndarray
        Shape (N, 1, H, W), from 0 to 1.
    side : int
        Rows, and columns, of the larger image.
    noise : float
        Standard deviation of what is added to every pixel; the result is cut to 0 … 1.
    rng : numpy.random.Generator
        Where places and noise come from.

    Returns
    -------
    numpy.ndarray
        Shape (N, 1, side, side), float32.

    Raises
    ------
    ValueError
        If the images are larger than the side.
    TypeError
        If rng is no random generator.
    """
    chance("scatter", rng)
    N, _, H, W = images.shape
    if side < max(H, W):
        raise ValueError(f"scatter: images of {H} × {W} pixels do not fit into {side} × {side}.")
    found = np.zeros((N, 1, side, side), np.float32)
    places = rng.integers(0, (side - H + 1, side - W + 1), (N, 2))
    for image, (row, column), larger in zip(images, places, found, strict=True):
        larger[:, row : row + H, column : column + W] = image
    found += noise * rng.standard_normal(found.shape, np.float32)
    return np.clip(found, 0, 1)


def _faces() -> Collection:
    try:
        from skimage.data import lfw_subset
    except ImportError:
        raise ImportError(
            'collections: the faces come with scikit-image. Install it: pip install "marubatsu[data]".'
        ) from None
    images = lfw_subset().astype(np.float32)[:, None]  # (200, 1, 25, 25)
    return _collection(
        title="Faces and background",
        images=images,
        labels=np.repeat([1, 0], 100),
        classes=("background", "face"),
        source="https://scikit-image.org/docs/stable/api/skimage.data.html#skimage.data.lfw_subset",
        licence="as part of scikit-image, for research on recognition; the package names no other terms",
        credit="Labeled Faces in the Wild, Huang et al. 2012",
        note="Grey photographs of 25 × 25 pixels from news pictures; the background was cut from the same pictures.",
    )


def _digits() -> Collection:
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        raise ImportError(
            'collections: the digits come with scikit-learn. Install it: pip install "marubatsu[data]".'
        ) from None
    found = load_digits()
    return _collection(
        title="Digits written by hand",
        images=(found.images / 16).astype(np.float32)[:, None],  # (1797, 1, 8, 8)
        labels=found.target,
        classes=tuple("0123456789"),
        source="https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits",
        licence="CC BY 4.0",
        credit="E. Alpaydin and C. Kaynak, 1998",
        note="Digits of 13 people, reduced to 8 × 8 pixels. The file does not say who wrote which.",
    )


def _collection(*, images: np.ndarray, labels: np.ndarray, **words: Any) -> Collection:
    labels = labels.astype(np.int64)
    for array in (images, labels):
        array.flags.writeable = False
    return Collection(images=images, labels=labels, **words)

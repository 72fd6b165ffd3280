"""Real medical images of 28 × 28 pixels, read from a MedMNIST file that the reader has or asks for.

The book itself needs none of them: nothing is fetched unless `load` is told ``download=True``. What each set is, and
who allows its use, stands in `medmnist_sets`.
"""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from marubatsu.data.collections import Collection
from marubatsu.data.downloads import by_hand, checksum, fetch
from marubatsu.data.medmnist_sets import PAPER, SETS, SOURCE, Record

__all__ = ["NAMES", "SPLITS", "Part", "load", "record"]

NAMES = tuple(record.name for record in SETS)
SPLITS = ("train", "val", "test")
_SIDE = 28
_BROKEN = (ValueError, OSError, EOFError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True, eq=False)
class Part(Collection):
    """One part of a MedMNIST set: a collection whose images may be in colour and may have several classes."""

    images: np.ndarray
    """Shape (N, 1, 28, 28), or (N, 3, 28, 28) in red, green and blue; float32, from 0 to 1; read-only."""
    labels: np.ndarray
    """The class of each image, shape (N,), int64. For "chestmnist" shape (N, 14), with 1 for each finding that the
    image has and 0 for each that it has not."""


def record(name: str) -> Record:
    """Say what a set is, without its file: classes, numbers of images, licence, address.

    Raises
    ------
    ValueError
        If there is no set of that name.
    """
    for known in SETS:
        if known.name == name:
            return known
    raise ValueError(f"medmnist: there is no set called {name!r}. The sets are {', '.join(NAMES)}.")


def load(name: str, *, split: str, folder: str | Path, download: bool = False, progress: bool = False) -> Part:
    """Read one part of a set from the file ``name.npz`` in a folder.

    The images are licensed CC BY 4.0: use them for what you like, and name the source. "dermamnist" is licensed
    CC BY-NC 4.0: not for commercial use. The makers say that none of them is meant for clinical use; 28 × 28 pixels are
    for learning how a network learns.

    Parameters
    ----------
    name : str
        One of `NAMES`: "pathmnist", "chestmnist", "dermamnist", "octmnist", "pneumoniamnist", "retinamnist",
        "breastmnist", "bloodmnist", "tissuemnist", "organamnist", "organcmnist", "organsmnist".
    split : {"train", "val", "test"}
        Which part, as the makers divided it: to train on, to choose settings on, to test on.
    folder : str or pathlib.Path
        Where the file is, or goes.
    download : bool
        Whether the file may be fetched from zenodo.org, where the makers publish it, if it is not in the folder. The
        smallest files have less than 1 MB, the largest about 200 MB.
    progress : bool
        Whether a bar is shown meanwhile, with the licence (needs tqdm).

    Returns
    -------
    Part
        Images, labels and classes, with source, licence and credit. As numbers of four bytes each, the images to train
        on take from 2 MB ("breastmnist") to 850 MB ("pathmnist") of memory.

    Raises
    ------
    ValueError
        If there is no such set or part, or if the file is not the published one, by its MD5 checksum. A file
        that was fetched is then removed; one that was put there by hand is left to you.
    FileNotFoundError
        If the file is not in the folder and is not to be fetched.
    ConnectionError, OSError
        If it cannot be fetched or written. Nothing half-done is kept.
    ImportError
        If a bar is asked for and tqdm is not installed.

    References
    ----------
    Yang et al. 2023, Scientific Data 10:41; files: Zenodo, doi:10.5281/zenodo.10519652.
    """
    known = record(name)
    if split not in SPLITS:
        raise ValueError(f"medmnist: split must be one of {', '.join(SPLITS)}, but {split!r} came.")
    path = Path(folder).expanduser() / f"{name}.npz"
    if path.is_file():
        _check_file(known, path)
    elif download:
        fetch(known.address, path, md5=known.md5, progress=progress, title=f"{path.name} ({known.licence})")
    else:
        raise FileNotFoundError(
            f"medmnist: there is no file {path.absolute()}. With download=True it is fetched from zenodo.org (licence: "
            f"{known.licence}). {by_hand(known.address, path)}"
        )
    images, labels = _arrays(known, path, split)
    for array in (images, labels):
        array.flags.writeable = False
    return Part(
        title=known.title,
        images=images,
        labels=labels,
        classes=known.classes,
        source=SOURCE,
        licence=known.licence,
        credit=f"MedMNIST, {PAPER}; made from {known.made_from}",
        note=known.note,
    )


def _check_file(known: Record, path: Path) -> None:
    """Refuse a file that is not the published one before anything in it is read."""
    found = checksum(path)
    if found != known.md5:
        raise ValueError(
            f"medmnist: {path.absolute()} is not the published file: its MD5 checksum is {found} and should be "
            f"{known.md5}. It may be damaged, of an older release or of larger images. Remove it, then load again with "
            f"download=True. {by_hand(known.address, path)}"
        )


def _arrays(known: Record, path: Path, split: str) -> tuple[np.ndarray, np.ndarray]:
    """Return images and labels in this library's form, after their shapes and numbers were checked."""
    images, labels = (_read(path, f"{split}_{word}") for word in ("images", "labels"))
    N, kinds = known.counts[split], len(known.classes)
    colour = (3,) if known.channels == 3 else ()
    _check_array(path, f"{split}_images", images, (N, _SIDE, _SIDE, *colour), 255)
    _check_array(path, f"{split}_labels", labels, (N, kinds if known.several else 1), 1 if known.several else kinds - 1)
    images = images.reshape(N, _SIDE, _SIDE, known.channels).transpose(0, 3, 1, 2)  # (N, C, 28, 28)
    images = images.astype(np.float32, order="C")
    images /= 255
    return images, labels.astype(np.int64).reshape((N, kinds) if known.several else N)


def _read(path: Path, name: str) -> np.ndarray:
    """Return one array of the file. Numbers only: what would run a program on reading is refused."""
    try:
        with zipfile.ZipFile(path):  # anything else NumPy might take for a pickle
            pass
        with np.load(path, allow_pickle=False) as file:
            if name not in file.files:
                raise ValueError(f"it holds no {name}, only {', '.join(file.files) or 'nothing'}")
            return np.asarray(file[name])
    except _BROKEN as error:
        raise ValueError(f"medmnist: {path.name} cannot be read as a MedMNIST file: {error}.") from error


def _check_array(path: Path, name: str, array: np.ndarray, shape: tuple[int, ...], most: int) -> None:
    if array.dtype.kind not in "ui" or array.shape != shape:
        raise ValueError(
            f"medmnist: {name} in {path.name} must hold whole numbers of shape {shape}, but {array.dtype} of shape "
            f"{array.shape} came."
        )
    if array.size and not 0 <= array.min() <= array.max() <= most:
        raise ValueError(
            f"medmnist: {name} in {path.name} must hold numbers from 0 to {most}, but {array.min()} to "
            f"{array.max()} came."
        )

"""Real images, read from files of packages that are installed anyway: no download, no patient's header, ever.

Which images there are, and who allows their use, stands in `licences`. Only the pixels and the numbers given
there leave this room; the rest of a DICOM header stays unread.
"""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from marubatsu.data.licences import RECORDS, Record

NAMES = tuple(record.name for record in RECORDS)


@dataclass(frozen=True, eq=False)
class Sample(Record):
    """One real image: its record, and its pixels."""

    pixels: np.ndarray
    """Shape (rows, columns), or (rows, columns, 3) in red, green and blue, uint8. HU come as int16, MR as uint16.
    A mask is 1 inside and 0 outside."""


def load(name: str) -> Sample:
    """Read one image by its name.

    Parameters
    ----------
    name : str
        One of `NAMES`: "cat", "coins", "retina", "microaneurysms", "tissue", "head", "spine", "liver",
        "liver-mask".

    Returns
    -------
    Sample
        The image with its source and licence. CT comes in Hounsfield units (HU).

    Raises
    ------
    ValueError
        If there is no image of that name.
    FileNotFoundError
        If the package that holds the image, or the image in it, is not installed.
    """
    for record in RECORDS:
        if record.name == name:
            path = _find(record)
            pixels = _read_dicom(path) if path.suffix == ".dcm" else _read_photograph(path)
            pixels.flags.writeable = False
            return Sample(**vars(record), pixels=pixels)
    raise ValueError(f"samples: there is no image called {name!r}. The images are {', '.join(NAMES)}.")


def all() -> list[Sample]:  # noqa: A001 -- called as samples.all()
    """Read every image, in the order of the list of licences."""
    return [load(name) for name in NAMES]


def _find(record: Record) -> Path:
    """Return the path of the image inside its installed package, without importing the package."""
    spec = importlib.util.find_spec(record.package)
    path = Path(spec.origin).parent / record.path if spec and spec.origin else None
    if path is None or not path.is_file():
        wanted = {"skimage": "scikit-image 0.25", "pydicom": "pydicom 3.0.1"}[record.package]
        raise FileNotFoundError(
            f"samples: the image {record.name!r} is a file of the package {wanted}, which is not installed "
            f'whole on this computer. Install it: pip install "marubatsu[data]".'
        )
    return path


def _read_photograph(path: Path) -> np.ndarray:
    from PIL import Image

    with Image.open(path) as image:
        return np.array(image)


def _read_dicom(path: Path) -> np.ndarray:
    import pydicom

    dataset = pydicom.dcmread(path)
    stored = dataset.pixel_array
    slope, intercept = dataset.get("RescaleSlope", 1), dataset.get("RescaleIntercept", 0)
    # DICOM PS3.3 C.11.1: output units = stored value × slope + intercept, both whole numbers in these files
    return (stored * int(slope) + int(intercept)).astype(stored.dtype)

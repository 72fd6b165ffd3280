"""The pictures that the widgets show: the very arrays, and their form on the way to a browser."""

import base64
import zlib
from functools import cache

import numpy as np

from marubatsu.data import greys, marks, samples
from marubatsu.widgets.kit import still

_DTYPES = ("uint8", "int16", "uint16", "float32", "float64")
SIDE = 256
OWN = "own"  # what `image` says while the reader looks at a file of their own, which stays in the browser
SYMBOLS = {"circle": "○", "cross": "×"}
PHOTOGRAPHS = ("cat", "retina")
SCANS = {"head": "int16", "liver": "uint16"}
PRESETS = {  # level and width in HU, as on the consoles of CT scanners
    "brain": [40, 80],
    "subdural": [75, 215],
    "soft": [50, 400],
    "bone": [500, 2000],
    "lung": [-600, 1500],
}
NAMES = (*SYMBOLS, "cat", "noisy", *SCANS, "retina", "fundus")


@cache
def picture(name: str) -> np.ndarray:
    """Return a picture of the widgets as an array, exactly as they compute with it.

    Parameters
    ----------
    name : str
        "circle" and "cross", the marks of 32 × 32 pixels from 0 to 1; "cat" and "retina", grey values from 0 to
        255; "noisy", the cat with noise; "head", a CT in HU; "liver", an MR signal; "fundus", the retina in
        red, green and blue. All but the marks are 256 × 256, each pixel the rounded mean of the area that it
        covers.

    Returns
    -------
    numpy.ndarray
        Shape (rows, columns), or (rows, columns, 3) for "fundus"; read-only.

    Raises
    ------
    ValueError
        If there is no picture of that name.
    """
    if name in SYMBOLS:
        array = marks.model(name)
    elif name in PHOTOGRAPHS:
        photograph = greys.grey(samples.load(name))
        array = np.rint(255 * greys.fit(photograph, shape=(SIDE, SIDE))).astype(np.uint8)
    elif name in SCANS:
        array = np.rint(greys.fit(samples.load(name).pixels, shape=(SIDE, SIDE))).astype(SCANS[name])
    elif name == "fundus":
        array = np.rint(greys.fit(samples.load("retina").pixels, shape=(SIDE, SIDE))).astype(np.uint8)
    elif name == "noisy":
        noise = np.random.default_rng(1).normal(0, 25, (SIDE, SIDE))
        array = np.clip(np.rint(picture("cat") + noise), 0, 255).astype(np.uint8)
    else:
        raise ValueError(f"picture: there is no picture called {name!r}. The pictures are {', '.join(NAMES)}.")
    array.setflags(write=False)
    return array


def pack(
    array: np.ndarray,
    *,
    title: str,
    unit: str = "",
    window: tuple[float, float] | None = None,
    source: str = "",
    python: str = "image",
) -> dict:
    """Return what a browser needs to show an array: its numbers, compressed, and how to read them.

    Parameters
    ----------
    array : numpy.ndarray
        Shape (rows, columns), or (rows, columns, 3) for red, green and blue.
    title, unit, source : str
        What is to be seen; what a number means; who made the picture and under which licence.
    window : (float, float), optional
        Level and width of the display; left out, from the smallest to the largest number.
    python : str
        The Python expression that gives the same array.

    Raises
    ------
    ValueError
        If the array has another number of axes, no pixel, or a number that is not finite.
    """
    array = np.asarray(array)
    if array.ndim not in (2, 3) or array.size == 0 or (array.ndim == 3 and array.shape[2] != 3):
        raise ValueError(f"pack: a picture has rows and columns (and 3 colours), but shape {array.shape} came.")
    if array.dtype.name not in _DTYPES:
        array = array.astype(np.float64)
    if not np.isfinite(array).all():
        raise ValueError("pack: a picture holds finite numbers only, but NaN or infinity came.")
    if window is None:
        low, high = float(array.min()), float(array.max())
        window = ((low + high) / 2, high - low or 1.0)
    return {
        "title": title,
        "unit": unit,
        "shape": list(array.shape),
        "dtype": array.dtype.name,
        "data": base64.b64encode(zlib.compress(array.astype(array.dtype.newbyteorder("<")).tobytes(), 9)).decode(),
        "window": [float(number) for number in window],
        "source": source,
        "python": python,
        "thumb": still.png(still.shade(_small(array), window)),
    }


def standard(titles: dict[str, str]) -> dict[str, dict]:
    """Return all pictures, packed, under the given titles; one without a title is left out."""
    return {name: {**_packed(name), "title": titles[name]} for name in NAMES if name in titles}


@cache
def _packed(name: str) -> dict:
    window: tuple[float, float] | None = (0.5, 1.0)
    source, unit = "", ""
    if name not in SYMBOLS:
        record = samples.load({"noisy": "cat", "fundus": "retina"}.get(name, name))
        source = f"{record.title}. {record.credit}. {record.licence}"
        unit = "HU" if record.unit == "HU" else ""
        window = record.window if name in SCANS else (127.5, 255.0)
    return pack(picture(name), title=name, unit=unit, window=window, source=source, python=f'picture("{name}")')


def _small(array: np.ndarray, side: int = 40) -> np.ndarray:
    """Return about side × side pixels of the middle of a picture, for a thumbnail."""
    rows, columns = array.shape[:2]
    smallest = min(rows, columns)
    if smallest <= side:
        return array
    return greys.fit(array, shape=(side, side))

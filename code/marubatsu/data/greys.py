"""From stored numbers to greys: a window for Hounsfield units, one grey for three colours, a size that fits.

All of these are point or area operations: a pixel is looked up, weighted or averaged, and no shape is sought.
"""

import numpy as np

from marubatsu.checks import between, whole
from marubatsu.data.samples import Sample


def window(values: np.ndarray, *, level: float, width: float) -> np.ndarray:
    """Turn numbers into greys: black up to level − width/2, white from level + width/2.

    Parameters
    ----------
    values : numpy.ndarray
        Any shape, in any unit, for example HU.
    level, width : float
        Middle and width of the range that is spread over the greys, in the same unit. `width` is above 0.

    Returns
    -------
    numpy.ndarray
        The shape of `values`, float32, from 0 (black) to 1 (white).

    Raises
    ------
    ValueError
        If `width` is not above 0.

    Notes
    -----
    DICOM PS3.3 C.11.2.1.3.2, the function LINEAR_EXACT.
    """
    if not width > 0:
        raise ValueError(f"window: width must be above 0, but {width:g} came.")
    return np.clip((np.asarray(values, dtype=np.float64) - level) / width + 0.5, 0.0, 1.0).astype(np.float32)


def grey(sample: Sample) -> np.ndarray:
    """Return any sample as one grey image; shape (rows, columns), float32, from 0 to 1.

    CT and MR are seen through the window of their record. Colours are weighted as the eye sees them:
    0.2126 red + 0.7152 green + 0.0722 blue (ITU-R BT.709).
    """
    if sample.window is not None:
        level, width = sample.window
        return window(sample.pixels, level=level, width=width)
    greys = sample.pixels.astype(np.float32) / 255
    if greys.ndim == 3:
        greys = greys @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)  # (rows, columns)
    return greys


def crop(image: np.ndarray, *, top: int, left: int, rows: int, columns: int) -> np.ndarray:
    """Cut out a rectangle, given by its first row and column and its size; the colours, if any, stay.

    Raises
    ------
    ValueError
        If the rectangle leaves the image.
    """
    for word, value, low in (("top", top, 0), ("left", left, 0), ("rows", rows, 1), ("columns", columns, 1)):
        whole("crop", word, value, low)
    if top + rows > image.shape[0] or left + columns > image.shape[1]:
        raise ValueError(
            f"crop: rows {top} to {top + rows - 1} and columns {left} to {left + columns - 1} leave the "
            f"image of {image.shape[0]} rows and {image.shape[1]} columns."
        )
    return image[top : top + rows, left : left + columns]


def fit(image: np.ndarray, *, shape: tuple[int, int] = (256, 256)) -> np.ndarray:
    """Cut the largest centred part with the proportions of `shape` and average it to that size.

    Parameters
    ----------
    image : numpy.ndarray
        Shape (rows, columns) or (rows, columns, colours), in any unit.
    shape : (int, int)
        Rows and columns wanted.

    Returns
    -------
    numpy.ndarray
        Shape `shape` (and colours), float32, in the unit of the image. Each new pixel is the mean of the area
        that it covers, so that a shrunk CT keeps its HU.

    Raises
    ------
    ValueError
        If the image or the shape has no pixels.
    """
    rows, columns = (whole("fit", "shape", side, 1) for side in shape)
    if image.ndim not in (2, 3) or 0 in image.shape:
        raise ValueError(f"fit: expected an image of rows and columns (and colours), but shape {image.shape} came.")
    scale = between("fit", "scale", min(image.shape[0] / rows, image.shape[1] / columns), 0, np.inf)
    down = _overlap(image.shape[0], rows, scale)  # (rows, old rows)
    across = _overlap(image.shape[1], columns, scale)  # (columns, old columns)
    fitted = np.tensordot(down, image.astype(np.float64), axes=(1, 0))  # (rows, old columns, …)
    fitted = np.moveaxis(np.tensordot(across, fitted, axes=(1, 1)), 0, 1)  # (rows, columns, …)
    return fitted.astype(np.float32)


def _overlap(old: int, new: int, scale: float) -> np.ndarray:
    """Return which share of each new pixel every old pixel fills, along one side; shape (new, old)."""
    # where the new pixels begin, counted in old pixels, with the same margin left over at both sides
    edges = (old - new * scale) / 2 + scale * np.arange(new + 1)
    begin, end = edges[:-1, None], edges[1:, None]
    pixel = np.arange(old)
    return np.clip(np.minimum(end, pixel + 1) - np.maximum(begin, pixel), 0.0, None) / scale

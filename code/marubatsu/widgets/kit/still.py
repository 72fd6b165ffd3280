"""What a widget leaves on paper and where no script runs: pictures and tables in plain HTML."""

import base64
import struct
import zlib
from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import ArrayLike

BELOW = np.array([[0.0, 13, 16, 20], [0.5, 24, 98, 178], [1.0, 150, 208, 255]])  # as in paint.js
ABOVE = np.array([[0.0, 13, 16, 20], [0.5, 176, 84, 8], [1.0, 255, 200, 128]])


def shade(array: ArrayLike, window: Sequence[float] | np.ndarray) -> np.ndarray:
    """Return an array as grey bytes through a window (level, width); colours pass through it one by one."""
    level, width = window
    share = np.clip((np.asarray(array, float) - level) / width + 0.5, 0, 1)
    return np.floor(255 * share + 0.5).astype(np.uint8)  # as paint.js rounds


def diverge(array: np.ndarray, limit: float) -> np.ndarray:
    """Return a signed array (rows, columns) as colour bytes: blue below zero, black at zero, orange above."""
    share = np.clip(np.abs(array) / limit, 0, 1)
    below, above = (
        np.stack([np.interp(share, stops[:, 0], stops[:, channel]) for channel in (1, 2, 3)], axis=-1)
        for stops in (BELOW, ABOVE)
    )
    return np.rint(np.where(np.asarray(array)[..., None] < 0, below, above)).astype(np.uint8)


def png(pixels: np.ndarray) -> str:
    """Return bytes (rows, columns) or (rows, columns, 3) as a PNG in a data address."""
    rows, columns = pixels.shape[:2]
    lines = np.zeros((rows, 1 + pixels[0].size), np.uint8)  # each line begins with its filter: none
    lines[:, 1:] = pixels.reshape(rows, -1)
    header = struct.pack(">2I5B", columns, rows, 8, 2 if pixels.ndim == 3 else 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b""))
    file = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return "data:image/png;base64," + base64.b64encode(file).decode()


def picture(pixels: np.ndarray, *, alt: str, caption: str) -> str:
    """Return a picture with a line under it."""
    return (
        f'<div class="marubatsu-picture"><img src="{png(pixels)}" alt="{escape(alt)}"/><p>{escape(caption)}</p></div>'
    )


def table(array: ArrayLike, *, caption: str) -> str:
    """Return numbers as a table with a caption; each cell is tinted by its sign and size."""
    array = np.asarray(array, float)
    largest = np.abs(array).max() or 1.0
    rows = "".join(
        "<tr>" + "".join(f"<td{tint(value, largest)}>{number(value)}</td>" for value in row) + "</tr>" for row in array
    )
    return f'<table class="marubatsu-numbers"><caption>{escape(caption)}</caption><tbody>{rows}</tbody></table>'


def tint(value: float, largest: float) -> str:
    """Return the attributes that colour a cell by the sign and size of its number."""
    if value == 0:
        return ""
    sign = "below" if value < 0 else "above"
    return f' class="marubatsu-{sign}" style="--mb-share:{round(100 * abs(value) / largest)}%"'


def number(value: float) -> str:
    """Return a number for reading: three figures after the point at most, a true minus."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace("-", "−")

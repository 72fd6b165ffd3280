"""A reader's drawing of 32 × 32 pixels, black or white, as a short word that fits into a link."""

import base64
import binascii

import numpy as np

SIDE = 32


def encode(array: np.ndarray) -> str:
    """Return a drawing (32, 32) as text: one bit a pixel, row after row, in base64url; an empty one is ""."""
    bits = np.asarray(array) > 0.5
    if bits.shape != (SIDE, SIDE):
        raise ValueError(f"drawing: a drawing has {SIDE} rows and {SIDE} columns, but shape {bits.shape} came.")
    return base64.urlsafe_b64encode(np.packbits(bits).tobytes()).decode().rstrip("=") if bits.any() else ""


def decode(text: str) -> np.ndarray:
    """Return the drawing (32, 32), float32, 0 or 1, that a text of `encode` stands for."""
    if text == "":
        return np.zeros((SIDE, SIDE), np.float32)
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if len(data) != SIDE * SIDE // 8:
        raise ValueError(f"drawing: {text[:20]!r} is not a drawing; copy the whole text from a widget.")
    return np.unpackbits(np.frombuffer(data, np.uint8)).reshape(SIDE, SIDE).astype(np.float32)

"""Edges as soft as those of an image: a pixel that an outline cuts is covered in part."""

import numpy as np


def soft(depth: np.ndarray) -> np.ndarray:
    """Return how much of a pixel is covered whose middle lies so many pixels inside an outline (negative: outside)."""
    return np.clip(depth + 0.5, 0, 1).astype(np.float32)

"""What a phantom answers with that makes many images at once: the images, their labels, and whatever else is true."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, eq=False)
class Images:
    """Many images made by code. ``images, labels = phantoms.plaques(…)`` takes the two apart."""

    images: np.ndarray
    """Shape (N, 1, H, W), float32; signals without a picture have the shape (N, B)."""
    labels: np.ndarray
    """What a network is to answer for each image, (N,) or (N, M), classes in int64 or numbers in float32."""
    unit: str
    """What a pixel is measured in, "HU" for example."""
    spacing: float | None = None
    """Millimetres from pixel to pixel; None where there is no picture."""
    truth: dict[str, np.ndarray] = field(default_factory=dict)
    """What else is known of each image, by its name; the first axis of each array is N."""

    def __iter__(self) -> Iterator[np.ndarray]:
        yield self.images
        yield self.labels

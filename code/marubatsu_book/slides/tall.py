"""A picture of rows that is much higher than wide, made for a phone: on a slide its rows stand side by side."""

from itertools import groupby
from pathlib import Path

import numpy as np
from bs4 import Tag
from PIL import Image

TALL = 1.3  # times as high as wide
GAP = 0.05  # of the width, between the rows


def lay_rows(image: Tag, folder: Path) -> None:
    """Give the image of a page in a folder a file with its rows side by side, if it is tall and has rows."""
    width, height = (float(image.get(side, 0) or 0) for side in ("width", "height"))
    path = folder / image["src"]
    if height <= TALL * width or path.suffix != ".png" or not path.is_file():
        return
    laid = side_by_side(Image.open(path).convert("RGBA"))
    if laid is not None:
        laid.save(path.with_name(f"{path.stem}-rows.png"))
        image["src"] = image["src"].replace(".png", "-rows.png")
        image["width"], image["height"] = map(str, laid.size)


def side_by_side(picture: Image.Image) -> Image.Image | None:
    """Return the two parts above and below the widest blank band, beside each other; None where nothing is blank."""
    blank = ~_ink(picture).any(axis=1)
    bands, start = [], 0
    for empty, run in groupby(blank):
        length = len(list(run))
        if empty and start > 0 and start + length < len(blank):
            bands.append((length, start + length // 2))
        start += length
    if not bands:
        return None
    middle = max(bands)[1]
    parts = [_trimmed(picture.crop((0, top, picture.width, end))) for top, end in ((0, middle), (middle, len(blank)))]
    gap = round(GAP * picture.width)
    laid = Image.new("RGBA", (sum(part.width for part in parts) + gap, max(part.height for part in parts)))
    laid.paste(parts[0], (0, 0))
    laid.paste(parts[1], (parts[0].width + gap, 0))
    return laid


def _ink(picture):
    """Where the picture is drawn on: neither transparent nor white."""
    pixels = np.asarray(picture)
    return (pixels[..., 3] > 0) & (pixels[..., :3] < 255).any(axis=2)


def _trimmed(part):
    rows, columns = (np.flatnonzero(_ink(part).any(axis=axis)) for axis in (1, 0))
    return part.crop((columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))

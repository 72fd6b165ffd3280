"""○ and × drawn on a grey canvas: perfect models, single marks to order, and many random ones with labels.

A mark is what a pen does: a few strokes, each a chain of points (row, column). A pixel is as bright as the
nearest stroke covers it, so no drawing library is needed and every number can be checked by hand.
"""

import math

import numpy as np

from marubatsu.checks import below, between, chance, extent, whole

KINDS = ("circle", "cross")
SYMBOLS = ("○", "×")
_PIECES = 48  # the ring is this many straight pieces; on 32 × 32 pixels nobody can see them


def strokes(
    kind: str,
    *,
    size: float = 16.0,
    turn: float = 0.0,
    slant: float = 0.0,
    aspect: float = 1.0,
    gap: float = 0.0,
) -> list[np.ndarray]:
    """Return the way of the pen: a list of strokes, each a chain of points around the centre (0, 0).

    Parameters
    ----------
    kind : {"circle", "cross"}
        ○ is one stroke that starts at the top; × is two, ╲ and ╱, that start at the top.
    size : float
        Side, in pixels, of the square that the undistorted mark just fills.
    turn : float
        Turn in degrees, counter-clockwise as seen on the screen.
    slant : float
        Lean to the right in degrees, as in italic letters; done before the turn.
    aspect : float
        Width divided by height; the area stays the same. Done before the slant.
    gap : float
        Fraction, from 0 to below 0.5, that is missing at the end of every stroke: the pen lifts early.

    Returns
    -------
    list of numpy.ndarray
        Each of shape (points, 2), float64, in pixels: row (downwards), column (to the right).

    Raises
    ------
    ValueError
        If `kind` is unknown or a number is out of range.
    """
    half = between("strokes", "size", size, 1.0, math.inf) / 2
    between("strokes", "turn", turn, -360.0, 360.0)
    between("strokes", "slant", slant, -60.0, 60.0)
    between("strokes", "aspect", aspect, 0.25, 4.0)
    drawn = 1.0 - below("strokes", "gap", gap, 0.5)
    if kind == "circle":
        angles = np.linspace(0.0, 2 * np.pi * drawn, _PIECES + 1)
        ways = [half * np.stack([-np.cos(angles), -np.sin(angles)], axis=1)]
    elif kind == "cross":
        ends = half * np.array([[[-1, -1], [1, 1]], [[-1, 1], [1, -1]]], dtype=float)  # ╲ then ╱
        ways = [np.stack([start, start + drawn * (stop - start)]) for start, stop in ends]
    else:
        raise ValueError(f'marks: kind must be "circle" for ○ or "cross" for ×, but {kind!r} came.')

    stretch = np.diag([1 / math.sqrt(aspect), math.sqrt(aspect)])
    lean = np.array([[1.0, 0.0], [-math.tan(math.radians(slant)), 1.0]])  # higher rows move to the right
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    rotate = np.array([[cos, -sin], [sin, cos]])  # rows point down, so this is counter-clockwise on the screen
    return [way @ (rotate @ lean @ stretch).T for way in ways]


def draw(
    kind: str,
    *,
    shape: tuple[int, int] = (32, 32),
    row: float | None = None,
    column: float | None = None,
    size: float = 16.0,
    turn: float = 0.0,
    thickness: float = 2.5,
    slant: float = 0.0,
    aspect: float = 1.0,
    gap: float = 0.0,
    noise: float = 0.0,
    rng: np.random.Generator | None = None,
) -> np.ndarray:
    """Draw one mark, white (1) on black (0).

    Parameters
    ----------
    kind, size, turn, slant, aspect, gap
        As in `strokes`.
    shape : (int, int)
        Rows and columns of the canvas.
    row, column : float, optional
        Centre of the mark in pixels, counted from the middle of the top left pixel. Left out: the middle of
        the canvas.
    thickness : float
        Width of the stroke in pixels.
    noise : float
        Standard deviation of the Gaussian noise added to every pixel; the result is cut off at 0 and 1.
    rng : numpy.random.Generator, optional
        Where the noise comes from; needed only if `noise` is above 0.

    Returns
    -------
    numpy.ndarray
        Grey values of shape `shape`, float32, from 0 (canvas) to 1 (ink).

    Raises
    ------
    ValueError
        If the mark leaves the canvas, or a number is out of range.
    TypeError
        If noise is asked for without a generator.
    """
    rows, columns = (whole("draw", "shape", side, 1) for side in shape)
    row = (rows - 1) / 2 if row is None else float(row)
    column = (columns - 1) / 2 if column is None else float(column)
    between("draw", "thickness", thickness, 0.5, math.inf)
    between("draw", "noise", noise, 0.0, 1.0)
    if noise > 0:
        chance("draw", rng)

    ways = strokes(kind, size=size, turn=turn, slant=slant, aspect=aspect, gap=gap)
    low, high = room(ways, thickness, (rows, columns))
    if not (low[0] <= row <= high[0] and low[1] <= column <= high[1]):
        raise ValueError(
            f"draw: this mark, {size:g} pixels large and centred at row {row:g}, column {column:g}, would "
            f"leave the canvas of {rows} rows and {columns} columns. Make it smaller or move it inwards."
        )
    image = ink(ways, shape=(rows, columns), row=row, column=column, thickness=thickness)
    if noise > 0 and rng is not None:
        image = np.clip(image + rng.normal(0.0, noise, image.shape), 0.0, 1.0)
    return image.astype(np.float32)


def ink(
    ways: list[np.ndarray],
    *,
    shape: tuple[int, int],
    row: float | None = None,
    column: float | None = None,
    thickness: float = 2.5,
) -> np.ndarray:
    """Draw any strokes of the pen; what lies outside the canvas is cut off.

    Parameters
    ----------
    ways : list of numpy.ndarray
        Each of shape (points, 2): row and column from the centre, in pixels.
    shape, row, column, thickness
        As in `draw`.

    Returns
    -------
    numpy.ndarray
        Shape `shape`, float64: 1 where a stroke covers a pixel, less where it covers a part of it.
    """
    centre = [(shape[0] - 1) / 2 if row is None else row, (shape[1] - 1) / 2 if column is None else column]
    distance = np.full(shape, np.inf)
    for way in ways:
        distance = np.minimum(distance, _distance(way + np.array(centre), *shape))
    return np.clip(thickness / 2 - distance + 0.5, 0.0, 1.0)  # a pixel half covered is half bright


def model(kind: str, *, shape: tuple[int, int] = (32, 32)) -> np.ndarray:
    """Draw the perfect mark, half as large as the canvas, in its middle; shape (rows, columns), float32."""
    scale = min(shape) / 32
    return draw(kind, shape=shape, size=16.0 * scale, thickness=2.5 * scale)


def sample(
    n: int,
    *,
    rng: np.random.Generator,
    shape: tuple[int, int] = (32, 32),
    size: tuple[float, float] = (11.0, 18.0),
    turn: tuple[float, float] = (-20.0, 20.0),
    thickness: tuple[float, float] = (1.5, 3.5),
    slant: tuple[float, float] = (-10.0, 10.0),
    aspect: tuple[float, float] = (0.8, 1.25),
    gap: tuple[float, float] = (0.0, 0.15),
    noise: tuple[float, float] = (0.0, 0.15),
    difficulty: float = 1.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw many random marks, half of them ○ and half ×, in random order.

    Each pair of numbers is a range from which every image takes its own value, evenly. The mark lies anywhere
    on the canvas where it fits. Within the default ranges a person sees at once which mark it is. A × turned
    by more than about 30 degrees starts to read as +, so the turn stops at 20 and leaves room for the slant.

    Parameters
    ----------
    n : int
        Number of images, at least 1.
    rng : numpy.random.Generator
        Where all chance comes from; the same seed gives the same images.
    shape : (int, int)
        Rows and columns of the canvas.
    size, turn, thickness, slant, aspect, gap, noise : (float, float)
        Smallest and largest value of what `strokes` and `draw` explain.
    difficulty : float
        How far, from 0 to 1, the marks may go, position included, from the perfect model (0) to the full
        ranges (1).

    Returns
    -------
    images : numpy.ndarray
        Shape (n, 1, rows, columns), float32, from 0 to 1.
    labels : numpy.ndarray
        Shape (n,), int64: 0 for ○, 1 for ×.

    Raises
    ------
    ValueError
        If a range is not (low, high) or a mark does not fit on the canvas.
    TypeError
        If `rng` is not a generator.
    """
    whole("sample", "n", n, 1)
    chance("sample", rng)
    between("sample", "difficulty", difficulty, 0.0, 1.0)
    scale = min(shape) / 32
    perfect = {
        "size": 16 * scale,
        "turn": 0,
        "thickness": 2.5 * scale,
        "slant": 0,
        "aspect": 1,
        "gap": 0,
        "noise": 0,
    }
    asked = {"size": size, "turn": turn, "thickness": thickness, "slant": slant, "aspect": aspect}
    asked |= {"gap": gap, "noise": noise}
    ranges = {}
    for word, pair in asked.items():
        low, high = extent("sample", word, pair)
        ranges[word] = [perfect[word] + difficulty * (end - perfect[word]) for end in (low, high)]

    labels = rng.permutation(np.arange(n) % 2)
    images = np.empty((n, 1, *shape), dtype=np.float32)
    middle = (np.array(shape) - 1) / 2
    for index, label in enumerate(labels):
        values = {word: float(rng.uniform(low, high)) for word, (low, high) in ranges.items()}
        form = {word: values[word] for word in ("size", "turn", "slant", "aspect", "gap")}
        lowest, highest = room(strokes(KINDS[label], **form), values["thickness"], shape)
        if np.any(lowest > highest):
            raise ValueError(
                f"sample: a mark of size {values['size']:.1f} pixels does not fit on a canvas of {shape[0]} "
                f"rows and {shape[1]} columns. Give a smaller range for size, or a larger shape."
            )
        row, column = middle + difficulty * (rng.uniform(lowest, highest) - middle)
        images[index, 0] = draw(KINDS[label], shape=shape, row=row, column=column, rng=rng, **values)
    return images, labels


def room(ways: list[np.ndarray], thickness: float, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and highest (row, column) of the centre at which all ink stays on the canvas, in pixels."""
    points = np.concatenate(ways)
    low = thickness / 2 - 0.5 - points.min(axis=0)
    high = np.array(shape) - 0.5 - thickness / 2 - points.max(axis=0)
    return low, high


def _distance(way: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Return each pixel's distance, in pixels, to the nearest piece of a stroke; shape (rows, columns)."""
    pixels = np.indices((rows, columns)).reshape(2, -1).T  # (pixels, 2)
    start, step = way[:-1], np.diff(way, axis=0)  # (pieces, 2)
    down, right = (pixels[:, None, axis] - start[:, axis] for axis in (0, 1))  # (pixels, pieces) each
    along = (down * step[:, 0] + right * step[:, 1]) / (step**2).sum(axis=1)
    along = np.clip(along, 0.0, 1.0)  # where on the piece the nearest point lies: 0 its start, 1 its end
    squares = (down - along * step[:, 0]) ** 2 + (right - along * step[:, 1]) ** 2
    return np.sqrt(squares.min(axis=1)).reshape(rows, columns)

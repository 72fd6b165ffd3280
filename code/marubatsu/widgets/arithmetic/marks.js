// ○ and × drawn as data/marks.py draws them, number by number: each pixel by its distance to the pen's way.
// tests/browser/test_arithmetic.py compares the two.

const PIECES = 48,
  RADIANS = Math.PI / 180;

/** @typedef {{ size?: number, turn?: number, slant?: number, aspect?: number, gap?: number }} Form */

/** The way of the pen around the centre: strokes, each a chain of points [row, column].
 * @param {string} kind @param {Form} [form] @returns {number[][][]}
 */
export function strokes(kind, { size = 16, turn = 0, slant = 0, aspect = 1, gap = 0 } = {}) {
  const half = size / 2,
    drawn = 1 - gap;
  let ways;
  if (kind === "circle") {
    const angles = Array.from({ length: PIECES + 1 }, (_, i) => (2 * Math.PI * drawn * i) / PIECES);
    ways = [angles.map((angle) => [-half * Math.cos(angle), -half * Math.sin(angle)])];
  } else {
    const end = half * (2 * drawn - 1);
    ways = [
      [
        [-half, -half],
        [end, end],
      ],
      [
        [-half, half],
        [end, -end],
      ],
    ];
  }
  const stretch = Math.sqrt(aspect),
    lean = Math.tan(slant * RADIANS);
  const cos = Math.cos(turn * RADIANS),
    sin = Math.sin(turn * RADIANS);
  const bend = ([row, column]) => {
    const down = row / stretch,
      right = column * stretch - lean * down;
    return [cos * down - sin * right, sin * down + cos * right];
  };
  return ways.map((way) => way.map(bend));
}

/** The lowest and highest [row, column] of the centre at which all ink stays on the canvas.
 * @param {number[][][]} ways @param {number} thickness @param {number[]} shape
 */
export function room(ways, thickness, [rows, columns]) {
  const points = ways.flat(),
    ends = [0, 1].map((axis) => points.map((point) => point[axis]));
  return {
    low: ends.map((values) => thickness / 2 - 0.5 - Math.min(...values)),
    high: ends.map((values, axis) => [rows, columns][axis] - 0.5 - thickness / 2 - Math.max(...values)),
  };
}

/** One mark, ink 1 on canvas 0, row after row; `grain` holds one random number a pixel for the noise.
 * @param {string} kind
 * @param {Form & { shape?: number[], row?: number, column?: number, thickness?: number, noise?: number,
 *   grain?: ArrayLike<number> }} [how]
 */
export function draw(kind, { shape = [32, 32], row, column, thickness = 2.5, noise = 0, grain = [], ...form } = {}) {
  const [rows, columns] = shape,
    data = new Float64Array(rows * columns);
  row ??= (rows - 1) / 2;
  column ??= (columns - 1) / 2;
  const pieces = strokes(kind, form).flatMap((way) =>
    way
      .slice(1)
      .map(([r, c], i) => ({ r: way[i][0] + row, c: way[i][1] + column, down: r - way[i][0], right: c - way[i][1] })),
  );
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, at++) {
      let nearest = Infinity;
      for (const { r, c, down, right } of pieces) {
        const along = Math.min(1, Math.max(0, ((i - r) * down + (j - c) * right) / (down * down + right * right)));
        const off = (i - r - along * down) ** 2 + (j - c - along * right) ** 2;
        if (off < nearest) nearest = off;
      }
      const ink = Math.min(1, Math.max(0, thickness / 2 - Math.sqrt(nearest) + 0.5));
      data[at] = noise > 0 ? Math.min(1, Math.max(0, ink + noise * grain[at])) : ink;
    }
  return data;
}

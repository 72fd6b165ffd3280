// A shape of data as a small drawing: a box as high and deep as it has rows and columns, as wide as it has channels.
import { shape as draw } from "../kit/svg.js";

const SLANT = 0.35,
  UNIT = 4,
  HIGHEST = 22; // the square root of 512 rows

const part = (points, name) =>
  draw("polygon", { points: points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" "), class: name });

/** Width, height and depth of a box, in units of the drawing; roots and logarithms, so that 3 and 4,096 fit together.
 *  */
function sides(shape, shrink) {
  if (shape.length === 1) return [0.7, 1.3 * Math.log2(shape[0] + 1) * Math.min(1, shrink * 1.4), 0.7];
  const [C, ...sizes] = shape,
    [rows, columns] = sizes.slice(-2);
  return [0.25 * Math.log2(C + 1) + 0.15, Math.sqrt(rows) * shrink, Math.sqrt(columns) * shrink];
}

/** The drawing of a shape (numbers), (channels, rows, columns) or (channels, slices, rows, columns). `most` is the
 *  longest side of the whole figure, so that all its boxes have one scale. */
export function box(shape, most) {
  const shrink = Math.min(1, HIGHEST / Math.sqrt(most)),
    [wide, high, deep] = sides(shape, shrink).map((side) => side * UNIT);
  const far = SLANT * deep,
    [width, height] = [wide + far + 2, high + far + 2].map((size) => size.toFixed(1));
  const [left, right, top, bottom] = [0, wide, far, far + high];
  const faces = {
    front: [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ],
    top: [
      [left, top],
      [right, top],
      [right + far, 0],
      [left + far, 0],
    ],
    side: [
      [right, top],
      [right + far, 0],
      [right + far, high],
      [right, bottom],
    ],
  };
  return draw(
    "svg",
    {
      viewBox: `-1 -1 ${width} ${height}`,
      width,
      height,
      "aria-hidden": "true",
      class: `mb-box ${shape.length === 1 ? "mb-box-row" : ""}`,
    },
    ...Object.entries(faces).map(([name, points]) => part(points, `mb-box-${name}`)),
  );
}

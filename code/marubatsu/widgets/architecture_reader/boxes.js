// A shape of data as a small drawing: a box as high and deep as it has rows and columns, as wide as it has channels.
const SPACE = "http://www.w3.org/2000/svg",
  SLANT = 0.35,
  UNIT = 4,
  HIGHEST = 22; // the square root of 512 rows

function part(points, name) {
  const el = document.createElementNS(SPACE, "polygon");
  el.setAttribute("points", points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" "));
  el.setAttribute("class", name);
  return el;
}

/** Width, height and depth of a box, in units of the drawing; roots and logarithms, so that 3 and 4,096 fit together. */
function sides(shape, shrink) {
  if (shape.length === 1) return [0.7, 1.3 * Math.log2(shape[0] + 1) * Math.min(1, shrink * 1.4), 0.7];
  const [C, ...sizes] = shape,
    [rows, columns] = sizes.slice(-2);
  return [0.25 * Math.log2(C + 1) + 0.15, Math.sqrt(rows) * shrink, Math.sqrt(columns) * shrink];
}

/** The drawing of a shape (numbers), (channels, rows, columns) or (channels, slices, rows, columns). `most` is the longest
 *  side of the whole figure, so that all its boxes have one scale. */
export function box(shape, most) {
  const shrink = Math.min(1, HIGHEST / Math.sqrt(most)),
    [wide, high, deep] = sides(shape, shrink).map((side) => side * UNIT);
  const far = SLANT * deep,
    el = document.createElementNS(SPACE, "svg");
  const [width, height] = [wide + far + 2, high + far + 2];
  el.setAttribute("viewBox", `-1 -1 ${width.toFixed(1)} ${height.toFixed(1)}`);
  el.setAttribute("width", width.toFixed(1));
  el.setAttribute("height", height.toFixed(1));
  el.setAttribute("aria-hidden", "true");
  el.setAttribute("class", `mb-box ${shape.length === 1 ? "mb-box-row" : ""}`);
  const top = far,
    bottom = far + high;
  el.append(
    part(
      [
        [0, top],
        [wide, top],
        [wide, bottom],
        [0, bottom],
      ],
      "mb-box-front",
    ),
    part(
      [
        [0, top],
        [wide, top],
        [wide + far, 0],
        [far, 0],
      ],
      "mb-box-top",
    ),
    part(
      [
        [wide, top],
        [wide + far, 0],
        [wide + far, bottom - far],
        [wide, bottom],
      ],
      "mb-box-side",
    ),
  );
  return el;
}

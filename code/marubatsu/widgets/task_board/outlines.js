// Marks over a picture: outlines of masks along the edges of pixels, boxes, lines; the truth solid, a network dashed.
import { shape } from "../kit/svg.js";

/** The border of a mask as an SVG path along the edges of its pixels, in pixels of the picture. */
export function outline({ rows, columns, data }) {
  const inside = (r, c) => r >= 0 && c >= 0 && r < rows && c < columns && data[r * columns + c] > 0,
    parts = [];
  for (let r = 0; r <= rows; r++)
    for (let c = 0; c < columns; c++) {
      const from = c;
      while (c < columns && inside(r, c) !== inside(r - 1, c)) c++;
      if (c > from) parts.push(`M${from} ${r}h${c - from}`);
    }
  for (let c = 0; c <= columns; c++)
    for (let r = 0; r < rows; r++) {
      const from = r;
      while (r < rows && inside(r, c) !== inside(r, c - 1)) r++;
      if (r > from) parts.push(`M${c} ${from}v${r - from}`);
    }
  return parts.join("");
}

/** An SVG over the part [column, row, width, height] of a picture. A mark is { kind, path | box | line, text? }:
 *  box [top, left, bottom, right]; line [[left, right], row], with a bar at each end. */
export function overlay(part, marks) {
  const drawn = marks.flatMap(({ kind, path, box, line, text }) => [
    shape("path", { class: `mb-drawn mb-${kind}`, d: path ?? (box ? framed(box) : barred(line)) }),
    ...(text === undefined ? [] : [shape("text", { class: "mb-drawn-text", x: box[3] + 1, y: box[0] }, text)]),
  ]);
  return shape("svg", { viewBox: part.join(" "), class: "mb-marks", "aria-hidden": "true" }, ...drawn);
}

const framed = ([top, left, bottom, right]) => `M${left - 1} ${top - 1}H${right + 1}V${bottom + 1}H${left - 1}z`;
const barred = ([[left, right], row]) => `M${left} ${row}H${right}M${left} ${row - 1.5}v3M${right} ${row - 1.5}v3`;

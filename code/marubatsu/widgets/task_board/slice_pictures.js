// The slice as it is shown: whole or a square of it, with marks over it.
import { paintGrey } from "../kit/paint.js";
import { make } from "../kit/view.js";
import { overlay } from "./outlines.js";

/** The part of the slice around a nodule: { row, column, side }. */
function near(slice, { row, column }) {
  const { rows, columns } = slice,
    side = Math.min(48, rows, columns),
    start = (at, most) => Math.max(0, Math.min(most - side, Math.round(at - side / 2)));
  return { row: start(row, rows), column: start(column, columns), side };
}

/** A picture with marks over it; part shows only a square of it. */
export function grey({ rows, columns, data, window }, marks = [], part = undefined) {
  const canvas = make("canvas", { "aria-hidden": "true" });
  if (!part) paintGrey(canvas, { rows, columns, data }, window);
  else {
    const { row, column, side } = part,
      at = (i) => (row + Math.floor(i / side)) * columns + column + (i % side),
      cut = Float64Array.from({ length: side * side }, (_, i) => data[at(i)]);
    paintGrey(canvas, { rows: side, columns: side, data: cut }, window);
  }
  const box = part ? [part.column, part.row, part.side, part.side] : [0, 0, columns, rows];
  return make("div", { class: "mb-task-picture" }, canvas, overlay(box, marks));
}

/** The square of the slice around a nodule, with marks over it. */
export const closeUp = (slice, nodule, marks) => grey(slice, marks, near(slice, nodule));

/** The slice with a frame around the place that the question is about. */
export function pointed(slice, nodule) {
  const { row, column, side } = near(slice, nodule);
  return grey(slice, [{ kind: "asked", box: [row, column, row + side, column + side] }]);
}

/** A line below a picture. */
export const caption = (text) => make("p", { class: "mb-help", text });

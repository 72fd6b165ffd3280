// Two versions of one slice: the state put right, the square around a pixel, one picture of both.
import { clamp } from "../kit/view.js";

/** The state with everything impossible replaced: a link may hold anything. */
export function sane(get, { kinds, doses, rows, columns, window, limits }) {
  const whole = (value, low, high, usual) => (Number.isFinite(value) ? clamp(Math.round(value), low, high) : usual);
  const known = (value, usual) => (kinds.includes(value) ? value : usual);
  const given = get("pixel"),
    pixel = given.length === 2 && given.every(Number.isFinite) ? given : [rows >> 1, columns >> 1];
  const shade = get("window"),
    good = shade.length === 2 && shade.every(Number.isFinite) && shade[1] >= 1;
  const split = get("split");
  return {
    dose: whole(get("dose"), 0, doses - 1, 0),
    left: known(get("left"), kinds[0]),
    right: known(get("right"), kinds[kinds.length - 1]),
    split: split < 0 ? columns >> 1 : whole(split, 0, columns, columns >> 1),
    pixel: [whole(pixel[0], 0, rows - 1), whole(pixel[1], 0, columns - 1)],
    side: whole(get("side"), limits.side[0], Math.min(limits.side[1], rows, columns), 25),
    window: good ? [...shade] : [...window],
    shown: get("shown") === "difference" ? "difference" : "picture",
  };
}

/** The square around a pixel, moved so that it lies whole in the picture.
 * @param {number[]} pixel @param {number} side @param {number} rows @param {number} columns
 */
export function boxAround([row, column], side, rows, columns) {
  return { top: clamp(row - (side >> 1), 0, rows - side), left: clamp(column - (side >> 1), 0, columns - side), side };
}

/** One picture of two: columns before `split` from the first, the rest from the second. */
export function composite(first, second, split) {
  const { rows, columns } = first,
    data = Float64Array.from(second.data);
  for (let row = 0; row < rows; row++)
    data.set(first.data.subarray(row * columns, row * columns + split), row * columns);
  return { rows, columns, data };
}

/** The differences that are painted in the strongest colour: a fifth of the window. @param {number[]} window */
export const reachOf = ([, width]) => Math.max(5, Math.round(width / 5));

// A mark as the reader asks for it, moved back onto the canvas, and its distance to the model ○ and the model ×.
import { draw, room, strokes } from "../arithmetic/marks.js";
import { compareWithModels } from "../arithmetic/templates.js";
import { clamp } from "../kit/view.js";

const SIDE = 32,
  MIDDLE = (SIDE - 1) / 2;

/** A state whose mark lies wholly on the canvas: it is made smaller, and moved inwards, as far as it must. */
export function onCanvas(state) {
  const unit = strokes(state.kind, { ...state, size: 1 }).flat();
  const extents = [0, 1].map(
    (axis) => Math.max(...unit.map((point) => point[axis])) - Math.min(...unit.map((point) => point[axis])),
  );
  const size = Math.min(state.size, (SIDE - state.thickness - 1e-6) / Math.max(...extents));
  const { low, high } = room(strokes(state.kind, { ...state, size }), state.thickness, [SIDE, SIDE]);
  const inside = (value, axis) => clamp(value, low[axis] - MIDDLE + 1e-9, high[axis] - MIDDLE - 1e-9);
  return { ...state, size, down: inside(state.down, 0), right: inside(state.right, 1) };
}

/** The mark, and for ○ and × the model, the difference to it pixel by pixel, and its sum. */
export function compare(state, grain) {
  const { kind, down, right, ...form } = onCanvas(state);
  const mark = draw(kind, { ...form, row: MIDDLE + down, column: MIDDLE + right, grain });
  return { mark, ...compareWithModels(mark) };
}

// A mark, the answers of a kernel to it, and those answers pooled; how much of each changes when the mark moves.
import { avgPool2d, conv2d, maxPool2d, relu, single } from "../arithmetic/arithmetic.js";
import { draw } from "../arithmetic/marks.js";
import { KINDS } from "../arithmetic/templates.js";
import { clamp } from "../kit/view.js";

const SIDE = 32,
  MIDDLE = (SIDE - 1) / 2;
export const STAGES = ["image", "map", "pooled"];

/** @typedef {{ down: number, right: number, size: number, stride: number }} Numbers */

/** The state with everything impossible replaced.
 * @param {(name: string) => any} get @param {Limits} limits @param {string[]} pieces
 */
export function sane(get, limits, pieces) {
  const whole = (name) => clamp(Math.round(Number.isFinite(get(name)) ? get(name) : 0), ...limits[name]);
  const pixel = get("pixel");
  return {
    kind: KINDS.includes(get("kind")) ? get("kind") : "cross",
    piece: Math.max(0, pieces.indexOf(get("piece"))),
    mode: get("mode") === "average" ? "average" : "max",
    pixel: pixel.length === 2 && pixel.every(Number.isFinite) ? pixel : null,
    .../** @type {Numbers} */ (Object.fromEntries(Object.keys(limits).map((name) => [name, whole(name)]))),
  };
}

/** What a mark, moved as the state says, becomes: picture, map and pooled map, as tensors. */
function stages({ kind, piece, mode, size, stride }, [down, right], kernels, threshold) {
  const [, , KH, KW] = kernels.shape,
    kernel = single(KH, KW, kernels.data.subarray(piece * KH * KW, (piece + 1) * KH * KW));
  const image = single(SIDE, SIDE, draw(kind, { row: MIDDLE + down, column: MIDDLE + right }));
  const map = relu(conv2d(image, kernel, { padding: KH >> 1, bias: [-threshold] }));
  return { image, map, pooled: (mode === "max" ? maxPool2d : avgPool2d)(map, size, { stride }) };
}

/** Which share of two tensors differs: 0 for the same, 1 for nothing in common. */
function changed(before, after) {
  let difference = 0,
    total = 0;
  after.data.forEach((value, i) => {
    difference += Math.abs(value - before.data[i]);
    total += value + before.data[i];
  });
  return total > 0 ? difference / total : 0;
}

/** What a state shows, beside what the mark in the middle shows, and which share of each stage differs. */
export function compare(at, kernels, threshold) {
  const after = stages(at, [at.down, at.right], kernels, threshold),
    before = stages(at, [0, 0], kernels, threshold);
  return { after, before, changes: STAGES.map((name) => changed(before[name], after[name])) };
}

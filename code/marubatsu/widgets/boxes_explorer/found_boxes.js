// Boxes as metrics/boxes.py counts them: overlap, which box hits which truth, and the FROC curve. A box is
// [top, left, bottom, right] in pixels; the pixel at `bottom` is the first outside.
import { clamp } from "../kit/view.js";

/** @param {number[]} box */
const area = ([top, left, bottom, right]) => (bottom - top) * (right - left);

/** What two boxes share and cover together, in pixels, and the one over the other.
 * @param {number[]} box @param {number[]} other
 */
function overlapOf(box, other) {
  const down = Math.min(box[2], other[2]) - Math.max(box[0], other[0]);
  const across = Math.min(box[3], other[3]) - Math.max(box[1], other[1]);
  const shared = Math.max(down, 0) * Math.max(across, 0),
    together = area(box) + area(other) - shared;
  return { shared, together, iou: shared / together };
}

/** The truth that a box overlaps most: { truth, shared, together, iou }; truth −1 where there is none.
 * @param {number[]} box @param {number[][]} truths
 */
export function nearest(box, truths) {
  const none = { truth: -1, shared: 0, together: area(box), iou: 0 };
  return truths.reduce((best, other, truth) => {
    const found = overlapOf(box, other);
    return best.truth < 0 || found.iou > best.iou ? { truth, ...found } : best;
  }, none);
}

/** For each box the truth that it hits, −1 for a false alarm: the highest score chooses first, a truth is taken once.
 * @param {number[][]} boxes @param {number[]} scores @param {number[][]} truths @param {number} overlap
 */
export function matchBoxes(boxes, scores, truths, overlap) {
  const hits = boxes.map(() => -1),
    free = truths.map(() => true);
  const order = boxes.map((_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
  for (const i of order) {
    let best = -1,
      most = -1;
    truths.forEach((truth, k) => {
      const { iou } = overlapOf(boxes[i], truth);
      if (free[k] && iou > most) [best, most] = [k, iou];
    });
    if (best >= 0 && most >= overlap) [hits[i], free[best]] = [best, false];
  }
  return hits;
}

/** What a threshold shows in one slice: { hits, missed, falseAlarms }. */
export function countAt(scores, hits, truths, threshold) {
  const shown = hits.filter((_, i) => scores[i] >= threshold),
    found = shown.filter((hit) => hit >= 0).length;
  return { hits: found, missed: truths - found, falseAlarms: shown.length - found };
}

/** The FROC curve over all slices: thresholds from infinity down, false alarms a slice, share of truths found. */
export function froc(scores, hits, truths) {
  const all = scores
    .flatMap((each, n) => each.map((score, i) => ({ score, hit: hits[n][i] >= 0 })))
    .sort((a, b) => b.score - a.score);
  const total = truths.reduce((sum, count) => sum + count, 0),
    curve = { thresholds: [Infinity], falseAlarms: [0], sensitivity: [0] };
  let found = 0,
    wrong = 0;
  all.forEach(({ score, hit }, i) => {
    if (hit) found++;
    else wrong++;
    if (i + 1 < all.length && all[i + 1].score === score) return;
    curve.thresholds.push(score);
    curve.falseAlarms.push(wrong / scores.length);
    curve.sensitivity.push(found / total);
  });
  return curve;
}

/** The place on the curve where a threshold stands: the last one that is not below it. */
export function placeOf(curve, threshold) {
  return curve.thresholds.reduce((place, each, i) => (each >= threshold ? i : place), 0);
}

/** The state with everything impossible replaced: a link may hold anything.
 * @param {Record<string, any>} asked
 * @param {{ pictures: number, rows: number, columns: number, limits: Limits }} known
 */
export function sane({ slice, threshold, overlap, own, shown }, { pictures, rows, columns, limits }) {
  const number = (value, usual, low, high) => clamp(Number.isFinite(value) ? value : usual, low, high);
  let box = Array.isArray(own) && own.length === 4 && own.every(Number.isFinite) ? own.map(Math.round) : [];
  if (box.length) {
    const [top, bottom] = [box[0], box[2]].map((row) => clamp(row, 0, rows)).sort((a, b) => a - b);
    const [left, right] = [box[1], box[3]].map((column) => clamp(column, 0, columns)).sort((a, b) => a - b);
    box = bottom > top && right > left ? [top, left, bottom, right] : [];
  }
  return {
    slice: Math.round(number(slice, 0, 0, pictures - 1)),
    threshold: number(threshold, 0.3, ...limits.threshold),
    overlap: number(overlap, 0.2, ...limits.overlap),
    own: box,
    shown: shown === "image" ? shown : "boxes",
  };
}

// The six tasks: what each draws at the left and at the right, and what is said of the truth and of the network. A task
// gets the board's { texts, pictures, answers } and what is shown, and gives { input, output, truth, network, sizes }.
import { unpack } from "../arithmetic/numbers.js";
import { paintGrey, paintSigned, reach } from "../kit/paint.js";
import { fill, format, formatShare, make } from "../kit/view.js";
import { caption, closeUp, grey, pointed } from "./slice_pictures.js";

/** The ends of a line through the middle of a nodule, as long as a diameter in mm: [left, right] in pixels. */
const caliper = ({ column }, millimetres, spacing) =>
  [-0.5, 0.5].map((half) => column + 0.5 + (half * millimetres) / spacing);

function classification(board, shown) {
  const {
      texts,
      answers: { shares, nodules, measured },
    } = board,
    truth = Number(nodules[measured].malignant);
  const bars = texts.labels.map((label, i) => {
    const share = shares?.[i] ?? 0,
      bar = make("span", { class: "mb-bar-fill", style: `width: ${100 * share}%` });
    const known = shares && shown !== "truth",
      right = i === truth && shown !== "network";
    return make(
      "div",
      { class: `mb-label-row${right ? " mb-true" : ""}` },
      make("strong", { text: label }),
      make("span", { class: "mb-bar" }, known && bar),
      make("span", { class: "mb-number", text: known ? formatShare(share) : "" }),
      make("span", { class: "mb-true-mark", text: right ? texts.right : "" }),
    );
  });
  const said = shares && texts.labels[shares[1] > shares[0] ? 1 : 0];
  return {
    input: [pointed(board.pictures.slice, nodules[measured])],
    output: [make("div", { class: "mb-labels" }, bars)],
    truth: fill(texts.truthLabel, { label: texts.labels[truth] }),
    network: shares ? fill(texts.networkLabel, { label: said, share: formatShare(Math.max(...shares)) }) : undefined,
  };
}

function regression(board, shown) {
  const {
      texts,
      answers: { nodules, measured, millimetres, spacing },
    } = board,
    nodule = nodules[measured],
    marks = [];
  const line = (kind, mm, down) => marks.push({ kind, line: [caliper(nodule, mm, spacing), nodule.row + 0.5 + down] });
  if (shown !== "network") line("truth", nodule.mm, -1);
  if (shown !== "truth" && millimetres !== null) line("network", millimetres, 1);
  const mm = (value) => format(value, 1);
  return {
    input: [pointed(board.pictures.slice, nodule)],
    output: [closeUp(board.pictures.slice, nodule, marks)],
    truth: fill(texts.truthMm, { mm: mm(nodule.mm) }),
    network:
      millimetres === null
        ? undefined
        : fill(texts.networkMm, { mm: mm(millimetres), error: mm(millimetres - nodule.mm) }),
  };
}

function detection(board, shown) {
  const {
      texts,
      answers: { nodules, boxes, scores },
    } = board,
    marks = [];
  if (shown !== "network") marks.push(...nodules.map(({ box }) => ({ kind: "truth", box })));
  if (shown !== "truth")
    marks.push(...(boxes ?? []).map((box) => ({ kind: "network", box: box.slice(0, 4), text: formatShare(box[4]) })));
  return {
    input: [grey(board.pictures.slice)],
    output: [grey(board.pictures.slice, marks)],
    truth: fill(texts.truthBoxes, { count: nodules.length }),
    network: boxes
      ? fill(texts.networkBoxes, { count: boxes.length, found: scores.found, false: scores.false })
      : undefined,
  };
}

function segmentation(board, shown) {
  const {
      texts,
      pictures: { lungs, mask },
      answers: { scores, spacing },
    } = board,
    marks = [];
  if (shown !== "network") marks.push({ kind: "truth", path: lungs.outline });
  if (shown !== "truth" && mask) marks.push({ kind: "network", path: mask.outline });
  const area = ({ data }) => format((data.reduce((sum, each) => sum + each, 0) * spacing ** 2) / 100, 0);
  return {
    input: [grey(board.pictures.slice)],
    output: [grey(board.pictures.slice, marks)],
    truth: fill(texts.truthArea, { area: area(lungs) }),
    network: mask ? fill(texts.networkArea, { area: area(mask), dice: format(scores.dice) }) : undefined,
  };
}

function quality(board, shown) {
  const {
    texts,
    pictures: { noisy },
    answers: { scores },
  } = board;
  const views = [
    shown !== "truth" && noisy && ["cleaned", texts.cleaned],
    (shown !== "network" || !noisy) && ["slice", texts.fullDose],
  ].filter(Boolean);
  const output = make(
    "div",
    { class: "mb-task-pair" },
    views.map(([name, title]) => make("div", {}, grey(board.pictures[name]), caption(title))),
  );
  return {
    input: [grey(noisy ?? board.pictures.slice)],
    output: [output],
    truth: noisy ? fill(texts.before, { error: format(scores.before, 0) }) : "",
    network: noisy ? fill(texts.after, { error: format(scores.after, 0) }) : undefined,
  };
}

function generation(board) {
  const {
    texts,
    pictures: { made },
    answers: { noise },
  } = board;
  if (!made) return { input: [], output: [], truth: "", sizes: { count: 0, side: 0, numbers: 0 } };
  const {
      shape: [count, numbers],
      data,
    } = unpack(noise),
    limit = reach(data, 1),
    { columns, side, window } = made,
    canvas = make("canvas", { class: "mb-noise", "aria-hidden": "true" });
  paintSigned(canvas, { rows: count, columns: numbers, data }, limit);
  const pictures = Array.from({ length: count }, (_, k) => {
    const each = make("canvas", { "aria-hidden": "true" });
    paintGrey(
      each,
      { rows: side, columns, data: made.data.subarray(k * side * columns, (k + 1) * side * columns) },
      window,
    );
    return each;
  });
  return {
    input: [canvas],
    output: [make("div", { class: "mb-made" }, pictures)],
    truth: "",
    network: fill(texts.networkMade, { count }),
    sizes: { count, side, columns, numbers },
  };
}

export const SIX = { classification, regression, detection, segmentation, quality, generation };

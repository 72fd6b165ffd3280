// Where a number in a network comes from: the kernel and its products, the window and its largest, the exponentials.
import { productSum } from "../arithmetic/arithmetic.js";
import { kernelEditor } from "../kit/kernel_editor.js";
import { paintSigned, reach } from "../kit/paint.js";
import { numberGrid, productPanel } from "../kit/product_sum.js";
import { button, clamp, fill, format, make, stepper } from "../kit/view.js";
import { viewport } from "../kit/viewport.js";

const WIDE = 8; // numbers in a line where a row of weights has no picture

/** How the weights of one filter of a layer are laid out for the reader: { channels, rows, columns, at(channel, row,
 *  column) } where `at` is the place among the weights of that filter. from: the shape (C, H, W) that was flattened
 *  before a Linear. */
function layout({ kind, weight }, from) {
  if (kind === "conv2d") {
    const [, C, KH, KW] = weight.shape;
    return { channels: C, rows: KH, columns: KW, at: (c, i, j) => (c * KH + i) * KW + j };
  }
  const [, D] = weight.shape,
    [C, H = 1, W = 1] = from;
  if (H * W > 1) return { channels: C, rows: H, columns: W, at: (c, i, j) => (c * H + i) * W + j };
  const columns = Math.min(D, WIDE);
  return { channels: 1, rows: Math.ceil(D / columns), columns, at: (_, i, j) => i * columns + j };
}

/** The rows and columns of the first image that a number of layer `at` can see: { row, column, rows, columns }.
 * @param {any[]} layers @param {number} at @param {number[]} place @param {number[]} shape
 */
export function receptive(layers, at, [row, column], [H, W]) {
  let field = [
    [row, row],
    [column, column],
  ];
  for (let i = at; i >= 0; i--) {
    const { kind, stride = 1, padding = 0, dilation = 1, kernelSize, weight } = layers[i];
    if (!["conv2d", "max_pool2d", "relu"].includes(kind)) return { row: 0, column: 0, rows: H, columns: W };
    if (kind === "relu") continue;
    const side = kind === "conv2d" ? weight.shape[2] : kernelSize;
    field = field.map(([low, high]) => [low * stride - padding, high * stride - padding + dilation * (side - 1)]);
  }
  const inside = field.map(([low, high], axis) => [Math.max(0, low), Math.min([H, W][axis] - 1, high)]);
  const [[top, bottom], [left, right]] = inside;
  return { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
}

/** The panel { el, show(now) }; limits are the ends of a weight. now: { layers, outputs, before, layer, channel, part,
 *  pixel, title, from }. The reader's wishes come as onEdit(layer, place, value), onUndo(layer, channel),
 *  onPixel(place, how), onMove(rows, columns), onPart(k). */
export function explainPanel({ texts, labels, limits, onEdit, onUndo, onPixel, onMove, onPart }) {
  let now = null;
  const title = make("p", { class: "mb-subtitle" });
  const words = { less: texts.less, more: texts.more };
  const editor = kernelEditor({ texts, limits, onChange: (grid) => edit(grid) });
  const part = stepper({ label: texts.part, name: "part", min: 1, max: 512, ...words, onChange: (k) => onPart(k - 1) });
  const bias = stepper({
    label: texts.bias,
    name: "bias",
    min: limits[0],
    max: limits[1],
    step: "any",
    ...words,
    onChange: (value) => onEdit(now.layer, now.layers[now.layer].weight.data.length + now.channel, value),
  });
  const undo = button({ label: texts.undo, symbol: "reset", onClick: () => onUndo(now.layer, now.channel) });
  const weights = make(
    "div",
    { class: "mb-pane" },
    make("div", { class: "mb-sheet" }, editor.el),
    make("p", { class: "mb-help", text: texts.kernelHelp }),
    make("div", { class: "mb-fields" }, part.el, bias.el),
    undo,
  );
  const view = viewport({ label: texts.mapHelp, onPoint: (row, column, how) => onPixel([row, column], how), onMove });
  const readout = make("p", { class: "mb-readout" });
  const map = make("div", { class: "mb-pane" }, view.el, readout);
  const products = productPanel({ texts, scrolls: true });
  const near = numberGrid({ texts, caption: texts.window });
  const sentence = make("p", { class: "mb-reading" });
  const panes = make("div", { class: "mb-panes mb-even" }, weights, map);
  const el = make(
    "div",
    { role: "group", class: "mb-explain", "aria-label": texts.explain },
    title,
    panes,
    near.el,
    sentence,
    products.el,
  );

  const plan = () => layout(now.layers[now.layer], now.from);
  const chosenPart = () => clamp(now.part, 0, plan().channels - 1);

  /** The places of the shown weights among all of the layer, line by line. */
  function places() {
    const { channels, rows, columns, at } = plan(),
      [filters] = now.layers[now.layer].weight.shape;
    const size = now.layers[now.layer].weight.data.length / filters,
      k = channels > 1 ? chosenPart() : 0;
    return Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => at(k, i, j))
        .filter((place) => place < size)
        .map((place) => now.channel * size + place),
    );
  }

  function edit(grid) {
    const { data } = now.layers[now.layer].weight;
    places().forEach((line, i) =>
      line.forEach((place, j) => grid[i][j] !== data[place] && onEdit(now.layer, place, grid[i][j])),
    );
  }

  const SENTENCES = {
    relu({ before, channel, at, value }) {
      const input = before.data[channel * before.shape[2] * before.shape[3] + at];
      return fill(input > 0 ? texts.reluKept : texts.reluCut, { input: format(input), value: format(value) });
    },
    max_pool2d: ({ value }) => fill(texts.largest, { value: format(value) }),
    global_max_pool({ value, pixel: [row, column] }) {
      return fill(texts.anywhere, { value: format(value), row, column });
    },
    softmax({ before, channel }) {
      const most = Math.max(...before.data),
        powers = Array.from(before.data, (score) => Math.exp(score - most));
      const sum = powers.reduce((a, b) => a + b, 0),
        scores = Array.from(before.data, (score) => format(score, 2));
      const parts = {
        label: labels[channel],
        share: format(powers[channel] / sum),
        power: format(powers[channel], 4),
        sum: format(sum, 4),
      };
      return fill(texts.shares, { ...parts, scores: scores.join(", "), score: scores[channel], most: format(most, 2) });
    },
  };

  function showProducts() {
    const {
        layers,
        layer,
        channel,
        before,
        pixel: [row, column],
      } = now,
      it = layers[layer],
      { channels, columns } = plan();
    const size = it.weight.data.length / it.weight.shape[0],
      k = chosenPart();
    let found;
    if (it.kind === "conv2d") found = productSum(before, it.weight, { f: channel, row, column }, it);
    else {
      const terms = Array.from({ length: size }, (_, d) => {
        const input = before.data[d],
          weight = it.weight.data[channel * size + d];
        return { input, weight, product: input * weight };
      });
      found = { terms, sum: terms.reduce((sum, { product }) => sum + product, 0) };
    }
    const each = size / channels,
      terms = found.terms.slice(k * each, (k + 1) * each),
      added = it.bias[channel] ?? 0;
    const sum = terms.reduce((total, { product }) => total + product, 0);
    products.show({
      title: now.titleOfNumber,
      terms,
      columns,
      sum,
      whole: found.sum,
      channels,
      bias: added,
      value: found.sum + added,
    });
  }

  return {
    el,
    show(given) {
      now = given;
      const { layers, outputs, before, layer, channel, pixel } = now,
        it = layers[layer],
        { kind } = it;
      title.textContent = now.title;
      const learnt = Boolean(it.weight),
        shown = kind === "global_max_pool" ? before : outputs[layer],
        spatial = shown.shape.length === 4;
      weights.hidden = !learnt;
      map.hidden = !spatial;
      near.el.hidden = kind !== "max_pool2d";
      sentence.hidden = learnt;
      if (learnt) {
        const { channels, columns } = plan();
        panes.classList.toggle("mb-wide", columns > 6);
        editor.set(places().map((line) => line.map((place) => it.weight.data[place])));
        part.el.hidden = channels === 1;
        part.set(chosenPart() + 1);
        bias.el.hidden = it.bias.length === 0;
        bias.set(Number((it.bias[channel] ?? 0).toPrecision(7))); // of a float32 no more is known
        undo.hidden = !now.edited;
        showProducts();
      } else products.show();
      const [, , H = 1, W = 1] = shown.shape,
        at = spatial ? pixel[0] * W + pixel[1] : 0;
      const value = spatial ? shown.data[channel * H * W + at] : shown.data[channel];
      if (spatial) {
        const data = shown.data.subarray(channel * H * W, (channel + 1) * H * W);
        paintSigned(view.canvas, { rows: H, columns: W, data }, reach(shown.data, 1));
        view.frame("mb-frame", { row: pixel[0], column: pixel[1] });
        readout.textContent = fill(texts.readout, { row: pixel[0], column: pixel[1], value: format(value) });
      }
      if (kind === "max_pool2d") {
        const [, , BH, BW] = before.shape,
          { kernelSize, stride, padding } = it,
          side = Array.from({ length: kernelSize }, (_, i) => i);
        const window = side.flatMap((i) =>
          side.map((j) => [pixel[0] * stride - padding + i, pixel[1] * stride - padding + j]),
        );
        near.set(
          kernelSize,
          window.map(([r, c]) => {
            const outside = r < 0 || c < 0 || r >= BH || c >= BW,
              number = outside ? 0 : before.data[(channel * BH + r) * BW + c];
            return { text: outside ? "" : format(number), value: number, outside, here: !outside && number === value };
          }),
        );
      }
      const words = SENTENCES[kind]?.({ ...now, at, value }) ?? "";
      sentence.textContent = words;
      return { value, words };
    },
  };
}

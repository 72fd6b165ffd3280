// A network's figure: a box a layer in reading order, each with its sizes and its shares, all of them to be chosen.
import { fill, fresh, make } from "../kit/view.js";
import { count } from "./architecture.js";
import { box } from "./boxes.js";

/** The boxes: [{ name, rows, small }]; a residual block is one, what changes no size stands in the box before. */
function figure(rows) {
  const boxes = [];
  for (const row of rows) {
    const last = boxes[boxes.length - 1];
    if (row.unit !== row.name && last?.name === row.unit) last.rows.push(row);
    else if (row.unit !== row.name) boxes.push({ name: row.unit, rows: [row], small: [], block: true });
    else if (row.small && last) last.small.push(row);
    else boxes.push({ name: row.name, rows: [row], small: [] });
  }
  return boxes;
}

/** A layer's kind with what tells it from others of its kind: Conv 11 × 11, s 4. */
export function titleOf({ kind, node }, texts) {
  const equal = (values) => (new Set(values).size === 1 ? values[0] : values.join(" × "));
  const kernel =
    node.kernel &&
    (new Set(node.kernel).size === 1
      ? Array(node.kernel.length).fill(node.kernel[0]).join(" × ")
      : node.kernel.join(" × "));
  const extras = [
    kernel,
    node.stride && equal(node.stride) !== 1 && `s ${equal(node.stride)}`,
    node.groups > 1 && fill(texts.inGroups, { groups: node.groups }),
  ];
  return [texts.kinds[kind], extras.filter(Boolean).join(", ")].filter(Boolean).join(" ");
}

/** The figure: { el, show(network, found, chosen) }; onChoose(name) is called with the name of a layer or of a block.
 *  */
export function layerFigure({ texts, onChoose }) {
  const el = make("div", { class: "mb-figure", role: "radiogroup", "aria-label": texts.figure }),
    group = fresh("reader");
  let inputs = new Map(),
    drawn;

  /** The numbers of a shape as the figure of a paper gives them: rows, columns, channels. */
  function numbers(shape) {
    const [C, ...sizes] = shape;
    return make(
      "span",
      { class: "mb-unit-numbers" },
      [...sizes, C].map((number) => make("span", { text: count(number) })),
    );
  }

  function radio(name, title, className, ...children) {
    const input = make("input", {
      type: "radio",
      name: group,
      "data-layer": name,
      on: { change: () => onChoose(name) },
    });
    inputs.set(name, input);
    return make("label", { class: className }, input, make("span", { class: "mb-unit-title", text: title }), children);
  }

  function unit({ name, rows, small, block }, found, most) {
    const last = rows[rows.length - 1],
      title = block ? texts.block : titleOf(rows[0], texts);
    const all = [...rows, ...small],
      share = (word) => all.reduce((sum, row) => sum + row[word], 0) / (found[word] || 1);
    const bar = (word) =>
      make(
        "span",
        { class: `mb-share mb-share-${word}` },
        make("span", { style: `width:${(100 * share(word)).toFixed(1)}%` }),
      );
    const face = radio(
      name,
      title,
      "mb-unit-face",
      box(last.after, most),
      numbers(last.after),
      bar("parameters"),
      bar("products"),
    );
    const chips = small.map((row) => radio(row.name, titleOf(row, texts), "mb-unit-chip"));
    return make("div", { class: "mb-unit" }, face, chips);
  }

  function draw(found) {
    const root = /** @type {Document | ShadowRoot} */ (el.getRootNode()),
      focused = /** @type {HTMLElement | null} */ (root.activeElement)?.dataset?.layer,
      most = Math.max(...found.input.slice(1), ...found.rows.flatMap(({ after }) => after.slice(1)));
    inputs = new Map();
    const title = make("span", { class: "mb-unit-title", text: texts.input });
    const face = make("div", { class: "mb-unit-face" }, title, box(found.input, most), numbers(found.input));
    const units = figure(found.rows).map((each) => unit(each, found, most));
    el.replaceChildren(make("div", { class: "mb-unit mb-unit-input" }, face), ...units);
    if (focused) inputs.get(focused)?.focus();
  }

  return {
    el,
    show(network, found, chosen) {
      const seen = ({ name, after, node }) => [name, after, node.kernel, node.stride, node.groups];
      const wanted = JSON.stringify([network, found.input, found.rows.map(seen)]);
      if (wanted !== drawn) draw(found);
      drawn = wanted;
      for (const [name, input] of inputs)
        input.checked = chosen && (name === chosen.name || (name === chosen.unit && !inputs.has(chosen.name)));
    },
  };
}

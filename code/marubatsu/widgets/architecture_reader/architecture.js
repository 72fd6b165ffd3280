// What a network gives out, holds and computes, layer by layer, from its plan and the input's shape alone. A layer's
// plan names the rule by which its shape and its sums follow, so that no kind of layer need be known here. The sums
// behind each number are kept as text, so that a reader can follow them.
import { outputSize } from "../arithmetic/arithmetic.js";

/** A layer that does not fit what comes into it: `code` names the sentence, `values` fill it. */
export class Misfit extends Error {
  constructor(code, values) {
    super(code);
    Object.assign(this, { code, values });
  }
}

const product = (numbers) => numbers.reduce((result, number) => result * number, 1);
export const count = (number) => number.toLocaleString("en-US");

/** One axis of a convolution or pooling: the size that comes out, and the sum behind it. */
function along(size, kernel, stride, padding, dilation = 1) {
  const result = outputSize(size, kernel, { stride, padding, dilation });
  if (result < 1) throw new Misfit("tooSmall", { size: size + 2 * padding, kernel: dilation * (kernel - 1) + 1 });
  const extent = dilation === 1 ? kernel : `(${dilation}·(${kernel} − 1) + 1)`;
  return { result, above: `${size} + 2·${padding} − ${extent}`, below: stride, after: " + 1" };
}

function slide(node, [C, ...sizes]) {
  if (sizes.length !== node.kernel.length)
    throw new Misfit("axes", { axes: node.kernel.length + 1, shape: [C, ...sizes].join(" × ") });
  return sizes.map((size, i) => along(size, node.kernel[i], node.stride[i], node.padding[i], node.dilation?.[i]));
}

function convolution(node, shape) {
  const [C] = shape,
    { out, groups, kernel, bias } = node,
    axes = slide(node, shape);
  if (C % groups || out % groups) throw new Misfit("groups", { channels: C, filters: out, groups });
  const after = [out, ...axes.map(({ result }) => result)],
    inputs = [...kernel, C / groups];
  const depth = groups > 1 ? `(${C} / ${groups})` : C,
    one = [...kernel, depth].join(" · ");
  const parameters = product(inputs) * out + (bias ? out : 0);
  return {
    after,
    axes,
    parameters,
    products: product(inputs) * product(after),
    parametersText: `${one} · ${out}${bias ? ` + ${out}` : ""}`,
    productsText: `${one} · ${after.join(" · ")}`,
  };
}

function transposed(node, [C, ...sizes]) {
  const { out, kernel, stride, padding, bias } = node;
  if (sizes.length !== kernel.length)
    throw new Misfit("axes", { axes: kernel.length + 1, shape: [C, ...sizes].join(" × ") });
  const axes = sizes.map((size, i) => ({
    result: (size - 1) * stride[i] - 2 * padding[i] + kernel[i],
    text: `(${size} − 1)·${stride[i]} − 2·${padding[i]} + ${kernel[i]}`,
  }));
  const weights = [out, ...kernel];
  return {
    after: [out, ...axes.map(({ result }) => result)],
    axes,
    parameters: C * product(weights) + (bias ? out : 0),
    products: C * product(sizes) * product(weights),
    parametersText: `${[...kernel, C].join(" · ")} · ${out}${bias ? ` + ${out}` : ""}`,
    productsText: `${[C, ...sizes].join(" · ")} · ${weights.join(" · ")}`,
  };
}

function pooling(node, shape) {
  const axes = slide(node, shape);
  return { after: [shape[0], ...axes.map(({ result }) => result)], axes };
}

function linear({ out, bias }, shape) {
  if (shape.length > 1) throw new Misfit("row", { shape: shape.join(" × ") });
  const [D] = shape;
  return {
    after: [out],
    parameters: D * out + (bias ? out : 0),
    products: D * out,
    parametersText: `${D} · ${out}${bias ? ` + ${out}` : ""}`,
    productsText: `${D} · ${out}`,
  };
}

/** By the rule that a plan names: what comes out, and the sums. `small` is what changes no size, a note to the box
 *  before. */
const RULES = {
  convolution,
  transposed,
  window: pooling,
  given: ({ size }, [C]) => ({ after: [C, ...size] }), // as many rows and columns as it says
  channels: (_, [C]) => ({ after: [C] }), // one number a channel
  enlarge: ({ factor }, [C, ...sizes]) => ({ after: [C, ...sizes.map((size) => size * factor)] }),
  row: (_, shape) => ({ after: [product(shape)], rowText: shape.join(" · ") }),
  linear,
  scaled: (_, shape) => ({
    after: shape,
    parameters: 2 * shape[0],
    parametersText: `2 · ${shape[0]}`,
    small: true,
  }),
  same: (_, shape) => ({ after: shape, small: true }),
};

function rule({ kind, rule }) {
  if (!Object.hasOwn(RULES, rule)) throw new Error(`no rule ${rule} in architecture.js, asked for by a layer ${kind}`);
  return RULES[rule];
}

/** Every layer in the order of a summary: { name, kind, node, before, after, parameters, products, unit, … }. `unit` is
 *  the name of the residual block that holds it, or its own. Stops where a layer does not fit: then `misfit` says which
 *  and why. */
export function measure(plan, input) {
  const rows = [];
  let misfit = null;
  const join = (prefix, name) => `${prefix}${name}`;

  function walk(node, shape, prefix, unit) {
    if (node.kind === "Chain")
      return node.items.reduce((at, [name, inner]) => walk(inner, at, join(prefix, `${name}.`), unit), shape);
    if (node.kind === "Skip") {
      rows.push({
        name: `${prefix}keep`,
        kind: "Keep",
        node,
        before: shape,
        after: shape,
        parameters: 0,
        products: 0,
        unit: `${prefix}keep`,
        hidden: true,
      });
      const after = walk(node.inner, shape, join(prefix, "inner."), unit);
      if (String(after.slice(1)) !== String(shape.slice(1)))
        throw Object.assign(new Misfit("skip", { before: shape.join(" × "), after: after.join(" × ") }), {
          at: prefix.replace(/\.$/, ""),
        });
      const joined = [shape[0] + after[0], ...after.slice(1)];
      rows.push({
        name: `${prefix}join`,
        kind: "Join",
        node,
        before: after,
        after: joined,
        kept: shape,
        parameters: 0,
        products: 0,
        unit: `${prefix}join`,
        hidden: true,
      });
      return joined;
    }
    if (node.kind === "Residual") {
      const block = unit ?? prefix.replace(/\.$/, "");
      const after = walk(node.main, shape, prefix, block);
      const other = node.shortcut ? walk(node.shortcut, shape, join(prefix, "downsample."), block) : shape;
      if (String(after) !== String(other))
        throw Object.assign(new Misfit("sum", { main: after.join(" × "), shortcut: other.join(" × ") }), { at: block });
      if (node.after) walk(node.after, after, join(prefix, "after."), block);
      return after;
    }
    const name = prefix.replace(/\.$/, "");
    let found;
    try {
      found = rule(node)(node, shape);
    } catch (error) {
      throw Object.assign(error, { at: error.at ?? name });
    }
    rows.push({ name, kind: node.kind, node, before: shape, parameters: 0, products: 0, ...found, unit: unit ?? name });
    return found.after;
  }

  try {
    walk(plan, input, "", null);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    misfit = error;
  }
  const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
  return {
    input,
    rows,
    misfit,
    parameters: sum("parameters"),
    products: sum("products"),
    numbers: rows.filter(({ hidden }) => !hidden).reduce((total, { after }) => total + product(after), 0),
  };
}

/** The layers of a plan by name. */
export function leaves(node, prefix = "", found = new Map()) {
  if (node.kind === "Chain") node.items.forEach(([name, inner]) => leaves(inner, `${prefix}${name}.`, found));
  else if (node.kind === "Skip") leaves(node.inner, `${prefix}inner.`, found);
  else if (node.kind === "Residual") {
    leaves(node.main, prefix, found);
    if (node.shortcut) leaves(node.shortcut, `${prefix}downsample.`, found);
    if (node.after) leaves(node.after, `${prefix}after.`, found);
  } else found.set(prefix.replace(/\.$/, ""), node);
  return found;
}

/** The edits "conv1.stride:2;conv2.out:128" that the plan has a place for: [{ name, word, value }]. `least` holds what
 *  may be changed and the smallest value of each, `most` the largest value of all. */
export function readEdits(plan, text, { least, most }) {
  const named = leaves(plan);
  return text.split(";").flatMap((part) => {
    const found = /^(.*)\.(\w+):(\d{1,5})$/.exec(part),
      [, name, word, digits] = found ?? [],
      value = Number(digits);
    const good =
      found &&
      Object.hasOwn(least, word) &&
      named.get(name)?.[word] !== undefined &&
      value >= least[word] &&
      value <= most;
    return good ? [{ name, word, value }] : [];
  });
}

/** A copy of a plan with edits in it. */
export function changed(plan, edits) {
  const copy = structuredClone(plan),
    named = leaves(copy);
  for (const { name, word, value } of edits) {
    const node = named.get(name);
    node[word] = Array.isArray(node[word]) ? node[word].map(() => value) : value;
  }
  return copy;
}

/** A plan with the edits of an address, measured: what the tests compare with the library's summary. */
export function read(plan, input, text, limits) {
  const { rows, misfit, ...sums } = measure(changed(plan, readEdits(plan, text, limits)), input);
  return {
    ...sums,
    misfit: misfit && misfit.code,
    rows: rows
      .filter(({ hidden }) => !hidden)
      .map(({ name, after, parameters, products }) => ({ name, after, parameters, products })),
  };
}

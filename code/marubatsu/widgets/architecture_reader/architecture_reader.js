// The architecture reader: a network's figure as boxes; each opens its arithmetic, and any size can be changed.
import { changed, count, leaves, measure, readEdits } from "./architecture.js";
import { box } from "./boxes.js";
import { Live, rendering } from "../kit/live.js";
import { button, clamp, fill, format, icon, make, select, stepper } from "../kit/view.js";

const NAMES = ["network", "sides", "edits", "selected"];
const product = (numbers) => numbers.reduce((result, number) => result * number, 1);

/** The figure's boxes: [{ name, rows, small }]; a residual block is one box, what changes no size stands in the box before. */
export function figure(rows) {
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

class ArchitectureReader extends Live {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  load() {
    this.update();
  }

  // ---- what is on the screen ------------------------------------------------------------------------------

  build() {
    const { texts, model } = this,
      words = { less: texts.less, more: texts.more },
      [least, most] = model.get("limits").sides;
    const networks = Object.entries(model.get("plans")).map(([name, { title }]) => [name, title]);
    this.network = select({
      label: texts.network,
      name: "network",
      options: networks,
      onChange: (network) => this.set({ network, sides: [], edits: "", selected: "" }),
    });
    this.sideFields = ["slices", "rows", "columns"].map((name) =>
      stepper({
        label: texts[name],
        name,
        min: least,
        max: most,
        ...words,
        onChange: (value) => this.setSide(name, value),
      }),
    );
    const top = make(
      "div",
      { class: "mb-fields mb-four mb-inset mb-above" },
      this.network.el,
      this.sideFields.map(({ el }) => el),
    );
    this.sums = make("p", { class: "mb-formula" });
    this.notice = make("p", { class: "mb-notice", "data-kind": "bad", role: "status" });
    this.undoNote = make(
      "p",
      { class: "mb-notice", "data-kind": "good" },
      make("span"),
      button({ label: texts.undoAll, symbol: "reset", onClick: () => this.set({ sides: [], edits: "" }) }),
    );
    this.boxes = make("div", { class: "mb-figure", role: "radiogroup", "aria-label": texts.figure });
    const legend = make(
      "p",
      { class: "mb-help mb-inset" },
      make("span", { class: "mb-key mb-key-parameters" }),
      `${texts.shareParameters}   `,
      make("span", { class: "mb-key mb-key-products" }),
      texts.shareProducts,
    );
    this.reading = make("div", { class: "mb-detail" });
    this.sizes = make("div", { class: "mb-fields mb-four" }); // stays while a reader types into it
    this.change = make(
      "div",
      { role: "group", "aria-label": texts.change },
      make("p", { class: "mb-subtitle", text: texts.change }),
      this.sizes,
    );
    this.detail = make(
      "div",
      { role: "group", class: "mb-section mb-detail", "aria-label": texts.detail },
      this.reading,
      this.change,
    );
    return [
      this.head(() => this.python()),
      top,
      this.undoNote,
      this.boxes,
      this.notice,
      legend,
      this.sums,
      this.detail,
    ];
  }

  // ---- state ----------------------------------------------------------------------------------------------

  now() {
    const { model } = this,
      plans = model.get("plans"),
      limits = model.get("limits"),
      network = model.get("network") in plans ? model.get("network") : Object.keys(plans)[0];
    const {
        plan,
        input: [channels, ...usual],
      } = plans[network],
      given = model.get("sides");
    const good = given.length === usual.length && given.every(Number.isFinite);
    const sides = good ? given.map((side) => clamp(Math.round(side), ...limits.sides)) : usual;
    return {
      network,
      plan,
      usual,
      sides,
      input: [channels, ...sides],
      edits: readEdits(plan, model.get("edits"), limits),
    };
  }

  setSide(name, value) {
    const { sides, usual } = this.now(),
      at = { slices: sides.length - 3, rows: sides.length - 2, columns: sides.length - 1 }[name];
    const next = sides.map((side, i) => (i === at ? value : side));
    this.set({ sides: String(next) === String(usual) ? [] : next });
  }

  edit(name, word, value) {
    const { plan, edits } = this.now(),
      original = leaves(plan).get(name)[word];
    const others = edits.filter((each) => each.name !== name || each.word !== word);
    const same = Array.isArray(original) ? original.every((part) => part === value) : original === value;
    const next = same ? others : [...others, { name, word, value }];
    this.set({ edits: next.map((each) => `${each.name}.${each.word}:${each.value}`).join(";") });
  }

  // ---- showing --------------------------------------------------------------------------------------------

  update() {
    const state = (this.state = this.now()),
      { texts } = this;
    const plan = changed(state.plan, state.edits);
    this.found = { plan, ...measure(plan, state.input) };
    this.usual = measure(state.plan, [state.input[0], ...state.usual]);
    this.network.set(state.network);
    this.sideFields.forEach((field, i) => {
      const at = state.sides.length - 3 + i;
      field.el.hidden = at < 0;
      if (at >= 0) field.set(state.sides[at]);
    });
    this.showFigure();
    this.showSums();
    this.showDetail();
    const { misfit } = this.found;
    this.notice.hidden = !misfit;
    if (misfit)
      this.notice.replaceChildren(
        icon("cross"),
        make("span", {
          text: `${fill(texts.stops, { name: misfit.at })} ${fill(texts.misfits[misfit.code], misfit.values)}`,
        }),
      );
    const changes = state.edits.length + (String(state.sides) === String(state.usual) ? 0 : 1);
    this.undoNote.hidden = changes === 0;
    this.undoNote.firstChild.textContent = this.differences();
    const said = `${this.sums.textContent} ${misfit ? this.notice.textContent : ""}`;
    if (said !== this.said) this.live.say((this.said = said));
  }

  /** What has become of the network as it was, in words. */
  differences() {
    const { texts, found, usual } = this,
      values = { now: count(found.parameters), before: count(usual.parameters) };
    const refit = found.rows
      .filter(({ node, before }) => "was" in node && node.was !== before[0]) // `was`: as many inputs as its weights have
      .map(({ name, node, before }) => fill(texts.refit, { name, was: count(node.was), now: count(before[0]) }));
    return [fill(texts.changedTo, values), ...refit].join(" ");
  }

  showSums() {
    const { texts, found } = this,
      part = (word, number) =>
        make(
          "span",
          { class: "mb-step" },
          make("span", { class: "mb-muted", text: word }),
          make("strong", { text: number }),
        );
    const giga = `${format(found.products / 1e9, found.products < 1e8 ? 4 : 2)}`;
    this.sums.replaceChildren(
      part(texts.parameters, count(found.parameters)),
      part(texts.products, fill(texts.billion, { number: giga })),
      part(texts.memory, `${format((4 * found.numbers) / 2 ** 20, 1)} MiB`),
    );
  }

  titleOf({ kind, node }) {
    const equal = (values) => (new Set(values).size === 1 ? values[0] : values.join(" × "));
    const kernel =
      node.kernel &&
      (new Set(node.kernel).size === 1
        ? Array(node.kernel.length).fill(node.kernel[0]).join(" × ")
        : node.kernel.join(" × "));
    const extras = [
      kernel,
      node.stride && equal(node.stride) !== 1 && `s ${equal(node.stride)}`,
      node.groups > 1 && fill(this.texts.inGroups, { groups: node.groups }),
    ];
    return [this.texts.kinds[kind], extras.filter(Boolean).join(", ")].filter(Boolean).join(" ");
  }

  selection() {
    const { rows, plan } = this.found,
      asked = this.model.get("selected"),
      node = leaves(plan).get(asked);
    const found = rows.find(({ name }) => name === asked) ?? rows.find(({ unit }) => unit === asked && asked !== "");
    return found ?? (node ? { name: asked, unit: asked, kind: node.kind, node, lost: true } : rows[0]); // lost: a layer before it, or it, does not fit
  }

  showFigure() {
    const { texts, found } = this,
      boxes = figure(found.rows),
      most = Math.max(...found.input.slice(1), ...found.rows.flatMap(({ after }) => after.slice(1)));
    const wanted = JSON.stringify([
      this.state.network,
      found.input,
      found.rows.map(({ name, after, node }) => [name, after, node.kernel, node.stride, node.groups]),
    ]);
    if (wanted !== this.drawn) {
      this.drawn = wanted;
      this.inputs = new Map();
      const focused = this.root.getRootNode().activeElement?.dataset?.layer;
      const input = make(
        "div",
        { class: "mb-unit mb-unit-input" },
        make(
          "div",
          { class: "mb-unit-face" },
          make("span", { class: "mb-unit-title", text: texts.input }),
          box(found.input, most),
          this.numbers(found.input),
        ),
      );
      this.boxes.replaceChildren(input, ...boxes.map((each) => this.unit(each, most)));
      if (focused) this.inputs.get(focused)?.focus();
    }
    const chosen = this.selection();
    for (const [name, input] of this.inputs)
      input.checked = chosen && (name === chosen.name || (name === chosen.unit && !this.inputs.has(chosen.name)));
  }

  /** The numbers of a shape as the figure of a paper gives them: rows, columns, channels. */
  numbers(shape) {
    const [C, ...sizes] = shape;
    return make(
      "span",
      { class: "mb-unit-numbers" },
      [...sizes, C].map((number) => make("span", { text: count(number) })),
    );
  }

  radio(name, title, className, ...children) {
    const input = make("input", {
      type: "radio",
      name: `mb-reader-${this.model.get("network")}`,
      "data-layer": name,
      on: { change: () => this.set({ selected: name }) },
    });
    this.inputs.set(name, input);
    return make("label", { class: className }, input, make("span", { class: "mb-unit-title", text: title }), children);
  }

  unit({ name, rows, small, block }, most) {
    const { texts, found } = this,
      last = rows[rows.length - 1],
      title = block ? texts.block : this.titleOf(rows[0]);
    const all = [...rows, ...small],
      share = (word) => all.reduce((sum, row) => sum + row[word], 0) / (found[word] || 1);
    const bar = (word) =>
      make(
        "span",
        { class: `mb-share mb-share-${word}` },
        make("span", { style: `width:${(100 * share(word)).toFixed(1)}%` }),
      );
    const face = this.radio(
      name,
      title,
      "mb-unit-face",
      box(last.after, most),
      this.numbers(last.after),
      bar("parameters"),
      bar("products"),
    );
    const chips = small.map((row) => this.radio(row.name, this.titleOf(row), "mb-unit-chip"));
    return make("div", { class: "mb-unit" }, face, chips);
  }

  // ---- one layer ------------------------------------------------------------------------------------------

  showDetail() {
    const row = this.selection(),
      asked = this.model.get("selected");
    this.detail.hidden = !row;
    if (!row) return;
    const whole = asked && row.name !== asked && row.unit === asked;
    this.reading.replaceChildren(...(whole ? this.blockDetail(row.unit) : this.layerDetail(row)));
    this.showSizes(whole ? null : row);
  }

  heading(name, title, kind) {
    const { texts, model } = this,
      page = model.page?.(model.get("pages")[kind] ?? "");
    const link = page && model.get("pages")[kind] && make("a", { href: page, text: texts.page });
    return make(
      "p",
      { class: "mb-pane-head" },
      make("span", { class: "mb-subtitle", text: [name, title].filter(Boolean).join(" · ") }),
      link,
    );
  }

  layerDetail(row) {
    const { texts } = this,
      { name, kind, node, before, after, axes, unit } = row,
      lines = [];
    if (row.lost) return [this.heading(name, this.titleOf(row), kind), make("p", { text: texts.lost })];
    const shapes = (shape) => [...shape.slice(1), shape[0]].map(count).join(" × ");
    lines.push([texts.comesIn, shapes(before)]);
    axes?.forEach((axis, i) => {
      if (i > 0 && axis.text === axes[0].text && axis.above === axes[0].above && axis.below === axes[0].below) return;
      const word =
        axes.length > 1 &&
        axes.slice(1).every((other) => other.above === axis.above && other.text === axis.text) &&
        i === 0
          ? texts.eachSide
          : [texts.slices, texts.rows, texts.columns].slice(-axes.length)[i];
      const sum = axis.text
        ? [`${axis.text} = `]
        : [
            "⌊",
            make(
              "span",
              { class: "mb-fraction" },
              make("span", { text: axis.above }),
              make("span", { text: axis.below }),
            ),
            `⌋${axis.after} = `,
          ];
      lines.push([word, make("span", { class: "mb-step" }, sum, make("strong", { text: count(axis.result) }))]);
    });
    if (row.rowText) lines.push([texts.inOneRow, `${row.rowText} = ${count(after[0])}`]);
    lines.push([texts.goesOut, shapes(after)]);
    if (row.parametersText)
      lines.push([texts.parameters, this.equation(row.parametersText, row.parameters, this.found.parameters)]);
    if (row.productsText)
      lines.push([texts.products, this.equation(row.productsText, row.products, this.found.products)]);
    lines.push([texts.memory, `4 · ${count(product(after))} = ${format((4 * product(after)) / 1024, 1)} KiB`]);
    const table = make(
      "table",
      { class: "mb-lines" },
      make(
        "tbody",
        {},
        lines.map(([word, value]) => make("tr", {}, make("th", { scope: "row", text: word }), make("td", {}, value))),
      ),
    );
    const back =
      unit !== name &&
      button({ label: fill(texts.backTo, { name: unit }), onClick: () => this.set({ selected: unit }) });
    const note = fill(texts.notes[kind] ?? "", {
      kept: row.kept ? shapes(row.kept) : "",
      size: node.size,
      k: node.k,
      alpha: node.alpha && format(node.alpha / node.size, 6),
      beta: node.beta,
      p: node.p,
    });
    return [this.heading(name, this.titleOf(row), kind), note && make("p", { text: note }), table, back].filter(
      Boolean,
    );
  }

  equation(text, value, whole) {
    const share = whole ? ` (${format((100 * value) / whole, 1)} %)` : "";
    return make(
      "span",
      {},
      `${text} = `,
      make("strong", { text: count(value) }),
      make("span", { class: "mb-muted", text: share }),
    );
  }

  /** The sizes of a layer that can be changed; their fields are made anew only for another layer. */
  showSizes(row) {
    const { texts } = this,
      words = { less: texts.less, more: texts.more },
      { least, most } = this.model.get("limits");
    const sizes = row ? Object.keys(least).filter((word) => word in row.node) : [];
    this.change.hidden = sizes.length === 0;
    if (sizes.length === 0) return;
    const key = `${this.state.network} ${row.name}`;
    if (key !== this.sizesOf) {
      this.sizesOf = key;
      this.fields = sizes.map((word) => [
        word,
        stepper({
          label: texts.sizes[word],
          name: word,
          min: least[word],
          max: most,
          ...words,
          onChange: (next) => this.edit(row.name, word, next),
        }),
      ]);
      this.sizes.replaceChildren(...this.fields.map(([, field]) => field.el));
    }
    for (const [word, field] of this.fields)
      field.set(Array.isArray(row.node[word]) ? Math.max(...row.node[word]) : row.node[word]);
  }

  blockDetail(unit) {
    const { texts, found } = this,
      rows = found.rows.filter((row) => row.unit === unit),
      shapes = (shape) => [...shape.slice(1), shape[0]].map(count).join(" × ");
    const lines = rows.map((row) => {
      const open = make("button", {
        type: "button",
        class: "mb-link",
        text: row.name.slice(unit.length + 1) || row.name,
        on: { click: () => this.set({ selected: row.name }) },
      });
      return make(
        "tr",
        {},
        make("th", { scope: "row" }, open),
        make("td", { text: this.titleOf(row) }),
        make("td", { text: shapes(row.after) }),
        make("td", { text: row.parameters ? count(row.parameters) : "" }),
      );
    });
    const head = make(
      "tr",
      {},
      ["", texts.layer, texts.output, texts.parameters].map((text) => make(text ? "th" : "td", { text })),
    );
    const table = make(
      "div",
      { class: "mb-scroll", tabindex: 0, role: "region", "aria-label": texts.block },
      make("table", { class: "mb-lines" }, make("thead", {}, head), make("tbody", {}, lines)),
    );
    return [this.heading(unit, texts.block, "Residual"), make("p", { text: texts.notes.Residual }), table];
  }

  python() {
    const { network, usual, sides, edits } = this.now(),
      options = [];
    if (String(sides) !== String(usual)) options.push(`sides=[${sides}]`);
    if (edits.length)
      options.push(`edits="${edits.map(({ name, word, value }) => `${name}.${word}:${value}`).join(";")}"`);
    return network === "own"
      ? "reader.summary()"
      : `ArchitectureReader(${[`"${network}"`, ...options].join(", ")}).summary()`;
  }
}

export default rendering(ArchitectureReader);

// The architecture reader: a network's figure as boxes; each opens its arithmetic, and any size can be changed.
import { icon } from "../kit/icons.js";
import { Live, rendering } from "../kit/live.js";
import { button, clamp, fill, format, make, select, stepper } from "../kit/view.js";
import { changed, count, leaves, measure, readEdits } from "./architecture.js";
import { layerDetail } from "./layer_detail.js";
import { layerFigure } from "./layer_figure.js";

const NAMES = ["network", "sides", "edits", "selected"];

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
      words = { less: texts.less, more: texts.more };
    const networks = Object.entries(model.get("plans")).map(([name, { title }]) => [name, title]);
    this.network = select({
      label: texts.network,
      name: "network",
      options: networks,
      onChange: (network) => this.set({ network, sides: [], edits: "", selected: "" }),
    });
    const [min, max] = model.get("limits").sides;
    this.sideFields = ["slices", "rows", "columns"].map((name) =>
      stepper({
        label: texts[name],
        name,
        min,
        max,
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
    const onChoose = (selected) => this.set({ selected });
    this.figure = layerFigure({ texts, onChoose });
    const pages = model.get("pages");
    this.reading = layerDetail({ texts, onChoose, pageOf: (kind) => pages[kind] && model.page?.(pages[kind]) });
    const legend = make(
      "p",
      { class: "mb-help mb-inset" },
      make("span", { class: "mb-key mb-key-parameters" }),
      `${texts.shareParameters}   `,
      make("span", { class: "mb-key mb-key-products" }),
      texts.shareProducts,
    );
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
      this.reading.el,
      this.change,
    );
    return [
      this.head(() => this.python()),
      top,
      this.undoNote,
      this.figure.el,
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
    this.figure.show(state.network, this.found, this.selection());
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
    // `was`: as many inputs as its weights have
    const refit = found.rows
      .filter(({ node, before }) => "was" in node && node.was !== before[0])
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
      part(texts.memory, fill(texts.mebibytes, { number: format((4 * found.numbers) / 2 ** 20, 1) })),
    );
  }

  selection() {
    const { rows, plan } = this.found,
      asked = this.model.get("selected"),
      node = leaves(plan).get(asked);
    const found = rows.find(({ name }) => name === asked) ?? rows.find(({ unit }) => unit === asked && asked !== "");
    // lost: a layer before it, or it, does not fit
    return found ?? (node ? { name: asked, unit: asked, kind: node.kind, node, lost: true } : rows[0]);
  }

  showDetail() {
    const row = this.selection(),
      asked = this.model.get("selected");
    this.detail.hidden = !row;
    if (!row) return;
    const whole = asked && row.name !== asked && row.unit === asked;
    if (whole) this.reading.showBlock(row.unit, this.found);
    else this.reading.showLayer(row, this.found);
    this.showSizes(whole ? null : row);
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
      /** @type {[word: string, field: Control<number>][]} */
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

// The memory balance: how large a network and its input may be before one training step outgrows a graphics card.
import { encoderCost, largestBatch } from "../arithmetic/network_costs.js";
import { icon } from "../kit/icons.js";
import { Live, rendering } from "../kit/live.js";
import { button, choice, clamp, fill, format, make, select, slider } from "../kit/view.js";
import { memoryBar } from "./memory_bar.js";

const SIZES = ["side", "slices", "channels", "batch"],
  FORM = ["width", "levels"];
const STEPS = { side: 8, slices: 4, width: 8 };
const PARTS = ["weights", "gradients", "optimiser", "input", "activations"];
const SCALES = ["linear", "log"];
const NAMES = ["dimensions", ...SIZES, ...FORM, "precision", "optimiser", "scale"];

/** @typedef {Record<"side" | "slices" | "channels" | "batch" | "width" | "levels", number>} Numbers */

/** The state with everything impossible replaced: a link may hold anything.
 * @param {(name: string) => any} get @param {{ [known: string]: any, limits: Limits }} known
 */
function sane(get, { limits, bytes, copies }) {
  const numbers = Object.fromEntries(
    Object.entries(limits).map(([name, ends]) => [name, clamp(Math.round(get(name)), ...ends)]),
  );
  const known = (name, values, usual) => (values.includes(get(name)) ? get(name) : usual);
  return {
    .../** @type {Numbers} */ (numbers),
    dimensions: get("dimensions") === 2 ? 2 : 3,
    precision: known("precision", Object.keys(bytes), "float32"),
    optimiser: known("optimiser", Object.keys(copies), "Adam"),
    scale: known("scale", SCALES, "linear"),
  };
}

/** Bytes for reading, in units of 1,024: three figures at most, as memory_words in memory_balance.py writes them. */
export function memoryWords(bytes, units) {
  let unit = 0,
    value = bytes;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${grouped((Math.floor(value * 10 ** digits + 0.5) / 10 ** digits).toFixed(digits))} ${units[unit]}`;
}

const grouped = (number) => String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ",");

/** A share of the whole in per cent, from ten wholes on as a multiple; what only comes near 0 or 100 is never called
 *  so. */
export function percent(part, whole) {
  const share = (100 * part) / whole;
  if (part > 0 && share < 0.1) return "< 0.1 %";
  if (part < whole && share > 99.9) return "> 99.9 %";
  if (part > whole && share < 100.1) return "> 100 %";
  const fine = share < 10 || (share > 99 && share < 101);
  return share < 999.5 ? `${format(share, fine ? 1 : 0)} %` : `${grouped(Math.round(share / 100))} ×`;
}

class MemoryBalance extends Live {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  load() {
    this.update();
  }

  // ---- what is on the screen ------------------------------------------------------------------------------

  build() {
    const { texts, model } = this;
    this.cards = model.get("cards");
    this.gigabyte = model.get("gigabyte");
    this.inputs = Object.entries(model.get("inputs")).map(([name, state]) => ({
      state,
      el: button({ label: texts.inputs[name], onClick: () => this.set(state) }),
    }));
    const inputs = make(
      "div",
      { class: "mb-picker", role: "group", "aria-label": texts.input },
      make("span", { class: "mb-muted", text: texts.input }),
      this.inputs.map(({ el }) => el),
    );
    const panes = make("div", { class: "mb-panes mb-two" }, this.buildSettings(), this.buildResult());
    return [this.head(() => this.python()), inputs, panes, this.buildCards()];
  }

  buildSettings() {
    const { texts, model } = this,
      limits = model.get("limits");
    this.dimensions = choice({
      label: texts.dimensions,
      options: [2, 3].map((value) => ({ value, title: texts.axes[value] })),
      onChange: (dimensions) => this.set({ dimensions }),
    });
    this.sliders = [...SIZES, ...FORM].map((name) => {
      const [min, max] = limits[name],
        control = slider({ label: texts[name], name, onInput: (value) => this.set({ [name]: value }) });
      return { name, el: control.el, set: (value) => control.set(value, { min, max, step: STEPS[name] }) };
    });
    const options = Object.keys(model.get("bytes")).map((value) => ({ value, title: texts.precisions[value] }));
    this.precision = choice({ label: texts.precision, options, onChange: (precision) => this.set({ precision }) });
    const optimisers = Object.keys(model.get("copies")).map((value) => [value, texts.optimisers[value]]);
    this.optimiser = select({
      label: texts.optimiser,
      name: "optimiser",
      options: optimisers,
      onChange: (optimiser) => this.set({ optimiser }),
    });
    const tools = make(
      "div",
      { class: "mb-tools" },
      this.sliders.map(({ el }) => el),
    );
    return this.pane(
      "settings",
      make("div", { class: "mb-row" }, this.dimensions.el),
      tools,
      this.precision.el,
      this.optimiser.el,
    ).el;
  }

  buildResult() {
    const { texts } = this;
    this.total = make("strong", { class: "mb-large" });
    this.rows = PARTS.map((name) => {
      const memory = make("td"),
        share = make("td");
      const swatch = make("span", { class: "mb-part", "data-part": name, "aria-hidden": "true" });
      return {
        name,
        memory,
        share,
        el: make("tr", {}, make("th", { scope: "row" }, swatch, texts.parts[name]), memory, share),
      };
    });
    const parts = make(
      "table",
      { class: "mb-parts" },
      make(
        "tbody",
        {},
        this.rows.map(({ el }) => el),
      ),
    );
    this.counts = { parameters: make("td"), multiplyAdds: make("td") };
    const count = (name) => make("tr", {}, make("th", { scope: "row", text: texts[name] }), this.counts[name]);
    const counts = make("table", { class: "mb-parts" }, make("tbody", {}, count("parameters"), count("multiplyAdds")));
    return this.pane("result", this.total, parts, counts, make("p", { class: "mb-help", text: texts.partsHelp })).el;
  }

  buildCards() {
    const { texts } = this,
      row = (title, cells) => make("tr", {}, make("th", { scope: "row", text: title }), cells);
    this.scale = choice({
      label: texts.scale,
      options: SCALES.map((value) => ({ value, title: texts.scales[value] })),
      onChange: (scale) => this.set({ scale }),
    });
    this.bar = memoryBar({
      cards: this.cards,
      gigabyte: this.gigabyte,
      words: (bytes) => memoryWords(bytes, texts.units).replace(".00", ""),
    });
    this.verdict = make("p", { class: "mb-notice mb-verdict" });
    this.filled = this.cards.map(() => make("td"));
    this.batches = this.cards.map(() => make("td"));
    const head = row(
      texts.cards,
      this.cards.map((card) => make("th", { scope: "col", text: card })),
    );
    const table = make(
      "table",
      { class: "mb-cards-table" },
      make("thead", {}, head),
      make("tbody", {}, row(texts.filled, this.filled), row(texts.largest, this.batches)),
    );
    const title = make(
      "div",
      { class: "mb-pane-head" },
      make("span", { class: "mb-subtitle", text: texts.onCard }),
      this.scale.el,
    );
    this.scaleHelp = make("p", { class: "mb-help" });
    return make(
      "div",
      { role: "group", class: "mb-section mb-on-card", "aria-label": texts.onCard },
      title,
      this.bar.el,
      this.scaleHelp,
      this.verdict,
      table,
    );
  }

  // ---- numbers --------------------------------------------------------------------------------------------

  now() {
    const { model } = this;
    const known = { limits: model.get("limits"), bytes: model.get("bytes"), copies: model.get("copies") };
    return sane((name) => model.get(name), known);
  }

  update() {
    const { texts, model } = this,
      state = this.now();
    const sizes = {
      ...state,
      bytes: model.get("bytes")[state.precision],
      copies: model.get("copies")[state.optimiser],
    };
    const cost = encoderCost(sizes);
    this.showSettings(state);
    this.total.textContent = memoryWords(cost.training, texts.units);
    for (const { name, memory, share } of this.rows) {
      memory.textContent = memoryWords(cost[name], texts.units);
      share.textContent = percent(cost[name], cost.training);
    }
    for (const [name, cell] of Object.entries(this.counts)) cell.textContent = grouped(cost[name]);
    this.bar.show(
      PARTS.map((name) => [name, cost[name]]),
      cost.training,
      state.scale,
    );
    this.scaleHelp.textContent = texts.scaleHelp[state.scale];
    this.showCards(cost, sizes);
  }

  showSettings(state) {
    this.dimensions.set(state.dimensions);
    for (const { name, el, set } of this.sliders) {
      set(state[name]);
      if (name === "slices") el.hidden = state.dimensions === 2;
    }
    this.precision.set(state.precision);
    this.optimiser.set(state.optimiser);
    this.scale.set(state.scale);
    const used = (name) => name !== "slices" || state.dimensions === 3;
    for (const { state: input, el } of this.inputs)
      el.setAttribute(
        "aria-pressed",
        String(Object.entries(input).every(([name, value]) => !used(name) || state[name] === value)),
      );
  }

  showCards(cost, sizes) {
    const { texts, cards } = this,
      fits = cards.map((card) => cost.training <= card * this.gigabyte);
    cards.forEach((card, i) => {
      const memory = card * this.gigabyte,
        batch = largestBatch(sizes, memory);
      this.filled[i].textContent = percent(cost.training, memory);
      this.batches[i].textContent = batch ? grouped(batch) : texts.none;
      for (const cell of [this.filled[i], this.batches[i]]) cell.dataset.kind = fits[i] ? "good" : "bad";
    });
    const first = fits.indexOf(true),
      largest = cards.at(-1);
    const words = fill(texts[first < 0 ? "fitsNone" : first === 0 ? "fitsAll" : "fits"], {
      card: cards[first],
      smaller: cards[first - 1],
      largest,
      times: format(
        Math.max(1.01, cost.training / (largest * this.gigabyte)),
        cost.training < 10 * largest * this.gigabyte ? 2 : 0,
      ),
    });
    this.verdict.dataset.kind = first < 0 ? "bad" : "good";
    this.verdict.replaceChildren(icon(first < 0 ? "cross" : "check"), make("span", { text: words }));
    this.live.say(
      fill(texts.summary, {
        parameters: grouped(cost.parameters),
        total: memoryWords(cost.training, texts.units),
        verdict: words,
      }),
    );
  }

  python() {
    const { dimensions, side, slices, channels, batch, width, levels, precision, optimiser } = this.now();
    const network = `encoder(dimensions=${dimensions}, channels=${channels}, width=${width}, levels=${levels})`;
    const shape = [channels, ...(dimensions === 3 ? [slices] : []), side, side].join(", ");
    return `cost(${network}, (${shape}), batch=${batch}, precision="${precision}", optimiser="${optimiser}")`;
  }
}

export default rendering(MemoryBalance);

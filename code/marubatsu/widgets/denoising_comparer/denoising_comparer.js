// The denoising comparer: one slice as low dose, filtered, denoised and full dose; a divider between any two of them.
import { loadImage } from "../kit/images.js";
import { Live, rendering } from "../kit/live.js";
import { paintGrey, paintSigned } from "../kit/paint.js";
import { button, choice, clamp, fill, format, make, select, slider, withUnit } from "../kit/view.js";
import { viewport } from "../kit/viewport.js";
import { divider } from "./divider.js";
import { crop, scoresIn } from "./picture_scores.js";
import { scoreTable } from "./score_table.js";
import { boxAround, composite, reachOf, sane } from "./two_versions.js";

const NAMES = ["dose", "left", "right", "split", "pixel", "side", "window", "shown"];
const UNIT = "HU";

class DenoisingComparer extends Live {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  changed(name) {
    if (name === "dose") this.load();
    else this.schedule();
  }

  ready() {
    return Boolean(this.versions);
  }

  async load() {
    const { model, kinds } = this,
      images = model.get("images"),
      { dose } = this.now(),
      ticket = (this.ticket = (this.ticket ?? 0) + 1);
    const found = await Promise.all(kinds.map((kind) => loadImage(images[kind === "full" ? kind : `${kind}-${dose}`])));
    if (ticket !== this.ticket || this.stopped) return;
    this.versions = Object.fromEntries(kinds.map((kind, i) => [kind, found[i]]));
    this.schedule();
  }

  now() {
    const { model, kinds } = this,
      {
        shape: [rows, columns],
        window,
      } = model.get("images").full;
    const doses = model.get("photons").length,
      limits = model.get("limits");
    return sane((name) => model.get(name), { kinds, doses, rows, columns, window, limits });
  }

  // ---- what is on the screen ------------------------------------------------------------------------------

  build() {
    const { texts, model } = this;
    this.kinds = model.get("kinds");
    const photons = model.get("photons").map((count, value) => ({ value, title: count.toLocaleString("en") }));
    this.dose = choice({ label: texts.photons, options: photons, onChange: (dose) => this.set({ dose }) });
    this.shown = choice({
      label: texts.shown,
      options: ["picture", "difference"].map((value) => ({ value, title: texts[value] })),
      onChange: (shown) => this.set({ shown }),
    });
    const above = make("div", { class: "mb-row mb-inset mb-above" }, this.dose.el, this.shown.el);
    return [
      this.head(() => this.python()),
      above,
      make("div", { class: "mb-panes mb-two mb-comparing" }, this.buildPicture(), this.buildSquare()),
      this.zoomRow,
      this.buildDisplay(),
    ];
  }

  buildPicture() {
    const { texts, kinds } = this,
      options = kinds.map((kind) => [kind, texts.kinds[kind]]);
    this.sides = ["left", "right"].map((name) => ({
      name,
      ...select({ label: texts[name], name, options, onChange: (kind) => this.set({ [name]: kind }) }),
    }));
    this.view = viewport({
      label: texts.pictureHelp,
      onPoint: (row, column, how) => this.pointAt([row, column], how),
      onMove: (rows, columns) => this.move(rows, columns),
    });
    this.divider = divider({ label: texts.divider, onMove: (split) => this.set({ split }) });
    this.tags = this.sides.map(({ name }) => make("span", { class: `mb-tag mb-tag-${name}`, "aria-hidden": "true" }));
    const picture = make("div", { class: "mb-split" }, this.view.el, this.tags, this.divider.el);
    this.reading = make("p", { class: "mb-readout mb-muted" });
    this.key = make(
      "div",
      { class: "mb-scale", "data-signed": "true" },
      make("span"),
      make("span", { text: "0" }),
      make("span"),
    );
    const help = make("p", { class: "mb-help", text: texts.dividerHelp });
    return this.pane(
      "compare",
      make(
        "div",
        { class: "mb-sides" },
        this.sides.map(({ el }) => el),
      ),
      picture,
      this.key,
      help,
    ).el;
  }

  buildSquare() {
    const { texts, kinds } = this;
    this.zooms = kinds.map((kind) => ({
      kind,
      canvas: make("canvas", { role: "img", "aria-label": fill(texts.zoomOf, { kind: texts.kinds[kind] }) }),
    }));
    const zooms = make(
      "div",
      { class: "mb-zooms" },
      this.zooms.map(({ kind, canvas }) => make("div", {}, canvas, make("span", { text: texts.kinds[kind] }))),
    );
    this.table = scoreTable({ texts, kinds });
    this.size = slider({ label: texts.side, name: "side", unit: texts.pixels, onInput: (side) => this.set({ side }) });
    this.zoomRow = make(
      "div",
      { role: "group", class: "mb-section", "aria-label": texts.zooms },
      make("p", { class: "mb-subtitle", text: texts.zooms }),
      zooms,
    );
    const pane = this.pane(
      "square",
      this.reading,
      this.table.el,
      make("div", { class: "mb-tools" }, this.size.el),
      make("p", {
        class: "mb-help",
        text: fill(texts.squareHelp, { span: this.model.get("span").toLocaleString("en") }),
      }),
    );
    this.where = pane.size;
    return pane.el;
  }

  buildDisplay() {
    const { texts, model } = this;
    this.presets = Object.entries(model.get("presets")).map(([name, window]) => ({
      window,
      el: button({ label: texts.presets[name], onClick: () => this.set({ window }) }),
    }));
    const row = make(
      "div",
      { class: "mb-row", role: "group", "aria-label": texts.preset },
      this.presets.map(({ el }) => el),
    );
    this.level = slider({
      label: texts.level,
      name: "level",
      unit: UNIT,
      onInput: (value) => this.setWindow(0, value),
    });
    this.width = slider({
      label: texts.width,
      name: "width",
      unit: UNIT,
      onInput: (value) => this.setWindow(1, value),
    });
    const sliders = make("div", { class: "mb-tools" }, this.level.el, this.width.el);
    return make(
      "div",
      { role: "group", class: "mb-section", "aria-label": texts.display },
      make("div", { class: "mb-display" }, row, sliders),
    );
  }

  setWindow(which, value) {
    const { window } = this.now();
    window[which] = value;
    this.set({ window });
  }

  // ---- showing --------------------------------------------------------------------------------------------

  update() {
    const { texts, versions, kinds } = this,
      state = this.now(),
      { full } = versions;
    this.state = state;
    this.dose.set(state.dose);
    this.shown.set(state.shown);
    this.sides.forEach(({ name, set }, i) => {
      set(state[name]);
      this.tags[i].textContent = texts.kinds[state[name]];
    });
    this.level.set(state.window[0], { min: -1000, max: Math.max(1000, state.window[0]) });
    this.width.set(state.window[1], { min: 1, max: Math.max(3000, state.window[1]) });
    const [min, max] = this.model.get("limits").side;
    this.size.set(state.side, { min, max: Math.min(max, full.rows, full.columns) });
    for (const { window, el } of this.presets)
      el.setAttribute("aria-pressed", String(String(window) === String(state.window)));
    this.paint(this.view.canvas, composite(this.layer(state.left), this.layer(state.right), state.split));
    const words = {
      left: texts.kinds[state.left],
      right: texts.kinds[state.right],
      split: state.split,
      columns: full.columns,
    };
    this.divider.set(state.split, full.columns, fill(texts.split, words));
    this.box = boxAround(state.pixel, state.side, full.rows, full.columns);
    this.view.frame("mb-frame", { row: this.box.top, column: this.box.left, rows: state.side, columns: state.side });
    for (const { kind, canvas } of this.zooms) this.paint(canvas, crop(this.layer(kind), this.box));
    this.showKey();
    this.scores = Object.fromEntries(
      kinds.map((kind) => [kind, scoresIn(full, versions[kind], this.box, this.model.get("span"))]),
    );
    this.showScores();
  }

  /** A version as it is shown: itself, or how it differs from full dose. */
  layer(kind) {
    const {
      versions: { [kind]: version, full },
      state,
    } = this;
    if (state.shown === "picture") return version;
    return { ...version, data: version.data.map((value, i) => value - full.data[i]) };
  }

  paint(canvas, picture) {
    const { shown, window } = this.state;
    if (shown === "picture") paintGrey(canvas, picture, window);
    else paintSigned(canvas, picture, reachOf(window));
  }

  showKey() {
    const { shown, window } = this.state,
      reach = reachOf(window);
    this.key.hidden = shown === "picture";
    this.key.firstChild.textContent = withUnit(format(-reach), UNIT);
    this.key.lastChild.textContent = `+${withUnit(format(reach), UNIT)}`;
  }

  showScores() {
    const { texts, kinds, scores, versions } = this,
      { pixel, side } = this.state,
      [row, column] = this.hover ?? pixel;
    this.reading.textContent = fill(texts.place, { row, column });
    this.where.textContent = fill(texts.size, { side });
    const at = ({ data, columns }) => data[row * columns + column];
    this.table.show(Object.fromEntries(kinds.map((kind) => [kind, { ...scores[kind], here: at(versions[kind]) }])));
    const place = fill(texts.spoken, { row: pixel[0], column: pixel[1], side });
    this.live.say([place, ...this.table.spoken(scores)].join(" "));
  }

  python() {
    const { left, right, dose, pixel, side } = this.now(),
      kind = right === "full" ? left : right;
    return `comparer.scores("${kind}", dose=${dose}, pixel=${JSON.stringify(pixel)}, side=${side})`;
  }

  // ---- pointing -------------------------------------------------------------------------------------------

  pointAt(place, how) {
    if (!this.versions) return;
    if (how === "press" || how === "drag") this.set({ pixel: place });
    this.hover = how === "hover" ? place : null;
    if (how === "hover" || how === "leave") this.state && this.showScores();
  }

  move(rows, columns) {
    if (!this.versions) return;
    this.hover = null;
    const {
        pixel: [row, column],
      } = this.now(),
      { full } = this.versions;
    this.set({ pixel: [clamp(row + rows, 0, full.rows - 1), clamp(column + columns, 0, full.columns - 1)] });
  }
}

export default rendering(DenoisingComparer);

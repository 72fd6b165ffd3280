// The pooling explorer: move a mark; its picture changes at once, the pooled map of a kernel's answers hardly.
import { outputSize } from "../arithmetic/arithmetic.js";
import { unpack } from "../arithmetic/numbers.js";
import { KINDS } from "../arithmetic/templates.js";
import { Live, rendering } from "../kit/live.js";
import { paintGrey, paintSigned } from "../kit/paint.js";
import { numberGrid } from "../kit/product_sum.js";
import { button, choice, clamp, fill, forReader, format, make, select, stepper } from "../kit/view.js";
import { viewport } from "../kit/viewport.js";
import { compare, sane, STAGES } from "./stages.js";

const SIDE = 32,
  MIDDLE = (SIDE - 1) / 2;
const NAMES = ["kind", "down", "right", "piece", "mode", "size", "stride", "pixel"];

class PoolingExplorer extends Live {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  load() {
    this.update();
  }

  build() {
    const { texts, model } = this,
      put = (name) => (value) => this.set({ [name]: value }),
      words = { less: texts.less, more: texts.more };
    this.kernels = unpack(model.get("kernels"));
    this.limits = model.get("limits");
    const views = {
      image: viewport({
        label: texts.markHelp,
        onPoint: (row, column, how) => this.drag(row, column, how),
        onMove: (rows, columns) => this.move(rows, columns),
      }),
      map: viewport({
        label: texts.mapHelp,
        onPoint: (row, column, how) => this.pointAtMap(row, column, how),
        onMove: (rows, columns) => this.step(rows, columns),
      }),
      pooled: viewport({
        label: texts.pooledHelp,
        onPoint: (row, column, how) => this.pointAt([row, column], how),
        onMove: (rows, columns) => this.step(rows, columns),
      }),
    };
    this.views = views;
    this.panes = STAGES.map((name) => {
      const bar = make("span", { class: "mb-bar-fill" }),
        number = make("strong");
      const change = make(
        "div",
        { class: "mb-change" },
        make("span", { class: "mb-muted", text: texts.changed }),
        make("div", { class: "mb-bar", "aria-hidden": "true" }, bar),
        number,
      );
      return { name, bar, number, ...this.pane(name, views[name].el, change) };
    });
    const whole = (name) => {
      const [min, max] = this.limits[name];
      return stepper({ label: texts[name], name, min, max, ...words, onChange: put(name) });
    };
    this.fields = { size: whole("size"), stride: whole("stride"), down: whole("down"), right: whole("right") };
    this.kind = choice({
      label: texts.kind,
      options: KINDS.map((value) => ({ value, title: texts.kinds[value] })),
      onChange: put("kind"),
    });
    this.mode = choice({
      label: texts.mode,
      options: ["max", "average"].map((value) => ({ value, title: texts[value] })),
      onChange: put("mode"),
    });
    this.piece = select({
      label: texts.piece,
      name: "piece",
      options: model.get("pieces").map((name) => [name, name]),
      onChange: put("piece"),
    });
    const presets = Object.entries({ touching: [4, 4], coarse: [8, 8], alexnet: [3, 2] }).map(
      ([name, [size, stride]]) =>
        button({ label: texts.presets[name], onClick: () => this.set({ size, stride, pixel: [] }) }),
    );
    this.grid = numberGrid({ texts, caption: texts.window });
    this.sentence = make("p", { class: "mb-reading" });
    this.formula = make("p", { class: "mb-formula" });
    const fields = make(
      "div",
      { class: "mb-fields mb-four" },
      Object.values(this.fields).map(({ el }) => el),
    );
    return [
      this.head(() => this.python()),
      make("div", { class: "mb-picker" }, forReader(this.kind.el), forReader(this.piece.el), this.mode.el),
      make(
        "div",
        { class: "mb-panes mb-three" },
        this.panes.map(({ el }) => el),
      ),
      make(
        "div",
        { class: "mb-section" },
        fields,
        make(
          "div",
          { class: "mb-row mb-presets", role: "group", "aria-label": texts.preset },
          make("span", { class: "mb-muted", text: texts.preset }),
          presets,
        ),
      ),
      this.formula,
      make(
        "div",
        { role: "group", class: "mb-section mb-for-reader", "aria-label": texts.number },
        this.sentence,
        this.grid.el,
      ),
    ];
  }

  now() {
    return sane((name) => this.model.get(name), this.limits, this.model.get("pieces"));
  }

  update() {
    const { texts } = this,
      state = (this.state = this.now()),
      { size, stride } = state;
    const { after, changes } = compare(state, this.kernels, this.model.get("threshold"));
    this.after = after;
    const most = after.map.data.reduce((a, b) => Math.max(a, b), 0) || 1;
    for (const name of STAGES) {
      const [, , rows, columns] = after[name].shape,
        picture = { rows, columns, data: after[name].data };
      if (name === "image") paintGrey(this.views.image.canvas, picture, [0.5, 1]);
      else paintSigned(this.views[name].canvas, picture, most);
    }
    this.panes.forEach(({ size: label, name, bar, number }, i) => {
      const [, , rows, columns] = after[name].shape,
        percent = `${Math.round(100 * changes[i])} %`;
      label.textContent = `${rows} × ${columns}`;
      bar.style.width = `${100 * changes[i]}%`;
      number.textContent = percent;
    });
    for (const [name, field] of Object.entries(this.fields)) field.set(state[name]);
    this.kind.set(state.kind);
    this.mode.set(state.mode);
    this.piece.set(this.model.get("pieces")[state.piece]);
    const fraction = make(
      "span",
      { class: "mb-fraction" },
      make("span", { text: `${SIDE} − ${size}` }),
      make("span", { text: stride }),
    );
    const parts = [
      make("span", { class: "mb-muted", text: `${texts.rows}, ${texts.columns} ` }),
      "⌊",
      fraction,
      "⌋ + 1 = ",
      make("strong", { text: outputSize(SIDE, size, { stride }) }),
    ];
    this.formula.replaceChildren(
      make("span", { class: "mb-subtitle", text: texts.formula }),
      make("span", { class: "mb-step" }, parts),
    );
    this.showPixel();
    const [image, , pooled] = changes.map((share) => Math.round(100 * share));
    const moved = fill(texts.moved, { down: state.down, right: state.right, image, pooled });
    if (moved !== this.said) this.live.say((this.said = moved));
  }

  /** The pooled number that is explained: under the mouse, else the chosen one, else the largest. */
  place() {
    const {
      shape: [, , rows, columns],
      data,
    } = this.after.pooled;
    const best = data.reduce((best, value, i) => (value > data[best] ? i : best), 0);
    const [row, column] = this.hover ?? this.now().pixel ?? [Math.floor(best / columns), best % columns];
    return [clamp(Math.round(row), 0, rows - 1), clamp(Math.round(column), 0, columns - 1)];
  }

  showPixel() {
    const {
        texts,
        after,
        state: { size, stride, mode },
      } = this,
      [row, column] = this.place(),
      { data } = after.map;
    const value = after.pooled.data[row * after.pooled.shape[3] + column];
    const window = { row: row * stride, column: column * stride, rows: size, columns: size };
    this.views.pooled.frame("mb-frame", { row, column });
    this.views.map.frame("mb-frame", window);
    const places = Array.from(
      { length: size * size },
      (_, i) => (window.row + Math.floor(i / size)) * SIDE + window.column + (i % size),
    );
    this.grid.set(
      size,
      places.map((at) => ({
        text: format(data[at], 2),
        value: data[at],
        here: mode === "max" && value > 0 && data[at] === value,
      })),
    );
    const words = fill(texts[mode === "max" ? "largest" : "mean"], {
      row,
      column,
      value: format(value),
      count: size * size,
    });
    this.sentence.textContent = words;
    this.spoken = words;
  }

  // ---- moving and pointing --------------------------------------------------------------------------------

  drag(row, column, how) {
    const { down, right } = this.now();
    if (how === "press") this.from = { down, right, row, column };
    else if (how === "drag" && this.from)
      this.shift(this.from.down + row - this.from.row, this.from.right + column - this.from.column);
    else if (how === "release") this.from = null;
  }

  shift(down, right) {
    this.set({ down: clamp(down, ...this.limits.down), right: clamp(right, ...this.limits.right) });
  }

  move(rows, columns) {
    const { down, right } = this.now(),
      by = (value) => clamp(value, -SIDE, SIDE); // Home and End ask for more than all
    this.shift(down + by(rows), right + by(columns));
  }

  pointAtMap(row, column, how) {
    const { size, stride } = this.now(),
      along = (place) => Math.round((place - size / 2) / stride);
    this.pointAt([along(row), along(column)], how);
  }

  pointAt(pixel, how) {
    if (how === "press" || how === "drag") this.set({ pixel });
    this.hover = how === "hover" ? pixel : null;
    if (how !== "release") this.schedule();
  }

  step(rows, columns) {
    this.hover = null;
    const {
        shape: [, , height, width],
      } = this.after.pooled,
      [row, column] = this.place();
    this.set({ pixel: [clamp(row + rows, 0, height - 1), clamp(column + columns, 0, width - 1)] });
    this.showPixel();
    this.live.say(this.spoken);
  }

  python() {
    const { kind, down, right, piece, mode, size, stride } = this.now();
    const mark = `marks.draw("${kind}", row=${MIDDLE + down}, column=${MIDDLE + right})[None, None]`;
    const kernel = `by_hand.kernels()[${piece}:${piece + 1}]`;
    const map = `relu(conv2d(${mark}, ${kernel}, padding=4) - ${this.model.get("threshold")})`;
    return `${mode === "max" ? "max_pool2d" : "avg_pool2d"}(${map}, ${size}, stride=${stride})[0, 0]`;
  }
}

export default rendering(PoolingExplorer);

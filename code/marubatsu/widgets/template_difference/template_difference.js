// The template difference: a mark in the reader's hand, its distance to the model ○ and the model ×, and the verdict.
import { KINDS } from "../arithmetic/templates.js";
import { icon } from "../kit/icons.js";
import { Live, rendering } from "../kit/live.js";
import { paintGrey } from "../kit/paint.js";
import { button, choice, clamp, fill, format, make, slider } from "../kit/view.js";
import { viewport } from "../kit/viewport.js";
import { compare, onCanvas } from "./compared_mark.js";

const SIDE = 32,
  MIDDLE = (SIDE - 1) / 2,
  GREYS = [0.5, 1];
const STEPS = { down: 0.5, right: 0.5, size: 0.5, turn: 1, thickness: 0.1, slant: 1, noise: 0.01 };
const NAMES = ["kind", ...Object.keys(STEPS)];

/** The state with everything impossible replaced, and the mark moved back onto the canvas. */
function sane(get, limits) {
  const numbers = Object.keys(STEPS).map((name) => [name, clamp(get(name), ...limits[name])]);
  return onCanvas({ kind: get("kind") === "circle" ? "circle" : "cross", ...Object.fromEntries(numbers) });
}

class TemplateDifference extends Live {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  load() {
    this.update();
  }

  build() {
    const { texts, model } = this;
    this.view = viewport({
      label: texts.markHelp,
      onPoint: (row, column, how) => this.drag(row, column, how),
      onMove: (rows, columns) => this.move(rows, columns),
    });
    this.kind = choice({
      label: texts.kind,
      options: KINDS.map((value) => ({ value, title: texts.kinds[value] })),
      onChange: (kind) => this.set({ kind }),
    });
    this.sliders = Object.entries(STEPS).map(([name, step]) => {
      const [min, max] = model.get("limits")[name];
      const control = slider({
        label: texts[name],
        name,
        unit: texts.units[name],
        onInput: (value) => this.set({ [name]: value }),
      });
      return { name, set: (value) => control.set(value, { min, max, step }), el: control.el };
    });
    const tools = make(
      "div",
      { class: "mb-tools" },
      this.sliders.map(({ el }) => el),
    );
    const examples = Object.entries(model.get("examples")).map(([name, state]) =>
      button({ label: texts.examples[name], onClick: () => this.set({ ...this.plain(), ...state }) }),
    );
    const examplesRow = make(
      "div",
      { class: "mb-picker", role: "group", "aria-label": texts.example },
      make("span", { class: "mb-muted", text: texts.example }),
      examples,
    );
    const left = this.pane(
      "mark",
      make("div", { class: "mb-row" }, this.kind.el),
      this.view.el,
      make("p", { class: "mb-help", text: texts.dragHelp }),
      tools,
    );
    this.rows = KINDS.map((name) => this.comparison(name));
    this.verdict = make("p", { class: "mb-notice mb-verdict" });
    const right = this.pane("models", ...this.rows.map(({ el }) => el), this.verdict);
    return [this.head(() => this.python()), examplesRow, make("div", { class: "mb-panes mb-two" }, left.el, right.el)];
  }

  /** One row: the model, what differs, and the sum as a number and a bar. */
  comparison(name) {
    const { texts } = this,
      picture = () => make("canvas", { "aria-hidden": "true" });
    const model = picture(),
      away = picture(),
      sum = make("strong"),
      bar = make("span", { class: "mb-bar-fill" });
    const figure = (canvas, text) =>
      make(
        "div",
        { class: "mb-small" },
        make("div", { class: "mb-view" }, canvas),
        make("span", { class: "mb-help", text }),
      );
    const total = make(
      "div",
      { class: "mb-sum" },
      make("span", { class: "mb-help", text: texts.sum }),
      sum,
      make("div", { class: "mb-bar", "aria-hidden": "true" }, bar),
    );
    const el = make(
      "div",
      { class: "mb-comparison", role: "group", "aria-label": fill(texts.compared, { mark: texts.kinds[name] }) },
      figure(model, fill(texts.model, { mark: texts.kinds[name] })),
      figure(away, texts.away),
      total,
    );
    return { name, model, away, sum, bar, el };
  }

  /** What an example leaves unsaid: the perfect mark in the middle. */
  plain() {
    return { down: 0, right: 0, size: 16, turn: 0, thickness: 2.5, slant: 0, noise: 0 };
  }

  now() {
    return sane((name) => this.model.get(name), this.model.get("limits"));
  }

  update() {
    const { texts } = this,
      state = this.now();
    const { mark, answers, verdict } = compare(state, this.model.get("random"));
    const picture = (data) => ({ rows: SIDE, columns: SIDE, data }),
      largest = Math.max(...answers.map(({ sum }) => sum)) || 1;
    paintGrey(this.view.canvas, picture(mark), GREYS);
    this.kind.set(state.kind);
    for (const { name, set } of this.sliders) set(state[name]);
    answers.forEach(({ name, model, away, sum }, i) => {
      const row = this.rows[i];
      paintGrey(row.model, picture(model), GREYS);
      paintGrey(row.away, picture(away), GREYS);
      row.sum.textContent = format(sum, 1);
      row.bar.style.width = `${(100 * sum) / largest}%`;
      row.el.classList.toggle("mb-chosen", name === verdict);
    });
    const right = verdict === state.kind,
      words = texts[right ? "right_" : "wrong"];
    const values = {
      mark: texts.kinds[state.kind],
      verdict: texts.kinds[verdict],
      circle: format(answers[0].sum, 1),
      cross: format(answers[1].sum, 1),
    };
    this.verdict.dataset.kind = right ? "good" : "bad";
    this.verdict.replaceChildren(icon(right ? "check" : "cross"), make("span", { text: fill(words, values) }));
    this.live.say(fill(words, values));
  }

  drag(row, column, how) {
    if (how === "press") this.from = { ...this.now(), row, column };
    else if (how === "drag" && this.from)
      this.set({ down: this.from.down + row - this.from.row, right: this.from.right + column - this.from.column });
    else if (how === "release") this.from = null;
  }

  move(rows, columns) {
    const now = this.now(), // not what was last painted: keys may come faster than frames
      limits = this.model.get("limits");
    const along = (name, by) => clamp(now[name] + clamp(by, -SIDE, SIDE), ...limits[name]);
    this.set({ down: along("down", rows), right: along("right", columns) });
  }

  python() {
    const { kind, down, right, noise, ...form } = this.now();
    const words = { row: MIDDLE + down, column: MIDDLE + right, ...form };
    const options = Object.entries(words).map(([name, value]) => `${name}=${value}`);
    const mark = `marks.draw("${kind}", ${options.join(", ")})`;
    return noise > 0 ? `np.clip(${mark} + ${noise} * TemplateDifference.grain, 0, 1)` : mark;
  }
}

export default rendering(TemplateDifference);

// The kernel tuner: every weight of one kernel, what it makes of a picture, and the sum behind every output pixel.
import { conv2d, outputSize, productSum, relu, single } from "../arithmetic/arithmetic.js";
import { challengePanel } from "./challenge_panel.js";
import { score } from "./challenges.js";
import { decode, SIDE } from "../kit/drawing.js";
import { extremes, loadImage } from "../kit/images.js";
import { kernelEditor, LIMIT, resized } from "../kit/kernel_editor.js";
import { rendering } from "../kit/live.js";
import { paintGrey, paintSigned, reach } from "../kit/paint.js";
import { pen } from "../kit/pen.js";
import { Picturing } from "../files/picturing.js";
import { productPanel } from "../kit/product_sum.js";
import { pythonLine } from "./python_line.js";
import { choice, clamp, fill, format, make, select, slider, stepper, toggle, viewport, withUnit } from "../kit/view.js";

const LIMITS = { stride: [1, 8], padding: [0, 12], dilation: [1, 4], bias: [-LIMIT, LIMIT] };
const NAMES = [
  "image",
  "kernel",
  "bias",
  "stride",
  "padding",
  "dilation",
  "relu",
  "pixel",
  "window",
  "shown",
  "drawing",
  "challenge",
];

/** The state with everything impossible replaced: a link may hold anything. */
export function sane(get) {
  const whole = (name) => clamp(Math.round(get(name)), ...LIMITS[name]);
  const given = get("kernel"),
    side = given.length;
  const good = side >= 1 && side <= 7 && given.every((row) => row.length === side && row.every(Number.isFinite));
  const kernel = good ? given.map((row) => row.map((weight) => clamp(weight, -LIMIT, LIMIT))) : [[1]];
  const pair = (name) => (get(name).length === 2 && get(name).every(Number.isFinite) ? [...get(name)] : null);
  const window = pair("window");
  return {
    kernel,
    side: kernel.length,
    bias: clamp(get("bias"), ...LIMITS.bias),
    stride: whole("stride"),
    padding: whole("padding"),
    dilation: whole("dilation"),
    relu: get("relu"),
    pixel: pair("pixel"),
    window: window && window[1] !== 0 ? window : null,
    shown: ["grey", "signed"].includes(get("shown")) ? get("shown") : "auto",
    challenge: get("challenge") in get("challenges") ? get("challenge") : "",
  };
}

/** What the kernel makes of a picture: { rows, columns, data }, or null where it does not fit. */
export function compute({ rows, columns, data }, state) {
  const { kernel, side, bias, relu: cut } = state;
  const height = outputSize(rows, side, state),
    width = outputSize(columns, side, state);
  if (height < 1 || width < 1) return null;
  const output = conv2d(single(rows, columns, data), single(side, side, kernel.flat()), { ...state, bias: [bias] });
  if (cut) relu(output, output);
  return { rows: height, columns: width, data: output.data };
}

/** How an output is best shown: in two colours where the weights cancel out, else in grey through the input's window,
 *  moved as the kernel moves a flat picture. */
function display({ kernel, bias, shown }, window) {
  const weights = kernel.flat(),
    total = weights.reduce((sum, weight) => sum + weight, 0);
  const size = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  const signed = shown === "signed" || (shown === "auto" && Math.abs(total) <= size / 4);
  return { signed, window: [window[0] * total + bias, window[1] * (total || 1)] };
}

class KernelTuner extends Picturing {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  changed(name) {
    if (["image", "drawing", "challenge"].includes(name)) this.load();
    else this.schedule();
  }

  // ---- what is on the screen ------------------------------------------------------------------------------

  build() {
    const { texts, model } = this,
      put = (name) => (value) => this.set({ [name]: value });
    const more = [{ value: "drawing", title: texts.draw }];
    const picker = this.choosePicture({ more, own: { challenge: "" } });
    this.challenges = challengePanel({
      texts,
      challenges: model.get("challenges"),
      onChoose: (name) => this.start(name),
    });
    model.named = (name) => ["image", "kernel"].includes(name) && model.get("challenge") !== ""; // a link to it says how far one is
    this.products = productPanel({ texts });
    this.formula = make("p", { class: "mb-formula" });
    return [
      this.head(() => this.python()),
      this.challenges.now,
      picker,
      make("div", { class: "mb-panes" }, this.buildInput(put), this.buildKernel(put), this.buildOutput(put)),
      this.formula,
      this.products.el,
      this.challenges.el,
    ];
  }

  buildInput(put) {
    const { texts } = this;
    this.pen = pen({
      texts,
      get: () => decode(this.model.get("drawing")),
      put: put("drawing"),
      frame: (place) => this.inputView.frame("mb-pen", place),
      said: (row, column, value) => this.sayPen({ row, column, value }),
    });
    this.inputView = viewport({
      label: texts.inputHelp,
      onPoint: (row, column, how) =>
        this.drawing ? this.pen.point(row, column, how) : this.pointAtInput(row, column, how),
      onMove: (rows, columns, event) => (this.drawing ? this.pen.move(rows, columns, event) : this.move(rows, columns)),
      onKey: (event) => this.drawing && this.pen.key(event),
    });
    this.inputReadout = make("p", { class: "mb-readout" });
    this.level = slider({ label: texts.level, name: "level", onInput: (value) => this.setWindow(0, value) });
    this.width = slider({ label: texts.width, name: "width", onInput: (value) => this.setWindow(1, value) });
    this.windowTools = make(
      "div",
      { class: "mb-tools" },
      this.level.el,
      this.width.el,
      make("p", { class: "mb-help", text: texts.windowHelp }),
    );
    this.inputPane = this.pane("input", this.inputView.el, this.inputReadout, this.windowTools, this.pen.tools);
    return this.inputPane.el;
  }

  buildKernel(put) {
    const { texts, model } = this,
      words = { less: texts.less, more: texts.more };
    const help = make("p", { class: "mb-help", text: texts.kernelHelp });
    this.editor = kernelEditor({ texts, onChange: put("kernel") });
    const names = Object.keys(model.get("presets"));
    this.preset = select({
      label: texts.preset,
      name: "preset",
      options: [["", texts.custom], ...names.map((name) => [name, texts.presets[name]])],
      onChange: (name) => name && put("kernel")(model.get("presets")[name]),
    });
    const whole = (name) =>
      stepper({ label: texts[name], name, min: LIMITS[name][0], max: LIMITS[name][1], ...words, onChange: put(name) });
    this.fields = {
      side: stepper({
        label: texts.side,
        name: "side",
        min: 1,
        max: 7,
        ...words,
        onChange: (side) => put("kernel")(resized(this.now().kernel, side)),
      }),
      bias: stepper({
        label: texts.bias,
        name: "bias",
        min: -LIMIT,
        max: LIMIT,
        step: "any",
        ...words,
        onChange: put("bias"),
      }),
      stride: whole("stride"),
      padding: whole("padding"),
      dilation: whole("dilation"),
      relu: toggle({ label: texts.relu, name: "relu", onChange: put("relu") }),
    };
    const { side, ...others } = this.fields;
    this.kernelPane = this.pane(
      "kernel",
      this.preset.el,
      this.editor.el,
      help,
      make(
        "div",
        { class: "mb-fields" },
        side.el,
        Object.values(others).map((field) => field.el),
      ),
    );
    return this.kernelPane.el;
  }

  buildOutput(put) {
    const { texts } = this;
    this.outputView = viewport({
      label: texts.outputHelp,
      onPoint: (row, column, how) => this.pointAt([row, column], how),
      onMove: (rows, columns) => this.move(rows, columns),
    });
    this.outputReadout = make("p", { class: "mb-readout" });
    this.scale = make("div", { class: "mb-scale" }, make("span"), make("span"), make("span"));
    this.shown = choice({
      label: texts.shown,
      options: ["auto", "grey", "signed"].map((value) => ({ value, title: texts[value] })),
      onChange: put("shown"),
    });
    this.problem = make("p", { class: "mb-notice", "data-kind": "bad", role: "status", hidden: true });
    this.outputPane = this.pane(
      "output",
      this.outputView.el,
      this.problem,
      this.outputReadout,
      this.scale,
      this.shown.el,
    );
    return this.outputPane.el;
  }

  // ---- pictures -------------------------------------------------------------------------------------------

  drawn(name) {
    if (name !== "drawing") return undefined;
    return {
      rows: SIDE,
      columns: SIDE,
      data: decode(this.model.get("drawing")),
      window: [0.5, 1],
      unit: "",
      notes: [],
    };
  }

  /** What a challenge compares with. */
  async besides() {
    const challenge = this.model.get("challenges")[this.model.get("challenge")];
    return challenge && loadImage(this.model.get("images")[challenge.reference]);
  }

  loaded(reference) {
    const {
      texts,
      name,
      picture,
      range: [low, high],
    } = this;
    Object.assign(this, { reference, drawing: name === "drawing" });
    this.inputView.el.setAttribute("aria-label", this.drawing ? texts.drawHelp : texts.inputHelp);
    this.inputView.el.classList.toggle("mb-drawable", this.drawing);
    this.pen.tools.hidden = !this.drawing;
    this.adjustable = !this.drawing && high - low > 1 && picture.dtype !== "uint8";
    this.windowTools.hidden = !this.adjustable;
  }

  /** What a challenge begins with: its picture, and a kernel that does nothing yet. */
  begun(name) {
    const side = this.initial.kernel.length;
    return {
      image: this.model.get("challenges")[name].image,
      kernel: Array.from({ length: side }, () => Array(side).fill(0)),
    };
  }

  start(name) {
    this.set(
      name
        ? { ...this.begun(name), bias: 0, pixel: [], window: [], stride: 1, dilation: 1, challenge: name }
        : { challenge: "" },
    );
  }

  /** A link to a challenge begins it; what else the link names stays as it is named. */
  opened(changes) {
    if (Object.hasOwn(this.model.get("challenges"), changes.challenge ?? ""))
      this.set({ ...this.begun(changes.challenge), ...changes });
  }

  python() {
    const entry = this.model.get("images")[this.name];
    const image = this.drawing ? `drawing.decode("${this.model.get("drawing")}")` : (entry?.python ?? "image");
    return pythonLine(image, this.state);
  }

  // ---- computing and painting -----------------------------------------------------------------------------

  /** The state as it is set now, which may be ahead of what was last painted. */
  now() {
    return sane((name) => this.model.get(name));
  }

  update() {
    const state = (this.state = this.now());
    this.output = compute(this.picture, state);
    this.paint();
    this.showControls();
    this.showFormula();
    this.showPixel();
    this.showScore();
    if (this.output) {
      const [low, high] = extremes(this.output.data);
      const summary = fill(this.texts.summary, { ...this.output, low: format(low), high: format(high) });
      if (summary !== this.summary) this.live.say((this.summary = summary)); // another pixel alone is said elsewhere
    }
  }

  paint() {
    const { state, picture, output } = this,
      window = state.window ?? picture.window;
    paintGrey(this.inputView.canvas, picture, window);
    this.problem.hidden = Boolean(output);
    for (const el of [this.outputView.el, this.scale]) el.hidden = !output;
    if (!output) return;
    const { signed, window: moved } = display(state, window),
      marks = this.scale.children;
    if (signed) {
      const limit = reach(output.data);
      paintSigned(this.outputView.canvas, output, limit);
      [-limit, 0, limit].forEach((value, i) => (marks[i].textContent = format(value, 2)));
    } else {
      paintGrey(this.outputView.canvas, output, moved);
      [-0.5, 0, 0.5].forEach((share, i) => (marks[i].textContent = format(moved[0] + share * moved[1], 2)));
    }
    this.scale.dataset.signed = signed;
  }

  showControls() {
    const { state, texts, picture, output } = this;
    this.editor.set(state.kernel);
    for (const [name, field] of Object.entries(this.fields)) field.set(state[name]);
    this.shown.set(state.shown);
    const known = Object.entries(this.model.get("presets")).find(
      ([, kernel]) => String(kernel) === String(state.kernel),
    );
    this.preset.set(known?.[0] ?? "");
    this.inputPane.size.textContent = withUnit(fill(texts.size, picture), picture.unit);
    this.kernelPane.size.textContent = fill(texts.size, { rows: state.side, columns: state.side });
    this.outputPane.size.textContent = output ? fill(texts.size, output) : "–";
    if (this.adjustable) {
      const [low, high] = this.range,
        [centre, width] = state.window ?? picture.window;
      this.level.set(centre, { min: Math.floor(low), max: Math.ceil(high) });
      this.width.set(Math.abs(width), { min: 1, max: Math.ceil(high - low) });
    }
  }

  setWindow(which, value) {
    const window = this.now().window ?? [...this.picture.window];
    window[which] = which === 1 && window[1] < 0 ? -value : value;
    this.set({ window });
  }

  showFormula() {
    const {
      texts,
      picture,
      state: { side, padding, dilation, stride },
    } = this;
    const one = (word, size) => {
      const result = outputSize(size, side, this.state);
      const above = `${size} + 2·${padding} − ${dilation}·(${side} − 1) − 1`;
      const fraction = make(
        "span",
        { class: "mb-fraction" },
        make("span", { text: above }),
        make("span", { text: stride }),
      );
      return make(
        "span",
        { class: "mb-step" },
        make("span", { class: "mb-muted", text: `${word} ` }),
        "⌊",
        fraction,
        "⌋ + 1 = ",
        make("strong", { text: result }),
      );
    };
    const { rows, columns } = picture;
    const sizes =
      rows === columns
        ? [one(`${texts.rows}, ${texts.columns}`, rows)]
        : [one(texts.rows, rows), one(texts.columns, columns)];
    this.formula.replaceChildren(make("span", { class: "mb-subtitle", text: texts.formula }), ...sizes);
    const padded = Math.min(rows, columns) + 2 * padding;
    this.problem.textContent = fill(texts.tooSmall, { extent: dilation * (side - 1) + 1, size: padded });
  }

  showScore() {
    const { challenge } = this.state,
      { image } = this.model.get("challenges")[challenge] ?? {};
    const active = challenge && this.name === image && this.reference && this.output;
    const value = active
      ? score(challenge, this.output, { input: this.picture, reference: this.reference }, this.state)
      : 0;
    this.challenges.show(challenge, value);
  }

  // ---- pointing at pixels ---------------------------------------------------------------------------------

  /** The output pixel that is explained: under the mouse, else the chosen one, else the middle. */
  place() {
    const { rows, columns } = this.output;
    const [row, column] = this.hover ?? this.state.pixel ?? [rows >> 1, columns >> 1];
    return [clamp(Math.round(row), 0, rows - 1), clamp(Math.round(column), 0, columns - 1)];
  }

  showPixel() {
    const { output, picture, state, texts } = this;
    if (!output) {
      this.products.show();
      this.inputView.frame("mb-frame");
      return;
    }
    const [row, column] = this.place(),
      { side, bias, dilation, stride, padding } = state;
    const input = single(picture.rows, picture.columns, picture.data),
      kernel = single(side, side, state.kernel.flat());
    const { terms, sum, value } = productSum(input, kernel, { row, column }, { ...state, bias: [bias] });
    this.products.show({
      title: fill(texts.pixel, { row, column }),
      terms,
      columns: side,
      sum,
      bias,
      value,
      relu: state.relu,
    });
    const extent = dilation * (side - 1) + 1;
    this.inputView.frame("mb-frame", {
      row: row * stride - padding,
      column: column * stride - padding,
      rows: extent,
      columns: extent,
    });
    this.outputView.frame("mb-frame", { row, column });
    const shown = output.data[row * output.columns + column],
      middle = terms[terms.length >> 1];
    this.outputReadout.textContent = fill(texts.readout, { row, column, value: format(shown) });
    if (!this.drawing) {
      const read = middle.inside ? withUnit(format(middle.input), picture.unit) : texts.outside;
      this.inputReadout.textContent = fill(texts.readout, { row: middle.row, column: middle.column, value: read });
    }
    this.spoken = `${fill(texts.spoken, { row, column, count: terms.length, sum: format(sum), value: format(value) })}${state.relu ? ` ${fill(texts.spokenRelu, { value: format(shown) })}` : ""}`;
  }

  pointAt(place, how) {
    if (!this.output) return;
    if (how === "press" || how === "drag") this.set({ pixel: place });
    this.hover = how === "hover" ? place : null;
    if (how !== "release") this.schedulePixel();
  }

  pointAtInput(row, column, how) {
    const { side, dilation, stride, padding } = this.state,
      reachOut = Math.floor((dilation * (side - 1)) / 2);
    if (!this.output) return;
    const along = (at, size) => clamp(Math.round((at + padding - reachOut) / stride), 0, size - 1);
    this.pointAt([along(row, this.output.rows), along(column, this.output.columns)], how);
  }

  schedulePixel() {
    this.pixelFrame ??= requestAnimationFrame(() => {
      this.pixelFrame = undefined;
      if (!this.stopped && this.picture && !this.frame) this.showPixel();
    });
  }

  move(rows, columns) {
    if (!this.output) return;
    this.hover = null;
    const [row, column] = this.place();
    const pixel = [clamp(row + rows, 0, this.output.rows - 1), clamp(column + columns, 0, this.output.columns - 1)];
    this.set({ pixel });
    this.state.pixel = pixel;
    this.showPixel();
    this.live.say(this.spoken);
  }

  /** Where the pen stands, on the screen and spoken. */
  sayPen(place) {
    this.inputReadout.textContent = fill(this.texts.readout, place);
    this.live.say(fill(this.texts.drawn, place));
  }
}

export default rendering(KernelTuner);

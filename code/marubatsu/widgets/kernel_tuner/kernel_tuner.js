// The kernel tuner: every weight of one kernel, what it makes of a picture, and the sum behind every output pixel.
import { productSum, single } from "../arithmetic/arithmetic.js";
import { opening } from "../files/opening.js";
import { decode, SIDE } from "../kit/drawing.js";
import { extremes, loadImage } from "../kit/images.js";
import { rendering } from "../kit/live.js";
import { paintGrey } from "../kit/paint.js";
import { pen } from "../kit/pen.js";
import { Picturing } from "../kit/picturing.js";
import { productPanel } from "../kit/product_sum.js";
import { clamp, fill, format, make, withUnit } from "../kit/view.js";
import { viewport } from "../kit/viewport.js";
import { challengePanel } from "./challenge_panel.js";
import { score } from "./challenges.js";
import { kernelPane } from "./kernel_pane.js";
import { outputPane } from "./output_pane.js";
import { pythonLine } from "./python_line.js";
import { sizeFormula } from "./size_formula.js";
import { compute, sane } from "./tuning.js";
import { windowTools } from "./window_tools.js";

const NAMES = "image kernel bias stride padding dilation relu pixel window shown drawing challenge".split(" ");

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
    const picker = this.choosePicture({ more, opening, own: { challenge: "" } });
    this.challenges = challengePanel({
      texts,
      challenges: model.get("challenges"),
      onChoose: (name) => this.start(name),
    });
    // A link to a challenge says how far one is.
    model.named = (name) => ["image", "kernel"].includes(name) && model.get("challenge") !== "";
    this.products = productPanel({ texts });
    this.formula = sizeFormula({ texts });
    const pane = (word, ...parts) => this.pane(word, ...parts);
    this.outputPane = outputPane({
      texts,
      pane,
      put,
      onPoint: (row, column, how) => this.pointAt([row, column], how),
      onMove: (rows, columns) => this.move(rows, columns),
    });
    this.kernel = kernelPane({
      texts,
      limits: model.get("limits"),
      presets: model.get("presets"),
      pane,
      put,
      kernel: () => this.now().kernel,
    });
    return [
      this.head(() => this.python()),
      this.challenges.now,
      picker,
      make("div", { class: "mb-panes" }, this.buildInput(put), this.kernel.el, this.outputPane.el),
      this.formula.el,
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
    this.windowTools = windowTools({
      texts,
      window: () => this.now().window ?? [...this.picture.window],
      onChange: put("window"),
    });
    this.inputPane = this.pane("input", this.inputView.el, this.inputReadout, this.windowTools.el, this.pen.tools);
    return this.inputPane.el;
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

  /** @param {Picture | undefined} reference */
  loaded(reference) {
    const {
      texts,
      name,
      picture,
      range: [low, high],
    } = this;
    this.reference = reference;
    this.drawing = name === "drawing";
    this.inputView.el.setAttribute("aria-label", this.drawing ? texts.drawHelp : texts.inputHelp);
    this.inputView.el.classList.toggle("mb-drawable", this.drawing);
    this.pen.tools.hidden = !this.drawing;
    this.adjustable = !this.drawing && high - low > 1 && picture.dtype !== "uint8";
    this.windowTools.el.hidden = !this.adjustable;
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
    return sane((name) => this.model.get(name), this.model.get("limits"));
  }

  update() {
    const state = (this.state = this.now());
    this.output = compute(this.picture, state);
    const { picture, output, texts } = this,
      window = state.window ?? picture.window;
    paintGrey(this.inputView.canvas, picture, window);
    this.inputPane.size.textContent = withUnit(fill(texts.size, picture), picture.unit);
    if (this.adjustable) this.windowTools.show(window, this.range);
    this.kernel.show(state);
    this.outputPane.show(output, state, picture, window);
    this.formula.show(picture, state);
    this.showPixel();
    this.showScore();
    if (output) {
      const [low, high] = extremes(output.data);
      const summary = fill(texts.summary, { ...output, low: format(low), high: format(high) });
      if (summary !== this.summary) this.live.say((this.summary = summary)); // another pixel alone is said elsewhere
    }
  }

  showScore() {
    const { challenge } = this.state,
      { image } = this.model.get("challenges")[challenge] ?? {};
    const active = challenge && this.name === image && this.reference && this.output;
    const value = active
      ? score(challenge, this.output, { input: this.picture, reference: this.reference }, this.state)
      : 0;
    this.challenges.show(challenge, value);
    this.root.classList.toggle("mb-challenged", challenge !== "");
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
    this.outputPane.view.frame("mb-frame", { row, column });
    const shown = output.data[row * output.columns + column],
      middle = terms[terms.length >> 1];
    this.outputPane.say(fill(texts.readout, { row, column, value: format(shown) }));
    if (!this.drawing) {
      const read = middle.inside ? withUnit(format(middle.input), picture.unit) : texts.outside;
      this.inputReadout.textContent = fill(texts.readout, { row: middle.row, column: middle.column, value: read });
    }
    const numbers = { row, column, count: terms.length, sum: format(sum), value: format(value) };
    const cut = state.relu ? ` ${fill(texts.spokenRelu, { value: format(shown) })}` : "";
    this.spoken = `${fill(texts.spoken, numbers)}${cut}`;
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

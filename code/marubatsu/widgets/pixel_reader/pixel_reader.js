// The pixel reader: which number is stored at a place, and which grey the window makes of it.
import { single, windowLevel } from "../arithmetic/arithmetic.js";
import { opening } from "../files/opening.js";
import { rendering } from "../kit/live.js";
import { inkOn, paintColours, paintGrey } from "../kit/paint.js";
import { Picturing } from "../kit/picturing.js";
import { button, clamp, fill, forReader, format, make, slider, withUnit } from "../kit/view.js";
import { viewport } from "../kit/viewport.js";
import { windowCurve } from "./window_curve.js";

const NAMES = ["image", "pixel", "window"],
  REACH = { 1: 3, 3: 2 }; // pixels to each side, by channels

/** The grey of a number in a window [level, width]: whole, from 0 to 255.
 * @param {number} value @param {number[]} window
 */
export const greyOf = (value, [level, width]) =>
  Math.floor(255 * windowLevel(single(1, 1, Float64Array.of(value)), level, width).data[0] + 0.5);

/** Level and width as they can be used, or nothing: a link may hold anything. */
function saneWindow(given) {
  const good = given.length === 2 && given.every(Number.isFinite) && given[1] !== 0;
  return good ? [...given] : null;
}

class PixelReader extends Picturing {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  changed(name) {
    if (name === "image") this.load();
    else this.schedule();
  }

  // ---- what is on the screen ------------------------------------------------------------------------------

  build() {
    const { texts } = this,
      picker = this.choosePicture({ opening: (wishes) => opening({ ...wishes, limit: 512 }) });
    this.view = viewport({
      label: texts.pictureHelp,
      onPoint: (row, column, how) => this.pointAt([row, column], how),
      onMove: (rows, columns) => this.move(rows, columns),
    });
    this.readout = make("p", { class: "mb-reading" });
    this.picturePane = this.pane("picture", this.view.el, make("p", { class: "mb-help", text: texts.pointHelp }));
    this.near = make("table", { class: "mb-near" });
    this.nearHelp = make("p", { class: "mb-help", text: texts.nearHelp });
    const nearPane = this.pane("near", this.readout, this.near, this.nearHelp);
    return [
      this.head(() => this.python()),
      picker,
      make("div", { class: "mb-panes mb-two" }, this.picturePane.el, nearPane.el),
      this.buildDisplay(),
    ];
  }

  buildDisplay() {
    const { texts, model } = this;
    this.presets = Object.entries(model.get("presets")).map(([name, window]) => ({
      window,
      el: button({ label: texts.presets[name], onClick: () => this.set({ window }) }),
    }));
    this.presetRow = make(
      "div",
      { class: "mb-row", role: "group", "aria-label": texts.preset },
      this.presets.map(({ el }) => el),
    );
    this.level = slider({ label: texts.level, name: "level", onInput: (value) => this.setWindow(0, value) });
    this.width = slider({ label: texts.width, name: "width", onInput: (value) => this.setWindow(1, value) });
    this.curve = windowCurve();
    this.curveText = make("p", { class: "mb-readout" });
    const tools = make("div", { class: "mb-tools" }, this.presetRow, this.level.el, this.width.el);
    const graph = forReader(make("div", {}, this.curve.el, this.curveText));
    this.display = make("div", { class: "mb-display" }, tools, graph);
    this.colourHelp = make("p", { class: "mb-help", text: texts.colourHelp });
    const heading = forReader(make("p", { class: "mb-subtitle", text: texts.display }));
    return make(
      "div",
      { role: "group", class: "mb-section", "aria-label": texts.display },
      heading,
      this.display,
      this.colourHelp,
    );
  }

  // ---- pictures -------------------------------------------------------------------------------------------

  loaded() {
    const { picture } = this,
      colour = picture.channels === 3;
    this.display.hidden = this.nearHelp.hidden = colour;
    this.colourHelp.hidden = !colour;
    this.presetRow.hidden = picture.unit !== "HU";
    if (!colour) this.curve.histogram(picture.data, this.range);
  }

  python() {
    const [row, column] = this.place(),
      entry = this.model.get("images")[this.name];
    return `${entry?.python ?? "image"}[${row}, ${column}]`;
  }

  // ---- showing --------------------------------------------------------------------------------------------

  update() {
    const { picture, texts } = this;
    this.window = this.chosenWindow();
    if (picture.channels === 3) paintColours(this.view.canvas, picture);
    else {
      paintGrey(this.view.canvas, picture, this.window);
      this.showWindow();
    }
    this.picturePane.size.textContent = withUnit(fill(texts.size, picture), picture.unit);
    this.showPixel();
  }

  showWindow() {
    const {
        texts,
        range: [low, high],
      } = this,
      [level, width] = this.window,
      size = Math.abs(width),
      fine = high - low <= 2;
    const step = fine ? 0.01 : 1,
      whole = fine ? (value) => value : Math.round;
    this.level.set(level, { min: Math.min(whole(low), level), max: Math.max(whole(high), level), step });
    this.width.set(size, { min: step, max: Math.max(whole(high - low), size), step });
    for (const { window, el } of this.presets)
      el.setAttribute("aria-pressed", String(String(window) === String(this.window)));
    const values = { level, width: size, low: level - size / 2, high: level + size / 2 };
    const words = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.words(value)]));
    if (this.shownWindow !== undefined && this.shownWindow !== String(this.window))
      this.live.say(fill(texts.spokenWindow, words));
    this.shownWindow = String(this.window);
  }

  words(value) {
    return withUnit(format(value, 2), this.picture.unit);
  }

  /** Level and width as they are set now, or those of the picture. */
  chosenWindow() {
    return saneWindow(this.model.get("window")) ?? [...this.picture.window];
  }

  setWindow(which, value) {
    const window = this.chosenWindow(); // not what was last painted: keys may come faster than frames
    window[which] = which === 1 && window[1] < 0 ? -value : value;
    this.set({ window });
  }

  /** The pixel that is read: under the mouse, else the chosen one, else the middle. */
  place() {
    const { rows, columns } = this.picture,
      pixel = this.model.get("pixel");
    const chosen = pixel.length === 2 && pixel.every(Number.isFinite) ? pixel : [rows >> 1, columns >> 1];
    const [row, column] = this.hover ?? chosen;
    return [clamp(Math.round(row), 0, rows - 1), clamp(Math.round(column), 0, columns - 1)];
  }

  /** The number at a place, or three of them in a picture with colours. @param {number} row @param {number} column */
  at(row, column) {
    const { columns, channels, data } = this.picture,
      from = (row * columns + column) * channels;
    return channels === 3 ? [...data.subarray(from, from + 3)] : data[from];
  }

  showPixel() {
    const { texts, picture } = this,
      [row, column] = this.place(),
      value = this.at(row, column);
    const place = fill(texts.place, { row, column }),
      reach = REACH[picture.channels];
    this.view.frame("mb-frame", { row, column });
    this.view.frame("mb-around", {
      row: row - reach,
      column: column - reach,
      rows: 2 * reach + 1,
      columns: 2 * reach + 1,
    });
    this.showNear(row, column, reach);
    if (Array.isArray(value)) {
      const words = fill(texts.colour, value),
        swatch = `rgb(${value})`;
      this.showReading(place, words, swatch);
      this.spoken = fill(texts.spokenColour, { row, column, value: words });
      return;
    }
    const grey = greyOf(value, this.window),
      words = this.words(value);
    this.showReading(place, words, `rgb(${grey} ${grey} ${grey})`, fill(texts.grey, { grey }));
    this.spoken = fill(texts.spoken, { row, column, value: words, grey });
    const [level, width] = this.window,
      ends = [level - Math.abs(width) / 2, level + Math.abs(width) / 2].map((end) => this.words(end));
    this.curve.show(this.window, value, grey);
    this.curveText.textContent = fill(texts.curve, {
      low: ends[width < 0 ? 1 : 0],
      high: ends[width < 0 ? 0 : 1],
      value: words,
      grey,
    });
  }

  showReading(place, words, colour, grey) {
    const swatch = make("span", { class: "mb-swatch", style: `background: ${colour}` });
    const parts = [make("span", { class: "mb-muted", text: place }), make("strong", { text: words })];
    this.readout.replaceChildren(...parts, make("span", { class: "mb-shade" }, grey && `→ ${grey}`, swatch));
  }

  /** The numbers around a pixel, each on its own grey, with the rows and columns they stand in. */
  showNear(row, column, reach) {
    const { rows, columns } = this.picture,
      around = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
    const inside = (place, size) => place >= 0 && place < size;
    const number = (place, size) => make("th", { text: inside(place, size) ? place : "" });
    const head = make(
      "tr",
      {},
      make("td"),
      around.map((j) => number(column + j, columns)),
    );
    const lines = around.map((i) =>
      make(
        "tr",
        {},
        number(row + i, rows),
        around.map((j) => {
          if (!inside(row + i, rows) || !inside(column + j, columns)) return make("td", { class: "mb-outside" });
          const value = this.at(row + i, column + j),
            chosen = i === 0 && j === 0 && "mb-here";
          const colour = Array.isArray(value) ? value : Array(3).fill(greyOf(value, this.window)),
            [red, green, blue] = colour;
          const texts = Array.isArray(value) ? value.map((part) => make("span", { text: part })) : [format(value, 2)];
          const style = `background: rgb(${red} ${green} ${blue}) !important; color: ${inkOn(colour)}`;
          return make("td", { class: chosen, style }, texts);
        }),
      ),
    );
    this.near.replaceChildren(make("tbody", {}, head, lines));
  }

  // ---- pointing -------------------------------------------------------------------------------------------

  pointAt(place, how) {
    if (!this.picture) return;
    if (how === "press" || how === "drag") this.set({ pixel: place });
    this.hover = how === "hover" ? place : null;
    if (how === "release") return;
    this.pixelFrame ??= requestAnimationFrame(() => {
      this.pixelFrame = undefined;
      if (!this.stopped && !this.frame) this.showPixel();
    });
  }

  move(rows, columns) {
    if (!this.picture) return;
    this.hover = null;
    const [row, column] = this.place(),
      { picture } = this;
    this.set({ pixel: [clamp(row + rows, 0, picture.rows - 1), clamp(column + columns, 0, picture.columns - 1)] });
    this.showPixel();
    this.live.say(this.spoken);
  }
}

export default rendering(PixelReader);

// The boxes explorer: a slice with what was to be found and what a network found; the score threshold and the overlap
// of a hit to move, the FROC curve, and a box of the reader's own.
import { loadImage } from "../kit/images.js";
import { Live, rendering } from "../kit/live.js";
import { paintGrey } from "../kit/paint.js";
import { shape, write } from "../kit/svg.js";
import { button, choice, clamp, fill, format, make, slider, toggle } from "../kit/view.js";
import { viewport } from "../kit/viewport.js";
import { boxTable } from "./box_table.js";
import { countAt, froc, matchBoxes, nearest, placeOf, sane } from "./found_boxes.js";
import { frocChart } from "./froc_chart.js";

const NAMES = ["slice", "threshold", "overlap", "own", "shown"];
const LETTERS = "ABCDEFGHIJ",
  FIRST = 8; // side of a first own box

/** @param {string} kind @param {number[]} box @param {number} [wider] */
const frame = (kind, [top, left, bottom, right], wider = 0) =>
  shape("rect", {
    class: `mb-found mb-found-${kind}`,
    x: left - wider,
    y: top - wider,
    width: right - left + 2 * wider,
    height: bottom - top + 2 * wider,
  });

class BoxesExplorer extends Live {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  async load() {
    this.strip = await loadImage(this.model.get("images").slices);
    if (!this.stopped) this.update();
  }

  ready() {
    return Boolean(this.strip);
  }

  build() {
    // Of every slice; a picture's size, and of how many slices there is one.
    /** @type {{ truths: number[][][], boxes: number[][][], scores: number[][], [number: string]: any }} */
    const { truths, boxes, scores, rows, columns, pictures } = this.model.get("cases");
    this.truths = truths;
    this.boxes = boxes;
    this.scores = scores;
    this.rows = rows;
    this.columns = columns;
    this.pictures = pictures;
    this.limits = this.model.get("limits");
    this.matched = new Map();
    this.panes = make("div", { class: "mb-panes mb-found-top" }, this.buildSlice(), this.buildCurve());
    this.lists = this.buildLists();
    return [this.head(() => this.python()), this.panes, this.lists];
  }

  buildSlice() {
    const { texts } = this;
    this.pick = choice({
      label: texts.slice,
      options: Array.from({ length: this.pictures }, (_, i) => ({ value: i, title: LETTERS[i] })),
      onChange: (slice) => this.set({ slice, own: [] }),
    });
    this.view = viewport({
      label: texts.view,
      onPoint: (row, column, how) => this.point(row, column, how),
      onMove: (rows, columns, event) => this.move(Math.sign(rows), Math.sign(columns), event.shiftKey),
      onKey: (event) => {
        if (["Escape", "Delete", "Backspace"].includes(event.key)) this.set({ own: [] });
      },
    });
    this.view.el.classList.add("mb-drawable", "mb-found-view");
    this.over = shape("svg", {
      class: "mb-found-over",
      viewBox: `0 0 ${this.columns} ${this.rows}`,
      "aria-hidden": "true",
    });
    this.view.el.append(this.over);
    const key = (kind) =>
      make("span", {}, make("span", { class: `mb-found-key mb-found-key-${kind}` }), texts.kinds[kind]);
    this.keys = make("p", { class: "mb-rates-keys" }, ["truth", "hit", "false", "own"].map(key));
    this.boxesShown = toggle({
      label: texts.shown,
      name: "shown",
      onChange: (on) => this.set({ shown: on ? "boxes" : "image" }),
    });
    return this.pane(
      "sliceHead",
      this.pick.el,
      this.view.el,
      this.boxesShown.el,
      this.keys,
      make("p", { class: "mb-help", text: texts.sliceHelp }),
    ).el;
  }

  buildCurve() {
    const { texts } = this;
    this.chart = frocChart({ texts });
    this.threshold = slider({
      label: texts.threshold,
      name: "threshold",
      onInput: (threshold) => this.set({ threshold }),
    });
    this.overlap = slider({ label: texts.overlap, name: "overlap", onInput: (overlap) => this.set({ overlap }) });
    const pane = this.pane(
      "froc",
      this.chart.el,
      this.threshold.el,
      this.overlap.el,
      make("p", { class: "mb-help", text: texts.frocHelp }),
    );
    pane.size.textContent = fill(texts.of, {
      slices: this.truths.length,
      nodules: this.truths.reduce((sum, each) => sum + each.length, 0),
    });
    return (this.curve = pane.el);
  }

  buildLists() {
    const { texts } = this,
      value = () => make("strong");
    this.counts = {
      here: { hits: value(), missed: value(), falseAlarms: value() },
      all: { sensitivity: value(), rate: value() },
    };
    const line = (words, el) => make("p", { class: "mb-found-line" }, make("span", { text: words }), el);
    const group = (title, ...lines) => make("div", {}, make("p", { class: "mb-muted", text: title }), lines);
    const here = group(
      texts.here,
      line(texts.hits, this.counts.here.hits),
      line(texts.missed, this.counts.here.missed),
      line(texts.falseAlarms, this.counts.here.falseAlarms),
    );
    const all = group(
      texts.everywhere,
      line(texts.sensitivity, this.counts.all.sensitivity),
      line(texts.rate, this.counts.all.rate),
    );
    const tally = this.pane("tally", make("div", { class: "mb-found-tally" }, here, all));
    this.table = boxTable({ texts });
    const boxes = this.pane("boxes", this.table.el);
    this.sum = make("p", { class: "mb-found-sum" });
    this.remove = button({ label: texts.remove, symbol: "clear", onClick: () => this.set({ own: [] }) });
    const own = this.pane("ownHead", this.sum, this.remove, make("p", { class: "mb-help", text: texts.ownHelp }));
    return make(
      "div",
      { class: "mb-panes mb-even" },
      make("div", { class: "mb-found-stack" }, tally.el, own.el),
      boxes.el,
    );
  }

  now() {
    return sane(Object.fromEntries(NAMES.map((name) => [name, this.model.get(name)])), this);
  }

  /** Which box hits which truth in every slice, and the curve, for one overlap; kept, because sliders move. */
  matches(overlap) {
    if (!this.matched.has(overlap)) {
      const hits = this.truths.map((truths, n) => matchBoxes(this.boxes[n], this.scores[n], truths, overlap));
      this.matched.set(overlap, {
        hits,
        curve: froc(
          this.scores,
          hits,
          this.truths.map((each) => each.length),
        ),
      });
    }
    return this.matched.get(overlap);
  }

  point(row, column, how) {
    if (how === "press") this.start = [row, column];
    else if ((how === "drag" || how === "release") && this.start) {
      const [top, bottom] = [this.start[0], row].sort((a, b) => a - b),
        [left, right] = [this.start[1], column].sort((a, b) => a - b);
      if (how === "drag" || bottom > top || right > left) this.set({ own: [top, left, bottom + 1, right + 1] });
      if (how === "release") this.start = undefined;
    }
  }

  move(down, right, resize) {
    const { own } = this.now(),
      { rows, columns } = this;
    if (!own.length) {
      const top = Math.round((rows - FIRST) / 2),
        left = Math.round((columns - FIRST) / 2);
      return this.set({ own: [top, left, top + FIRST, left + FIRST] });
    }
    const [top, left, bottom, far] = own;
    if (resize)
      return this.set({ own: [top, left, clamp(bottom + down, top + 1, rows), clamp(far + right, left + 1, columns)] });
    const by = [clamp(down, -top, rows - bottom), clamp(right, -left, columns - far)];
    this.set({ own: [top + by[0], left + by[1], bottom + by[0], far + by[1]] });
  }

  update() {
    const state = this.now(),
      { texts } = this,
      { slice, threshold, overlap, own, shown } = state;
    const { hits, curve } = this.matches(overlap),
      truths = this.truths[slice],
      scores = this.scores[slice];
    this.pick.set(slice);
    const ends = ([min, max], step) => ({ min, max, step });
    this.threshold.set(threshold, ends(this.limits.threshold, 0.01));
    this.overlap.set(overlap, ends(this.limits.overlap, 0.05));
    this.show(state, hits[slice]);
    this.hide(shown === "image");
    const here = countAt(scores, hits[slice], truths.length, threshold),
      place = placeOf(curve, threshold);
    for (const [name, el] of Object.entries(this.counts.here)) el.textContent = here[name];
    const sensitivity = fill(texts.percent, { value: format(100 * curve.sensitivity[place], 1) }),
      rate = format(curve.falseAlarms[place], 2);
    this.counts.all.sensitivity.textContent = sensitivity;
    this.counts.all.rate.textContent = rate;
    this.chart.show(curve, place);
    const listed = this.boxes[slice].map((box, i) => ({
      score: scores[i],
      iou: nearest(box, truths).iou,
      kind: hits[slice][i] >= 0 ? "hit" : "false",
    }));
    this.table.show(listed.filter(({ score }) => score >= threshold));
    const mine = this.showOwn(own, truths);
    const values = {
      letter: LETTERS[slice],
      threshold: format(threshold, 2),
      overlap: format(overlap, 2),
      ...here,
      sensitivity,
      rate,
    };
    const ownMoved = this.spokenOwn !== undefined && this.spokenOwn !== mine;
    this.spokenOwn = mine;
    if (shown === "image") this.live.say(fill(texts.spokenImage, values));
    else this.live.say(ownMoved && own.length ? mine : fill(texts.spoken, values));
  }

  /** Leave the picture alone, so that a class counts before it is told: nothing may say what is in the slice. */
  hide(alone) {
    this.boxesShown.set(!alone);
    this.panes.classList.toggle("mb-found-alone", alone);
    for (const part of [this.keys, this.curve, this.lists]) part.hidden = alone;
  }

  show({ slice, threshold, own, shown }, hits) {
    const { columns, data } = this.strip,
      size = this.rows * columns;
    paintGrey(
      this.view.canvas,
      { rows: this.rows, columns, data: data.subarray(slice * size, (slice + 1) * size) },
      this.strip.window,
    );
    const mine = own.length ? [frame("own", own)] : [];
    if (shown === "image") return this.over.replaceChildren(...mine);
    const truths = this.truths[slice].map((box) => frame("truth", box, 1.5));
    const found = this.boxes[slice].flatMap((box, i) => {
      if (this.scores[slice][i] < threshold) return [];
      const kind = hits[i] >= 0 ? "hit" : "false";
      return [
        frame(kind, box),
        write(
          `mb-found-score mb-found-on-${kind}`,
          (box[1] + box[3]) / 2,
          box[0] - 1.2,
          this.scores[slice][i].toFixed(2),
        ),
      ];
    });
    this.over.replaceChildren(...truths, ...found, ...mine);
  }

  showOwn(own, truths) {
    const { texts } = this;
    this.remove.hidden = !own.length;
    let words = texts.noOwn;
    if (own.length) {
      const { truth, shared, together, iou } = nearest(own, truths),
        size = { rows: own[2] - own[0], columns: own[3] - own[1] };
      words =
        truth < 0 ? fill(texts.noTruth, size) : fill(texts.sum, { ...size, shared, together, iou: iou.toFixed(2) });
    }
    this.sum.textContent = words;
    return words;
  }

  python() {
    const { slice, threshold, overlap, own, shown } = this.now();
    const mine = `${own.length ? `, own=${JSON.stringify(own)}` : ""}${shown === "image" ? ', shown="image"' : ""}`;
    const set = `slice=${slice}, threshold=${threshold}, overlap=${overlap}${mine}`;
    return `BoxesExplorer(images, truths, boxes, scores, ${set})`;
  }
}

export default rendering(BoxesExplorer);

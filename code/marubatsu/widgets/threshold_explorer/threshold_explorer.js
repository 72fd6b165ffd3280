// The threshold explorer: a threshold over the scores of two groups; the ROC curve, the four-field table, 1,000 people.
import { loadImage } from "../kit/images.js";
import { Live, rendering } from "../kit/live.js";
import { paintGrey } from "../kit/paint.js";
import { button, clamp, fill, format, make, slider } from "../kit/view.js";
import { peoplePanels } from "./people_panels.js";
import { rocChart, scoreChart } from "./rate_charts.js";
import {
  areaUnder,
  confusion,
  histogram,
  percent,
  rates,
  reading,
  rocCurve,
  scaleOf,
  thresholdAt,
  wilson,
  wrongNear,
} from "./rates.js";

const NAMES = ["threshold", "prevalence"],
  BINS = 40,
  MOST_WRONG = 12;
const READ = ["youden", "equalCost", "sensitive"];

/** Threshold and prevalence with everything impossible replaced: a link may hold anything.
 * @param {Record<string, any>} asked @param {{ low: number, high: number }} scale @param {Limits} limits
 */
function sane({ threshold, prevalence }, { low, high }, limits) {
  const number = (value, usual) => (Number.isFinite(value) ? value : usual);
  return {
    threshold: clamp(number(threshold, (low + high) / 2), low, high),
    prevalence: clamp(number(prevalence, 0.1), ...limits.prevalence),
  };
}

class ThresholdExplorer extends Live {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  async load() {
    const { cases } = this.model.get("images");
    this.thumbs = cases && (await loadImage(cases));
    if (!this.stopped) this.update();
  }

  build() {
    /** @type {{ scores: number[], labels: number[] }} */
    const { scores, labels } = this.model.get("cases");
    this.scores = scores;
    this.labels = labels;
    this.scale = scaleOf(this.scores);
    this.curve = rocCurve(this.scores, this.labels);
    this.area = areaUnder(this.scores, this.labels);
    const group = (kind) =>
      histogram(
        this.scores.filter((_, i) => this.labels[i] === kind),
        this.scale,
        BINS,
      );
    this.groups = { with: group(1), without: group(0) };
    /** @type {string[]} */
    const [without, ill] = this.model.get("classes");
    this.without = without;
    this.with = ill;
    const panes = make("div", { class: "mb-panes mb-even" }, this.buildScores(), this.buildRoc());
    this.people = peoplePanels({
      texts: this.texts,
      pane: (word, ...parts) => this.pane(word, ...parts),
      own: this.labels.reduce((sum, label) => sum + label, 0) / this.labels.length,
      limits: this.model.get("limits").prevalence,
      onChange: (prevalence) => this.set({ prevalence }),
    });
    const people = make("div", { class: "mb-section" }, this.people.el);
    return [this.head(() => this.python()), panes, this.buildTable(), people, this.buildWrong()];
  }

  buildScores() {
    const { texts } = this;
    this.chart = scoreChart({ onChoose: (threshold) => this.set({ threshold }) });
    this.slider = slider({
      label: texts.threshold,
      name: "threshold",
      onInput: (threshold) => this.set({ threshold }),
    });
    const key = (kind, text) => make("span", {}, make("span", { class: `mb-group-key mb-${kind}` }), text);
    const keys = make(
      "p",
      { class: "mb-rates-keys" },
      key("with", fill(texts.upwards, { group: this.with })),
      key("without", fill(texts.downwards, { group: this.without })),
    );
    const jump = (name) => button({ label: texts[name], onClick: () => this.jump(name) });
    const jumps = make(
      "div",
      { class: "mb-row mb-for-reader", role: "group", "aria-label": texts.jump },
      make("span", { class: "mb-muted", text: texts.jump }),
      READ.map(jump),
    );
    return this.pane(
      "scores",
      keys,
      this.chart.el,
      this.slider.el,
      jumps,
      make("p", { class: "mb-help", text: texts.scoresHelp }),
    ).el;
  }

  buildRoc() {
    const { texts } = this;
    this.roc = rocChart({
      texts,
      onChoose: (place) => this.set({ threshold: thresholdAt(this.curve, place, this.scale) }),
    });
    const pane = this.pane("roc", this.roc.el, make("p", { class: "mb-help", text: texts.rocHelp }));
    const { auc, interval } = this.area;
    pane.size.textContent = fill(interval ? texts.area : texts.areaAlone, {
      auc: format(auc),
      low: format(interval?.[0] ?? 0),
      high: format(interval?.[1] ?? 0),
    });
    return pane.el;
  }

  buildTable() {
    const { texts } = this,
      head = (text, scope) => make("th", { scope, text });
    this.cells = Object.fromEntries(["tp", "fp", "fn", "tn"].map((kind) => [kind, make("strong")]));
    this.shown = Object.fromEntries(
      ["sensitivity", "specificity", "accuracy", "ppv", "npv"].map((name) => [
        name,
        { value: make("strong"), range: make("span", { class: "mb-muted" }) },
      ]),
    );
    const count = (kind) =>
      make(
        "td",
        { class: `mb-field-${kind}` },
        make("span", { class: "mb-muted", text: texts.fields[kind] }),
        this.cells[kind],
      );
    const rate = (name) =>
      make(
        "td",
        { class: "mb-margin" },
        make("span", { class: "mb-muted", text: texts.short[name] }),
        this.shown[name].value,
        this.shown[name].range,
      );
    const line = (title, ...cells) => make("tr", {}, head(title, "row"), cells);
    const top = make("tr", {}, make("td"), head(this.with, "col"), head(this.without, "col"), make("td"));
    const rows = [
      line(texts.calledPositive, count("tp"), count("fp"), rate("ppv")),
      line(texts.calledNegative, count("fn"), count("tn"), rate("npv")),
    ];
    rows.push(line(texts.rates, rate("sensitivity"), rate("specificity"), rate("accuracy")));
    const table = make("table", { class: "mb-four-field" }, make("thead", {}, top), make("tbody", {}, rows));
    this.ratios = Object.fromEntries(["lrPositive", "lrNegative", "youden"].map((name) => [name, make("strong")]));
    const ratios = make(
      "p",
      { class: "mb-ratios" },
      Object.entries(this.ratios).map(([name, value]) => make("span", {}, `${texts[name]} `, value)),
    );
    const pane = this.pane("cases", table, ratios, make("p", { class: "mb-help", text: texts.casesHelp }));
    pane.size.textContent = fill(texts.count, { count: this.scores.length });
    return make("div", { class: "mb-section mb-for-reader" }, pane.el);
  }

  buildWrong() {
    const { texts } = this;
    this.wrong = make("ul", { class: "mb-wrong mb-wrong-cases" });
    const pane = this.pane("wrong", this.wrong, make("p", { class: "mb-help", text: texts.wrongHelp }));
    this.wrongCount = pane.size;
    this.wrongPane = make(
      "div",
      { class: "mb-section mb-for-reader", hidden: !this.model.get("images").cases },
      pane.el,
    );
    return this.wrongPane;
  }

  /** A link that sets the prevalence is about the people, who stand far below the scores. */
  opened(changes) {
    if ("prevalence" in changes) this.people.el.scrollIntoView();
  }

  now() {
    const asked = Object.fromEntries(NAMES.map((name) => [name, this.model.get(name)]));
    return sane(asked, this.scale, this.model.get("limits"));
  }

  jump(name) {
    this.set({ threshold: thresholdAt(this.curve, reading(name, this.curve, this.now().prevalence), this.scale) });
  }

  update() {
    const { threshold, prevalence } = this.now(),
      { low, high, step } = this.scale,
      { texts } = this;
    const counts = confusion(this.scores, this.labels, threshold),
      found = rates(counts),
      { tp, fn, fp, tn } = counts;
    const ends = {
      sensitivity: wilson(tp, tp + fn),
      specificity: wilson(tn, fp + tn),
      accuracy: wilson(tp + tn, this.scores.length),
      ppv: wilson(tp, tp + fp),
      npv: wilson(tn, fn + tn),
    };
    this.slider.set(threshold, { min: low, max: high, step });
    this.chart.show({ groups: this.groups, counts, threshold, scale: this.scale });
    const {
      sensitivity: [senLow, senHigh],
      specificity: [speLow, speHigh],
    } = ends;
    this.roc.show(this.curve, {
      fpr: 1 - found.specificity,
      tpr: found.sensitivity,
      low: [1 - speHigh, senLow],
      high: [1 - speLow, senHigh],
    });
    for (const [kind, cell] of Object.entries(this.cells)) cell.textContent = counts[kind];
    for (const [name, { value, range }] of Object.entries(this.shown)) {
      value.textContent = found[name] === null ? "–" : fill(texts.percent, { value: percent(found[name]) });
      range.textContent = ends[name] ? this.range(ends[name]) : "";
    }
    for (const [name, cell] of Object.entries(this.ratios))
      cell.textContent = found[name] === null ? "–" : found[name] === Infinity ? "∞" : format(found[name], 2);
    const said = this.people.show(found, ends, prevalence);
    this.showWrong(counts, threshold);
    const values = {
      threshold: format(threshold),
      sensitivity: percent(found.sensitivity),
      specificity: percent(found.specificity),
    };
    this.live.say(`${fill(texts.spoken, values)} ${said}`);
  }

  range([low, high]) {
    return fill(this.texts.ends, { low: percent(low), high: percent(high) });
  }

  showWrong({ fn, fp }, threshold) {
    if (!this.thumbs) return;
    const {
        texts,
        thumbs: { columns, data, window, side },
      } = this,
      rows = side ?? columns;
    const places = wrongNear(this.scores, this.labels, threshold, MOST_WRONG);
    this.wrongCount.textContent = fill(texts.wrongCount, { wrong: fn + fp, count: this.scores.length });
    this.wrong.replaceChildren(
      ...places.map((place) => {
        const canvas = make("canvas", { "aria-hidden": "true" }),
          kind = this.labels[place] ? "fn" : "fp";
        paintGrey(
          canvas,
          { rows, columns, data: data.subarray(place * rows * columns, (place + 1) * rows * columns) },
          window,
        );
        const score = format(this.scores[place]),
          shown = score === format(threshold) ? format(this.scores[place], 5) : score;
        const words = make("span", {}, make("strong", { text: kind.toUpperCase() }), ` ${shown}`);
        return make("li", { "data-kind": kind }, canvas, words);
      }),
    );
  }

  python() {
    const { threshold, prevalence } = this.now();
    return `ThresholdExplorer(scores, labels, threshold=${threshold}, prevalence=${prevalence})`;
  }
}

export default rendering(ThresholdExplorer);

// The task board: one slice through a chest, six tabs; in each what goes in, what comes out, and how it is scored.
import { loadImage } from "../kit/images.js";
import { Live, rendering } from "../kit/live.js";
import { unpack } from "../arithmetic/numbers.js";
import { outline, overlay } from "./outlines.js";
import { paintGrey, paintSigned, reach } from "../kit/paint.js";
import { choice, fill, format, formatShare, make } from "../kit/view.js";

const NAMES = ["task", "shown"],
  SHOWN = ["truth", "network", "both"];
const TASKS = ["classification", "regression", "detection", "segmentation", "quality", "generation"];
const PAGES = { quality: "image-quality" }; // where a page is not called as its task
const LINES = ["out", "layer", "loss", "score", "clinic"];
const ICONS = {
  classification: "M4 4h8l8 8-8 8-8-8zM8.500 8.500h.01",
  regression: "M5 19L19 5M3 16l5 5M16 3l5 5",
  detection: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M9 9h6v6H9z",
  segmentation: "M5 12c-1-5 4-9 8-7s7 3 6 8-3 8-8 6-5-3-6-7z",
  quality: "M12 3v5M12 16v5M3 12h5M16 12h5M6 6l2.500 2.500M15.500 15.500L18 18M18 6l-2.500 2.500M8.500 15.500L6 18",
  generation: "M4 4h16v16H4zM12 8v8M8 12h8",
};

/** The state with everything unknown replaced: a link may hold anything. */
export const sane = (task, shown) => ({
  task: TASKS.includes(task) ? task : TASKS[0],
  shown: SHOWN.includes(shown) ? shown : "both",
});

/** The ends of a line through the middle of a nodule, as long as a diameter in mm: [left, right] in pixels. */
export const caliper = ({ column }, millimetres, spacing) =>
  [-0.5, 0.5].map((half) => column + 0.5 + (half * millimetres) / spacing);

class TaskBoard extends Live {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  async load() {
    const entries = Object.entries(this.model.get("images"));
    this.pictures = Object.fromEntries(
      await Promise.all(entries.map(async ([name, entry]) => [name, await loadImage(entry)])),
    );
    if (this.stopped) return;
    for (const name of ["lungs", "mask"])
      if (this.pictures[name]) this.pictures[name].outline = outline(this.pictures[name]);
    this.update();
  }

  ready() {
    return Boolean(this.pictures);
  }

  build() {
    const { texts } = this;
    this.answers = this.model.get("answers");
    const id = `mb-task-${Math.random().toString(36).slice(2, 8)}`;
    this.tabs = TASKS.map((task) => ({
      task,
      el: make(
        "button",
        {
          type: "button",
          class: "mb-tab",
          role: "tab",
          id: `${id}-${task}`,
          "aria-controls": id,
          on: { click: () => this.set({ task }) },
        },
        symbol(task),
        make("span", { text: texts.tasks[task].title }),
      ),
    }));
    const list = make(
      "div",
      { class: "mb-tabs", role: "tablist", "aria-label": texts.tabs, on: { keydown: (event) => this.walk(event) } },
      this.tabs.map(({ el }) => el),
    );
    this.question = make("p", { class: "mb-question" });
    this.input = make("div", { class: "mb-task-in" });
    this.output = make("div", { class: "mb-task-out" });
    const arrow = make("span", { class: "mb-task-arrow", "aria-hidden": "true", text: "→" });
    this.shown = choice({
      label: texts.show,
      options: SHOWN.map((value) => ({ value, title: texts.shows[value] })),
      onChange: (shown) => this.set({ shown }),
    });
    this.keys = make("p", { class: "mb-rates-keys" });
    this.reading = make("p", { class: "mb-task-reading" });
    this.lines = make("tbody");
    const table = make("table", { class: "mb-lines" }, this.lines);
    this.panel = make(
      "div",
      { class: "mb-section mb-task-panel", role: "tabpanel", id, tabindex: 0 },
      this.question,
      make("div", { class: "mb-task-flow" }, this.input, arrow, this.output),
      this.shown.el,
      this.keys,
      this.reading,
      table,
      make("p", { class: "mb-help", text: texts.synthetic }),
    );
    return [this.head(() => this.python()), list, this.panel];
  }

  /** Arrow keys, Home and End walk through the tabs, as in every list of tabs. */
  walk(event) {
    const at = TASKS.indexOf(this.now().task),
      last = TASKS.length - 1;
    const to = {
      ArrowRight: (at + 1) % (last + 1),
      ArrowDown: (at + 1) % (last + 1),
      ArrowLeft: (at + last) % (last + 1),
      ArrowUp: (at + last) % (last + 1),
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || event.altKey || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.set({ task: TASKS[to] });
    this.tabs[to].el.focus();
  }

  now() {
    return sane(this.model.get("task"), this.model.get("shown"));
  }

  update() {
    const { texts } = this,
      { task, shown } = this.now(),
      words = texts.tasks[task];
    for (const { task: each, el } of this.tabs) {
      el.setAttribute("aria-selected", String(each === task));
      el.tabIndex = each === task ? 0 : -1;
      if (each === task) this.panel.setAttribute("aria-labelledby", el.id);
    }
    this.shown.set(shown);
    this.question.textContent = words.question;
    const { rows, columns } = this.pictures.slice,
      sizes = { rows, columns };
    const made = this[task](shown),
      tellsNetwork = made.network !== undefined;
    this.shown.el.hidden = task === "generation";
    this.input.replaceChildren(...made.input, caption(fill(words.in, { ...sizes, ...made.sizes })));
    this.output.replaceChildren(...made.output, caption(fill(words.shape, { ...sizes, ...made.sizes })));
    this.output.classList.toggle("mb-pictures", task === "generation");
    const key = (kind) => make("span", {}, make("span", { class: `mb-outline-key mb-${kind}` }), texts.shows[kind]);
    this.keys.hidden = !["regression", "detection", "segmentation"].includes(task);
    this.keys.replaceChildren(key("truth"), ...(tellsNetwork ? [key("network")] : []));
    const sentence = [made.truth, tellsNetwork ? made.network : texts.notAsked].filter(Boolean).join(" ");
    this.reading.textContent = sentence;
    this.lines.replaceChildren(
      ...LINES.map((name) =>
        make(
          "tr",
          {},
          make("th", { scope: "row", text: texts[name === "out" ? "comesOut" : name] }),
          make("td", { text: words[name] }),
        ),
      ),
      ...this.link(task),
    );
    this.live.say(`${words.title}. ${sentence}`);
  }

  link(task) {
    const page = this.model.page?.(`tasks/${PAGES[task] ?? task}`);
    return page
      ? [
          make(
            "tr",
            {},
            make("th", { scope: "row", text: this.texts.page }),
            make("td", {}, make("a", { href: page, text: this.texts.tasks[task].title })),
          ),
        ]
      : [];
  }

  // ---- the six tasks: each gives what is drawn at the left and at the right, and what is said of it ----------

  classification(shown) {
    const {
        texts,
        answers: { shares, nodules, measured },
      } = this,
      truth = Number(nodules[measured].malignant);
    const bars = texts.labels.map((label, i) => {
      const share = shares?.[i] ?? 0,
        bar = make("span", { class: "mb-bar-fill", style: `width: ${100 * share}%` });
      const known = shares && shown !== "truth",
        right = i === truth && shown !== "network";
      return make(
        "div",
        { class: `mb-label-row${right ? " mb-true" : ""}` },
        make("strong", { text: label }),
        make("span", { class: "mb-bar" }, known && bar),
        make("span", { class: "mb-number", text: known ? formatShare(share) : "" }),
        make("span", { class: "mb-true-mark", text: right ? texts.right : "" }),
      );
    });
    const said = shares && texts.labels[shares[1] > shares[0] ? 1 : 0];
    return {
      input: [this.pointed(nodules[measured])],
      output: [make("div", { class: "mb-labels" }, bars)],
      truth: fill(texts.truthLabel, { label: texts.labels[truth] }),
      network: shares ? fill(texts.networkLabel, { label: said, share: formatShare(Math.max(...shares)) }) : undefined,
    };
  }

  regression(shown) {
    const {
        texts,
        answers: { nodules, measured, millimetres, spacing },
      } = this,
      nodule = nodules[measured],
      marks = [];
    const line = (kind, mm, down) =>
      marks.push({ kind, line: [caliper(nodule, mm, spacing), nodule.row + 0.5 + down] });
    if (shown !== "network") line("truth", nodule.mm, -1);
    if (shown !== "truth" && millimetres !== null) line("network", millimetres, 1);
    const mm = (value) => format(value, 1);
    return {
      input: [this.pointed(nodule)],
      output: [this.grey("slice", marks, this.near(nodule))],
      truth: fill(texts.truthMm, { mm: mm(nodule.mm) }),
      network:
        millimetres === null
          ? undefined
          : fill(texts.networkMm, { mm: mm(millimetres), error: mm(millimetres - nodule.mm) }),
    };
  }

  detection(shown) {
    const {
        texts,
        answers: { nodules, boxes, scores },
      } = this,
      marks = [];
    if (shown !== "network") marks.push(...nodules.map(({ box }) => ({ kind: "truth", box })));
    if (shown !== "truth")
      marks.push(...(boxes ?? []).map((box) => ({ kind: "network", box: box.slice(0, 4), text: formatShare(box[4]) })));
    return {
      input: [this.grey("slice")],
      output: [this.grey("slice", marks)],
      truth: fill(texts.truthBoxes, { count: nodules.length }),
      network: boxes
        ? fill(texts.networkBoxes, { count: boxes.length, found: scores.found, false: scores.false })
        : undefined,
    };
  }

  segmentation(shown) {
    const {
        texts,
        pictures: { lungs, mask },
        answers: { scores, spacing },
      } = this,
      marks = [];
    if (shown !== "network") marks.push({ kind: "truth", path: lungs.outline });
    if (shown !== "truth" && mask) marks.push({ kind: "network", path: mask.outline });
    const area = ({ data }) => format((data.reduce((sum, each) => sum + each, 0) * spacing ** 2) / 100, 0);
    return {
      input: [this.grey("slice")],
      output: [this.grey("slice", marks)],
      truth: fill(texts.truthArea, { area: area(lungs) }),
      network: mask ? fill(texts.networkArea, { area: area(mask), dice: format(scores.dice) }) : undefined,
    };
  }

  quality(shown) {
    const {
      texts,
      pictures: { noisy },
      answers: { scores },
    } = this;
    const views = [
      shown !== "truth" && noisy && ["cleaned", texts.cleaned],
      (shown !== "network" || !noisy) && ["slice", texts.fullDose],
    ].filter(Boolean);
    const output = make(
      "div",
      { class: "mb-task-pair" },
      views.map(([name, title]) => make("div", {}, this.grey(name), caption(title))),
    );
    return {
      input: [this.grey(noisy ? "noisy" : "slice")],
      output: [output],
      truth: noisy ? fill(texts.before, { error: format(scores.before, 0) }) : "",
      network: noisy ? fill(texts.after, { error: format(scores.after, 0) }) : undefined,
    };
  }

  generation() {
    const {
      texts,
      pictures: { made },
      answers: { noise },
    } = this;
    if (!made) return { input: [], output: [], truth: "", sizes: { count: 0, side: 0, numbers: 0 } };
    const {
        shape: [count, numbers],
        data,
      } = unpack(noise),
      limit = reach(data, 1),
      { columns, side, window } = made,
      canvas = make("canvas", { class: "mb-noise", "aria-hidden": "true" });
    paintSigned(canvas, { rows: count, columns: numbers, data }, limit);
    const pictures = Array.from({ length: count }, (_, k) => {
      const each = make("canvas", { "aria-hidden": "true" });
      paintGrey(
        each,
        { rows: side, columns, data: made.data.subarray(k * side * columns, (k + 1) * side * columns) },
        window,
      );
      return each;
    });
    return {
      input: [canvas],
      output: [make("div", { class: "mb-made" }, pictures)],
      truth: "",
      network: fill(texts.networkMade, { count }),
      sizes: { count, side, columns, numbers },
    };
  }

  // ---- pictures -------------------------------------------------------------------------------------------

  /** The part of the slice around a nodule: { row, column, side }. */
  near({ row, column }) {
    const { rows, columns } = this.pictures.slice,
      side = Math.min(48, rows, columns),
      start = (at, most) => Math.max(0, Math.min(most - side, Math.round(at - side / 2)));
    return { row: start(row, rows), column: start(column, columns), side };
  }

  /** The slice with a frame around the place that the question is about. */
  pointed(nodule) {
    const { row, column, side } = this.near(nodule);
    return this.grey("slice", [{ kind: "asked", box: [row, column, row + side, column + side] }]);
  }

  /** A picture with marks over it; part shows only a square of it. */
  grey(name, marks = [], part) {
    const { rows, columns, data, window } = this.pictures[name],
      canvas = make("canvas", { "aria-hidden": "true" });
    if (!part) paintGrey(canvas, { rows, columns, data }, window);
    else {
      const { row, column, side } = part,
        cut = Float64Array.from(
          { length: side * side },
          (_, i) => data[(row + Math.floor(i / side)) * columns + column + (i % side)],
        );
      paintGrey(canvas, { rows: side, columns: side, data: cut }, window);
    }
    const box = part ? [part.column, part.row, part.side, part.side] : [0, 0, columns, rows];
    return make("div", { class: "mb-task-picture" }, canvas, overlay(box, marks));
  }

  python() {
    const { task, shown } = this.now();
    return `board.task, board.shown = "${task}", "${shown}"`;
  }
}

const caption = (text) => make("p", { class: "mb-help", text });

function symbol(task) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"),
    path = document.createElementNS(svg.namespaceURI, "path");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", class: "mb-icon", "aria-hidden": "true" }))
    svg.setAttribute(name, value);
  path.setAttribute("d", ICONS[task]);
  svg.append(path);
  return svg;
}

export default rendering(TaskBoard);

// The task board: one slice through a chest, six tabs; in each what goes in, what comes out, and how it is scored.
import { drawing } from "../kit/icons.js";
import { loadImage } from "../kit/images.js";
import { Live, rendering } from "../kit/live.js";
import { choice, fill, fresh, make } from "../kit/view.js";
import { outline } from "./outlines.js";
import { SIX } from "./six_tasks.js";
import { caption } from "./slice_pictures.js";

const NAMES = ["task", "shown"],
  SHOWN = ["truth", "network", "both"];
// The tasks in the order of their tabs, and the drawing of each.
const ICONS = {
  classification: "M4 4h8l8 8-8 8-8-8zM8.500 8.500h.01",
  regression: "M5 19L19 5M3 16l5 5M16 3l5 5",
  detection: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M9 9h6v6H9z",
  segmentation: "M5 12c-1-5 4-9 8-7s7 3 6 8-3 8-8 6-5-3-6-7z",
  quality: "M12 3v5M12 16v5M3 12h5M16 12h5M6 6l2.500 2.500M15.500 15.500L18 18M18 6l-2.500 2.500M8.500 15.500L6 18",
  generation: "M4 4h16v16H4zM12 8v8M8 12h8",
};
const TASKS = Object.keys(ICONS);
const PAGES = { quality: "image-quality" }; // where a page is not called as its task
const LINES = ["out", "layer", "loss", "score", "clinic"];

/** The state with everything unknown replaced: a link may hold anything. */
const sane = (task, shown) => ({
  task: TASKS.includes(task) ? task : TASKS[0],
  shown: SHOWN.includes(shown) ? shown : "both",
});

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
    const id = fresh("task");
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
        drawing(ICONS[task]),
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
    const made = SIX[task](this, shown),
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

  python() {
    const { task, shown } = this.now();
    return `board.task, board.shown = "${task}", "${shown}"`;
  }
}

export default rendering(TaskBoard);

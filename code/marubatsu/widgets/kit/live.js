// What all widgets do alike: a frame with a title and its buttons, one update a frame, and an ear for the traits.
import { button, copyButton, liveText, make } from "./view.js";

/** The base of a widget. A subclass builds its parts in build() and shows its state in update(). */
export class Live {
  /** @param {Model} model @param {HTMLElement} el @param {string[]} names */
  constructor(model, el, names) {
    this.model = model;
    this.names = names;
    /** @type {Texts} */
    this.texts = model.get("texts");
    this.stopped = false;
    // What Reset brings back: the page's own state, even where an address asked for another.
    /** @type {Record<string, any>} */
    this.initial = Object.fromEntries(names.map((name) => [name, model.initial?.[name] ?? model.get(name)]));
    this.root = make("div", {
      class: "marubatsu-live",
      role: "group",
      "aria-label": this.texts.title,
      "data-lm-suppress-shortcuts": "true",
    });
    this.live = liveText();
    this.root.append(...this.build(), this.live.el);
    el.append(this.root);
    /** @type {[event: string, listener: (...given: any[]) => void][]} */
    this.ears = names.map((name) => [`change:${name}`, () => this.changed(name)]);
    this.ears.push(["opened", (_, changes) => this.opened(changes)]);
    for (const [event, listener] of this.ears) model.on(event, listener);
  }

  /** The parts of the widget, from top to bottom. @returns {(Node | string)[]} */
  build() {
    throw new Error(`${this.constructor.name} does not say what it is made of`);
  }

  /** Show the state as it is now. */
  update() {}

  stop() {
    this.stopped = true;
    this.live.stop();
    for (const [event, listener] of this.ears) this.model.off(event, listener);
  }

  /** @param {Record<string, unknown>} changes */
  set(changes) {
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.model.save_changes();
  }

  /** A trait has changed, by this widget, by an address or by Python. @param {string} [_name] */
  changed(_name) {
    this.schedule();
  }

  /** An address was opened that sets these traits. @param {Record<string, unknown>} [_changes] */
  opened(_changes) {}

  ready() {
    return true;
  }

  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      if (!this.stopped && this.ready()) this.update();
    });
  }

  /** The title, and the buttons that every widget has; python() gives the line that stands for the state.
   * @param {() => string} python
   */
  head(python) {
    const { texts, model, live } = this,
      copied = texts.copied,
      say = live.say;
    const actions = [
      button({ label: texts.reset, symbol: "reset", onClick: () => this.set(this.initial) }),
      model.link && copyButton({ label: texts.copyLink, symbol: "link", copied, text: () => model.link(), say }),
      copyButton({ label: texts.copyPython, symbol: "code", copied, text: python, say }),
    ];
    const title = make("p", { class: "mb-title", text: texts.title });
    return make("div", { class: "mb-head" }, title, make("div", { class: "mb-actions" }, actions));
  }

  /** A part of the widget with a heading: { el, size }, where size is the quiet text beside the heading.
   * @param {string} word @param {Child[]} children
   */
  pane(word, ...children) {
    const size = make("span", { class: "mb-size" });
    const head = make(
      "p",
      { class: "mb-pane-head" },
      make("span", { class: "mb-subtitle", text: this.texts[word] }),
      size,
    );
    return {
      size,
      el: make(
        "div",
        { role: "group", class: `mb-pane mb-pane-${word}`, "aria-label": this.texts[word] },
        head,
        children,
      ),
    };
  }
}

/** The module that a host asks for: renders one widget and returns what ends it.
 * @param {new (model: Model, el: HTMLElement) => any} Widget
 */
export const rendering = (Widget) => ({
  /** @param {{ model: Model, el: HTMLElement }} given */
  async render({ model, el }) {
    const widget = new Widget(model, el);
    await widget.load();
    return () => widget.stop();
  },
});

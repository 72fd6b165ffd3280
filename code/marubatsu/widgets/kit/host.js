// Runs widgets in a plain page: no server, no network, also from a USB stick (file://). A classic script.
// The site serves each module as a script that calls marubatsu.define(file, text). Here the texts become Blob
// URLs that import one another, each widget near the screen is rendered from the state beside its still picture,
// and the state that a reader changes is kept in the page's address: #kernel-tuner?stride=2&kernel=1,0;0,1
(() => {
  "use strict";
  const { define, load } = moduleLoader(), // of loader.js, the script before this one
    pictures = new Map(),
    widgets = new Map();
  window.marubatsu = {
    define,
    image: (hash, data) => void pictures.set(hash, data), // called by a picture's script; images.js asks for it
    pictures,
  };

  // ---- the state as text: numbers, words, yes or no, rows of numbers --------------------------------------
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  function brief(number) {
    // 1/9 instead of 0.1111111111111111, where that is the very same number
    const text = String(number);
    if (text.length > 6)
      for (let below = 2; below <= 1024; below++) {
        const above = Math.round(number * below);
        if (above !== 0 && above / below === number) return `${above}/${below}`;
      }
    return text;
  }

  function write(value) {
    if (Array.isArray(value)) return value.map(write).join(Array.isArray(value[0]) ? ";" : ",");
    return typeof value === "number" ? brief(value) : encodeURIComponent(value);
  }

  function readNumber(text) {
    if (!/^-?[\d.]+(e[+-]?\d+)?(\/\d+)?$/i.test(text)) throw new RangeError(text);
    const [above, below = 1] = text.split("/").map(Number),
      number = above / below;
    if (!Number.isFinite(number)) throw new RangeError(text);
    return number;
  }

  /** The value that a text stands for, of the same kind as the initial one; throws where it is none. */
  function read(text, initial) {
    if (Array.isArray(initial)) {
      const rows = text === "" ? [] : text.split(";").map((row) => row.split(",").map(readNumber));
      if (!Array.isArray(initial[0])) {
        if (rows.length > 1) throw new RangeError(text);
        return rows[0] ?? [];
      }
      if (rows.length === 0 || rows.some((row) => row.length !== rows[0].length)) throw new RangeError(text);
      return rows;
    }
    if (typeof initial === "number") return readNumber(text);
    if (typeof initial !== "boolean") return decodeURIComponent(text);
    if (text !== "true" && text !== "false") throw new RangeError(text);
    return text === "true";
  }

  /** The widget's id and the changes that a fragment asks for; what cannot be read is left out. */
  function parse(fragment) {
    const [id, query] = fragment.replace(/^#/, "").split(/\?(.*)/s),
      changes = {};
    const { names = [], initial } = widgets.get(id) ?? {};
    for (const part of (query ?? "").split("&")) {
      const [name, text] = part.split(/=(.*)/s);
      if (text !== undefined && names.includes(name))
        try {
          changes[name] = read(text, initial[name]);
        } catch {
          // not a value of this trait: the initial one stays
        }
    }
    return { id, changes, asked: query !== undefined };
  }

  // ---- the model that a module talks to, as in anywidget --------------------------------------------------
  class Model {
    /** @param {Record<string, any>} state @param {() => void} saved */
    constructor(state, saved) {
      /** @type {Record<string, any> | undefined} */
      this.initial = undefined;
      /** @type {((slug: string) => string) | undefined} */
      this.page = undefined;
      /** @type {(() => string) | undefined} */
      this.link = undefined;
      /** @type {((name: string) => boolean) | undefined} */
      this.named = undefined;
      this.state = state;
      this.saved = saved;
      this.listeners = new Map();
    }
    get(name) {
      return this.state[name];
    }
    set(name, value) {
      if (typeof name === "object") return Object.entries(name).forEach((pair) => this.set(...pair));
      if (same(this.state[name], value)) return;
      this.state[name] = value;
      this.emit(`change:${name}`, value);
      this.emit("change");
    }
    emit(event, value) {
      for (const listener of [...(this.listeners.get(event) ?? [])]) listener(this, value);
    }
    on(events, listener) {
      for (const event of events.split(" "))
        this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    }
    off(events, listener) {
      if (!events) return this.listeners.clear();
      for (const event of events.split(" "))
        this.listeners.set(
          event,
          (this.listeners.get(event) ?? []).filter((one) => listener && one !== listener),
        );
    }
    save_changes() {
      this.saved();
    }
    send() {} // nobody listens behind a static page
  }

  class Page {
    /** @param {HTMLElement} figure */
    constructor(figure) {
      const stored = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
      this.figure = figure;
      /** @type {string[]} */
      this.names = stored.names;
      /** @type {Record<string, any>} */
      this.initial = stored.state;
      /** @type {Promise<void> | undefined} */
      this.mounted = undefined;
      this.model = new Model({ ...stored.state }, () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.remember(), 300);
      });
      this.model.initial = this.initial;
      // A page of this book by its name, "layers/convolution": a plain address, so that it also works from disk.
      this.model.page = (slug) => `${document.documentElement.dataset.content_root ?? ""}book/${slug}.html`;
      this.model.link = () => `${location.href.replace(/#.*/s, "")}${this.fragment()}`;
    }
    fragment() {
      const changed = this.names.filter(
        (name) => !same(this.model.get(name), this.initial[name]) || this.model.named?.(name),
      );
      const parts = changed.map((name) => `${name}=${write(this.model.get(name))}`);
      return `#${this.figure.id}${parts.length ? `?${parts.join("&")}` : ""}`;
    }
    remember() {
      try {
        history.replaceState(history.state, "", this.fragment());
      } catch {
        // a browser may forbid it for a page on disk; the copy button still gives the address
      }
    }
    /** Take on the state that an address asks for: the initial one where it says nothing. */
    restore(changes) {
      for (const name of this.names) this.model.set(name, changes[name] ?? this.initial[name]);
    }
    mount() {
      this.mounted ??= this.render();
      return this.mounted;
    }
    async render() {
      const { figure, model } = this;
      try {
        const word = figure.dataset.module,
          module = await load(`${word}/${word}.js`);
        const live = document.createElement("div");
        await module.default.initialize?.({ model });
        figure.append(live);
        await module.default.render({ model, el: live });
        figure.dataset.mounted = "yes";
      } catch (error) {
        console.warn(error);
        figure.querySelector(":scope > div:not(.marubatsu-still)")?.remove();
        const sentence = document.createElement("p");
        sentence.setAttribute("role", "status");
        sentence.textContent = model.get("texts")?.failed ?? "";
        figure.append(sentence);
      }
    }
  }

  async function follow() {
    const { id, changes, asked } = parse(location.hash);
    const page = widgets.get(id);
    if (!page || !asked) return;
    page.restore(changes);
    await page.mount();
    page.figure.scrollIntoView();
    page.model.emit("opened", changes); // a widget may bring what the address sets to where it is seen
  }

  function start() {
    /** @type {NodeListOf<HTMLElement>} */
    const figures = document.querySelectorAll("figure.marubatsu-widget[data-module]");
    for (const figure of figures)
      try {
        widgets.set(figure.id, new Page(figure));
      } catch (error) {
        console.warn(error); // the still stays
      }
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries)
          if (isIntersecting) {
            watcher.unobserve(target);
            widgets.get(target.id).mount();
          }
      },
      { rootMargin: "600px" },
    );
    for (const page of widgets.values()) watcher.observe(page.figure);
    addEventListener("hashchange", follow);
    follow();
  }

  // A deferred script runs before those after it, the modules among them: not before all have run, we start.
  if (document.readyState === "complete") start();
  else document.addEventListener("DOMContentLoaded", start);
})();

// What widgets of pictures do alike: the choice of one, the reader's own among them, and its way onto the screen.
import { extremes, loadImage } from "../kit/images.js";
import { Live } from "../kit/live.js";
import { imagePicker } from "./picker.js";

/** The base of a widget with a picture. `fresh` is the state that another picture begins with. A subclass says in
 *  loaded(besides) what a new picture changes; drawn() gives a picture that is not in `images`, besides() what else
 *  is needed. `own` is what a reader's own picture sets besides; null where none can be opened. */
export class Picturing extends Live {
  /** @param {{ limit?: number, more?: { value: string, title: string, thumb?: string }[],
   *    fresh?: Record<string, unknown>, own?: Record<string, unknown> | null }} [given] */
  choosePicture({ limit, more = [], fresh = { pixel: [], window: [] }, own = {} } = {}) {
    this.loads = 0;
    const { texts, model } = this;
    const images = Object.entries(model.get("images")).map(([value, { title, thumb }]) => ({ value, title, thumb }));
    this.picker = imagePicker({
      texts,
      label: texts.image,
      limit,
      options: [...images, ...more],
      onChoose: (image) => this.set({ image, ...fresh }),
      onOwn:
        own &&
        ((picture) => {
          this.own = picture;
          if (model.get("image") === "own") this.load();
          this.set({ image: "own", ...fresh, ...own });
        }),
    });
    if (own) this.picker.watch(this.root);
    return this.picker.el;
  }

  /** @param {string} _name @returns {Picture | undefined} */
  drawn(_name) {
    return undefined;
  }

  /** @returns {Promise<any>} */
  async besides() {}

  /** @param {any} _besides */
  loaded(_besides) {}

  /** The picture's name, or that of one that there is: an address may ask for anything. @param {string} name */
  known(name) {
    const images = this.model.get("images");
    if (name === "own" && this.own) return name;
    const asked = name === "own" ? this.initial.image : name;
    return asked in images || this.drawn(asked) ? asked : Object.keys(images)[0];
  }

  /** Bring the chosen picture, and what is needed besides; then show it. */
  async load() {
    const ticket = ++this.loads,
      name = this.known(this.model.get("image"));
    const picture = name === "own" ? this.own : (this.drawn(name) ?? loadImage(this.model.get("images")[name]));
    const found = await Promise.all([picture, this.besides()]);
    if (ticket !== this.loads || this.stopped) return;
    this.name = name;
    /** @type {Picture} */
    this.picture = found[0];
    /** @type {{ row: number, column: number } | null} */
    this.hover = null;
    this.range = extremes(found[0].data);
    this.picker.set(name);
    this.loaded(found[1]);
    this.schedule();
  }

  ready() {
    return Boolean(this.picture);
  }
}

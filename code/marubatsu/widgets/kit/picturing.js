// What widgets of pictures do alike: the choice of one by its thumbnail, and its way onto the screen.
import { extremes, loadImage } from "./images.js";
import { Live } from "./live.js";
import { choice, make } from "./view.js";

/** The base of a widget with a picture. `fresh` is the state that another picture begins with. A subclass says in
 *  loaded(besides) what a new picture changes; drawn() gives a picture that is not in `images`, besides() what else is
 *  needed. `opening` makes the way to a reader's own picture, as files/opening.js has it, left out where none can be
 *  opened; `own` is what such a picture sets besides. */
export class Picturing extends Live {
  /** @param {{ more?: { value: string, title: string, thumb?: string }[], fresh?: Record<string, unknown>,
   *    own?: Record<string, unknown>, opening?: typeof import("../files/opening.js").opening }} [given] */
  choosePicture({ more = [], fresh = { pixel: [], window: [] }, own = {}, opening } = {}) {
    this.loads = 0;
    const { texts, model } = this;
    const images = Object.entries(model.get("images")).map(([value, { title, thumb }]) => ({ value, title, thumb }));
    this.pictures = choice({
      label: texts.image,
      options: [...images, ...more],
      onChange: (image) => this.set({ image, ...fresh }),
      className: "mb-chips",
      hideLabel: true,
    });
    this.door = opening?.({
      texts,
      onOwn: (picture) => {
        this.own = picture;
        if (model.get("image") === "own") this.load();
        this.set({ image: "own", ...fresh, ...own });
      },
    });
    this.door?.watch(this.root);
    return make("div", { class: "mb-picker" }, this.pictures.el, this.door?.parts ?? []);
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
    /** @type {number[] | null} */
    this.hover = null;
    this.range = extremes(found[0].data);
    this.pictures.set(name);
    this.door?.set(name);
    this.loaded(found[1]);
    this.schedule();
  }

  ready() {
    return Boolean(this.picture);
  }
}

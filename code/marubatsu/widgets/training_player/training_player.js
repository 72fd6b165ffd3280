// The training player: a slider through the epochs; the loss, the kernels, and the held-out images that are still
// wrong.
import { unpack } from "../arithmetic/numbers.js";
import { icon } from "../kit/icons.js";
import { loadImage } from "../kit/images.js";
import { Live, rendering } from "../kit/live.js";
import { paintGrey, paintSigned } from "../kit/paint.js";
import { numberGrid } from "../kit/product_sum.js";
import { button, clamp, fill, format, make, slider } from "../kit/view.js";
import { curves } from "./curves.js";

const NAMES = ["epoch", "kernel"],
  PAUSE = 600; // milliseconds that an epoch is shown while playing

class TrainingPlayer extends Live {
  constructor(model, el) {
    super(model, el, NAMES);
    const more = () => this.load();
    model.on("change:frames", more); // while a network learns in Python, the player follows
    this.stopMore = () => model.off("change:frames", more);
  }

  stop() {
    super.stop();
    this.stopMore();
    clearTimeout(this.timer);
  }

  async load() {
    this.frames = this.model.get("frames");
    this.kernels = unpack(this.model.get("kernels"));
    this.picture = await loadImage(this.model.get("images").held_out);
    if (!this.stopped) this.update();
  }

  ready() {
    return Boolean(this.picture);
  }

  build() {
    const { texts } = this;
    this.playButton = button({ label: texts.play, symbol: "play", onClick: () => this.toggle() });
    this.slider = slider({ label: texts.epoch, name: "epoch", onInput: (epoch) => this.go(epoch) });
    const controls = make("div", { class: "mb-controls" }, this.playButton, this.slider.el);
    this.curves = curves({ onChoose: (epoch) => this.go(epoch) });
    this.losses = ["training", "held"].map((name, i) => {
      const number = make("strong");
      return {
        number,
        el: make(
          "p",
          {},
          make("span", { class: `mb-key mb-key-${i}` }),
          make("span", { text: texts[name] }),
          " ",
          number,
        ),
      };
    });
    const left = this.pane("loss", this.curves.el, ...this.losses.map(({ el }) => el));
    this.errors = make("p", { class: "mb-reading" });
    this.wrong = make("div", { class: "mb-wrong" });
    this.more = make("p", { class: "mb-help" });
    const right = this.pane("wrong", this.errors, this.wrong, this.more);
    this.maps = make("div", { class: "mb-maps", role: "radiogroup", "aria-label": texts.kernels });
    this.grid = numberGrid({ texts, caption: "" });
    const help = make("p", { class: "mb-help", text: texts.kernelsHelp });
    const below = make(
      "div",
      { role: "group", class: "mb-section", "aria-label": texts.kernels },
      make("p", { class: "mb-subtitle", text: texts.kernels }),
      this.maps,
      help,
      this.grid.el,
    );
    return [
      this.head(() => this.python()),
      controls,
      make("div", { class: "mb-panes mb-even" }, left.el, right.el),
      below,
    ];
  }

  /** The epoch and the kernel as they are set now, within what there is. */
  now() {
    const whole = (name, most) => clamp(Math.round(this.model.get(name)) || 0, 0, most - 1);
    return { epoch: whole("epoch", this.frames.length), kernel: whole("kernel", this.kernels.shape[1]) };
  }

  go(epoch) {
    this.pause();
    this.set({ epoch });
  }

  toggle() {
    if (this.timer) return this.pause();
    const last = this.frames.length - 1;
    if (this.now().epoch >= last) this.set({ epoch: 0 });
    const step = () => {
      const { epoch } = this.now();
      if (this.stopped || epoch >= this.frames.length - 1) return this.pause();
      this.set({ epoch: epoch + 1 });
      this.timer = setTimeout(step, PAUSE);
    };
    this.timer = setTimeout(step, PAUSE);
    this.showPlay("pause");
  }

  pause() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.showPlay("play");
  }

  showPlay(word) {
    this.playButton.querySelector("span").textContent = this.texts[word];
    this.playButton.querySelector("svg").replaceWith(icon(word));
  }

  update() {
    const { texts, frames } = this,
      { epoch, kernel } = this.now(),
      frame = frames[epoch];
    this.slider.set(epoch, { min: 0, max: frames.length - 1 });
    this.curves.show([frames.map(({ loss }) => loss), frames.map(({ validation }) => validation)], epoch);
    [frame.loss, frame.validation].forEach(
      (value, i) => (this.losses[i].number.textContent = value === null ? "–" : format(value, 4)),
    );
    const percent = (share) => format(100 * share, 1);
    const values = {
      wrong: frame.wrong,
      of: frame.of,
      share: percent(frame.wrong / frame.of),
      low: percent(frame.low),
      high: percent(frame.high),
    };
    this.errors.replaceChildren(
      make("strong", { text: fill(texts.errors, values) }),
      make("span", { class: "mb-muted", text: fill(texts.interval, values) }),
    );
    this.showWrong(frame);
    this.showKernels(epoch, kernel);
    this.live.say(fill(texts.spoken, { epoch, loss: format(frame.validation, 4), ...values }));
  }

  showWrong({ shown, wrong }) {
    const {
        texts,
        picture: { columns, data },
        model,
      } = this,
      symbols = model.get("symbols"),
      side = columns;
    this.wrong.replaceChildren(
      ...shown.map(([place, said]) => {
        const canvas = make("canvas", { "aria-hidden": "true" });
        paintGrey(
          canvas,
          {
            rows: data.length && side,
            columns: side,
            data: data.subarray(place * side * side, (place + 1) * side * side),
          },
          [127.5, 255],
        );
        return make("div", {}, canvas, make("span", { text: fill(texts.called, { said: symbols[said] }) }));
      }),
    );
    this.more.textContent = wrong > shown.length ? fill(texts.more_, { shown: shown.length, wrong }) : "";
  }

  showKernels(epoch, kernel) {
    const {
        texts,
        kernels: {
          shape: [, F, KH, KW],
          data,
        },
      } = this,
      size = KH * KW,
      from = epoch * F * size;
    if (this.maps.children.length !== F) {
      this.items = Array.from({ length: F }, (_, k) => {
        const input = make("input", {
          type: "radio",
          name: "kernel",
          "aria-label": fill(texts.kernelOf, { kernel: k + 1 }),
          on: { change: () => this.set({ kernel: k }) },
        });
        return { input, canvas: make("canvas") };
      });
      this.maps.replaceChildren(
        ...this.items.map(({ input, canvas }) => make("label", { class: "mb-item" }, input, canvas)),
      );
    }
    const now = data.subarray(from, from + F * size),
      limit = now.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    this.items.forEach(({ input, canvas }, k) => {
      paintSigned(canvas, { rows: KH, columns: KW, data: now.subarray(k * size, (k + 1) * size) }, limit);
      input.checked = k === kernel;
    });
    this.grid.el.caption.textContent = fill(texts.weightsOf, { kernel: kernel + 1, epoch });
    this.grid.set(
      KW,
      Array.from(now.subarray(kernel * size, (kernel + 1) * size), (value) => ({ text: format(value), value })),
    );
  }

  python() {
    return `player.frames[${this.now().epoch}]`;
  }
}

export default rendering(TrainingPlayer);

// The network explorer: draw, and every layer answers; choose any number to see where it comes from; change any weight.
import { tensor } from "../arithmetic/arithmetic.js";
import { edited, outputs, triples, unpackChain } from "../arithmetic/chain.js";
import { KINDS } from "../arithmetic/templates.js";
import { decode, SIDE } from "../kit/drawing.js";
import { rendering } from "../kit/live.js";
import { paintGrey } from "../kit/paint.js";
import { pen } from "../kit/pen.js";
import { Picturing } from "../kit/picturing.js";
import { button, clamp, fill, format, make } from "../kit/view.js";
import { viewport } from "../kit/viewport.js";
import { explainPanel, receptive } from "./explain.js";
import { layerRows } from "./layer_rows.js";
import { verdictPane } from "./verdicts.js";

const NAMES = ["image", "drawing", "selected", "pixel", "channel", "edits"],
  GREYS = [0.5, 1];

class NetworkExplorer extends Picturing {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  changed(name) {
    if (name === "image" || name === "drawing") this.load();
    else this.schedule();
  }

  // ---- what is on the screen ------------------------------------------------------------------------------

  build() {
    const { texts, model } = this;
    this.given = unpackChain(model.get("layers"));
    const empty = outputs(this.given, tensor([1, 1, SIDE, SIDE]));
    this.shapes = empty.map(({ shape }) => shape.slice(1));
    this.labels = KINDS.map((kind) => texts.symbols[kind]);
    this.titles = this.given.map((layer) => this.titleOf(layer));
    const picker = this.choosePicture({
      more: [{ value: "drawing", title: texts.draw }],
      fresh: { pixel: [] },
    });
    this.rows = layerRows({
      texts,
      titles: this.titles,
      shapes: this.shapes,
      labels: this.labels,
      onChoose: (layer, channel) => this.set({ selected: [layer, channel] }),
    });
    this.explain = explainPanel({
      texts,
      labels: this.labels,
      limits: model.get("limits").weight,
      onEdit: (...triple) => this.edit(triple),
      onUndo: (layer, channel) => this.undo(layer, channel),
      onPixel: (pixel, how) => this.pointAt(pixel, how),
      onMove: (rows, columns) => this.move(rows, columns),
      onPart: (channel) => this.set({ channel }),
    });
    this.verdicts = verdictPane({ texts, labels: this.labels, pane: (word, ...parts) => this.pane(word, ...parts) });
    this.undoAll = button({ label: texts.undoAll, symbol: "reset", onClick: () => this.set({ edits: [] }) });
    this.editNote = make("p", { class: "mb-notice", "data-kind": "good" }, make("span"), this.undoAll);
    this.chain = make("div", { class: "mb-layers" }, this.rows.rows);
    return [
      this.head(() => this.python()),
      picker,
      make("div", { class: "mb-panes mb-two" }, this.buildInput(), this.verdicts.el),
      this.editNote,
      make("p", { class: "mb-help mb-inset", text: texts.chainHelp }),
      this.chain,
    ];
  }

  titleOf({ kind, weight, kernelSize, stride }) {
    const side = kind === "conv2d" ? weight.shape[2] : kernelSize;
    return fill(this.texts.kinds[kind], { side, stride });
  }

  buildInput() {
    const { texts } = this;
    this.pen = pen({
      texts,
      get: () => this.now().data,
      put: (drawing) => this.set({ image: "drawing", drawing }),
      frame: (place) => this.view.frame("mb-pen", place),
      said: (row, column, value) => this.live.say(fill(texts.drawn, { row, column, value: format(value) })),
    });
    this.view = viewport({
      label: texts.drawHelp,
      onPoint: this.pen.point,
      onMove: this.pen.move,
      onKey: this.pen.key,
    });
    this.view.el.classList.add("mb-drawable");
    return this.pane("input", this.view.el, this.pen.tools, make("p", { class: "mb-help", text: texts.penHelp })).el;
  }

  // ---- state ----------------------------------------------------------------------------------------------

  drawn(name) {
    if (name !== "drawing") return undefined;
    const data = decode(this.model.get("drawing"));
    return { rows: SIDE, columns: SIDE, data, window: GREYS, unit: "", notes: [] };
  }

  /** The image as it is set now, which may be ahead of what was last painted: keys come faster than frames. */
  now() {
    return this.model.get("image") === "drawing" ? this.drawn("drawing") : (this.picture ?? this.drawn("drawing"));
  }

  loaded() {}

  edits() {
    return triples(this.given, this.model.get("edits"));
  }

  selection() {
    const [layer, channel] = this.model
      .get("selected")
      .map((value) => (Number.isFinite(value) ? Math.round(value) : 0));
    const at = clamp(layer || 0, 0, this.given.length - 1);
    return [at, clamp(channel || 0, 0, this.shapes[at][0] - 1)];
  }

  /** The shape of the maps that are explained for a layer: its own, or what a global pooling looked at. */
  sizes(layer) {
    const { kind } = this.given[layer],
      shape = kind === "global_max_pool" ? this.shapes[layer - 1] : this.shapes[layer];
    return shape.length === 3 ? shape.slice(1) : [1, 1];
  }

  /** The number that is explained: under the mouse, else the chosen one, else the largest of its map.
   * @param {number[]} selected
   */
  place([layer, channel]) {
    const [H, W] = this.sizes(layer),
      pixel = this.model.get("pixel");
    const chosen =
      this.hover ??
      (pixel.length === 2 && pixel.every(Number.isFinite) && this.given[layer].kind !== "global_max_pool"
        ? pixel
        : null);
    if (chosen) return [clamp(Math.round(chosen[0]), 0, H - 1), clamp(Math.round(chosen[1]), 0, W - 1)];
    const source = this.given[layer].kind === "global_max_pool" ? this.found[layer - 1] : this.found[layer];
    if (source.shape.length < 4) return [0, 0];
    const data = source.data.subarray(channel * H * W, (channel + 1) * H * W);
    const best = data.reduce((best, value, i) => (value > data[best] ? i : best), 0);
    return [Math.floor(best / W), best % W];
  }

  /** @param {number[]} triple */
  edit([layer, place, value]) {
    const others = this.edits().filter(([l, p]) => l !== layer || p !== place),
      { weight, bias } = this.given[layer];
    const before = place < weight.data.length ? weight.data[place] : bias[place - weight.data.length];
    this.set({ edits: (value === before ? others : [...others, [layer, place, value]]).flat() });
  }

  /** @param {number[]} triple */
  filterOf([layer, place]) {
    const { weight } = this.given[layer],
      size = weight.data.length / weight.shape[0];
    return place < weight.data.length ? Math.floor(place / size) : place - weight.data.length;
  }

  undo(layer, channel) {
    const kept = this.edits().filter((triple) => triple[0] !== layer || this.filterOf(triple) !== channel);
    this.set({ edits: kept.flat() });
  }

  // ---- computing and painting -----------------------------------------------------------------------------

  update() {
    const picture = this.now(),
      image = tensor([1, 1, SIDE, SIDE], picture.data);
    this.image = image;
    this.layers = edited(this.given, this.edits().flat());
    this.found = outputs(this.layers, image);
    paintGrey(this.view.canvas, picture, GREYS);
    this.rows.show(this.found);
    const words = this.verdicts.show(this.found[this.found.length - 1].data, image.data);
    if (words !== this.words) this.live.say((this.words = words));
    this.showEdits();
    this.showChosen();
  }

  showEdits() {
    const edits = this.edits();
    this.editNote.hidden = edits.length === 0;
    this.editNote.firstChild.textContent = fill(this.texts.edited, { count: edits.length });
    this.rows.mark(new Set(edits.map((triple) => `${triple[0]},${this.filterOf(triple)}`)));
  }

  showChosen() {
    const selected = this.selection(),
      [layer, channel] = selected,
      { rows } = this.rows;
    this.rows.set(selected);
    if (rows[layer].nextSibling !== this.explain.el) rows[layer].after(this.explain.el);
    const pixel = this.place(selected),
      before = layer > 0 ? this.found[layer - 1] : this.image;
    const from =
      this.given[layer - 1]?.kind === "flatten"
        ? (this.shapes[layer - 2] ?? [1, SIDE, SIDE])
        : (this.shapes[layer - 1] ?? [1, SIDE, SIDE]);
    const label =
      this.shapes[layer].length === 1 && this.shapes[layer][0] === this.labels.length
        ? this.labels[channel]
        : channel + 1;
    const title = fill(this.texts.channelOf, { layer: this.titles[layer], channel: label });
    const spatial = this.shapes[layer].length === 3,
      place = fill(this.texts.place, { row: pixel[0], column: pixel[1] });
    const edited = this.edits().some((triple) => triple[0] === layer && this.filterOf(triple) === channel);
    const { value, words } = this.explain.show({
      layers: this.layers,
      outputs: this.found,
      before,
      layer,
      channel,
      part: this.model.get("channel"),
      pixel,
      title,
      from,
      edited,
      titleOfNumber: spatial ? `${title}, ${place}` : title,
    });
    const seen =
      layer === 0 || spatial
        ? receptive(this.layers, layer, pixel, [SIDE, SIDE])
        : receptive(this.layers, layer - (this.given[layer].kind === "global_max_pool" ? 1 : 0), pixel, [SIDE, SIDE]);
    this.view.frame("mb-around", seen);
    this.spoken = words || fill(this.texts.spoken, { title, place: spatial ? place : "", value: format(value) });
  }

  pointAt(pixel, how) {
    if (how === "press" || how === "drag") this.set({ pixel });
    this.hover = how === "hover" ? pixel : null;
    if (how !== "release") this.schedule();
  }

  move(rows, columns) {
    this.hover = null;
    const selected = this.selection(),
      [H, W] = this.sizes(selected[0]),
      [row, column] = this.place(selected);
    this.set({ pixel: [clamp(row + rows, 0, H - 1), clamp(column + columns, 0, W - 1)] });
    this.showChosen();
    this.live.say(this.spoken);
  }

  python() {
    const edits = this.edits().flat(),
      image = this.model.get("image");
    const input =
      image === "drawing"
        ? `drawing.decode("${this.model.get("drawing")}")`
        : this.model.get("images")[this.name].python;
    const changed = edits.length ? `explorer.network()` : "network";
    return `${changed}.outputs(${input}[None, None])`;
  }
}

export default rendering(NetworkExplorer);

// The layers of a network one under the other: each map a small picture that can be chosen, a vector as cells of
// numbers.
import { paintSigned, reach } from "../kit/paint.js";
import { fill, format, formatShare, fresh, make } from "../kit/view.js";

const MOST_CELLS = 32; // a longer row of numbers is told by its length alone

/** The rows { el, rows, show(outputs), set([layer, channel]), mark(changed) }. shapes[i] is the shape that layer i
 *  gives, without N; titles[i] its heading; labels name the last layer's numbers; onChoose(layer, channel) is called.
 *  */
export function layerRows({ texts, titles, shapes, labels, onChoose }) {
  const name = fresh("layers");
  const rows = shapes.map((shape, layer) => {
    const [channels, ...sizes] = shape,
      last = layer === shapes.length - 1;
    const named = (channel) => (shape.length === 1 && channels === labels.length ? labels[channel] : channel + 1);
    const items =
      shape.length === 1 && channels > MOST_CELLS
        ? []
        : Array.from({ length: channels }, (_, channel) => item(layer, channel, named(channel), sizes, last));
    const size = make("span", { class: "mb-size", text: shape.join(" × ") });
    const head = make(
      "p",
      { class: "mb-pane-head" },
      make("span", { class: "mb-subtitle", text: titles[layer] }),
      size,
    );
    const group = items.length
      ? make(
          "div",
          {
            class: last ? "mb-shares" : sizes.length ? "mb-maps" : "mb-maps mb-cells",
            role: "radiogroup",
            "aria-label": titles[layer],
          },
          items.map(({ el }) => el),
        )
      : make("p", { class: "mb-help", text: fill(texts.row, { count: channels }) });
    return { items, el: make("div", { role: "group", class: "mb-layer", "aria-label": titles[layer] }, head, group) };
  });

  function item(layer, channel, title, sizes, last) {
    const label = fill(texts.channelOf, { layer: titles[layer], channel: title });
    const input = make("input", {
      type: "radio",
      name: `${name}-${layer}`,
      "aria-label": label,
      on: { change: () => onChoose(layer, channel) },
    });
    const canvas = sizes.length ? make("canvas", { width: sizes[1], height: sizes[0] }) : null;
    const number = make("span", { class: "mb-cell" });
    const bar = make("span", { class: "mb-bar-fill" });
    const parts =
      canvas ?? (last ? [make("strong", { text: title }), make("span", { class: "mb-bar" }, bar), number] : number);
    return { input, canvas, number, bar, el: make("label", { class: "mb-item" }, input, parts) };
  }

  return {
    rows: rows.map(({ el }) => el),
    show(outputs) {
      rows.forEach(({ items }, layer) => {
        const { shape, data } = outputs[layer],
          [, , H = 1, W = 1] = shape,
          limit = reach(data, 1);
        items.forEach(({ canvas, number, bar }, channel) => {
          if (canvas)
            return paintSigned(
              canvas,
              { rows: H, columns: W, data: data.subarray(channel * H * W, (channel + 1) * H * W) },
              limit,
            );
          const value = data[channel];
          number.textContent = layer === rows.length - 1 ? formatShare(value) : format(value, 2);
          number.dataset.sign = value < 0 ? "below" : value > 0 ? "above" : "";
          number.style.setProperty("--mb-share", `${Math.round((100 * Math.abs(value)) / limit)}%`);
          bar.style.width = `${100 * Math.min(1, Math.max(0, value))}%`;
        });
      });
    },
    /** @param {number[]} selected */
    set([layer, channel]) {
      rows.forEach(({ items, el }, i) => {
        el.classList.toggle("mb-chosen", i === layer);
        items.forEach(({ input }, k) => (input.checked = i === layer && k === channel));
      });
    },
    /** Show which channels hold an edited weight: changed is a set of "layer,channel". */
    mark(changed) {
      rows.forEach(({ items }, layer) =>
        items.forEach(({ el }, channel) => el.classList.toggle("mb-edited", changed.has(`${layer},${channel}`))),
      );
    },
  };
}

// A bar of memory and the graphics cards beside it: parts end to end on an even scale, or one under the other on a
// scale that doubles with every step. The words and tables around it say the same.
import { make } from "../kit/view.js";

const SCALES = {
  linear: { from: 0, to: 88 * 2 ** 30, place: (bytes) => bytes, marks: [] },
  log: { from: 20, to: 43, place: (bytes) => Math.log2(Math.max(bytes, 1)), marks: [2 ** 20, 2 ** 30, 2 ** 40] },
};

/** { el, show(parts, total, scale) }. parts: [name, bytes] each; cards: gigabytes; words(bytes) writes a memory. */
export function memoryBar({ cards, gigabyte, words }) {
  const lanes = make("div", { class: "mb-lanes" }),
    sum = make("span", { class: "mb-need" });
  const lines = cards.map((card, i) => ({
    bytes: card * gigabyte,
    el: make("span", { class: `mb-card-line${i % 2 ? " mb-lower" : ""}` }, make("span", { text: card })),
  }));
  const ticks = make("div", { class: "mb-ticks" });
  const el = make(
    "div",
    { class: "mb-memory-bar", "aria-hidden": "true" },
    make(
      "div",
      { class: "mb-track-memory" },
      lanes,
      lines.map((line) => line.el),
      sum,
    ),
    ticks,
  );
  return {
    el,
    show(parts, total, scale) {
      const { from, to, place, marks } = SCALES[scale];
      const across = (bytes) => Math.min(100, Math.max(0, (100 * (place(bytes) - from)) / (to - from)));
      el.dataset.scale = scale;
      lanes.replaceChildren(
        ...parts.map(([name, bytes]) =>
          make("span", { class: "mb-lane", "data-part": name, style: `width: ${bytes ? across(bytes) : 0}%` }),
        ),
      );
      for (const line of lines) line.el.style.left = `${across(line.bytes)}%`;
      sum.style.left = `${across(total)}%`;
      sum.classList.toggle("mb-beyond", place(total) > to);
      ticks.replaceChildren(
        ...marks.map((bytes) => make("span", { style: `left: ${across(bytes)}%`, text: words(bytes) })),
      );
    },
  };
}

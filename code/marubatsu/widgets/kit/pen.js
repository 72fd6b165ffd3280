// A pen on a viewport of 32 × 32 pixels, by mouse, finger or keys: arrow keys walk, Space makes a point, Shift draws.
import { SIDE, encode, stroke } from "./drawing.js";
import { button, choice, clamp, make } from "./view.js";

/** The pen: { tools, point, move, key } for a viewport's onPoint, onMove and onKey. get() gives the pixels that are
 *  drawn on, put(word) takes the new drawing; frame(place) shows where the pen stands, said(row, column, value) is
 *  told. */
export function pen({ texts, get, put, frame, said }) {
  let ink = 1,
    at = null;
  const kind = choice({
    label: texts.draw,
    hideLabel: true,
    options: [
      { value: 1, title: texts.pen },
      { value: 0, title: texts.eraser },
    ],
    onChange: (value) => (ink = value),
  });
  kind.set(1);
  const clear = button({ label: texts.clear, symbol: "clear", onClick: () => put("") });

  const mark = (from, to) => put(encode(stroke(get(), from, to, ink)));

  function show() {
    const [row, column] = at;
    frame({ row, column });
    said(row, column, get()[row * SIDE + column]);
  }

  return {
    tools: make("div", { class: "mb-tools mb-row" }, kind.el, clear),
    point(row, column, how) {
      if (how === "hover" || how === "leave") return;
      if (how === "press" || how === "drag") mark(how === "press" ? [row, column] : at, [row, column]);
      at = [row, column];
      frame();
    },
    move(rows, columns, event) {
      const far = event.shiftKey ? 0.1 : 1; // with Shift the pen draws on the way, so it goes pixel by pixel
      const from = at ?? [SIDE >> 1, SIDE >> 1];
      at = [clamp(from[0] + rows * far, 0, SIDE - 1), clamp(from[1] + columns * far, 0, SIDE - 1)];
      if (event.shiftKey) mark(from, at);
      show();
    },
    key(event) {
      if (event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      at ??= [SIDE >> 1, SIDE >> 1];
      mark(at, at);
      show();
    },
  };
}

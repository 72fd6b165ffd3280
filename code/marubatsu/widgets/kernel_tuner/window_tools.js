// Level and width of the window through which a scan is shown.
import { make, slider } from "../kit/view.js";

/** The sliders: { el, show(window, [low, high]) }, hidden without a window; window() gives the present one, onChange
 *  the next. */
export function windowTools({ texts, window, onChange }) {
  const set = (which) => (value) => {
    const next = window();
    next[which] = which === 1 && next[1] < 0 ? -value : value;
    onChange(next);
  };
  const level = slider({ label: texts.level, name: "level", onInput: set(0) });
  const width = slider({ label: texts.width, name: "width", onInput: set(1) });
  const help = make("p", { class: "mb-help", text: texts.windowHelp });
  const el = make("div", { class: "mb-tools" }, level.el, width.el, help);
  return {
    el,
    /** @param {number[]} window @param {number[]} range */
    show([centre, size], [low, high]) {
      level.set(centre, { min: Math.floor(low), max: Math.ceil(high) });
      width.set(Math.abs(size), { min: 1, max: Math.ceil(high - low) });
    },
  };
}

// Small drawings in one line, for buttons and tabs.
import { shape } from "./svg.js";

const ICONS = {
  reset: "M4 4v5h5M4.6 9A8 8 0 1 1 4 13",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  code: "M8 7l-5 5 5 5M16 7l5 5-5 5",
  check: "M4 12.5l5 5L20 6.5",
  pen: "M4 20l1-5L16 4l4 4L9 19zM13 7l4 4",
  eraser: "M7 20h13M4 14l9-9 7 7-8 8H9z",
  cross: "M6 6l12 12M18 6L6 18",
  clear: "M5 7h14M10 4h4M7 7l1 13h8l1-13",
  play: "M7 4l13 8-13 8z",
  pause: "M8 5v14M16 5v14",
  open: "M12 16V4M7 9l5-5 5 5M4 20h16",
  shield: "M12 3l8 3v6c0 5-3.5 8-8 9-4.500-1-8-4-8-9V6z",
  minus: "M6 12h12",
  plus: "M6 12h12M12 6v12",
};

/** A drawing of 24 × 24 units from the text of its path.
 * @param {string} path
 */
export const drawing = (path) =>
  shape("svg", { viewBox: "0 0 24 24", class: "mb-icon", "aria-hidden": "true" }, shape("path", { d: path }));

/** A drawing that all widgets share, by its name.
 * @param {string} name
 */
export const icon = (name) => drawing(ICONS[name]);

// A picture to point at, by mouse, finger or keys, with frames laid over it.
import { clamp, make } from "./view.js";

const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** A canvas on which a pixel can be pointed at by mouse, finger or keys, with frames laid over it.
 *  onPoint(row, column, how): how is "hover", "press", "drag", "release" or "leave".
 *  onMove(rows, columns): the keys ask to move by so many pixels. onKey(event) sees every other key.
 * @param {{ label: string, onPoint: (row: number, column: number, how: Pointing) => void,
 *   onMove: (rows: number, columns: number, event: KeyboardEvent) => void,
 *   onKey?: (event: KeyboardEvent) => void }} given
 */
export function viewport({ label, onPoint, onMove, onKey = () => {} }) {
  const canvas = make("canvas", { width: 1, height: 1 });
  const frames = make("div", { class: "mb-frames" });
  const el = make("div", { class: "mb-view", tabindex: 0, role: "application", "aria-label": label }, canvas, frames);
  /** @param {PointerEvent} event @returns {[row: number, column: number]} */
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const along = (place, length, size) => clamp(Math.floor((place / length) * size), 0, size - 1);
    return [
      along(event.clientY - box.top, box.height, canvas.height),
      along(event.clientX - box.left, box.width, canvas.width),
    ];
  };
  let pressed = false;
  el.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pressed = true;
    el.setPointerCapture(event.pointerId);
    onPoint(...at(event), "press");
  });
  el.addEventListener("pointermove", (event) => {
    if (pressed) for (const part of event.getCoalescedEvents?.().slice(0, -1) ?? []) onPoint(...at(part), "drag");
    if (pressed || event.pointerType === "mouse") onPoint(...at(event), pressed ? "drag" : "hover");
  });
  for (const name of /** @type {const} */ (["pointerup", "pointercancel"]))
    el.addEventListener(name, (event) => {
      if (pressed) onPoint(...at(event), "release");
      pressed = false;
    });
  el.addEventListener("pointerleave", () => !pressed && onPoint(0, 0, "leave"));
  el.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.metaKey) return onKey(event);
    const far = event.shiftKey ? 10 : 1;
    onMove(step[0] * far, step[1] * far, event);
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    el,
    canvas,
    /** Lay a frame of the given class over rows × columns pixels; without a place it is taken away.
     * @param {string} className @param {Place | null} [place]
     */
    frame(className, place) {
      let box = /** @type {HTMLElement | null} */ (frames.querySelector(`.${className}`));
      if (!place) return box?.remove();
      if (!box) frames.append((box = make("div", { class: className })));
      const { row, column, rows = 1, columns = 1 } = place,
        share = (part, whole) => `${(100 * part) / whole}%`;
      Object.assign(box.style, {
        top: share(row, canvas.height),
        left: share(column, canvas.width),
        height: share(rows, canvas.height),
        width: share(columns, canvas.width),
      });
    },
  };
}

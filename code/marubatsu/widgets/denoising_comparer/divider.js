// A line over a picture that a reader drags: what lies left of it is one version, what lies right of it another.
import { clamp, make } from "../kit/view.js";

const STEPS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
};

/** { el, set(columns left of it, all columns, words) }; onMove(columns) asks for another place. */
export function divider({ label, onMove }) {
  const knob = make("span", { class: "mb-divider-knob", "aria-hidden": "true" });
  const el = make(
    "div",
    { class: "mb-divider", role: "slider", tabindex: 0, "aria-label": label, "aria-valuemin": 0 },
    knob,
  );
  let place = 0,
    columns = 1,
    pressed = false;
  const move = (next) => {
    place = clamp(next, 0, columns); // keys may come faster than frames
    onMove(place);
  };
  const at = ({ clientX }) => {
    const { left, width } = el.parentElement.getBoundingClientRect();
    return Math.round(((clientX - left) / width) * columns);
  };
  el.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pressed = true;
    el.setPointerCapture(event.pointerId);
    el.focus({ focusVisible: false });
    event.preventDefault();
  });
  el.addEventListener("pointermove", (event) => pressed && move(at(event)));
  for (const name of ["pointerup", "pointercancel"]) el.addEventListener(name, () => (pressed = false));
  el.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.metaKey || event.ctrlKey) return;
    move(place + step * (event.shiftKey ? 10 : 1));
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    el,
    set(next, all, words) {
      [place, columns] = [next, all];
      el.style.left = `${(100 * place) / columns}%`;
      el.setAttribute("aria-valuemax", String(columns));
      el.setAttribute("aria-valuenow", String(place));
      el.setAttribute("aria-valuetext", words);
    },
  };
}

// Curves over the epochs as an SVG, with a mark that can be moved: numbers on the axes, the words stand beside it.
import { clamp, format } from "../kit/view.js";
import { shape } from "../kit/svg.js";

const WIDTH = 320,
  HEIGHT = 200,
  LEFT = 40,
  RIGHT = 10,
  TOP = 10,
  BOTTOM = 26;

/** A round number not below the given one, so that an axis ends well: 1, 2 or 5 times a power of ten. */
function round(value) {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return [1, 2, 5, 10].find((step) => step * power >= value - 1e-12) * power;
}

/** The curves { el, show(lines, at) }: each line holds one number, or null, for 0, 1, 2, …; onChoose(place) follows a
 *  pointer along the lower axis. */
export function curves({ onChoose }) {
  const el = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "mb-curves", "aria-hidden": "true" });
  let last = 1;
  const along = (place) => LEFT + (place / Math.max(1, last)) * (WIDTH - LEFT - RIGHT);
  const choose = (event) => {
    const box = el.getBoundingClientRect(),
      share = ((event.clientX - box.left) / box.width) * WIDTH;
    onChoose(clamp(Math.round(((share - LEFT) / (WIDTH - LEFT - RIGHT)) * last), 0, last));
  };
  el.addEventListener("pointerdown", (event) => {
    el.setPointerCapture(event.pointerId);
    choose(event);
  });
  el.addEventListener("pointermove", (event) => event.buttons && choose(event));
  return {
    el,
    show(lines, at) {
      last = lines[0].length - 1;
      const top = round(Math.max(...lines.flat().filter((value) => value !== null)));
      const up = (value) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
      const ticks = [0, top / 2, top].flatMap((value) => [
        shape("line", { class: "mb-curves-grid", x1: LEFT, x2: WIDTH - RIGHT, y1: up(value), y2: up(value) }),
        shape(
          "text",
          { class: "mb-curves-text", x: LEFT - 6, y: up(value) + 4, "text-anchor": "end" },
          format(value, 2),
        ),
      ]);
      const every = Math.max(1, Math.ceil(last / 6));
      for (let place = 0; place <= last; place += every)
        ticks.push(
          shape(
            "text",
            { class: "mb-curves-text", x: along(place), y: HEIGHT - 8, "text-anchor": "middle" },
            String(place),
          ),
        );
      const paths = lines.map((line, i) => {
        const points = line
          .map((value, place) => (value === null ? null : `${along(place)},${up(value)}`))
          .filter(Boolean);
        return shape("polyline", { class: `mb-curves-line mb-curves-${i}`, points: points.join(" ") });
      });
      const dots = lines.map(
        (line, i) =>
          line[at] !== null &&
          shape("circle", { class: `mb-curves-dot mb-curves-${i}`, cx: along(at), cy: up(line[at]), r: 4 }),
      );
      const mark = shape("line", {
        class: "mb-curves-mark",
        x1: along(at),
        x2: along(at),
        y1: TOP,
        y2: HEIGHT - BOTTOM,
      });
      el.replaceChildren(...ticks, mark, ...paths, ...dots.filter(Boolean));
    },
  };
}

// The curve that turns numbers into greys: a ramp over the histogram of the picture, and one pixel's place on it.
import { shape } from "../kit/svg.js";

const WIDTH = 360,
  HEIGHT = 120,
  BOTTOM = 100,
  TOP = 8,
  BINS = 90;

/** { el, histogram(data, [low, high]), show([level, width], value, grey) }; the words beside it say the same. */
export function windowCurve() {
  const el = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "mb-curve", "aria-hidden": "true" });
  const bars = shape("path", { class: "mb-curve-bars" }),
    ramp = shape("polyline", { class: "mb-curve-ramp" });
  const drop = shape("line", { class: "mb-curve-drop" }),
    dot = shape("circle", { class: "mb-curve-dot", r: 5 });
  const strip = Array.from({ length: 64 }, (_, i) =>
    shape("rect", { x: (i * WIDTH) / 64, y: 106, width: WIDTH / 64 + 0.5, height: 12 }),
  );
  const frame = shape("rect", { x: 0.5, y: 106, width: WIDTH - 1, height: 12, class: "mb-curve-strip" });
  el.append(bars, ramp, drop, dot, ...strip, frame);
  let ends = [0, 1];
  const across = (value) => ((value - ends[0]) / (ends[1] - ends[0] || 1)) * WIDTH;
  const up = (share) => BOTTOM - share * (BOTTOM - TOP);
  const share = (value, [level, width]) => Math.min(1, Math.max(0, (value - level) / width + 0.5));

  return {
    el,
    histogram(data, [low, high]) {
      ends = [low, high];
      const counts = new Float64Array(BINS),
        scale = BINS / (high - low || 1);
      for (const value of data) counts[Math.min(BINS - 1, Math.floor((value - low) * scale))]++;
      const largest = Math.max(...counts),
        step = WIDTH / BINS;
      const bar = (count, i) =>
        `M${i * step} ${BOTTOM}v${-Math.sqrt(count / largest) * (BOTTOM - TOP)}h${step}V${BOTTOM}z`;
      bars.setAttribute("d", [...counts].map(bar).join(""));
    },
    show(window, value, grey) {
      const [level, width] = window,
        half = Math.abs(width) / 2;
      const places = [ends[0], level - half, level + half, ends[1]].sort((a, b) => a - b);
      ramp.setAttribute("points", places.map((place) => `${across(place)},${up(share(place, window))}`).join(" "));
      for (const [name, place] of Object.entries({
        x1: across(value),
        x2: across(value),
        y1: BOTTOM,
        y2: up(grey / 255),
      }))
        drop.setAttribute(name, String(place));
      dot.setAttribute("cx", String(across(value)));
      dot.setAttribute("cy", String(up(grey / 255)));
      strip.forEach((part, i) => {
        const shade = Math.round(255 * share(ends[0] + ((i + 0.5) / 64) * (ends[1] - ends[0]), window));
        part.setAttribute("fill", `rgb(${shade} ${shade} ${shade})`);
      });
    },
  };
}

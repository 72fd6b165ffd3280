// The FROC curve as an SVG: to the right the false alarms a slice, upwards the share of what was found.
import { shape, write } from "../kit/svg.js";
import { format } from "../kit/view.js";

const CHART = { width: 320, height: 250, left: 44, top: 10, right: 12, bottom: 40 },
  MOST = 4; // false alarms a slice at the chart's end

/** The chart: { el, show(curve, place) }, where place is the point of the curve that the threshold stands for. */
export function frocChart({ texts }) {
  const el = shape("svg", {
    class: "mb-rates mb-froc-chart",
    viewBox: `0 0 ${CHART.width} ${CHART.height}`,
    "aria-hidden": "true",
  });

  function show(curve, place) {
    const { width, height, left, top, right, bottom } = CHART;
    const x = (rate) => left + (Math.min(rate, MOST) / MOST) * (width - left - right),
      y = (share) => height - bottom - share * (height - top - bottom);
    const grid = (x1, y1, x2, y2) => shape("line", { class: "mb-rates-grid", x1, y1, x2, y2 });
    const parts = [];
    for (const share of [0, 0.5, 1])
      parts.push(
        grid(x(0), y(share), x(MOST), y(share)),
        write("mb-rates-text", left - 6, y(share) + 4, format(share), "end"),
      );
    for (let rate = 0; rate <= MOST; rate++)
      parts.push(grid(x(rate), y(0), x(rate), y(1)), write("mb-rates-text", x(rate), y(0) + 15, rate));
    const upright = write("mb-rates-text", 0, 0, texts.sensitivity);
    upright.setAttribute("transform", `translate(12 ${y(0.5)}) rotate(-90)`);
    parts.push(write("mb-rates-text", x(MOST / 2), height - 6, texts.rate), upright);
    const points = curve.falseAlarms.flatMap((rate, i) =>
      rate <= MOST
        ? [...(i ? [`${x(rate)},${y(curve.sensitivity[i - 1])}`] : []), `${x(rate)},${y(curve.sensitivity[i])}`]
        : [],
    );
    const line = shape("polyline", { class: "mb-roc-line", points: points.join(" ") });
    const beyond = curve.falseAlarms[place] > MOST;
    const dot = shape("circle", {
      class: `mb-roc-dot${beyond ? " mb-beyond" : ""}`,
      cx: x(curve.falseAlarms[place]),
      cy: y(curve.sensitivity[place]),
      r: 6,
    });
    el.replaceChildren(
      ...parts,
      line,
      dot,
      ...(beyond ? [write("mb-rates-text", x(MOST) - 12, y(curve.sensitivity[place]) + 18, "→", "end")] : []),
    );
  }

  return { el, show };
}

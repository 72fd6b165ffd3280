// The pictures of the threshold explorer: scores of two groups with a threshold to drag, the ROC curve with the
// operating point to drag, and 1,000 people as dots. The tables and sentences beside them say the same.
import { clamp, format } from "../kit/view.js";
import { shape, write } from "../kit/svg.js";

/** A picture that follows a pointer: onPoint(x, y) in the units of its viewBox. */
function picture(width, height, className, onPoint) {
  const el = shape("svg", { viewBox: `0 0 ${width} ${height}`, class: `mb-rates ${className}`, "aria-hidden": "true" });
  const follow = (event) => {
    const box = el.getBoundingClientRect();
    onPoint(((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height);
  };
  el.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    el.setPointerCapture(event.pointerId);
    follow(event);
  });
  el.addEventListener("pointermove", (event) => event.buttons && follow(event));
  return el;
}

const SCORES = { width: 320, height: 236, left: 12, right: 12, top: 30, bottom: 24 };

/** The scores of both groups { el, show }: those with the disease upwards, those without downwards. */
export function scoreChart({ onChoose }) {
  const { width, height, left, right, top, bottom } = SCORES,
    middle = (top + height - bottom) / 2;
  let scale = { low: 0, high: 1, step: 0.005 };
  const along = (score) => left + ((score - scale.low) / (scale.high - scale.low)) * (width - left - right);
  const el = picture(width, height, "mb-score-chart", (x) => {
    const steps = Math.round(((x - left) / (width - left - right)) * ((scale.high - scale.low) / scale.step));
    onChoose(clamp(Number((scale.low + steps * scale.step).toPrecision(12)), scale.low, scale.high));
  });

  /** One bar, cut where the threshold lies: the part below it is pale. */
  function bar(kind, [from, to], tall, at) {
    const y = kind === "with" ? middle - tall : middle,
      cut = clamp(at, from, to);
    const part = (a, b, called) =>
      b > a &&
      tall > 0 &&
      shape("rect", {
        class: `mb-${kind}${called ? " mb-called" : ""}`,
        x: a,
        y,
        width: Math.max(0.5, b - a - 0.6),
        height: tall,
      });
    return [part(from, cut, false), part(cut, to, true)].filter(Boolean);
  }

  return {
    el,
    /** groups: the counts in even bins for { with, without }; counts: the four fields. */
    show({ groups, counts, threshold, scale: now }) {
      scale = now;
      const at = along(threshold),
        bins = groups.with.length,
        wide = (width - left - right) / bins;
      const most = Math.max(...groups.with, ...groups.without, 1),
        room = (height - top - bottom) / 2 - 4;
      const bars = ["with", "without"].flatMap((kind) =>
        groups[kind].flatMap((count, i) =>
          bar(kind, [left + i * wide, left + (i + 1) * wide], count && Math.max(2, (room * count) / most), at),
        ),
      );
      const ticks = ticksOf(scale).map((score) => write("mb-rates-text", along(score), height - 6, format(score, 3)));
      const corner = (kind, x, y, anchor) =>
        write(
          `mb-rates-count mb-on-${kind === "tp" || kind === "fn" ? "with" : "without"}`,
          x,
          y,
          `${kind.toUpperCase()} ${counts[kind]}`,
          anchor,
        );
      const corners = [corner("fn", left, top - 2, "start"), corner("tp", width - right, top - 2, "end")];
      corners.push(
        corner("tn", left, height - bottom - 2, "start"),
        corner("fp", width - right, height - bottom - 2, "end"),
      );
      const axis = shape("line", { class: "mb-rates-axis", x1: left, x2: width - right, y1: middle, y2: middle });
      const mark = shape("line", { class: "mb-rates-mark", x1: at, x2: at, y1: 14, y2: height - bottom + 4 });
      const knob = shape("path", { class: "mb-rates-knob", d: `M${at - 7} 2h14v9l-7 8l-7 -8z` });
      el.replaceChildren(...bars, axis, ...corners, mark, knob, ...ticks);
    },
  };
}

/** Four to eight round numbers on a scale. */
function ticksOf({ low, high }) {
  const rough = (high - low) / 5,
    power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((each) => each * power >= rough) * power,
    ticks = [];
  for (let tick = Math.ceil(low / step); tick * step <= high; tick++) ticks.push(Number((tick * step).toPrecision(10)));
  return ticks;
}

const ROC = { side: 236, left: 44, top: 8, bottom: 40, right: 10 };

/** The ROC curve { el, show }; onChoose(place) is the place on the curve next to the pointer. */
export function rocChart({ texts, onChoose }) {
  const { side, left, top, bottom, right } = ROC;
  const x = (fpr) => left + fpr * (side - left - right),
    y = (tpr) => side - bottom - tpr * (side - top - bottom);
  let curve = { fpr: [0], tpr: [0] };
  const el = picture(side, side, "mb-roc-chart", (px, py) => {
    const away = curve.fpr.map((_, i) => (x(curve.fpr[i]) - px) ** 2 + (y(curve.tpr[i]) - py) ** 2);
    onChoose(away.indexOf(Math.min(...away)));
  });
  const ticks = [0, 0.5, 1].flatMap((value) => [
    shape("line", { class: "mb-rates-grid", x1: x(0), x2: x(1), y1: y(value), y2: y(value) }),
    shape("line", { class: "mb-rates-grid", x1: x(value), x2: x(value), y1: y(0), y2: y(1) }),
    write("mb-rates-text", x(0) - 5, y(value) + 4, format(value), "end"),
    write("mb-rates-text", x(value), y(0) + 15, format(value)),
  ]);
  const upright = write("mb-rates-text", 0, 0, texts.sensitivity);
  upright.setAttribute("transform", `translate(13 ${y(0.5)}) rotate(-90)`);
  ticks.push(write("mb-rates-text", x(0.5), side - 6, texts.falseAlarms), upright);
  ticks.push(shape("line", { class: "mb-rates-chance", x1: x(0), y1: y(0), x2: x(1), y2: y(1) }));
  return {
    el,
    /** point: { fpr, tpr, low, high }, where low and high are the ends of the intervals as [fpr, tpr]. */
    show(now, { fpr, tpr, low, high }) {
      curve = now;
      const line = shape("polyline", {
        class: "mb-roc-line",
        points: curve.fpr.map((_, i) => `${x(curve.fpr[i])},${y(curve.tpr[i])}`).join(" "),
      });
      const area = shape("rect", {
        class: "mb-roc-interval",
        x: x(low[0]),
        y: y(high[1]),
        width: x(high[0]) - x(low[0]),
        height: y(low[1]) - y(high[1]),
      });
      const across = shape("line", { class: "mb-roc-cross", x1: x(low[0]), x2: x(high[0]), y1: y(tpr), y2: y(tpr) });
      const up = shape("line", { class: "mb-roc-cross", x1: x(fpr), x2: x(fpr), y1: y(low[1]), y2: y(high[1]) });
      const dot = shape("circle", { class: "mb-roc-dot", cx: x(fpr), cy: y(tpr), r: 6 });
      el.replaceChildren(...ticks, area, line, across, up, dot);
    },
  };
}

const COLUMNS = 50;

/** People as dots { el, show([[kind, count], …]) }: 50 in a row, one kind after the other. */
export function peopleChart() {
  const el = shape("svg", { class: "mb-people", "aria-hidden": "true" });
  return {
    el,
    show(groups) {
      let place = 0;
      const paths = groups.map(([kind, count]) => {
        const solid = kind === "tp" || kind === "fp",
          r = solid ? 4 : 3.4;
        const dots = Array.from({ length: count }, () => {
          const cx = (place % COLUMNS) * 10 + 5,
            cy = Math.floor(place++ / COLUMNS) * 10 + 5;
          return `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
        });
        return shape("path", {
          class: `mb-person mb-${kind === "tp" || kind === "fn" ? "with" : "without"}${solid ? " mb-called" : ""}`,
          d: dots.join(""),
        });
      });
      el.setAttribute("viewBox", `0 0 ${COLUMNS * 10} ${Math.max(1, Math.ceil(place / COLUMNS)) * 10}`);
      el.replaceChildren(...paths);
    },
  };
}

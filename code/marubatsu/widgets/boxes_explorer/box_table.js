// The shown boxes of a slice as a table: score, best overlap with a truth, and what the box is.
import { make } from "../kit/view.js";

/** The table: { el, show(boxes) }; a box is { score, iou, kind }, kind "hit" or "false". */
export function boxTable({ texts }) {
  const body = make("tbody"),
    heads = ["score", "best", "verdict"].map((word) => make("th", { scope: "col", text: texts[word] }));
  const el = make("table", { class: "mb-found-table" }, make("thead", {}, make("tr", {}, heads)), body);
  const nothing = () => make("tr", {}, make("td", { colspan: 3, class: "mb-muted", text: texts.nothing }));
  const line = ({ score, iou, kind }) =>
    make(
      "tr",
      { "data-kind": kind },
      make("td", { text: score.toFixed(2) }),
      make("td", { text: iou.toFixed(2) }),
      make("td", {}, make("span", { class: `mb-found-key mb-found-key-${kind}` }), texts.verdicts[kind]),
    );
  return { el, show: (boxes) => body.replaceChildren(...(boxes.length ? boxes.map(line) : [nothing()])) };
}

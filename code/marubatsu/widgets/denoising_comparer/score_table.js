// What each version is worth in the square: a table with a line a version, and the same in words.
import { fill, make } from "../kit/view.js";

const KEYS = ["here", "spread", "error", "psnr", "ssim"];
const DIGITS = { here: 0, spread: 1, error: 1, psnr: 1, ssim: 3 };

/** A score for reading, with a true minus; the error with its sign, and ∞ for equal pictures. */
function written(key, value) {
  if (!Number.isFinite(value)) return "∞";
  const text = value
    .toFixed(DIGITS[key])
    .replace(/^-(0(?:\.0+)?)$/, "$1")
    .replace("-", "−");
  return key === "error" && value > 0 && !/^0(\.0+)?$/.test(text) ? `+${text}` : text;
}

/** The table: { el, show(scores), spoken(scores) }; scores hold { here, spread, error, psnr, ssim } for each kind. */
export function scoreTable({ texts, kinds }) {
  const title = (key) => make("abbr", { title: texts.long[key], text: texts.short[key] });
  const head = make(
    "tr",
    {},
    make("td"),
    KEYS.map((key) => make("th", { scope: "col" }, title(key))),
  );
  const lines = kinds.map((kind) => {
    const cells = KEYS.map(() => make("td"));
    return { kind, cells, el: make("tr", {}, make("th", { scope: "row", text: texts.kinds[kind] }), cells) };
  });
  const body = make(
    "tbody",
    {},
    lines.map(({ el }) => el),
  );
  const compared = (kind, key) => kind !== "full" || ["here", "spread"].includes(key);
  return {
    el: make("table", { class: "mb-score-table" }, make("thead", {}, head), body),
    show(scores) {
      for (const { kind, cells } of lines)
        KEYS.forEach((key, i) => (cells[i].textContent = compared(kind, key) ? written(key, scores[kind][key]) : "–"));
    },
    spoken(scores) {
      const said = ["psnr", "spread", "error"];
      return kinds
        .filter((kind) => kind !== "full")
        .map((kind) => {
          const numbers = said.map((key) => [key, written(key, scores[kind][key])]);
          return fill(texts.spokenOne, { kind: texts.kinds[kind], ...Object.fromEntries(numbers) });
        });
    },
  };
}

// The line that says how many rows and columns come out: the formula with the reader's own numbers.
import { outputSize } from "../arithmetic/arithmetic.js";
import { make } from "../kit/view.js";

/** The line: { el, show(picture, state) }. */
export function sizeFormula({ texts }) {
  const el = make("p", { class: "mb-formula" });

  function one(word, size, state) {
    const { side, padding, dilation, stride } = state;
    const above = `${size} + 2·${padding} − ${dilation}·(${side} − 1) − 1`;
    const fraction = make(
      "span",
      { class: "mb-fraction" },
      make("span", { text: above }),
      make("span", { text: stride }),
    );
    return make(
      "span",
      { class: "mb-step" },
      make("span", { class: "mb-muted", text: `${word} ` }),
      "⌊",
      fraction,
      "⌋ + 1 = ",
      make("strong", { text: outputSize(size, side, state) }),
    );
  }

  return {
    el,
    show({ rows, columns }, state) {
      const sizes =
        rows === columns
          ? [one(`${texts.rows}, ${texts.columns}`, rows, state)]
          : [one(texts.rows, rows, state), one(texts.columns, columns, state)];
      el.replaceChildren(make("span", { class: "mb-subtitle", text: texts.formula }), ...sizes);
    },
  };
}

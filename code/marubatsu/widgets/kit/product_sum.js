// The arithmetic behind one output pixel, number by number: input × kernel = products, and their sum.
import { fill, format, make } from "./view.js";

/** A panel { el, show(found) }; without an argument it is empty. found: the title, the terms in rows of `columns`,
 *  their sum, that of all channels where there are more, the bias, the value, and whether a ReLU follows. */
export function productPanel({ texts, scrolls = false }) {
  const title = make("p", { class: "mb-subtitle" });
  const grids = [texts.window, texts.kernel, texts.products].map((caption) => numberGrid({ texts, caption }));
  const sign = (text) => make("span", { class: "mb-sign", "aria-hidden": "true", text });
  // Wide tables scroll by keyboard too.
  const reach = scrolls && { tabindex: 0, role: "group", "aria-label": texts.products };
  const equation = make(
    "div",
    { class: "mb-equation", ...reach },
    grids[0].el,
    sign("×"),
    grids[1].el,
    sign("="),
    grids[2].el,
  );
  const total = make("p", { class: "mb-total" });
  const el = make("div", { role: "group", class: "mb-section", "aria-label": texts.products }, title, equation, total);
  return {
    el,
    show(found) {
      el.hidden = !found;
      if (!found) return;
      const { terms, columns, sum, whole = sum, channels = 1, bias, value, relu } = found;
      title.textContent = found.title;
      grids[0].set(
        columns,
        terms.map(({ input, inside = true }) => ({ text: format(input), outside: !inside })),
      );
      grids[1].set(
        columns,
        terms.map(({ weight }) => ({ text: format(weight), value: weight })),
      );
      grids[2].set(
        columns,
        terms.map(({ product }) => ({ text: format(product), value: product })),
      );
      const part = (word, number, last) => [
        make("span", { class: "mb-muted", text: `${word} ` }),
        make(last ? "strong" : "span", { text: number }),
      ];
      const steps = [part(texts.sum, format(sum), channels === 1 && bias === 0 && !relu)];
      if (channels > 1) steps.push(part(fill(texts.sumOfAll, { channels }), format(whole), bias === 0 && !relu));
      if (bias !== 0) steps.push(part(`${texts.plusBias} ${format(bias)} =`, format(value), !relu));
      if (relu) steps.push(part(`${texts.afterRelu} =`, format(Math.max(0, value)), true));
      total.replaceChildren(...steps.map((step) => make("span", { class: "mb-step" }, step)));
    },
  };
}

/** A table of numbers { el, set(columns, values) }; a value is { text, value?, outside?, here? }. */
export function numberGrid({ texts, caption }) {
  const body = make("tbody"),
    table = make("table", { class: "mb-grid" }, make("caption", { text: caption }), body);
  let cells = [],
    shown = "";
  return {
    el: table,
    set(columns, values) {
      if (shown !== `${columns}, ${values.length}`) {
        shown = `${columns}, ${values.length}`;
        cells = values.map(() => make("td"));
        const rows = Array.from({ length: Math.ceil(values.length / columns) }, (_, row) =>
          cells.slice(row * columns, (row + 1) * columns),
        );
        body.replaceChildren(...rows.map((row) => make("tr", {}, row)));
      }
      const largest = values.reduce((most, { value = 0 }) => Math.max(most, Math.abs(value)), 0) || 1;
      values.forEach(({ text, value = 0, outside, here }, i) => {
        const cell = cells[i];
        if (cell.textContent !== text) cell.textContent = text;
        cell.dataset.sign = value < 0 ? "below" : value > 0 ? "above" : "";
        cell.style.setProperty("--mb-share", `${Math.round((100 * Math.abs(value)) / largest)}%`);
        cell.classList.toggle("mb-outside", Boolean(outside));
        cell.classList.toggle("mb-here", Boolean(here));
        if (outside) cell.title = texts.outside;
        else cell.removeAttribute("title");
      });
    },
  };
}

// The arithmetic behind one output pixel, number by number: input × kernel = products, and their sum.
import { fill, format, make } from "./view.js";

/** A panel { el, show({ place, terms, side, sum, bias, value, relu }) }; without an argument it is empty. */
export function productPanel({ texts }) {
  const title = make("p", { class: "mb-subtitle" });
  const grids = [texts.window, texts.kernel, texts.products].map((caption) => grid(caption));
  const sign = (text) => make("span", { class: "mb-sign", "aria-hidden": "true", text });
  const equation = make("div", { class: "mb-equation" }, grids[0].el, sign("×"), grids[1].el, sign("="), grids[2].el);
  const total = make("p", { class: "mb-total" });
  const el = make("section", { class: "mb-section", "aria-label": texts.products }, title, equation, total);
  return {
    el,
    show(found) {
      el.hidden = !found;
      if (!found) return;
      const { place, terms, side, sum, bias, value, relu } = found;
      title.textContent = fill(texts.pixel, { row: place[0], column: place[1] });
      grids[0].set(side, terms.map(({ input, inside }) => ({ text: format(input), outside: !inside })));
      grids[1].set(side, terms.map(({ weight }) => ({ text: format(weight), value: weight })));
      grids[2].set(side, terms.map(({ product }) => ({ text: format(product), value: product })));
      const part = (word, number, last) => [
        make("span", { class: "mb-muted", text: `${word} ` }),
        make(last ? "strong" : "span", { text: number }),
      ];
      const steps = [part(texts.sum, format(sum), bias === 0 && !relu)];
      if (bias !== 0) steps.push(part(`${texts.plusBias} ${format(bias)} =`, format(value), !relu));
      if (relu) steps.push(part(`${texts.afterRelu} =`, format(Math.max(0, value)), true));
      total.replaceChildren(...steps.map((step) => make("span", { class: "mb-step" }, step)));
    },
  };

  function grid(caption) {
    const body = make("tbody"), table = make("table", { class: "mb-grid" }, make("caption", { text: caption }), body);
    let cells = [], shown = 0;
    return {
      el: table,
      set(side, values) {
        if (shown !== side) {
          shown = side;
          cells = values.map(() => make("td"));
          const rows = Array.from({ length: side }, (_, row) => make("tr", {}, cells.slice(row * side, (row + 1) * side)));
          body.replaceChildren(...rows);
        }
        const largest = values.reduce((most, { value = 0 }) => Math.max(most, Math.abs(value)), 0) || 1;
        values.forEach(({ text, value = 0, outside }, i) => {
          const cell = cells[i];
          if (cell.textContent !== text) cell.textContent = text;
          cell.dataset.sign = value < 0 ? "below" : value > 0 ? "above" : "";
          cell.style.setProperty("--mb-share", `${Math.round((100 * Math.abs(value)) / largest)}%`);
          cell.classList.toggle("mb-outside", Boolean(outside));
          if (outside) cell.title = texts.outside;
          else cell.removeAttribute("title");
        });
      },
    };
  }
}

// What is read of one layer: its sizes with the numbers in their formula, its parameters and products; of a block, its
// rows.
import { button, fill, format, make } from "../kit/view.js";
import { count } from "./architecture.js";
import { titleOf } from "./layer_figure.js";

const product = (numbers) => numbers.reduce((result, number) => result * number, 1);
const shapes = (shape) => [...shape.slice(1), shape[0]].map(count).join(" × ");

/** The reading: { el, showLayer(row, found), showBlock(unit, found) }; pageOf(kind) gives the address of the page that
 *  explains a kind of layer, onChoose(name) is called with another layer. */
export function layerDetail({ texts, pageOf, onChoose }) {
  const el = make("div", { class: "mb-detail" });

  function heading(name, title, kind) {
    const href = pageOf(kind),
      link = href && make("a", { href, text: texts.page });
    return make(
      "p",
      { class: "mb-pane-head" },
      make("span", { class: "mb-subtitle", text: [name, title].filter(Boolean).join(" · ") }),
      link,
    );
  }

  function layer(row, found) {
    const { name, kind, node, before, after, axes, unit } = row,
      lines = [];
    if (row.lost) return [heading(name, titleOf(row, texts), kind), make("p", { text: texts.lost })];
    lines.push([texts.comesIn, shapes(before)]);
    axes?.forEach((axis, i) => {
      if (i > 0 && axis.text === axes[0].text && axis.above === axes[0].above && axis.below === axes[0].below) return;
      const word =
        axes.length > 1 &&
        axes.slice(1).every((other) => other.above === axis.above && other.text === axis.text) &&
        i === 0
          ? texts.eachSide
          : [texts.slices, texts.rows, texts.columns].slice(-axes.length)[i];
      const sum = axis.text
        ? [`${axis.text} = `]
        : [
            "⌊",
            make(
              "span",
              { class: "mb-fraction" },
              make("span", { text: axis.above }),
              make("span", { text: axis.below }),
            ),
            `⌋${axis.after} = `,
          ];
      lines.push([word, make("span", { class: "mb-step" }, sum, make("strong", { text: count(axis.result) }))]);
    });
    if (row.rowText) lines.push([texts.inOneRow, `${row.rowText} = ${count(after[0])}`]);
    lines.push([texts.goesOut, shapes(after)]);
    if (row.parametersText)
      lines.push([texts.parameters, equation(row.parametersText, row.parameters, found.parameters)]);
    if (row.productsText) lines.push([texts.products, equation(row.productsText, row.products, found.products)]);
    const memory = fill(texts.kibibytes, { number: format((4 * product(after)) / 1024, 1) });
    lines.push([texts.memory, `4 · ${count(product(after))} = ${memory}`]);
    const table = make(
      "table",
      { class: "mb-lines" },
      make(
        "tbody",
        {},
        lines.map(([word, value]) => make("tr", {}, make("th", { scope: "row", text: word }), make("td", {}, value))),
      ),
    );
    const back = unit !== name && button({ label: fill(texts.backTo, { name: unit }), onClick: () => onChoose(unit) });
    const note = fill(texts.notes[kind] ?? "", {
      kept: row.kept ? shapes(row.kept) : "",
      size: node.size,
      k: node.k,
      alpha: node.alpha && format(node.alpha / node.size, 6),
      beta: node.beta,
      p: node.p,
    });
    return [heading(name, titleOf(row, texts), kind), note && make("p", { text: note }), table, back].filter(Boolean);
  }

  function equation(text, value, whole) {
    const share = whole ? ` (${format((100 * value) / whole, 1)} %)` : "";
    return make(
      "span",
      {},
      `${text} = `,
      make("strong", { text: count(value) }),
      make("span", { class: "mb-muted", text: share }),
    );
  }

  function block(unit, found) {
    const rows = found.rows.filter((row) => row.unit === unit);
    const lines = rows.map((row) => {
      const open = make("button", {
        type: "button",
        class: "mb-link",
        text: row.name.slice(unit.length + 1) || row.name,
        on: { click: () => onChoose(row.name) },
      });
      return make(
        "tr",
        {},
        make("th", { scope: "row" }, open),
        make("td", { text: titleOf(row, texts) }),
        make("td", { text: shapes(row.after) }),
        make("td", { text: row.parameters ? count(row.parameters) : "" }),
      );
    });
    const head = make(
      "tr",
      {},
      ["", texts.layer, texts.output, texts.parameters].map((text) => make(text ? "th" : "td", { text })),
    );
    const table = make(
      "div",
      { class: "mb-scroll", tabindex: 0, role: "region", "aria-label": texts.block },
      make("table", { class: "mb-lines" }, make("thead", {}, head), make("tbody", {}, lines)),
    );
    return [heading(unit, texts.block, "Residual"), make("p", { text: texts.notes.Residual }), table];
  }

  return {
    el,
    showLayer: (row, found) => el.replaceChildren(...layer(row, found)),
    showBlock: (unit, found) => el.replaceChildren(...block(unit, found)),
  };
}

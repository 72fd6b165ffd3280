// What two methods say of the image, the network and the template difference, and whether they agree.
import { compareWithModels, KINDS } from "../arithmetic/templates.js";
import { icon } from "../kit/icons.js";
import { fill, format, formatShare, make } from "../kit/view.js";

/** The pane: { el, show(shares, pixels) }; show says in words whether the two agree. */
export function verdictPane({ texts, labels, pane }) {
  const card = (name) => {
    const says = make("strong"),
      detail = make("span", { class: "mb-muted" });
    const bars = labels.map((label) => ({
      label,
      bar: make("span", { class: "mb-bar-fill" }),
      number: make("span", { class: "mb-number" }),
    }));
    const lines = bars.map(({ label, bar, number }) =>
      make(
        "div",
        { class: "mb-vote" },
        make("span", { text: label }),
        make("div", { class: "mb-bar", "aria-hidden": "true" }, bar),
        number,
      ),
    );
    const title = make("p", { class: "mb-subtitle", text: texts[name] });
    const el = make("div", { class: "mb-verdict-card" }, title, make("p", {}, says, " ", detail), lines);
    return { says, detail, bars, el };
  };
  const cards = ["network", "template"].map(card),
    [network, template] = cards;
  network.detail.textContent = texts.share;
  template.detail.textContent = texts.distance;
  const agree = make("p", { class: "mb-notice" });
  const help = make("p", { class: "mb-help", text: texts.shareHelp });
  const { el } = pane("answers", network.el, template.el, agree, help);

  return {
    el,
    show(shares, pixels) {
      const { answers, verdict } = compareWithModels(pixels),
        sums = answers.map(({ sum }) => sum),
        most = Math.max(...sums) || 1;
      const says = [shares[1] > shares[0] ? 1 : 0, KINDS.indexOf(verdict)];
      cards.forEach((each, which) => {
        each.says.textContent = labels[says[which]];
        each.bars.forEach(({ bar, number }, i) => {
          bar.style.width = `${100 * (which ? sums[i] / most : shares[i])}%`;
          number.textContent = which ? format(sums[i], 1) : formatShare(shares[i]);
        });
      });
      const same = says[0] === says[1],
        values = { network: labels[says[0]], share: formatShare(shares[says[0]]), template: labels[says[1]] };
      const words = fill(same ? texts.agree : texts.disagree, values);
      agree.dataset.kind = same ? "good" : "bad";
      agree.replaceChildren(icon(same ? "check" : "cross"), make("span", { text: words }));
      return words;
    },
  };
}

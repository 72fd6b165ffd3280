// What an answer is worth among 1,000 people: a slider for the prevalence, and the people called positive and negative.
import { button, fill, forReader, make, slider } from "../kit/view.js";
import { peopleChart } from "./rate_charts.js";
import { people, percent, predictive } from "./rates.js";

const TOTAL = 1000;
// People with the disease among 1,000 at the stops of the slider: fine where it is rare.
const STOPS = [
  1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300, 350, 400, 450, 500, 550,
  600, 650, 700, 750, 800, 850, 900,
];

/** The pane: { el, show(found, ends, prevalence) }; show says in words what is seen. `own` is the share among the
 *  cases; ends holds the intervals of sensitivity and specificity; onChange gets a prevalence within its limits. */
export function peoplePanels({ texts, pane, own, limits, onChange }) {
  const [least, most] = limits.map((share) => Math.round(TOTAL * share));
  const stops = [least, ...STOPS.filter((stop) => least < stop && stop < most), most];
  const prevalence = slider({
    label: texts.prevalence,
    name: "prevalence",
    onInput: (stop) => onChange(stops[stop] / TOTAL),
  });
  const same = forReader(button({ label: texts.asHere, onClick: () => onChange(own) }));
  const controls = make("div", { class: "mb-prevalence" }, prevalence.el, same);
  const panel = (name) => {
    const chart = peopleChart(),
      sentence = make("p", { class: "mb-people-line" }),
      value = make("strong"),
      range = make("span", { class: "mb-muted" });
    const line = make("p", { class: "mb-reading" }, make("span", { text: texts[name] }), value, range);
    return {
      name,
      chart,
      sentence,
      value,
      range,
      el: make("div", { class: "mb-people-panel" }, sentence, chart.el, line),
    };
  };
  const [positive, negative] = ["ppv", "npv"].map(panel);
  forReader(negative.chart.el);
  const key = (kind, called, text) =>
    make("span", {}, make("span", { class: `mb-person-key mb-${kind}${called ? " mb-called" : ""}` }), text);
  const keys = make(
    "p",
    { class: "mb-rates-keys mb-for-reader" },
    key("with", true, texts.fields.tp),
    key("without", true, texts.fields.fp),
    key("with", false, texts.fields.fn),
    key("without", false, texts.fields.tn),
  );
  const help = make("p", { class: "mb-help", text: texts.peopleHelp });
  const { el } = pane("people", controls, keys, positive.el, negative.el, help);

  function showSlider(share, ill) {
    const apart = (stop) => Math.abs(stop / TOTAL - share);
    const nearest = stops.reduce((best, stop, i) => (apart(stop) < apart(stops[best]) ? i : best), 0);
    prevalence.set(nearest, { min: 0, max: stops.length - 1 });
    const words = fill(texts.ofPeople, { ill, share: percent(share) });
    prevalence.el.querySelector("output").textContent = words;
    prevalence.el.querySelector("input").setAttribute("aria-valuetext", words);
    return words;
  }

  return {
    el,
    show(found, ends, share) {
      const { tp, fp, fn, tn } = people(found, share, TOTAL),
        words = showSlider(share, tp + fn);
      positive.chart.show([
        ["tp", tp],
        ["fp", fp],
      ]);
      negative.chart.show([
        ["fn", fn],
        ["tn", tn],
      ]);
      positive.sentence.textContent = fill(texts.positivePeople, { called: tp + fp, right: tp });
      negative.sentence.textContent = fill(texts.negativePeople, { called: fn + tn, missed: fn });
      const at = (end) => ({ sensitivity: ends.sensitivity[end], specificity: ends.specificity[end] }),
        [here, worst, best] = [found, at(0), at(1)].map((rates) => predictive(rates, share));
      for (const { name, value, range } of [positive, negative]) {
        const none = here[name] === null;
        value.textContent = none ? "–" : fill(texts.percent, { value: percent(here[name]) });
        range.textContent = none ? "" : fill(texts.between, { low: percent(worst[name]), high: percent(best[name]) });
      }
      return `${words}. ${positive.sentence.textContent} ${negative.sentence.textContent}`;
    },
  };
}

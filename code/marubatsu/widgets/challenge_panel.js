// The kernel tuner's challenges as cards: what to do, how far one is, and a hint.
import { button, fill, icon, make } from "./view.js";

/** The cards: { el, show(name, score) }; onChoose(name) starts one, onChoose("") leaves it. */
export function challengePanel({ texts, challenges, onChoose }) {
  const cards = Object.entries(challenges).map(([name, { goal }]) => {
    const words = texts.challenge[name];
    const fillBar = make("span", { class: "mb-bar-fill" });
    const goalMark = make("span", { class: "mb-bar-goal", style: `left:${goal}%` });
    const bar = make("div", { class: "mb-bar", role: "meter", "aria-label": words.title, "aria-valuemin": 0, "aria-valuemax": 100 }, fillBar, goalMark);
    const result = make("p", { class: "mb-result" }), hint = make("p", { class: "mb-muted", text: words.hint });
    const live = make("div", { class: "mb-progress", hidden: true }, bar, result, hint);
    const start = button({ label: texts.start, onClick: () => onChoose(el.classList.contains("mb-chosen") ? "" : name) });
    const el = make("li", { class: "mb-card" }, make("h4", { text: words.title }), make("p", { text: words.task }), live, start);
    return { name, el, live, bar, fillBar, result, start, goal };
  });
  const el = make("section", { class: "mb-section", "aria-label": texts.challenges }, make("p", { class: "mb-subtitle", text: texts.challenges }), make("ul", { class: "mb-cards" }, cards.map((card) => card.el)));
  return {
    el,
    show(chosen, score) {
      for (const { name, el: card, live, bar, fillBar, result, start, goal } of cards) {
        const active = name === chosen;
        card.classList.toggle("mb-chosen", active);
        live.hidden = !active;
        start.querySelector("span").textContent = active ? texts.leave : texts.start;
        if (!active) continue;
        const solved = score >= goal, text = fill(texts.score, { score: Math.floor(score), goal });
        fillBar.style.width = `${score}%`;
        bar.setAttribute("aria-valuenow", Math.floor(score));
        bar.classList.toggle("mb-solved", solved);
        result.replaceChildren(...(solved ? [icon("check"), `${texts.solved} ${text}`] : [text]));
      }
    },
  };
}

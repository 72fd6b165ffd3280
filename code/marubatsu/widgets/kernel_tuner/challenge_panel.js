// The kernel tuner's challenges: cards to choose from at its foot; under its title what to do, how far one is, and a
// hint.
import { icon } from "../kit/icons.js";
import { button, fill, forReader, make } from "../kit/view.js";

/** The challenges: { el, now, show(name, score) }; onChoose(name) starts one, onChoose("") leaves it. */
export function challengePanel({ texts, challenges, onChoose }) {
  const fillBar = make("span", { class: "mb-bar-fill" }),
    goalMark = make("span", { class: "mb-bar-goal" });
  const bar = make(
    "div",
    { class: "mb-bar", role: "meter", "aria-valuemin": 0, "aria-valuemax": 100 },
    fillBar,
    goalMark,
  );
  const title = make("p", { class: "mb-subtitle" }),
    task = make("p"),
    hint = forReader(make("p", { class: "mb-muted" })),
    result = make("p", { class: "mb-result" });
  const now = make(
    "div",
    { class: "mb-challenge", role: "group", "aria-label": texts.challengeNow, tabindex: -1, hidden: true },
    make("div", {}, title, task, hint),
    make("div", { class: "mb-progress" }, bar, result),
  );
  const cards = Object.keys(challenges).map((name) => {
    const start = button({ label: texts.start, onClick: () => choose(el.classList.contains("mb-chosen") ? "" : name) });
    const el = make(
      "li",
      { class: "mb-card" },
      make("h4", { text: texts.challenge[name].title }),
      make("p", { text: texts.challenge[name].task }),
      start,
    );
    return { name, el, start };
  });
  const list = make(
    "ul",
    { class: "mb-cards" },
    cards.map((card) => card.el),
  );
  const el = make(
    "div",
    { role: "group", class: "mb-section", "aria-label": texts.challenges },
    make("p", { class: "mb-subtitle", text: texts.challenges }),
    list,
  );

  function choose(name) {
    onChoose(name);
    show(name, 0);
    now.focus(); // brings it into view; where none is chosen it is hidden and nothing moves
  }

  function show(chosen, score) {
    for (const { name, el: card, start } of cards) {
      card.classList.toggle("mb-chosen", name === chosen);
      start.querySelector("span").textContent = name === chosen ? texts.leave : texts.start;
    }
    now.hidden = !chosen;
    if (!chosen) return;
    const { goal } = challenges[chosen],
      words = texts.challenge[chosen],
      solved = score >= goal;
    [title.textContent, task.textContent, hint.textContent] = [words.title, words.task, words.hint];
    fillBar.style.width = `${score}%`;
    goalMark.style.left = `${goal}%`;
    bar.setAttribute("aria-label", words.title);
    bar.setAttribute("aria-valuenow", String(Math.floor(score)));
    bar.classList.toggle("mb-solved", solved);
    const text = fill(texts.score, { score: Math.floor(score), goal });
    result.replaceChildren(...(solved ? [icon("check"), `${texts.solved} ${text}`] : [text]));
  }

  return { el, now, show };
}

// The programme exercise: twelve talks of a conference, to be sorted by what comes out.
import { icon } from "../kit/icons.js";
import { Live, rendering } from "../kit/live.js";
import { button, clamp, fill, make } from "../kit/view.js";

const NAMES = ["talk", "answers", "first"];

/** The state with everything impossible replaced: a link may hold anything.
 * @param {Record<string, any>} asked @param {any[]} talks @param {string[]} tasks @param {Limits} limits
 */
function sane({ talk, answers, first }, talks, tasks, limits) {
  const whole = (value, low, high) => (Number.isFinite(value) ? clamp(Math.round(value), low, high) : low);
  const row = (given) =>
    talks.map((_, i) => (given?.[i] >= 0 && given[i] <= tasks.length ? whole(given[i], 0, tasks.length) : 0));
  const now = row(answers),
    before = row(first);
  // An answer that is there was once the first one.
  return {
    talk: whole(talk, ...limits.talk),
    answers: now,
    first: before.map((given, i) => (now[i] === 0 ? 0 : given || now[i])),
  };
}

/** What an answer (a place in tasks from 1, or 0) is worth: "right", "also", "wrong" or "". As verdict in programme.py.
 *  */
export function verdict({ task, also }, answer, tasks) {
  if (answer === 0) return "";
  const given = tasks[answer - 1];
  return given === task ? "right" : given === also ? "also" : "wrong";
}

/** How many answers are right, and how many were given. */
export function score(answers, talks, tasks) {
  const found = talks.map((talk, i) => verdict(talk, answers[i], tasks));
  return [found.filter((each) => each === "right" || each === "also").length, found.filter(Boolean).length];
}

/** The next talk after this one (from 1) that is not yet right, round the end; 0 where all are. */
export function next(talk, answers, talks, tasks) {
  for (let step = 1; step <= talks.length; step++) {
    const place = (talk - 1 + step) % talks.length;
    if (["", "wrong"].includes(verdict(talks[place], answers[place], tasks))) return place + 1;
  }
  return 0;
}

class ProgrammeExercise extends Live {
  constructor(model, el) {
    super(model, el, NAMES);
  }

  load() {
    this.update();
  }

  // ---- what is on the screen ------------------------------------------------------------------------------

  build() {
    const { model } = this;
    this.talks = model.get("talks");
    this.tasks = model.get("tasks");
    return [this.head(() => this.python()), this.buildStrip(), this.buildTalk(), this.buildBoard()];
  }

  buildStrip() {
    const { texts } = this;
    this.marks = this.talks.map((_, i) =>
      make("button", { type: "button", class: "mb-talk-mark", on: { click: () => this.set({ talk: i + 1 }) } }),
    );
    const items = this.marks.map((mark) => make("li", {}, mark));
    this.result = make("p", { class: "mb-talk-score" });
    return make(
      "div",
      { class: "mb-talk-strip", role: "group", "aria-label": texts.programme },
      make("ol", { class: "mb-talk-marks" }, items),
      this.result,
    );
  }

  buildTalk() {
    const { texts } = this;
    this.number = make("span", { class: "mb-muted" });
    this.title = make("p", { class: "mb-talk-title" });
    this.japanese = make("p", { class: "mb-muted", lang: "ja" });
    this.method = make("p", {});
    this.options = this.tasks.map((task, i) => {
      const words = texts.tasks[task],
        sign = make("span", { class: "mb-talk-sign" });
      const text = make(
        "span",
        {},
        make("strong", { text: words.title }),
        " ",
        make("span", { class: "mb-talk-output", text: words.output }),
      );
      const el = make(
        "button",
        { type: "button", class: "mb-talk-option", "data-task": task, on: { click: () => this.answer(i + 1) } },
        sign,
        text,
      );
      return { el, sign };
    });
    const options = make(
      "div",
      { class: "mb-talk-options", role: "group", "aria-label": texts.question },
      this.options.map(({ el }) => el),
    );
    this.notice = make("div", { class: "mb-notice mb-talk-notice" });
    this.onward = button({ label: texts.next, onClick: () => this.onwards() });
    const talk = make("div", { class: "mb-talk-card" }, this.number, this.title, this.japanese, this.method);
    return make(
      "div",
      { role: "group", class: "mb-section mb-talk", "aria-label": texts.talk },
      talk,
      make("p", { class: "mb-subtitle", text: texts.question }),
      options,
      this.notice,
      make("div", { class: "mb-talk-onward" }, this.onward),
    );
  }

  buildBoard() {
    const { texts } = this;
    this.boxes = this.tasks.map((task) => make("dd", { "data-task": task }));
    const lines = this.tasks.map((task, i) =>
      make("div", { class: "mb-talk-line" }, make("dt", { text: texts.tasks[task].title }), this.boxes[i]),
    );
    return make(
      "div",
      { role: "group", class: "mb-section", "aria-label": texts.sorted },
      make("p", { class: "mb-subtitle", text: texts.sorted }),
      make("dl", { class: "mb-talk-board" }, lines),
    );
  }

  // ---- what the reader does -------------------------------------------------------------------------------

  now() {
    const asked = Object.fromEntries(NAMES.map((name) => [name, this.model.get(name)]));
    return sane(asked, this.talks, this.tasks, this.model.get("limits"));
  }

  answer(given) {
    const { talk, answers, first } = this.now();
    const with_ = (row, value) => row.map((each, i) => (i === talk - 1 ? value : each));
    this.set({ answers: with_(answers, given), first: first[talk - 1] ? first : with_(first, given) });
    this.speak = this.answered = true;
  }

  onwards() {
    const { talk, answers } = this.now(),
      following = next(talk, answers, this.talks, this.tasks);
    this.set({ talk: following || (talk % this.talks.length) + 1 });
    this.speak = true;
  }

  // ---- what is shown --------------------------------------------------------------------------------------

  update() {
    const { texts } = this,
      state = this.now(),
      { talk, answers, first } = state,
      at = talk - 1;
    const words = texts.talks[talk];
    this.number.textContent = fill(texts.numberOf, { number: talk, count: this.talks.length });
    this.title.textContent = words.title;
    this.japanese.textContent = this.talks[at].japanese;
    this.method.replaceChildren(make("span", { class: "mb-muted", text: `${texts.method}: ` }), words.method);
    this.showMarks(state);
    const found = verdict(this.talks[at], answers[at], this.tasks);
    this.options.forEach(({ el, sign }, i) => {
      const chosen = answers[at] === i + 1;
      el.setAttribute("aria-pressed", String(chosen));
      el.dataset.kind = chosen ? kindOf(found) : "";
      sign.replaceChildren(...(chosen ? [icon(found === "wrong" ? "cross" : "check")] : []));
    });
    const sentence = this.showNotice(found, words, answers[at], at);
    const [right, tried] = score(first, this.talks, this.tasks),
      [now] = score(answers, this.talks, this.tasks);
    const all = now === this.talks.length;
    this.result.textContent = tried
      ? fill(all ? texts.finished : texts.score, { right, tried, count: this.talks.length })
      : texts.start;
    this.onward.hidden = all;
    this.showBoard(answers);
    if (this.speak)
      this.live.say(
        [sentence || `${this.number.textContent}: ${words.title}`, sentence && this.result.textContent]
          .filter(Boolean)
          .join(" "),
      );
    if (this.answered) this.notice.scrollIntoView({ block: "nearest" });
    this.speak = this.answered = false;
  }

  showMarks({ talk, answers }) {
    const { texts } = this;
    this.marks.forEach((mark, i) => {
      const found = verdict(this.talks[i], answers[i], this.tasks);
      mark.dataset.kind = kindOf(found);
      if (i === talk - 1) mark.setAttribute("aria-current", "true");
      else mark.removeAttribute("aria-current");
      mark.setAttribute("aria-label", `${texts.talk} ${i + 1}${found ? `: ${texts[kindOf(found)]}` : ""}`);
      mark.replaceChildren(
        make("span", { text: i + 1 }),
        ...(found ? [icon(found === "wrong" ? "cross" : "check")] : []),
      );
    });
  }

  /** Shows what the answer is worth and why, and returns it as a sentence. */
  showNotice(found, words, answer, at) {
    const { texts } = this;
    this.notice.hidden = !found;
    if (!found) return "";
    this.notice.dataset.kind = kindOf(found);
    const task = this.tasks[answer - 1],
      { title, not } = texts.tasks[task];
    const sentence =
      found === "wrong"
        ? `${texts.bad}. ${words.near?.[task] ?? not}`
        : `${texts.good}: ${title}. ${found === "also" ? words.also : words.why}`;
    const lines = [make("p", { text: sentence })];
    if (found !== "wrong") lines.push(make("p", {}, `${texts.runs} `, this.links(this.talks[at].pages)));
    this.notice.replaceChildren(icon(found === "wrong" ? "cross" : "check"), make("div", {}, lines));
    return sentence;
  }

  links(pages) {
    const { texts, model } = this;
    return pages.flatMap((page, i) => {
      const href = model.page?.(page),
        title = texts.pages[page];
      return [i ? " · " : "", href ? make("a", { href, text: title }) : make("span", { text: title })];
    });
  }

  showBoard(answers) {
    this.boxes.forEach((box, i) => {
      const here = this.talks.flatMap((talk, place) =>
        answers[place] === i + 1 && verdict(talk, answers[place], this.tasks) !== "wrong" ? [place + 1] : [],
      );
      box.replaceChildren(
        ...(here.length
          ? here.map((number) => make("span", { class: "mb-talk-chip", text: number }))
          : [make("span", { class: "mb-muted", text: "–" })]),
      );
    });
  }

  python() {
    const { talk, answers, first } = this.now();
    return `ProgrammeExercise(talk=${talk}, answers=[${answers.join(", ")}], first=[${first.join(", ")}])`;
  }
}

const kindOf = (found) => (found === "" ? "" : found === "wrong" ? "bad" : "good");

export default rendering(ProgrammeExercise);

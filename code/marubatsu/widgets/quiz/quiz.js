// The quiz of a page: each question is checked when the reader asks for it, and each choice says why.
import { icon } from "../kit/icons.js";
import { Live, rendering } from "../kit/live.js";
import { button, fill, fresh, make } from "../kit/view.js";
import { isNumber, isRight, LETTERS, readAnswers } from "./quiz_marks.js";

/** Words in which `code` stands between backticks. */
const coded = (text) => text.split("`").map((part, i) => (i % 2 ? make("code", { text: part }) : part));

class Quiz extends Live {
  constructor(model, el) {
    super(model, el, ["answers", "checked"]);
  }

  load() {
    this.update();
  }

  build() {
    this.questions = this.model.get("questions");
    this.score = make("p", { class: "mb-quiz-score" });
    this.items = this.questions.map((question, i) => this.buildQuestion(question, i));
    return [
      this.head(() => this.python()),
      make(
        "ol",
        { class: "mb-quiz" },
        this.items.map(({ el }) => el),
      ),
      this.score,
    ];
  }

  buildQuestion(question, i) {
    const { texts } = this,
      name = fresh("quiz"),
      text = make("span", {}, coded(question.text));
    const hint = question.kind === "many" && make("span", { class: "mb-muted", text: ` ${texts.several}` });
    const legend = make(
      "legend",
      {},
      make("span", { class: "mb-quiz-number", text: `${i + 1}` }),
      make("span", {}, text, hint || []),
    );
    const body =
      question.kind === "number" ? this.buildNumber(question, i, name) : this.buildChoices(question, i, name);
    const verdict = make("p", { class: "mb-quiz-verdict", id: `${name}-verdict` });
    const check = button({ label: texts.check, onClick: () => this.check(i) });
    const again = button({ label: texts.again, symbol: "reset", onClick: () => this.again(i) });
    const set = make("fieldset", {}, legend, body.el, make("div", { class: "mb-quiz-tools" }, check, again), verdict);
    return { el: make("li", {}, set), set, body, verdict, check, again, first: body.first };
  }

  buildChoices(question, i, name) {
    const type = question.kind === "one" ? "radio" : "checkbox";
    const rows = question.choices.map((choice, k) => {
      const why = make("span", { class: "mb-quiz-why", id: `${name}-why-${k}` });
      const input = make("input", { type, name, value: LETTERS[k], on: { change: () => this.collect(i) } });
      const mark = make("span", { class: "mb-quiz-mark", "aria-hidden": "true" });
      const label = make("label", {}, input, make("span", { class: "mb-quiz-words" }, coded(choice.text)), mark);
      return { choice, input, why, mark, el: make("div", { class: "mb-quiz-choice" }, label, why) };
    });
    return {
      rows,
      first: rows[0].input,
      el: make(
        "div",
        { class: "mb-quiz-choices" },
        rows.map(({ el }) => el),
      ),
    };
  }

  buildNumber(question, i, name) {
    const { texts } = this,
      id = `${name}-number`;
    const input = make("input", {
      id,
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      on: { input: () => this.collect(i) },
    });
    input.addEventListener("keydown", (event) => event.key === "Enter" && this.check(i));
    const label = make("label", {
      for: id,
      text: question.unit ? fill(texts.numberIn, { unit: question.unit }) : texts.number,
    });
    return { input, first: input, el: make("div", { class: "mb-field mb-quiz-field" }, label, input) };
  }

  /** The state: an answer for each question, and whether it was checked. */
  now() {
    const answers = readAnswers(this.model.get("answers"), this.questions),
      marks = String(this.model.get("checked"));
    return { answers, checked: answers.map((answer, i) => answer !== "" && marks[i] === "1") };
  }

  put(i, answer, done) {
    const { answers, checked } = this.now();
    answers[i] = answer;
    checked[i] = done;
    this.set({ answers: answers.join(";"), checked: checked.map(Number).join("") });
  }

  /** A choice was made, or a number typed: it is kept, and nothing is judged before the reader asks. */
  collect(i) {
    const { body } = this.items[i],
      question = this.questions[i];
    const answer = body.rows
      ? body.rows
          .filter(({ input }) => input.checked)
          .map(({ input }) => input.value)
          .join("")
      : body.input.value.trim().replaceAll(";", "");
    this.said = undefined;
    this.items[i].typed = body.rows ? undefined : answer;
    this.put(i, body.rows || isNumber(question, answer) ? answer : "", false);
  }

  check(i) {
    const { answers } = this.now(),
      { verdict, first, body } = this.items[i];
    if (answers[i] === "") {
      verdict.textContent = body.rows ? this.texts.chooseFirst : this.texts.typeFirst;
      verdict.dataset.kind = "";
      this.live.say(verdict.textContent);
      return first.focus();
    }
    this.said = i;
    this.put(i, answers[i], true);
    this.schedule();
  }

  again(i) {
    const { body, first } = this.items[i];
    if (!body.rows) this.items[i].typed = "";
    this.put(i, "", false);
    this.schedule();
    first.focus();
  }

  update() {
    const { texts, questions } = this,
      { answers, checked } = this.now();
    const right = questions.map((question, i) => checked[i] && isRight(question, answers[i]));
    questions.forEach((question, i) => this.show(this.items[i], question, answers[i], checked[i], right[i]));
    const done = checked.filter(Boolean).length;
    this.score.textContent = done
      ? fill(texts.score, { right: right.filter(Boolean).length, done, of: questions.length })
      : fill(texts.begin, { of: questions.length });
    if (this.said !== undefined)
      this.live.say(`${this.items[this.said].verdict.textContent} ${this.score.textContent}`);
  }

  show({ set, body, verdict, check, again }, question, answer, checked, right) {
    const { texts } = this;
    set.dataset.kind = checked ? (right ? "right" : "wrong") : "";
    again.hidden = !checked;
    check.hidden = checked;
    if (checked) {
      verdict.dataset.kind = set.dataset.kind;
      verdict.replaceChildren(
        icon(right ? "check" : "cross"),
        make("strong", { text: right ? texts.right : texts.wrong }),
        make("span", {}, " ", coded(question.why)),
      );
    } else if (answer !== "" || verdict.dataset.kind) {
      verdict.replaceChildren();
      delete verdict.dataset.kind;
    }
    if (!body.rows) {
      const shown = this.items.find((item) => item.body === body).typed ?? answer;
      if (body.input.value.trim() !== shown) body.input.value = shown;
      return;
    }
    body.rows.forEach(({ choice, input, why, mark, el }, k) => {
      const chosen = answer.includes(LETTERS[k]);
      input.checked = chosen;
      el.dataset.kind = checked && (chosen || choice.right) ? (choice.right ? "right" : "wrong") : "";
      mark.replaceChildren(...(el.dataset.kind ? [icon(choice.right ? "check" : "cross")] : []));
      why.textContent = "";
      if (checked && (chosen || choice.right))
        why.append(
          make("span", { class: "mb-quiet", text: choice.right ? `${texts.rightChoice} ` : `${texts.wrongChoice} ` }),
          ...coded(choice.why),
        );
      if (why.textContent) input.setAttribute("aria-describedby", why.id);
      else input.removeAttribute("aria-describedby");
    });
  }

  python() {
    return `quiz.answers = ${JSON.stringify(this.now().answers.join(";"))}`;
  }
}

export default rendering(Quiz);

// Whether an answer is right: the same rules as marubatsu.questions in Python.
import { parse } from "../kit/view.js";

export const LETTERS = "abcdefgh";

/** The answers of a state, one text for each question; what is no answer becomes an empty one. */
export function readAnswers(text, questions) {
  const given = String(text).split(";");
  return questions.map((question, i) => {
    const answer = given[i] ?? "";
    if (question.kind === "number") return isNumber(question, answer) ? answer : "";
    const known = [...LETTERS.slice(0, question.choices.length)],
      letters = known.filter((letter) => answer.includes(letter));
    if ([...answer].some((letter) => !known.includes(letter))) return "";
    return (question.kind === "one" ? letters.slice(0, 1) : letters).join("");
  });
}

/** Whether an answer, as readAnswers gives it, is right. */
export function isRight(question, answer) {
  if (question.kind === "number")
    return readings(question, answer).some((number) => Math.abs(number - question.answer) <= question.tolerance);
  return question.choices.every(({ right }, i) => right === answer.includes(LETTERS[i]));
}

/** Whether what was typed can be read as a number. */
export const isNumber = (question, typed) => readings(question, typed)[0] !== undefined;

/**
 * What a typed number may mean, the question's own unit left off. Spaces and apostrophes may stand between thousands;
 * 1,168 and 1.168 are a thousand for some readers and little more than one for others.
 */
function readings({ unit = "" }, typed) {
  let plain = typed.normalize("NFKC").trim();
  if (unit && plain.toLowerCase().endsWith(unit.toLowerCase())) plain = plain.slice(0, -unit.length).trimEnd();
  plain = plain.replace(/(\d)[ '’](?=\d{3}(?!\d))/g, "$1");
  return [plain, ...(/^[1-9]\d{0,2}[,.]\d{3}$/.test(plain) ? [plain.replace(/[,.]/, "")] : [])].map(parse);
}

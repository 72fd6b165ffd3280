// The template difference: how far an image of 32 × 32 pixels is from the model ○ and the model ×, pixel by pixel.
import { absoluteDifference, single } from "./arithmetic.js";
import { draw } from "./marks.js";

export const KINDS = ["circle", "cross"];
const SIDE = 32,
  MODELS = KINDS.map((name) => ({ name, model: draw(name) }));

/** For each model: its pixels, the difference to them, and the sum; and the kind of the nearer one. */
export function compareWithModels(image) {
  const answers = MODELS.map(({ name, model }) => {
    const away = absoluteDifference(single(SIDE, SIDE, image), single(SIDE, SIDE, model)).data;
    return { name, model, away, sum: away.reduce((sum, value) => sum + value, 0) };
  });
  return { answers, verdict: answers[1].sum < answers[0].sum ? "cross" : "circle" };
}

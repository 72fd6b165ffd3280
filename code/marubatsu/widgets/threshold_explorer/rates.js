// The arithmetic of a yes-or-no test: counts at a threshold, rates with their intervals, the ROC curve, and what they
// mean among people with another prevalence. A case is called positive when its score is not below the threshold.
import { format } from "../kit/view.js";

const Z = 1.959963984540054; // 97.5 % of a normal distribution lie below it

const share = (part, whole) => (whole > 0 ? part / whole : null);

/** How often each happened: { tp, fn, fp, tn }. labels: 1 with the disease, 0 without. */
export function confusion(scores, labels, threshold) {
  const counts = { tp: 0, fn: 0, fp: 0, tn: 0 };
  scores.forEach((score, i) => counts[score >= threshold ? (labels[i] ? "tp" : "fp") : labels[i] ? "fn" : "tn"]++);
  return counts;
}

/** The rates of a four-field table; null where nothing was counted, Infinity for a ratio to nothing. */
export function rates({ tp, fn, fp, tn }) {
  const sensitivity = share(tp, tp + fn),
    specificity = share(tn, fp + tn);
  const known = sensitivity !== null && specificity !== null;
  return {
    sensitivity,
    specificity,
    accuracy: share(tp + tn, tp + fn + fp + tn),
    ppv: share(tp, tp + fp),
    npv: share(tn, tn + fn),
    lrPositive: known ? ratio(tp / (tp + fn), fp / (fp + tn)) : null,
    lrNegative: known ? ratio(fn / (tp + fn), tn / (fp + tn)) : null,
    youden: known ? sensitivity + specificity - 1 : null,
  };
}

const ratio = (above, below) => (below > 0 ? above / below : above > 0 ? Infinity : null);

/** The 95 % interval of a share (Wilson 1927), as wilson_interval in metrics; null where nothing was counted. */
export function wilson(successes, trials) {
  if (!(trials > 0)) return null;
  const p = successes / trials,
    middle = (p + Z ** 2 / (2 * trials)) / (1 + Z ** 2 / trials);
  const half = (Z * Math.sqrt((p * (1 - p)) / trials + Z ** 2 / (4 * trials ** 2))) / (1 + Z ** 2 / trials);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** The ROC curve { fpr, tpr, thresholds }, from the strictest threshold (Infinity: nobody is called) to the mildest. */
export function rocCurve(scores, labels) {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[b] - scores[a]);
  const positives = labels.reduce((sum, label) => sum + label, 0),
    negatives = labels.length - positives;
  const curve = { fpr: [0], tpr: [0], thresholds: [Infinity] };
  let tp = 0,
    fp = 0;
  order.forEach((i, place) => {
    if (labels[i]) tp++;
    else fp++;
    if (place + 1 < order.length && scores[order[place + 1]] === scores[i]) return; // equal scores are called together
    curve.fpr.push(fp / negatives);
    curve.tpr.push(tp / positives);
    curve.thresholds.push(scores[i]);
  });
  return curve;
}

/** The area under the ROC curve { auc, interval }: the share of pairs, one with and one without, in which the one with
 *  has the higher score. The interval is DeLong's (1988, eq. 5); where no pair is wrong, or none right, it says
 *  nothing: null. */
export function areaUnder(scores, labels) {
  const [without, with_] = [0, 1].map((kind) =>
    Float64Array.from(scores)
      .filter((_, i) => labels[i] === kind)
      .sort(),
  );
  const won = Array.from(with_, (score) => placement(without, score)),
    lost = Array.from(without, (score) => placement(with_, score));
  const auc = mean(won),
    spread = variance(won) / won.length + variance(lost) / lost.length;
  const half = Z * Math.sqrt(spread),
    known = auc > 0 && auc < 1 && won.length > 1 && lost.length > 1;
  return { auc, interval: known ? [Math.max(0, auc - half), Math.min(1, auc + half)] : null };
}

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

function variance(numbers) {
  const middle = mean(numbers);
  return numbers.reduce((sum, number) => sum + (number - middle) ** 2, 0) / (numbers.length - 1);
}

/** The share of sorted numbers that lie below a score; equal ones count half. */
function placement(sorted, score) {
  const first = (past) => {
    let low = 0,
      high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (past(sorted[middle])) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return (first((each) => each >= score) + first((each) => each > score)) / (2 * sorted.length);
}

/** PPV and NPV among people of whom the share `prevalence` has the disease (Bayes); null where nobody is called so. */
export function predictive({ sensitivity, specificity }, prevalence) {
  const tp = sensitivity * prevalence,
    fp = (1 - specificity) * (1 - prevalence);
  const fn = (1 - sensitivity) * prevalence,
    tn = specificity * (1 - prevalence);
  return { ppv: share(tp, tp + fp), npv: share(tn, tn + fn) };
}

/** The same as whole people, so many in all: { tp, fn, fp, tn }. */
export function people({ sensitivity, specificity }, prevalence, total = 1000) {
  const ill = Math.round(prevalence * total),
    tp = Math.round(sensitivity * ill),
    tn = Math.round(specificity * (total - ill));
  return { tp, fn: ill - tp, fp: total - ill - tn, tn };
}

/** Where on the curve the gain is largest: the first place, as numpy's argmax. gain(tpr, fpr) is given a reading. */
function best({ fpr, tpr }, gain) {
  let found = 0;
  tpr.forEach((_, i) => gain(tpr[i], fpr[i]) > gain(tpr[found], fpr[found]) + 1e-12 && (found = i));
  return found;
}

/** Places on the curve that are often asked for: the largest Youden index; the fewest errors at a prevalence, a missed
 *  case and a false alarm costing the same; the first with a sensitivity of 95 %. */
const READINGS = {
  youden: (curve) => best(curve, (tpr, fpr) => tpr - fpr),
  equalCost: (curve, prevalence) => best(curve, (tpr, fpr) => -prevalence * (1 - tpr) - (1 - prevalence) * fpr),
  sensitive: ({ tpr }) => tpr.findIndex((rate) => rate >= 0.95 - 1e-12),
};

/** The place on the curve that a reading asks for. */
export const reading = (name, curve, prevalence) => READINGS[name](curve, prevalence);

/** A short number that calls the same cases as the place on the curve: above the next lower score. */
export function thresholdAt({ thresholds }, place, { low, high }) {
  const upper = thresholds[place],
    lower = thresholds[place + 1] ?? low;
  if (upper === Infinity) return high;
  for (let digits = 0; digits < 12; digits++) {
    const short = Number(((lower + upper) / 2).toFixed(digits));
    if (short > lower && short <= upper) return short;
  }
  return upper;
}

/** A scale for scores { low, high, step }: a little wider than they are, in about 200 even steps. */
export function scaleOf(scores) {
  const least = scores.reduce((a, b) => Math.min(a, b)),
    most = scores.reduce((a, b) => Math.max(a, b));
  const rough = (most - least || 1) / 200,
    power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((each) => each * power >= rough * 0.999) * power;
  const tidy = (steps) => Number((steps * step).toPrecision(12));
  return {
    low: tidy(Math.floor(least / step) - 1),
    high: tidy(Math.floor(most / step) + 2),
    step: Number(step.toPrecision(12)),
  };
}

/** How many scores lie in each of so many even parts of a scale. */
export function histogram(scores, { low, high }, bins) {
  const counts = new Array(bins).fill(0);
  for (const score of scores)
    counts[Math.min(bins - 1, Math.max(0, Math.floor(((score - low) / (high - low)) * bins)))]++;
  return counts;
}

/** The places of the wrongly called cases, those nearest to the threshold first, `most` at most. */
export function wrongNear(scores, labels, threshold, most) {
  const wrong = Array.from(scores, (_, i) => i).filter((i) => scores[i] >= threshold !== (labels[i] === 1));
  const away = (i) => Math.abs(scores[i] - threshold);
  return wrong.sort((a, b) => away(a) - away(b) || a - b).slice(0, most);
}

/** A share in per cent for reading: it is never called 0 or 100 when it is not. */
export function percent(part) {
  if (part === null) return "–";
  if (part > 0.9995 && part < 1) return "> 99.9";
  if (part < 0.0005 && part > 0) return "< 0.1";
  return format(100 * part, 1);
}

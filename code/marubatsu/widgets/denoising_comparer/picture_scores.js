// Scores of a picture against another, in a square: noise, error, PSNR, SSIM. As NumPy and scikit-image compute them.
// A picture is { rows, columns, data }; `span` is the range of numbers that PSNR and SSIM refer to.

const SIDE = 7; // of the windows that SSIM looks through

/** The part of a picture from row `top`, column `left` on, `side` pixels each way. */
export function crop({ columns, data }, { top, left, side }) {
  const found = new Float64Array(side * side);
  for (let row = 0; row < side; row++)
    found.set(data.subarray((top + row) * columns + left, (top + row) * columns + left + side), row * side);
  return { rows: side, columns: side, data: found };
}

const meanOf = (data) => data.reduce((sum, value) => sum + value, 0) / data.length;

/** Mean and standard deviation (divided by the number of pixels, as np.std). */
export function meanAndSpread({ data }) {
  const mean = meanOf(data);
  return { mean, spread: Math.sqrt(meanOf(data.map((value) => (value - mean) ** 2))) };
}

/** How much higher the numbers of `shown` are than those of `full`, on average. */
export const meanError = (full, shown) => meanOf(shown.data.map((value, i) => value - full.data[i]));

/** Peak signal-to-noise ratio in decibels; Infinity where nothing differs. */
export function psnr(full, shown, span) {
  const error = meanOf(shown.data.map((value, i) => (value - full.data[i]) ** 2));
  return 10 * Math.log10((span * span) / error);
}

/** Structural similarity: the mean over all windows of 7 × 7 that lie whole in the picture (Wang et al. 2004, eq. 13).
 *  */
export function ssim(full, shown, span) {
  const { rows, columns } = full,
    count = SIDE * SIDE,
    [c1, c2] = [(0.01 * span) ** 2, (0.03 * span) ** 2];
  let total = 0,
    windows = 0;
  for (let top = 0; top + SIDE <= rows; top++)
    for (let left = 0; left + SIDE <= columns; left++, windows++) {
      let x = 0,
        y = 0,
        xx = 0,
        yy = 0,
        xy = 0;
      for (let row = top; row < top + SIDE; row++)
        for (let i = row * columns + left; i < row * columns + left + SIDE; i++) {
          const a = full.data[i],
            b = shown.data[i];
          x += a;
          y += b;
          xx += a * a;
          yy += b * b;
          xy += a * b;
        }
      x /= count;
      y /= count;
      const spread = (squares, mean, other) => (squares - count * mean * other) / (count - 1);
      const [vx, vy, vxy] = [spread(xx, x, x), spread(yy, y, y), spread(xy, x, y)];
      total += ((2 * x * y + c1) * (2 * vxy + c2)) / ((x * x + y * y + c1) * (vx + vy + c2));
    }
  return total / windows;
}

/** All scores of one version in one square. */
export function scoresIn(full, shown, box, span) {
  const [a, b] = [crop(full, box), crop(shown, box)];
  return { ...meanAndSpread(b), error: meanError(a, b), psnr: psnr(a, b, span), ssim: ssim(a, b, span) };
}

// The line of Python that gives the very array on the screen.

/** A kernel for numpy: whole numbers over one denominator where that is exact, else every digit. */
function arrayText(kernel) {
  const values = kernel.flat();
  const rows = (number) => `[${kernel.map((line) => `[${line.map(number).join(", ")}]`).join(", ")}]`;
  for (let below = 1; below <= 4096; below++)
    if (values.every((value) => Math.abs(value * below) < 1e9 && Math.round(value * below) / below === value)) {
      const above = rows((value) => Math.round(value * below) || 0);
      return below === 1 ? `np.array(${above})` : `np.array(${above}) / ${below}`;
    }
  return `np.array(${rows(String)})`;
}

/** The whole line, in the names of the library; the result has shape (rows, columns). */
export function pythonLine(image, { kernel, bias, stride, padding, dilation, relu }) {
  const options = [];
  if (bias !== 0) options.push(`bias=np.array([${bias}])`);
  if (stride !== 1) options.push(`stride=${stride}`);
  if (padding !== 0) options.push(`padding=${padding}`);
  if (dilation !== 1) options.push(`dilation=${dilation}`);
  const weights = arrayText(kernel),
    kernels = weights.includes(" / ") ? `(${weights})` : weights;
  const call = `conv2d(${[`${image}[None, None]`, `${kernels}[None, None]`, ...options].join(", ")})`;
  return `${relu ? `relu(${call})` : call}[0, 0]`;
}

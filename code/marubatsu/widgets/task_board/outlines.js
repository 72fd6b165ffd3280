// Marks over a picture: outlines of masks along the edges of pixels, boxes, lines; the truth solid, a network dashed.

const SVG = "http://www.w3.org/2000/svg";

/** The border of a mask as an SVG path along the edges of its pixels, in pixels of the picture. */
export function outline({ rows, columns, data }) {
  const inside = (r, c) => r >= 0 && c >= 0 && r < rows && c < columns && data[r * columns + c] > 0,
    parts = [];
  for (let r = 0; r <= rows; r++)
    for (let c = 0; c < columns; c++) {
      const from = c;
      while (c < columns && inside(r, c) !== inside(r - 1, c)) c++;
      if (c > from) parts.push(`M${from} ${r}h${c - from}`);
    }
  for (let c = 0; c <= columns; c++)
    for (let r = 0; r < rows; r++) {
      const from = r;
      while (r < rows && inside(r, c) !== inside(r, c - 1)) r++;
      if (r > from) parts.push(`M${c} ${from}v${r - from}`);
    }
  return parts.join("");
}

/** An SVG over the part [column, row, width, height] of a picture. A mark is { kind, path | box | line, text? }:
 *  box [top, left, bottom, right]; line [[left, right], row], with a bar at each end. */
export function overlay(part, marks) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", part.join(" "));
  svg.setAttribute("class", "mb-marks");
  svg.setAttribute("aria-hidden", "true");
  for (const { kind, path, box, line, text } of marks) {
    const drawn = document.createElementNS(SVG, "path");
    drawn.setAttribute("class", `mb-drawn mb-${kind}`);
    drawn.setAttribute("d", path ?? (box ? framed(box) : barred(line)));
    svg.append(drawn);
    if (text !== undefined) {
      const words = document.createElementNS(SVG, "text");
      for (const [name, value] of Object.entries({ class: "mb-drawn-text", x: box[3] + 1, y: box[0] }))
        words.setAttribute(name, value);
      words.textContent = text;
      svg.append(words);
    }
  }
  return svg;
}

const framed = ([top, left, bottom, right]) => `M${left - 1} ${top - 1}H${right + 1}V${bottom + 1}H${left - 1}z`;
const barred = ([[left, right], row]) => `M${left} ${row}H${right}M${left} ${row - 1.5}v3M${right} ${row - 1.5}v3`;

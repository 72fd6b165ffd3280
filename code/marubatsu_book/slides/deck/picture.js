// A picture on a slide is as large as its words leave room for: with its caption below it or at its side.
(() => {
  "use strict";
  const COLUMNS = [0.2, 0.23, 0.26, 0.29, 0.32, 0.36, 0.4, 0.45, 0.5]; // shares of the width for a caption at the side
  const GAP = 0.022;
  const LEAST = 0.2; // of the screen's height; a slide without so much room scrolls

  /** The room for a figure on its slide: all of the width, and the height below what stands above it. */
  function roomOf(figure, slide) {
    const { paddingLeft, paddingRight, paddingBottom } = getComputedStyle(slide),
      box = slide.getBoundingClientRect();
    const shrunk = box.width / slide.offsetWidth || 1; // while notes stand below the slide
    const above = (figure.getBoundingClientRect().top - box.top) / shrunk + slide.scrollTop;
    return {
      width: slide.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight),
      height: slide.clientHeight - parseFloat(paddingBottom) - above,
    };
  }

  /** The ways to lay out a picture and its caption, each with the width that it gives the picture. */
  function ways({ width, height }, ratio, caption) {
    const gap = GAP * width,
      least = Math.min(width, LEAST * innerHeight * ratio);
    if (!caption) return [{ picture: Math.max(least, Math.min(width, height * ratio)) }];
    const high = (wide) => {
      caption.style.width = `${wide}px`;
      return caption.scrollWidth > wide + 1 ? Infinity : caption.offsetHeight;
    };
    const below = Math.min(width, (height - high(width) - gap) * ratio);
    const found = [{ picture: Math.max(least, below), words: width }];
    for (const column of COLUMNS.map((share) => share * width))
      if (high(column) <= height) {
        const picture = Math.min(width - gap - column, height * ratio);
        found.push({ picture, words: Math.min(width - gap - picture, 0.5 * width), beside: true });
      }
    return found;
  }

  /** Enlarge the picture of a slide to its room. */
  window.fitPicture = (slide) => {
    const figure = slide.querySelector(".deck-picture"),
      image = figure?.querySelector("img");
    if (!image) return;
    const caption = figure.querySelector("figcaption");
    const ratio =
      (image.getAttribute("width") || image.naturalWidth) / (image.getAttribute("height") || image.naturalHeight);
    if (!(ratio > 0)) return;
    const best = ways(roomOf(figure, slide), ratio, caption).reduce((a, b) => (b.picture > a.picture ? b : a));
    figure.classList.toggle("deck-beside", Boolean(best.beside));
    Object.assign(image.style, { width: `${best.picture}px`, height: `${best.picture / ratio}px` });
    if (caption) caption.style.width = `${best.words}px`;
  };
})();

// Starts reveal.js on a deck: the slides fill the screen, and keys that a widget understands stay with the widget.
(() => {
  "use strict";
  const USES_KEYS = "figure.marubatsu-widget, input, select, textarea, [tabindex='0']:not(.deck-slide)";
  const PRESSED = "button, summary, a, details";
  const LECTURE = ["boxes_explorer", "kernel_tuner", "pixel_reader", "pooling_explorer", "task_board", "template_difference", "threshold_explorer"]
    .map((name) => `figure[data-module="${name}"]`).join();
  const PAGES = { PageDown: "next", PageUp: "prev" }; // the keys of a clicker
  const current = () => Reveal.getCurrentSlide();

  /** Widgets were made for a page; a screen on the wall is read from further away. */
  function enlarge() {
    const scale = Math.min(innerWidth / 1280, innerHeight / 720) * 1.3;
    document.documentElement.style.setProperty("--deck-zoom", Math.max(1, scale).toFixed(3));
  }

  /** A slide takes its picture as large as the words leave room for. */
  function fit(slide) {
    for (let turn = 0, height = 0.72 * innerHeight; turn < 6; turn++) {
      slide.style.setProperty("--deck-picture", `${height}px`);
      const over = slide.scrollHeight - slide.clientHeight;
      if (over <= 0) return;
      height = Math.max(0.2 * innerHeight, height - over);
    }
  }

  /** A widget of many parts shows a class the picture, the main control and the result; a button shows the rest. */
  function forLectures(slide) {
    if (!slide.querySelector(LECTURE)) return;
    const more = document.createElement("button");
    const label = () => {
      const all = !slide.classList.contains("deck-lecture");
      more.textContent = all ? "Less" : "More";
      more.setAttribute("aria-expanded", String(all));
      more.setAttribute("aria-label", all ? "Show the class less of this widget" : "Show more of this widget");
    };
    Object.assign(more, { type: "button", className: "deck-more" });
    more.addEventListener("click", () => {
      slide.classList.toggle("deck-lecture");
      slide.scrollTop = 0;
      label();
    });
    slide.classList.add("deck-lecture");
    label();
    slide.querySelector("h2").after(more);
  }

  /** Show the slide that holds a place: a figure, an exercise, or a widget with its state. */
  function follow() {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1).split("?")[0]));
    const slide = place?.closest(".slides > section");
    if (!slide) return;
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v);
  }

  function start() {
    enlarge();
    Reveal.initialize({
      disableLayout: true, center: false, transition: "none", backgroundTransition: "none", scrollActivationWidth: 0,
      hash: false, respondToHashChanges: false, history: false, slideNumber: "c/t", controlsTutorial: false, overview: false,
      keyboardCondition: ({ target, key }) =>
        !target.closest?.(USES_KEYS) && !([" ", "Enter"].includes(key) && target.closest?.(PRESSED)),
      plugins: [RevealNotes],
    });
    Reveal.addKeyBinding({ keyCode: 84, key: "T", description: "Notes below the slide" }, () =>
      Reveal.configure({ showNotes: !Reveal.getConfig().showNotes }));
    Reveal.on("ready", () => {
      follow();
      fit(current());
    });
    Reveal.on("slidechanged", ({ currentSlide }) => {
      currentSlide.scrollTop = 0;
      fit(currentSlide);
      currentSlide.focus({ preventScroll: true });
    });
    for (const slide of document.querySelectorAll(".slides > section")) slide.tabIndex = 0; // a long one scrolls
    for (const slide of document.querySelectorAll(".deck-widget")) forLectures(slide);
    addEventListener("hashchange", follow);
    addEventListener("resize", () => {
      enlarge();
      fit(current());
    });
    // A clicker turns the slides, wherever the focus is.
    addEventListener("keydown", (event) => {
      if (!(event.key in PAGES) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      Reveal[PAGES[event.key]]();
    }, true);
    // Escape leaves a widget, so that the arrows turn the slides again.
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !event.target.closest?.(USES_KEYS)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      current().focus({ preventScroll: true });
    }, true);
  }

  if (document.readyState === "complete") start();
  else document.addEventListener("DOMContentLoaded", start);
})();

// Starts reveal.js on a deck: the slides fill the screen, and keys that a widget understands stay with the widget.
(() => {
  "use strict";
  const USES_KEYS = "figure.marubatsu-widget, input, select, textarea, [tabindex='0']:not(.deck-slide)";
  const PRESSED = "button, summary, a, details";
  const WITHOUT_USE = /Slide overview|Navigate up|Navigate down/; // keys of reveal.js that do nothing in a deck
  const PAGES = { PageDown: "next", PageUp: "prev" }; // the keys of a clicker
  const QUIZ = [1.325, 1.22, 1.12, 1.03, 0.95]; // sizes of a question
  const current = () => Reveal.getCurrentSlide();

  /** Widgets were made for a page; a screen on the wall is read from further away. */
  function enlarge() {
    const scale = Math.min(innerWidth / 1280, innerHeight / 720) * 1.3;
    document.documentElement.style.setProperty("--deck-zoom", Math.max(1, scale).toFixed(3));
  }

  /** A widget of many parts shows a class the picture, the main control and the result; a button shows the rest. */
  function forLectures(slide) {
    const widget = slide.querySelector("figure[data-lecture]"); // it says itself that it has such a view
    if (!widget) return;
    const turn = () => {
      slide.classList.toggle("deck-lecture");
      widget.classList.toggle("mb-lecture");
    };
    const more = document.createElement("button");
    const label = () => {
      const all = !slide.classList.contains("deck-lecture");
      more.textContent = all ? "Less" : "More";
      more.setAttribute("aria-expanded", String(all));
      more.setAttribute("aria-label", all ? "Show the class less of this widget" : "Show more of this widget");
    };
    Object.assign(more, { type: "button", className: "deck-more" });
    more.addEventListener("click", () => {
      turn();
      slide.scrollTop = 0;
      label();
    });
    turn();
    label();
    slide.querySelector("h2").after(more);
  }

  /** A question is shown as large as fits, before and after its answer. */
  function fitQuiz(slide) {
    const fit = () => {
      for (const size of QUIZ) {
        slide.style.setProperty("--deck-quiz", size);
        if (slide.scrollHeight <= slide.clientHeight) return;
      }
    };
    new ResizeObserver(() => requestAnimationFrame(fit)).observe(slide.querySelector(".marubatsu-widget"));
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
      disableLayout: true,
      center: false,
      transition: "none",
      backgroundTransition: "none",
      scrollActivationWidth: 0,
      hash: false,
      respondToHashChanges: false,
      history: false,
      slideNumber: "c/t",
      controlsTutorial: false,
      overview: false,
      keyboardCondition: ({ target, key }) =>
        // a key that the speaker's window sends has no target
        !target?.closest?.(USES_KEYS) && !([" ", "Enter"].includes(key) && target?.closest?.(PRESSED)),
      plugins: [RevealNotes],
    });
    Reveal.on("ready", () => {
      if (window.inSpeakersWindow) followProjector();
      else follow();
      fitPicture(current());
    });
    Reveal.on("slidechanged", ({ currentSlide }) => {
      currentSlide.scrollTop = 0;
      fitPicture(currentSlide);
      if (!window.inSpeakersWindow) currentSlide.focus({ preventScroll: true });
    });
    // A long slide scrolls by keyboard.
    for (const slide of document.querySelectorAll(".slides > section")) slide.setAttribute("tabindex", "0");
    for (const slide of document.querySelectorAll(".deck-widget")) forLectures(slide);
    for (const slide of document.querySelectorAll(".deck-quiz")) fitQuiz(slide);
    addEventListener("hashchange", follow);
    addEventListener("resize", () => {
      enlarge();
      fitPicture(current());
    });
    if (!window.inSpeakersWindow) keys();
  }

  /** Keys of our own, beside those of reveal.js. */
  function keys() {
    Reveal.addKeyBinding({ keyCode: 84, key: "T", description: "Notes below the slide" }, () =>
      Reveal.configure({ showNotes: !Reveal.getConfig().showNotes }),
    );
    Reveal.registerKeyboardShortcut("Esc", "Leave a widget");
    // The list of keys that "?" opens names only those that do something.
    new MutationObserver(() => {
      for (const row of document.querySelectorAll(".r-overlay-help tr"))
        if (WITHOUT_USE.test(row.textContent)) row.remove();
    }).observe(Reveal.getRevealElement(), { childList: true });
    // A clicker turns the slides, wherever the focus is.
    addEventListener(
      "keydown",
      (event) => {
        if (!(event.key in PAGES) || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        Reveal[PAGES[event.key]]();
      },
      true,
    );
    // Escape leaves a widget, so that the arrows turn the slides again.
    addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape" || !(event.target instanceof Element && event.target.closest(USES_KEYS))) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        current().focus({ preventScroll: true });
      },
      true,
    );
  }

  if (document.readyState === "complete") start();
  else document.addEventListener("DOMContentLoaded", start);
})();

// Starts reveal.js on a deck: the slides fill the screen, and keys that a widget understands stay with the widget.
(() => {
  "use strict";
  const USES_KEYS = "figure.marubatsu-widget, input, select, textarea, [tabindex='0']:not(.deck-slide)";
  const PRESSED = "button, summary, a, details";
  const current = () => Reveal.getCurrentSlide();

  /** Widgets were made for a page; a screen on the wall is read from further away. */
  function enlarge() {
    const scale = Math.min(innerWidth / 1280, innerHeight / 720) * 1.3;
    document.documentElement.style.setProperty("--deck-zoom", Math.max(1, scale).toFixed(3));
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
    Reveal.on("ready", follow);
    Reveal.on("slidechanged", ({ currentSlide }) => {
      currentSlide.scrollTop = 0;
      currentSlide.focus({ preventScroll: true });
    });
    for (const slide of document.querySelectorAll(".slides > section")) slide.tabIndex = 0; // a long one scrolls
    addEventListener("hashchange", follow);
    addEventListener("resize", enlarge);
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

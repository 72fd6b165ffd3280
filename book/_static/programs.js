// The switch "Programs: hidden / shown" in the head of the page: remembered, and in the address where a lecturer wants
// it.
(() => {
  const KEY = "programs";
  const button = document.querySelector(".mb-programs");
  const folds = [...document.querySelectorAll("details.program")];
  if (!button || !folds.length) return;

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // a browser that forbids a page to remember
    }
  };
  const remember = (word) => {
    try {
      localStorage.setItem(KEY, word);
    } catch {
      // then for this page only
    }
  };
  const show = (shown) => {
    for (const fold of folds) fold.open = shown;
    button.setAttribute("aria-pressed", String(shown));
    button.querySelector("b").textContent = shown ? button.dataset.shown : button.dataset.hidden;
  };

  const asked = new URLSearchParams(location.search).get("programs");
  if (asked === "shown" || asked === "hidden") remember(asked); // any other word of a link says nothing
  show(remembered() === "shown" || asked === "shown");
  button.hidden = false;
  addEventListener("storage", (event) => event.key === KEY && show(event.newValue === "shown")); // in another tab
  button.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    const place = button.getBoundingClientRect().top;
    show(shown);
    remember(shown ? "shown" : "hidden");
    scrollBy(0, button.getBoundingClientRect().top - place);
  });
})();

// A term of the glossary explains itself in place: a card on hover, on focus, or at a tap (WCAG 1.4.13: it stays while
// the pointer is on it, and Escape closes it).
(() => {
  const data = document.getElementById("terms");
  if (!data) return;
  const meanings = JSON.parse(data.textContent);
  const links = [...document.querySelectorAll("article a[href*='#term-']")];
  const card = document.createElement("div");
  card.className = "term-card";
  card.id = "term-card";
  card.hidden = true;
  const words = document.createElement("p");
  words.id = "term-card-words";
  const further = document.createElement("a");
  further.textContent = "Glossary";
  further.tabIndex = -1; // by keyboard, Enter on the term itself leads there
  card.append(words, further);
  document.body.append(card);
  let link = null;
  let waits = 0;

  const close = () => {
    clearTimeout(waits);
    if (link) link.removeAttribute("aria-describedby");
    link = null;
    card.hidden = true;
  };
  const open = (asked) => {
    clearTimeout(waits);
    if (link === asked) return;
    close();
    const [term, meaning] = meanings[asked.hash.slice(1)];
    link = asked;
    words.replaceChildren(Object.assign(document.createElement("strong"), { textContent: term }), `: ${meaning}`);
    further.href = asked.href;
    card.hidden = false;
    link.setAttribute("aria-describedby", words.id);
    const box = link.getClientRects()[0];
    const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8);
    const below = box.bottom + card.offsetHeight < innerHeight;
    card.style.left = `${Math.max(8, left) + scrollX}px`;
    card.style.top = `${(below ? box.bottom : box.top - card.offsetHeight) + scrollY}px`;
  };
  const later = (what) => {
    clearTimeout(waits);
    waits = setTimeout(what, 200);
  };

  for (const each of links) {
    if (!(each.hash.slice(1) in meanings)) continue;
    let touched = false;
    each.addEventListener("pointerdown", (event) => {
      touched = event.pointerType === "touch";
    });
    each.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && later(() => open(each)));
    each.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && later(close));
    each.addEventListener("focus", () => touched || open(each));
    each.addEventListener("blur", () => touched || later(close));
    each.addEventListener("click", (event) => {
      if (!touched) return;
      event.preventDefault();
      open(each);
    });
  }
  card.addEventListener("pointerenter", () => clearTimeout(waits));
  card.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && later(close));
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.addEventListener("pointerdown", (event) => {
    if (link && !card.contains(event.target) && event.target.closest("a") !== link) close();
  });
})();

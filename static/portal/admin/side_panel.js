/* The parts of the side panel as tabs, which fold to a rail. Without this script all parts stand open. */

const panel = document.querySelector("[data-side-panel]");
const list = panel && panel.querySelector("[role=tablist]");

if (list) {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const head = panel.querySelector(".panel-head");
  const fold = head.querySelector(".panel-fold");
  const partOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));

  const setFolded = (isFolded) => {
    panel.classList.toggle("is-folded", isFolded);
    fold.setAttribute("aria-expanded", String(!isFolded));
    fold.setAttribute("aria-label", isFolded ? fold.dataset.openLabel : fold.dataset.foldLabel);
    sessionStorage.setItem("panel-folded", isFolded ? "1" : "");
    panel.dispatchEvent(new CustomEvent("panel-change"));
  };

  const choose = (chosen, isFocused) => {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      partOf(tab).hidden = !isChosen;
    }
    panel.classList.toggle("shows-preview", chosen.id === "tab-preview");
    sessionStorage.setItem("panel-tab", chosen.id);
    if (isFocused) chosen.focus();
    panel.dispatchEvent(new CustomEvent("panel-change"));
  };

  const tabWith = (id) => tabs.find((tab) => id && partOf(tab).matches(`:has(#${id}), #${id}`));

  for (const tab of tabs) {
    partOf(tab).setAttribute("role", "tabpanel");
    partOf(tab).setAttribute("aria-labelledby", tab.id);
  }
  head.hidden = false;
  const anchored = /^#[\w-]+$/.test(window.location.hash) && tabWith(window.location.hash.slice(1));
  const last = tabs.find((tab) => tab.id === sessionStorage.getItem("panel-tab"));
  const counted = tabs.find((tab) => tab.querySelector(".count"));
  choose(anchored || last || counted || tabs[0], false);
  setFolded(Boolean(sessionStorage.getItem("panel-folded")) && !anchored);

  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (!tab) return;
    choose(tab, false);
    setFolded(false);
  });
  fold.addEventListener("click", () => setFolded(!panel.classList.contains("is-folded")));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = tabs.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    choose(tabs[(at + step + tabs.length) % tabs.length], true);
  });
}

/* “Go there”: to the words in the text if they can be found, else to the field, unfolded and focused. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go-to]");
  const row = link && document.querySelector(`.field-${link.dataset.goTo}`);
  if (!row) return;
  event.preventDefault();
  const folded = row.closest("details");
  if (folded) folded.open = true;
  const editor = row.querySelector("[contenteditable=true]");
  const words = link.dataset.words;
  const place =
    editor &&
    words &&
    [...editor.querySelectorAll("a, figure, table, h2, h3, h4, p, li")].find(
      (element) =>
        element.textContent.includes(words) || element.querySelector(`img[src*="${window.CSS.escape(words)}"]`),
    );
  const field =
    editor ||
    row.querySelector(".select2-selection") ||
    row.querySelector("input:not([type=hidden]), select, textarea, a[href]");
  field?.focus({ preventScroll: true });
  (place || row).scrollIntoView({ block: "center" });
});

/* A refused form opens at its first fault, once the stock scripts have made their selects. */
window.addEventListener("load", () => document.querySelector(".error-links [data-go-to]")?.click());

/* Below this width the main menu lies over the form instead of beside it. Capturing, because the stock script would
   remember that somebody closed it for good. */
const menu = document.getElementById("nav-sidebar");
const toggle = document.getElementById("toggle-nav-sidebar");
if (menu && toggle) {
  const isNarrow = window.matchMedia("(width < 100rem)");
  const open = (isOpen) => {
    menu.classList.toggle("is-over-form", isOpen);
    toggle.setAttribute("aria-expanded", String(isOpen));
    menu.setAttribute("aria-expanded", String(isOpen));
  };
  if (isNarrow.matches) open(false);
  toggle.addEventListener(
    "click",
    (event) => {
      if (!isNarrow.matches) return;
      event.stopImmediatePropagation();
      open(!menu.classList.contains("is-over-form"));
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.classList.contains("is-over-form")) return;
    open(false);
    toggle.focus();
  });
}

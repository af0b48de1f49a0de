/* Ctrl+S saves; the menu closes with Escape or a click elsewhere; long fields grow with their text. The bar works
   without this script. */

const bar = document.querySelector(".action-bar");
const menu = bar && bar.querySelector(".bar-menu");

if (bar) {
  document.addEventListener("keydown", (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === "s";
    const button = isSave && bar.querySelector("[data-save]");
    if (!button) return;
    event.preventDefault();
    // Not while a dialog is open: what it holds is not in the form yet.
    if (!document.querySelector("dialog[open]")) button.form.requestSubmit(button);
  });
}

if (menu) {
  const summary = menu.querySelector("summary");
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    summary.focus();
  });
  // A refused time is in the menu.
  if (menu.querySelector(".errorlist")) menu.open = true;
}

const isGrowing = window.CSS.supports("field-sizing", "content");
for (const field of document.querySelectorAll("textarea.grows")) {
  const fit = () => {
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight + 2}px`;
  };
  if (!isGrowing) {
    field.addEventListener("input", fit);
    fit();
  }
  if (field.name !== "title") continue;
  // A title is one line, however many lines it takes: Enter saves, as in every other field of one line.
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const button = field.form.querySelector(".enter-button");
    if (button) field.form.requestSubmit(button);
  });
}

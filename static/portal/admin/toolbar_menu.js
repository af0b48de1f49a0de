/* A menu of the toolbar: a button that shows a list of buttons. Arrow keys move in the list, letters lead to the item
   that begins with them, Escape closes it. */

import { element } from "./dialogs.js";

// Milliseconds after which a letter begins a new word.
const PAUSE = 1000;
let counter = 0;
let typed = { text: "", at: 0 };

const keysOf = (list, close) => (event) => {
  const items = [...list.querySelectorAll("button")].filter((item) => item.checkVisibility());
  const index = items.indexOf(event.target);
  const moves = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 };
  if (event.key.length === 1 && event.key !== " ") {
    typed = {
      text: (event.timeStamp - typed.at < PAUSE ? typed.text : "") + event.key.toLowerCase(),
      at: event.timeStamp,
    };
    items.find((item) => item.textContent.toLowerCase().startsWith(typed.text))?.focus();
  } else if (event.key === "Escape") close(true);
  else if (event.key in moves) items.at(moves[event.key] % items.length).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
};

/** Returns the menu's node, the button that opens it, and its list, to which items can be added. */
export const menu = (name, label, ...content) => {
  const id = `rich-sheet-${(counter += 1)}`;
  const list = element("ul", { class: "rich-sheet", id, hidden: true });
  const opener = element(
    "button",
    { type: "button", class: `rich-button ${name}`, "aria-expanded": "false", "aria-controls": id },
    ...content,
    element("span", { class: "rich-name rich-opener-name", text: label }),
  );
  opener.dataset.tip = label;
  const node = element("div", { class: "rich-menu" }, opener, list);
  const show = (isOpen) => {
    list.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
  };
  let back = () => opener.focus();
  const close = (isBack) => {
    show(false);
    if (isBack) back();
    back = () => opener.focus();
  };
  opener.addEventListener("click", () => show(list.hidden));
  /* `cancel` is what Escape does instead of going back to the button. */
  const open = (cancel = () => opener.focus()) => {
    back = cancel;
    show(true);
    list.querySelector("li:not([hidden]) button")?.focus();
  };
  opener.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    open();
  });
  list.addEventListener("keydown", keysOf(list, close));
  list.addEventListener("click", (event) => event.target.closest("button") && close(false));
  node.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !node.contains(relatedTarget)) close(false);
  });
  document.addEventListener("pointerdown", ({ target }) => !node.contains(target) && close(false));
  return { node, opener, list, open };
};

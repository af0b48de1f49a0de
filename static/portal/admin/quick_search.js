/* The quick search in the header as a combobox (WAI-ARIA): / or Ctrl K moves to it, the arrow keys choose and Enter
   opens. Without this script it is a plain form. */
const form = document.getElementById("quick-search");
const field = document.getElementById("quick-search-text");
const list = document.getElementById("quick-search-list");
const status = form && form.querySelector("[role=status]");
let chosen = -1;
let asked = null;
let timer = 0;

const isTyping = (element) =>
  element instanceof HTMLElement && (element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName));

const choose = (index) => {
  const options = list.children;
  chosen = options.length ? (index + options.length) % options.length : -1;
  [...options].forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
  if (chosen < 0) field.removeAttribute("aria-activedescendant");
  else {
    field.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }
};

const close = () => {
  window.clearTimeout(timer);
  if (asked) asked.abort();
  list.hidden = true;
  list.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  status.textContent = "";
  chosen = -1;
};

const option = (result, number) => {
  const item = document.createElement("li");
  item.id = `quick-search-${number}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.url = result.address;
  const text = document.createElement("strong");
  text.textContent = result.text;
  const facts = document.createElement("span");
  facts.textContent = [result.kind, result.detail].filter(Boolean).join(" · ");
  item.append(text, " ", facts);
  return item;
};

const show = (results) => {
  list.replaceChildren(...results.map(option));
  list.hidden = results.length === 0;
  field.setAttribute("aria-expanded", String(results.length > 0));
  field.removeAttribute("aria-activedescendant");
  chosen = -1;
  status.textContent = results.length ? String(results.length) : form.dataset.noneMessage;
};

const ask = async () => {
  const text = field.value.trim();
  if (asked) asked.abort();
  if (!text) {
    close();
    return;
  }
  asked = new AbortController();
  try {
    const address = `${form.dataset.suggestionsUrl}?${new URLSearchParams({ q: text })}`;
    const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) show((await answer.json()).results);
  } catch (error) {
    // The request was replaced by a newer one, or the network is down: Enter still submits the form.
    if (error.name !== "AbortError") close();
  }
};

const open = (item) => window.location.assign(item.dataset.url);

const onKey = (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (list.hidden) return;
    event.preventDefault();
    choose(event.key === "ArrowDown" ? chosen + 1 : Math.max(chosen, 0) - 1);
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    open(list.children[chosen]);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close();
  }
};

if (form && field && list) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  field.addEventListener("keydown", onKey);
  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, 150);
  });
  field.addEventListener("blur", () => window.setTimeout(close, 150));
  // Handled before the field loses focus, which closes the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) open(item);
  });
  document.addEventListener("keydown", (event) => {
    const isCtrlK =
      (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    // The text editor uses Ctrl K itself.
    if (event.defaultPrevented || !(isCtrlK || isSlash)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

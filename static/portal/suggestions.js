/* A search field as a combobox (WAI-ARIA): names and titles are suggested while somebody types, the arrow keys choose
   and Enter opens. Without this script, or if no suggestions arrive, Enter searches. */
const DELAY = 120;

const line = (result, id) => {
  const item = document.createElement("div");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.url = result.address;
  const text = document.createElement("span");
  text.textContent = result.text;
  const type = document.createElement("span");
  type.className = "suggestion-type";
  type.textContent = result.type;
  item.append(text, " ", type);
  return item;
};

const suggest = (field) => {
  const list = document.createElement("div");
  const status = document.createElement("span");
  let chosen = -1;
  let asked = null;
  let timer = 0;

  const choose = (index) => {
    const options = [...list.children];
    chosen = index;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    if (chosen < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (results) => {
    list.replaceChildren(...results.map((result, number) => line(result, `${list.id}-${number}`)));
    list.hidden = results.length === 0;
    field.setAttribute("aria-expanded", String(results.length > 0));
    status.textContent = results.length ? `${field.dataset.foundLabel} ${results.length}` : "";
    choose(-1);
  };

  const close = () => {
    window.clearTimeout(timer);
    if (asked) asked.abort();
    show([]);
  };

  const ask = async () => {
    if (asked) asked.abort();
    if (!field.value.trim()) {
      close();
      return;
    }
    const mine = new AbortController();
    asked = mine;
    try {
      const address = `${field.dataset.suggestionsUrl}?${new URLSearchParams({ q: field.value })}`;
      const answer = await fetch(address, { signal: mine.signal, headers: { Accept: "application/json" } });
      const results = answer.ok ? (await answer.json()).results : [];
      // Ignored: the reader has typed on or left.
      if (asked === mine && document.activeElement === field) show(results);
    } catch {
      if (asked === mine) show([]);
    }
  };

  // One position more than there are options: the field itself, with the typed text.
  const step = (by) => {
    const places = list.children.length + 1;
    choose(((chosen + 1 + by + places) % places) - 1);
  };

  const open = (item) => window.location.assign(item.dataset.url);

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && chosen >= 0) open(list.children[chosen]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, DELAY);
  };
  field.addEventListener("input", (event) => {
    if (!event.isComposing) later();
  });
  field.addEventListener("compositionend", later);
  field.addEventListener("blur", close);
  // Handled before the field loses focus, which closes the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) open(item);
  });

  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.listLabel);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.closest(".search-form").append(list, status);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
};

document.querySelectorAll("input[data-suggestions-url]").forEach(suggest);

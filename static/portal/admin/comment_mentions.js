/* Names of colleagues, offered after @ in a comment: the arrow keys choose, Enter inserts, Escape closes. */
const panel = document.getElementById("comments");
const MAX_OFFERED = 6;
let open = null;

const names = () => JSON.parse(document.getElementById("colleague-names")?.textContent || "[]");

const close = () => {
  if (!open) return;
  open.list.remove();
  open.field.removeAttribute("aria-controls");
  open.field.removeAttribute("aria-activedescendant");
  open = null;
};

const choose = (index) => {
  const options = [...open.list.children];
  open.chosen = (index + options.length) % options.length;
  options.forEach((option, number) => option.setAttribute("aria-selected", String(number === open.chosen)));
  open.field.setAttribute("aria-activedescendant", options[open.chosen].id);
};

const insert = (name) => {
  const { field, start } = open;
  field.setRangeText(`@${name} `, start, field.selectionStart, "end");
  close();
  field.focus();
};

const show = (field, start, found) => {
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.id = "mention-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0]?.textContent || "@");
  found.forEach((name, number) => {
    const option = document.createElement("li");
    option.id = `mention-${number}`;
    option.setAttribute("role", "option");
    option.textContent = name;
    // Not a click: the field would lose the focus before.
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      insert(name);
    });
    list.append(option);
  });
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  open = { field, list, start, chosen: -1 };
  choose(0);
};

const onInput = (event) => {
  const field = event.target;
  close();
  if (!field.matches("[data-mentions]")) return;
  const before = field.value.slice(0, field.selectionStart);
  const start = before.lastIndexOf("@");
  const typed = before.slice(start + 1).toLocaleLowerCase();
  if (start < 0 || /\n/.test(typed)) return;
  const fits = (name) =>
    name.toLocaleLowerCase().startsWith(typed) ||
    name
      .toLocaleLowerCase()
      .split(" ")
      .some((word) => typed && word.startsWith(typed));
  const found = names().filter(fits).slice(0, MAX_OFFERED);
  if (found.length) show(field, start, found);
};

const onKey = (event) => {
  if (!open || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(open.chosen + step);
  else if (event.key === "Enter" || event.key === "Tab") insert(open.list.children[open.chosen].textContent);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
};

if (panel) {
  panel.addEventListener("input", onInput);
  panel.addEventListener("keydown", onKey);
  panel.addEventListener("focusout", close);
}

/* Rows with an order, in forms and lists: buttons and dragging move them and write their numbers. Without this script
   the numbers are typed. Rows of another group, such as another menu, stay where they are. */

const MOVES = ".row-moves";
const status = document.createElement("p");
status.className = "visually-hidden";
status.setAttribute("role", "status");
(document.getElementById("content") || document.body).append(status);

const rowOf = (element) => element.closest(".inline-related, #result_list tbody tr");
const movesOf = (row) => row.querySelector(MOVES);
const fieldOf = (row) => row.querySelector(`[name$="-${movesOf(row).dataset.orderField}"]:not([type=hidden])`);
const groupOf = (row) => movesOf(row).dataset.orderGroup || "";

const rowsBeside = (row) =>
  [...row.parentElement.children].filter(
    (each) => !each.matches(".empty-form") && each.querySelector(MOVES) && groupOf(each) === groupOf(row),
  );

/* A new row that nobody has filled in must stay blank: a number alone would have to be corrected. */
const isBlank = (row) => {
  const blank = row.parentElement.querySelector(":scope > .empty-form");
  if (!blank || !row.matches(".inline-related:not(.has_original)")) return false;
  const shown = (field) => (field?.type === "checkbox" ? field.checked : field?.value);
  return [...row.querySelectorAll("[name]:not([type=hidden])")].every(
    (field) =>
      field === fieldOf(row) ||
      shown(field) === shown(blank.querySelector(`[name$="${field.name.match(/-\w+$/)[0]}"]`)),
  );
};

const place = (row, before) => {
  const focused = document.activeElement;
  row.parentElement.insertBefore(row, before);
  if (row.contains(focused)) focused.focus();
  const rows = rowsBeside(row);
  rows.forEach((each, index) => {
    if (each === row || !isBlank(each)) fieldOf(each).value = index + 1;
  });
  status.textContent = movesOf(row).dataset.movedMessage.replace("%s", rows.indexOf(row) + 1);
  row.dispatchEvent(new CustomEvent("rows:moved", { bubbles: true }));
  row.dispatchEvent(new Event("input", { bubbles: true }));
};

const move = (row, by) => {
  const rows = rowsBeside(row);
  const index = rows.indexOf(row) + by;
  if (index < 0 || index >= rows.length) return;
  place(row, by < 0 ? rows[index] : rows[index].nextElementSibling);
};

const start = (row) => {
  if (!fieldOf(row)) return;
  const moves = movesOf(row);
  moves.querySelectorAll("[data-move]").forEach((button) => (button.hidden = false));
  (moves.closest(".row-handle") || moves).draggable = true;
};

/* New rows come last, unless somebody typed or moved them elsewhere. */
const numberNewRows = (form) => {
  form.querySelectorAll(`.inline-related:not(.has_original, .empty-form) ${MOVES}`).forEach((moves) => {
    const row = rowOf(moves);
    const field = fieldOf(row);
    if (!field || field.value !== field.defaultValue || isBlank(row)) return;
    const others = rowsBeside(row).filter((each) => each !== row && !isBlank(each));
    field.value = Math.max(0, ...others.map((each) => Number(fieldOf(each).value) || 0)) + 1;
  });
};

let dragged = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-move]");
  if (button) move(rowOf(button), Number(button.dataset.move));
});
document.addEventListener("dragstart", (event) => {
  const moves = event.target.matches?.(`.row-handle, ${MOVES}`) && rowOf(event.target)?.querySelector(MOVES);
  if (!moves) return;
  dragged = rowOf(moves);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
});
document.addEventListener("dragover", (event) => {
  const over = dragged && rowOf(event.target);
  if (over && rowsBeside(dragged).includes(over)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const over = dragged && rowOf(event.target);
  const rows = dragged ? rowsBeside(dragged) : [];
  if (!over || over === dragged || !rows.includes(over)) return;
  event.preventDefault();
  place(dragged, rows.indexOf(dragged) < rows.indexOf(over) ? over.nextElementSibling : over);
});
document.addEventListener("dragend", () => (dragged = null));
document.addEventListener("submit", (event) => numberNewRows(event.target));
document.addEventListener("formset:added", (event) => {
  if (event.target.querySelector?.(MOVES)) start(event.target);
});
document.querySelectorAll(MOVES).forEach((moves) => start(rowOf(moves)));

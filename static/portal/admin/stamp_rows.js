/* The rows of stamps in the form of their issue: buttons and dragging change their order, which writes the positions;
   the picture and the mark of a row follow its fields. Without this script the positions are typed. */

const group = document.getElementById("stamps-group");

if (group) {
  const rows = () => [...group.querySelectorAll(".stamp-row:not(.empty-form)")];
  const field = (row, ending) => row.querySelector(`[name$="-${ending}"]`);
  const status = group.querySelector("[data-moved]");
  let dragged = null;

  const showMark = (row) => {
    const mark = field(row, "mark").value;
    const count = document.getElementById("id_stamp_count")?.value;
    const position = field(row, "position").value;
    row.querySelector(".stamp-mark").textContent = mark || (count && position ? `${count}-${position}` : position);
  };

  const place = (row, before) => {
    const focused = document.activeElement;
    row.parentElement.insertBefore(row, before);
    if (row.contains(focused)) focused.focus();
    rows().forEach((each, number) => {
      field(each, "position").value = number + 1;
      showMark(each);
    });
    status.textContent = group.dataset.movedMessage.replace("%s", field(row, "position").value);
    group.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const move = (row, by) => {
    const all = rows();
    const index = all.indexOf(row) + by;
    if (index < 0 || index >= all.length) return;
    place(row, by < 0 ? all[index] : all[index].nextElementSibling);
  };

  const showPicture = (row) => {
    const source = row.querySelector(".picture-field .thumbnail")?.src;
    const shown = document.createElement("img");
    Object.assign(shown, { src: source || "", alt: "" });
    row.querySelector(".stamp-thumb").replaceChildren(...(source ? [shown] : []));
  };

  const start = (row) => {
    const pictures = row.querySelector(".picture-field");
    if (pictures)
      new MutationObserver(() => showPicture(row)).observe(pictures, {
        childList: true,
        attributes: true,
        subtree: true,
        attributeFilter: ["src"],
      });
    row.querySelectorAll(".stamp-move").forEach((button) => (button.hidden = false));
    row.querySelector(".stamp-handle").draggable = true;
    showMark(row);
  };

  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (button) move(button.closest(".stamp-row"), Number(button.dataset.move));
  });
  group.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.(".stamp-handle")) return;
    dragged = event.target.closest(".stamp-row");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  group.addEventListener("dragover", (event) => {
    if (dragged && event.target.closest(".stamp-row")) event.preventDefault();
  });
  group.addEventListener("drop", (event) => {
    const over = event.target.closest(".stamp-row");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const isBelow = rows().indexOf(dragged) < rows().indexOf(over);
    place(dragged, isBelow ? over.nextElementSibling : over);
  });
  group.addEventListener("dragend", () => (dragged = null));
  group.addEventListener("input", (event) => {
    const row = event.target.closest(".stamp-row");
    if (row && /-(position|mark)$/.test(event.target.name)) showMark(row);
  });
  document.addEventListener("formset:added", (event) => {
    if (event.target.matches(".stamp-row")) start(event.target);
  });
  rows().forEach(start);
}

/* The rows of stamps in the form of their issue: the picture and the mark of a row follow its fields. ordered_rows.js
   moves them. */

const group = document.getElementById("stamps-group");

if (group) {
  const rows = () => [...group.querySelectorAll(".stamp-row:not(.empty-form)")];
  const field = (row, ending) => row.querySelector(`[name$="-${ending}"]`);

  const showMark = (row) => {
    const mark = field(row, "mark").value;
    const count = document.getElementById("id_stamp_count")?.value;
    const position = field(row, "position").value;
    row.querySelector(".stamp-mark").textContent = mark || (count && position ? `${count}-${position}` : position);
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
    showMark(row);
  };

  group.addEventListener("rows:moved", () => rows().forEach(showMark));
  group.addEventListener("input", (event) => {
    const row = event.target.closest(".stamp-row");
    if (row && /-(position|mark)$/.test(event.target.name)) showMark(row);
  });
  document.addEventListener("formset:added", (event) => {
    if (event.target.matches(".stamp-row")) start(event.target);
  });
  rows().forEach(start);
}

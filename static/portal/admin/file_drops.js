/* Files dropped onto a form. Beside the places that take them nothing happens: the browser would open the file and
   leave the form. */

const PICTURE = /^image\/(jpeg|png|webp|gif)$/;

export const isPicture = (file) => PICTURE.test(file.type);

export const filesOf = (data) => [...(data?.files || [])];

const hasFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

const stay = (event) => {
  if (!hasFiles(event) || event.target.closest?.("input[type=file]")) return;
  event.preventDefault();
};

document.addEventListener("dragover", stay);
document.addEventListener("drop", stay);

/** Calls `take(files)` with the files that are dropped onto the place or pasted into it. */
export const takeFiles = (place, take) => {
  const mark = (isOver) => place.classList.toggle("is-dropped-on", isOver);
  place.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  place.addEventListener("dragleave", () => mark(false));
  for (const [name, data] of [
    ["drop", "dataTransfer"],
    ["paste", "clipboardData"],
  ])
    place.addEventListener(name, (event) => {
      mark(false);
      const files = filesOf(event[data]);
      if (!files.length) return;
      event.preventDefault();
      event.stopPropagation();
      take(files);
    });
};

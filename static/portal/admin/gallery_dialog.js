/* A dialog in which the pictures of a gallery are chosen and put in order, by dragging or with buttons. */

import { button, choosePicture, dialogFor, element } from "./dialogs.js";
import { isPicture } from "./file_drops.js";
import { byName } from "./picture_files.js";
import { uploadPictures } from "./picture_uploads.js";

const gettext = window.gettext || ((text) => text);
const numbered = (text, number) => text.replace("%s", number);

/* The list of the pictures: `changed` is called after each change. */
const orderedList = (pictures, changed) => {
  const list = element("ol", { class: "gallery-order" });
  let dragged = null;

  const move = (from, to) => {
    pictures.splice(to, 0, ...pictures.splice(from, 1));
    draw();
  };
  const itemOf = (picture, index) => {
    const number = index + 1;
    const tool = (text, label, run, disabled = false) => {
      const node = button(text, { "aria-label": numbered(label, number), disabled });
      node.addEventListener("click", run);
      return node;
    };
    const earlier = () => {
      move(index, index - 1);
      list.children[index - 1].querySelector("button").focus();
    };
    const later = () => {
      move(index, index + 1);
      list.children[index + 1].querySelectorAll("button")[1].focus();
    };
    const remove = () => {
      pictures.splice(index, 1);
      draw();
      list.querySelector("button")?.focus();
    };
    const last = pictures.length - 1;
    const item = element(
      "li",
      { draggable: "true" },
      element("img", { src: picture.thumbnail, alt: "" }),
      element("span", { text: picture.title || gettext("Decorative") }),
      tool("↑", gettext("Move picture %s up"), earlier, index === 0),
      tool("↓", gettext("Move picture %s down"), later, index === last),
      tool("×", gettext("Remove picture %s"), remove),
    );
    item.addEventListener("dragstart", () => (dragged = index));
    item.addEventListener("dragover", (event) => event.preventDefault());
    item.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged !== null) move(dragged, index);
      dragged = null;
    });
    return item;
  };
  const draw = () => {
    list.replaceChildren(...pictures.map(itemOf));
    changed();
  };
  return { list, draw };
};

/** Resolves with the pictures in their order, or with null if the dialog is cancelled. */
export const arrangePictures = (given, { libraryUrl, uploadUrl, min, max }) =>
  new Promise((resolve) => {
    const pictures = [...given];
    const dialog = dialogFor(gettext("Gallery"));
    dialog.classList.add("dialog-wide");
    const save = button(given.length ? gettext("Apply") : gettext("Add gallery"), { class: "button default" });
    const status = element("p", { class: "help", role: "status" });
    const { list, draw } = orderedList(pictures, () => {
      const fits = pictures.length >= min && pictures.length <= max;
      save.disabled = !fits;
      status.textContent = fits ? "" : gettext("A gallery has 2 to 12 pictures.");
    });
    const add = (more) => {
      pictures.push(...more);
      draw();
    };
    const library = button(gettext("Choose from the library"));
    library.addEventListener("click", async () => {
      const picture = await choosePicture({ libraryUrl, uploadUrl });
      if (picture) add([picture]);
      library.focus();
    });
    const files = element("input", {
      type: "file",
      multiple: true,
      accept: "image/jpeg,image/png,image/webp,image/gif",
    });
    files.addEventListener("change", async () => {
      const chosen = byName([...files.files].filter(isPicture));
      files.value = "";
      if (chosen.length) add(await uploadPictures(chosen, { uploadUrl }));
    });
    const cancel = button(gettext("Cancel"));
    let answer = null;
    cancel.addEventListener("click", () => dialog.close());
    save.addEventListener("click", () => {
      answer = pictures;
      dialog.close();
    });
    dialog.append(
      list,
      status,
      element("div", { class: "gallery-sources" }, library, element("label", {}, gettext("Upload files"), " ", files)),
      element("div", { class: "dialog-buttons" }, save, cancel),
    );
    dialog.addEventListener("close", () => resolve(answer));
    draw();
    dialog.showModal();
  });

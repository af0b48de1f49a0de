/* Upload of the pictures of a set: each picture is uploaded with its description and becomes a stamp row, in the order
   of the file names. */

import { byName, drawFile, uploadFile } from "./picture_files.js";

const THUMBNAIL_WIDTH = 160;
const panel = document.getElementById("stamp-upload");
const group = document.getElementById("stamps-group");

if (panel && group) {
  const form = panel.closest("form");
  const files = panel.querySelector("[type=file]");
  const list = panel.querySelector("ol");
  const actions = panel.querySelector(".stamp-upload-actions");
  const value = document.getElementById("stamp-upload-value");
  const credit = document.getElementById("stamp-upload-credit");
  const button = actions.querySelector("button");
  const status = panel.querySelector("[role=status]");
  let counter = 0;
  let waiting = [];

  const rows = () => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
  const numbers = (name) =>
    rows()
      .map((row) => row.querySelector(`[name$="-${name}"]`).value)
      .filter(Boolean);

  const listFile = (file) => {
    const id = `stamp-upload-${(counter += 1)}`;
    const [item, canvas, label, input, error, remove] = ["li", "canvas", "label", "input", "p", "button"].map((tag) =>
      document.createElement(tag),
    );
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", file.name);
    Object.assign(label, { htmlFor: id, textContent: panel.dataset.descriptionLabel });
    Object.assign(input, { id, type: "text", maxLength: 160 });
    input.setAttribute("aria-describedby", `${id}-error`);
    Object.assign(error, { id: `${id}-error`, className: "dialog-error" });
    error.setAttribute("role", "alert");
    Object.assign(remove, { type: "button", className: "button", textContent: panel.dataset.removeLabel });
    remove.setAttribute("aria-label", `${panel.dataset.removeLabel}: ${file.name}`);
    const upload = { file, item, input, error };
    remove.addEventListener("click", () => {
      removeUpload(upload);
      (list.querySelector("input") || files).focus();
    });
    item.append(canvas, label, input, error, remove);
    list.append(item);
    // A file that is no picture is reported by its upload.
    drawFile(file, canvas, THUMBNAIL_WIDTH).catch(() => {});
    return upload;
  };

  const removeUpload = (upload) => {
    upload.item.remove();
    waiting = waiting.filter((other) => other !== upload);
    actions.hidden = !waiting.length;
  };

  const addFiles = (chosen) => {
    waiting.push(...byName(chosen).map(listFile));
    actions.hidden = !waiting.length;
    status.textContent = "";
    value.value ||= numbers("denomination").pop() || "";
    waiting[0]?.input.focus();
  };

  const send = ({ file, input }) =>
    uploadFile(panel.dataset.url, {
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      file,
      alt: input.value,
      credit: credit.value,
    });

  const add = (picture, name) => {
    group.querySelector(".add-row a").click();
    const row = rows().pop();
    const field = (ending) => row.querySelector(`[name$="-${ending}"]`);
    field("position").value = Math.max(0, ...numbers("position").map(Number)) + 1;
    field("name").value = name;
    field("denomination").value = value.value;
    field("image").append(new Option(picture.title, picture.id, true, true));
    // select2 only listens to jQuery's own event.
    window.django.jQuery(field("image")).trigger("change");
    // The mark and the picture of the row.
    field("position").dispatchEvent(new Event("input", { bubbles: true }));
    const shown = Object.assign(document.createElement("img"), { src: picture.thumbnail || "", alt: "" });
    row.querySelector(".stamp-thumb").replaceChildren(...(picture.thumbnail ? [shown] : []));
  };

  const addAll = async () => {
    waiting.forEach(
      (upload) => (upload.error.textContent = upload.input.value.trim() ? "" : panel.dataset.missingMessage),
    );
    const incomplete = waiting.find((upload) => upload.error.textContent);
    if (incomplete) {
      incomplete.input.focus();
      return;
    }
    button.disabled = true;
    let added = 0;
    for (const upload of [...waiting]) {
      try {
        const name = upload.input.value.trim();
        add(await send(upload), name);
        removeUpload(upload);
        added += 1;
      } catch (error) {
        upload.error.textContent = error.message || panel.dataset.failedMessage;
      }
    }
    button.disabled = false;
    status.textContent = added ? panel.dataset.addedMessage.replace("%s", added) : "";
    form.dispatchEvent(new Event("input", { bubbles: true }));
    files.value = "";
    (waiting[0]?.input || files).focus();
  };

  panel.hidden = false;
  files.addEventListener("change", () => addFiles(files.files));
  button.addEventListener("click", addAll);
  for (const name of ["dragover", "drop"]) panel.addEventListener(name, (event) => event.preventDefault());
  panel.addEventListener("drop", (event) => addFiles(event.dataTransfer.files));
  // Enter in one of these fields would save the form.
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input[type=text]")) event.preventDefault();
  });
}

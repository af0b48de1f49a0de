/* Upload of several pictures at once: each with its own alternative text, all with the same credit and collection. */

import { element } from "./dialogs.js";
import { byName, drawFile, uploadFile } from "./picture_files.js";

const THUMBNAIL_WIDTH = 160;
const panel = document.getElementById("picture-upload");

if (panel) {
  const form = panel.closest("form");
  const files = panel.querySelector("[type=file]");
  const list = panel.querySelector("ol");
  const actions = panel.querySelector(".stamp-upload-actions");
  const button = actions.querySelector("button");
  const status = panel.querySelector("[role=status]");
  const words = panel.dataset;
  let counter = 0;
  let waiting = [];

  const removeUpload = (upload) => {
    upload.item.remove();
    waiting = waiting.filter((other) => other !== upload);
    actions.hidden = !waiting.length;
  };

  const listFile = (file) => {
    const id = `picture-upload-${(counter += 1)}`;
    const canvas = element("canvas", { role: "img", "aria-label": file.name });
    const alt = element("input", { id, type: "text", maxlength: 300, "aria-describedby": `${id}-error` });
    const decorative = element("input", { id: `${id}-decorative`, type: "checkbox" });
    const error = element("p", { id: `${id}-error`, class: "dialog-error", role: "alert" });
    const remove = element("button", {
      type: "button",
      class: "button",
      text: words.removeLabel,
      "aria-label": `${words.removeLabel}: ${file.name}`,
    });
    const item = element(
      "li",
      {},
      canvas,
      element("label", { for: id, text: words.altLabel }),
      alt,
      element("label", { for: decorative.id, class: "dialog-checkbox" }, decorative, ` ${words.decorativeLabel}`),
      error,
      remove,
    );
    const upload = { file, item, alt, decorative, error };
    decorative.addEventListener("change", () => {
      alt.disabled = decorative.checked;
    });
    remove.addEventListener("click", () => {
      removeUpload(upload);
      (waiting[0]?.alt || files).focus();
    });
    list.append(item);
    // A file that is no picture is reported by its upload.
    drawFile(file, canvas, THUMBNAIL_WIDTH).catch(() => {});
    return upload;
  };

  const addFiles = (chosen) => {
    waiting.push(...byName(chosen).map(listFile));
    actions.hidden = !waiting.length;
    status.textContent = "";
    waiting[0]?.alt.focus();
  };

  const send = ({ file, alt, decorative }) =>
    uploadFile(words.url, {
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      file,
      ...(decorative.checked ? { is_decorative: "on" } : { alt: alt.value }),
      credit: document.getElementById("picture-upload-credit").value,
      collection: document.getElementById("picture-upload-collection").value,
    });

  const addAll = async () => {
    for (const { alt, decorative, error } of waiting) {
      error.textContent = decorative.checked || alt.value.trim() ? "" : words.missingMessage;
    }
    const incomplete = waiting.find((upload) => upload.error.textContent);
    if (incomplete) {
      incomplete.alt.focus();
      return;
    }
    button.disabled = true;
    let added = 0;
    for (const upload of [...waiting]) {
      try {
        await send(upload);
        removeUpload(upload);
        added += 1;
      } catch (error) {
        upload.error.textContent = error.message || words.failedMessage;
      }
    }
    button.disabled = false;
    status.textContent = added ? words.addedMessage.replace("%s", added) : "";
    files.value = "";
    (waiting[0]?.alt || files).focus();
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

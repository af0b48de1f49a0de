/* Upload of pictures that were pasted or dropped: a dialog asks for the alternative text of each. */

import { button, csrfToken, dialogFor, element, fieldFor } from "./dialogs.js";
import { focalPreview } from "./focal_preview.js";

const gettext = window.gettext || ((text) => text);

const sentences = (errors) => (errors || []).map(({ message }) => message).join(" ");

/* The fields of one picture, and a function that uploads it. */
const pictureRow = (file, { uploadUrl, isNumbered }) => {
  const preview = focalPreview(file);
  const fields = [
    {
      name: "alt",
      label: gettext("Alternative text"),
      maxlength: 300,
      help: gettext("Describe the picture in one sentence."),
    },
    { name: "is_decorative", label: gettext("Decorative: adds nothing to the text"), type: "checkbox" },
    { name: "caption", label: gettext("Caption"), maxlength: 500 },
    { name: "credit", label: gettext("Credit"), maxlength: 200 },
  ];
  const inputs = new Map(fields.map((field) => [field.name, fieldFor(field)]));
  const failed = element("p", { class: "dialog-error", role: "alert" });
  const rows = [...inputs.values()].map(({ row }) => row);
  const node = element(
    "fieldset",
    { class: "dialog-new-picture" },
    element("legend", { text: file.name || gettext("Pasted picture"), class: isNumbered ? "" : "visually-hidden" }),
    preview.node,
    element("div", {}, ...rows, failed),
  );

  const show = (errors) => {
    for (const [name, field] of inputs) field.show(sentences(errors[name]));
    const others = Object.keys(errors).filter((name) => !inputs.has(name));
    failed.textContent = others.map((name) => sentences(errors[name])).join(" ");
  };
  const upload = async () => {
    const data = new FormData();
    data.append("file", file, file.name || "picture.png");
    for (const [name, field] of inputs)
      if (field.value()) data.append(name, field.value() === true ? "on" : field.value());
    const focal = preview.value();
    data.append("focal_x", focal.x);
    data.append("focal_y", focal.y);
    const unknown = { __all__: [{ message: gettext("The picture could not be uploaded.") }] };
    try {
      const response = await fetch(uploadUrl, {
        method: "POST",
        body: data,
        headers: { "X-CSRFToken": csrfToken(), Accept: "application/json" },
      });
      const answer = response.status === 201 || response.status === 422 ? await response.json() : {};
      if (!answer.picture) show(answer.errors || unknown);
      return answer.picture || null;
    } catch {
      show(unknown);
      return null;
    }
  };
  return { node, upload, first: inputs.get("alt").input };
};

/** Resolves with the pictures that were uploaded: none, if the dialog is cancelled. */
export const uploadPictures = (files, { uploadUrl }) =>
  new Promise((resolve) => {
    const dialog = dialogFor(files.length > 1 ? gettext("Add pictures") : gettext("Add picture"));
    dialog.classList.add("dialog-wide", "dialog-upload-pictures");
    const added = new Map();
    let waiting = files.map((file) => ({ file, ...pictureRow(file, { uploadUrl, isNumbered: files.length > 1 }) }));
    const submit = element("button", { class: "button default", text: gettext("Upload and add") });
    const cancel = button(gettext("Cancel"));
    cancel.addEventListener("click", () => dialog.close());
    const form = element(
      "form",
      { method: "dialog" },
      ...waiting.map(({ node }) => node),
      element("div", { class: "dialog-buttons" }, submit, cancel),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      submit.disabled = true;
      for (const row of [...waiting]) {
        const picture = await row.upload();
        if (!picture) continue;
        added.set(row.file, picture);
        row.node.remove();
        waiting = waiting.filter((other) => other !== row);
      }
      submit.disabled = false;
      if (waiting.length) waiting[0].first.focus();
      else dialog.close();
    });
    dialog.append(form);
    // In the order in which they came, whichever was uploaded first.
    dialog.addEventListener("close", () => resolve(files.map((file) => added.get(file)).filter(Boolean)));
    dialog.showModal();
    waiting[0].first.focus();
  });

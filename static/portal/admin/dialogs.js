/* Dialogs that ask for a few fields or for a picture from the library. They are native: Escape closes them, and the
   focus stays inside. */

import { takeFiles } from "./file_drops.js";

const gettext = window.gettext || ((text) => text);
let counter = 0;

export const element = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
};

export const dialogFor = (title) => {
  const id = `dialog-${(counter += 1)}`;
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": id }, element("h2", { id, text: title }));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  return dialog;
};

export const button = (text, attributes = {}) =>
  element("button", { type: "button", class: "button", text, ...attributes });

export const fieldFor = (field) => {
  const id = `dialog-${(counter += 1)}`;
  let input;
  if (field.options) {
    input = element("select", { id, name: field.name });
    for (const [value, text] of field.options) input.append(element("option", { value, text }));
    input.value = field.value ?? "";
  } else if (field.type === "checkbox") {
    input = element("input", { id, name: field.name, type: "checkbox", checked: Boolean(field.value) });
  } else {
    input = element("input", {
      id,
      name: field.name,
      type: field.type || "text",
      min: field.min,
      max: field.max,
      accept: field.accept,
      maxlength: field.maxlength,
      required: Boolean(field.required),
    });
    if (field.type !== "file") input.value = field.value ?? "";
  }
  const label = element("label", { for: id, text: field.label });
  const error = element("p", { class: "dialog-error", id: `${id}-error`, role: "alert", hidden: true });
  const row = element("div", { class: `dialog-row${field.type === "checkbox" ? " dialog-checkbox" : ""}` });
  if (field.type === "checkbox") row.append(input, label);
  else row.append(label, input);
  if (field.help) {
    row.append(element("p", { class: "help", id: `${id}-help`, text: field.help }));
    input.setAttribute("aria-describedby", `${id}-help`);
  }
  row.append(error);
  const show = (text) => {
    error.textContent = text;
    error.hidden = !text;
    input.setAttribute("aria-invalid", text ? "true" : "false");
    if (text) input.setAttribute("aria-describedby", error.id);
  };
  return { row, input, show, value: () => (field.type === "checkbox" ? input.checked : input.value) };
};

/** Resolves with {name: value}, or with null if the dialog is cancelled. */
export const ask = (title, fields, { submit = gettext("Apply"), check = () => ({}) } = {}) =>
  new Promise((resolve) => {
    const dialog = dialogFor(title);
    const inputs = new Map(fields.map((field) => [field.name, fieldFor(field)]));
    const form = element("form", { method: "dialog" }, ...[...inputs.values()].map((field) => field.row));
    const cancel = button(gettext("Cancel"));
    form.append(
      element("div", { class: "dialog-buttons" }, element("button", { class: "button default", text: submit }), cancel),
    );
    dialog.append(form);
    let answer = null;
    cancel.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const values = Object.fromEntries([...inputs].map(([name, field]) => [name, field.value()]));
      const errors = check(values);
      for (const [name, field] of inputs) field.show(errors[name] || "");
      const wrong = [...inputs].find(([name]) => errors[name]);
      if (wrong) {
        wrong[1].input.focus();
        return;
      }
      answer = values;
      dialog.close();
    });
    dialog.addEventListener("close", () => resolve(answer));
    dialog.showModal();
  });

export const csrfToken = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

const pictureButton = (picture, choose) => {
  const node = button("", { class: "dialog-picture" });
  node.append(
    element("img", { src: picture.thumbnail, alt: "", loading: "lazy" }),
    element("span", { text: picture.title }),
  );
  node.addEventListener("click", () => choose(picture));
  return element("li", {}, node);
};

/* A file that is dropped onto the dialog or pasted into it is the one to upload. */
const takeDropped = (dialog, upload) =>
  takeFiles(dialog, (files) => {
    const input = upload.querySelector("[type=file]");
    const chosen = new DataTransfer();
    chosen.items.add(files[0]);
    input.files = chosen.files;
    upload.open = true;
    upload.querySelector("[name=alt]").focus();
  });

const libraryPart = (libraryUrl, choose) => {
  const search = fieldFor({ name: "q", label: gettext("Search the library"), type: "search", maxlength: 200 });
  const list = element("ul", { class: "dialog-pictures" });
  const status = element("p", { class: "help", role: "status" });
  const more = button(gettext("Show more"), { hidden: true });
  let next = null;
  let latest = 0;

  const load = async (page) => {
    const turn = (latest += 1);
    const query = new URLSearchParams({ q: search.value(), page });
    const response = await fetch(`${libraryUrl}?${query}`, { headers: { Accept: "application/json" } });
    if (turn !== latest) return;
    if (!response.ok) {
      status.textContent = gettext("The library could not be loaded. Try again later.");
      return;
    }
    const found = await response.json();
    if (page === 1) list.replaceChildren();
    list.append(...found.pictures.map((picture) => pictureButton(picture, choose)));
    next = found.next;
    more.hidden = !next;
    status.textContent = found.count ? `${found.count} ${gettext("pictures")}` : gettext("No pictures found.");
  };

  let timer;
  search.input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(1), 250);
  });
  more.addEventListener("click", () => load(next));
  load(1);
  const form = element("form", {}, search.row);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    load(1);
  });
  return element("div", { class: "dialog-library" }, form, status, list, more);
};

const uploadPart = (uploadUrl, choose) => {
  const fields = [
    {
      name: "file",
      label: gettext("File"),
      type: "file",
      accept: "image/jpeg,image/png,image/webp,image/gif",
      required: true,
    },
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
  const submit = element("button", { class: "button default", text: gettext("Upload and use") });
  const failed = element("p", { class: "dialog-error", role: "alert" });
  const form = element("form", {}, ...[...inputs.values()].map((field) => field.row), failed, submit);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    failed.textContent = "";
    try {
      const response = await fetch(uploadUrl, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-CSRFToken": csrfToken(), Accept: "application/json" },
      });
      const answer = response.status === 201 || response.status === 422 ? await response.json() : {};
      if (answer.picture) {
        choose(answer.picture);
        return;
      }
      for (const [name, field] of inputs)
        field.show((answer.errors?.[name] || []).map((error) => error.message).join(" "));
      failed.textContent = answer.errors
        ? (answer.errors.__all__ || []).map((error) => error.message).join(" ")
        : gettext("The picture could not be uploaded.");
    } catch {
      failed.textContent = gettext("The picture could not be uploaded.");
    } finally {
      submit.disabled = false;
    }
  });
  return element(
    "details",
    { class: "dialog-upload" },
    element("summary", { text: gettext("Upload a picture") }),
    form,
  );
};

/** Resolves with a picture from the library, or with null if the dialog is cancelled. */
export const choosePicture = ({ libraryUrl, uploadUrl }) =>
  new Promise((resolve) => {
    const dialog = dialogFor(gettext("Choose a picture"));
    dialog.classList.add("dialog-wide");
    let chosen = null;
    const choose = (picture) => {
      chosen = picture;
      dialog.close();
    };
    const cancel = button(gettext("Cancel"));
    cancel.addEventListener("click", () => dialog.close());
    const upload = uploadPart(uploadUrl, choose);
    takeDropped(dialog, upload);
    dialog.append(libraryPart(libraryUrl, choose), upload, element("div", { class: "dialog-buttons" }, cancel));
    dialog.addEventListener("close", () => resolve(chosen));
    dialog.showModal();
  });

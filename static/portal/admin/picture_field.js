/* A picture field: shows the chosen picture, opens the library, takes dropped and pasted files, and updates the links
   next to the field. */

import { choosePicture, element } from "./dialogs.js";
import { isPicture, takeFiles } from "./file_drops.js";
import { framePicture } from "./framing_dialog.js";
import { uploadPictures } from "./picture_uploads.js";

const gettext = window.gettext || ((text) => text);

const show = (field, url) => {
  const shown = field.querySelector(".thumbnail");
  if (!url) {
    shown?.remove();
    return;
  }
  const thumbnail = shown || document.createElement("img");
  thumbnail.className = "thumbnail";
  thumbnail.alt = "";
  thumbnail.src = url;
  field.prepend(thumbnail);
};

/* The buttons that fit what is chosen: the stock links of related rows are not shown here. */
const updateButtons = (field, value) => {
  const edit = field.querySelector(".picture-edit");
  const remove = field.querySelector(".picture-remove");
  const frame = field.querySelector(".picture-frame");
  const { chooseLabel, replaceLabel } = field.dataset;
  field.querySelector(".picture-choose").textContent = value ? replaceLabel : chooseLabel;
  remove.hidden = !value || remove.disabled;
  if (!edit) return;
  edit.hidden = frame.hidden = !value;
  if (!value) return;
  edit.href = edit.dataset.url.replace("__key__", value);
  edit.target = "_blank";
};

const use = (picture, select, thumbnails) => {
  if (![...select.options].some((option) => option.value === String(picture.id))) {
    select.append(new Option(picture.title, picture.id));
  }
  thumbnails.set(String(picture.id), picture.thumbnail);
  select.value = picture.id;
  // select2 only listens to jQuery's own event.
  window.django.jQuery(select).trigger("change");
};

const choose = async (field, select, thumbnails) => {
  const { libraryUrl, uploadUrl } = field.dataset;
  const picture = await choosePicture({ libraryUrl, uploadUrl });
  if (picture) use(picture, select, thumbnails);
};

/* The field has one picture: of several files it takes the first. */
const takeDropped = (field, { select, thumbnails, status }) =>
  takeFiles(field, async (files) => {
    const file = files.find(isPicture);
    const others = files.filter((other) => other !== file);
    status.textContent = others
      .map((other) =>
        (isPicture(other)
          ? gettext("“%s” was left out: one picture is enough here.")
          : gettext("“%s” was left out: it is no picture.")
        ).replace("%s", () => other.name),
      )
      .join(" ");
    if (!file) return;
    const [picture] = await uploadPictures([file], { uploadUrl: field.dataset.uploadUrl });
    if (picture) use(picture, select, thumbnails);
  });

const start = (field) => {
  if (field.dataset.started || field.querySelector("[name*=__prefix__]")) return;
  field.dataset.started = "1";
  const select = field.querySelector("select");
  // The thumbnails that are known, by value. For another value no picture is better than the old one.
  const thumbnails = new Map([[select.value, field.querySelector(".thumbnail")?.getAttribute("src")]]);
  const button = field.querySelector(".picture-choose");
  const remove = field.querySelector(".picture-remove");
  button.hidden = false;
  remove.disabled = select.disabled;
  field.classList.add("is-started");
  const status = element("p", { class: "help picture-status", role: "status" });
  field.append(status);
  if (!select.disabled) takeDropped(field, { select, thumbnails, status });
  button.addEventListener("click", () => choose(field, select, thumbnails));
  remove.addEventListener("click", () => {
    select.value = "";
    window.django.jQuery(select).trigger("change");
    button.focus();
  });
  const frame = field.querySelector(".picture-frame");
  frame?.addEventListener("click", async () => {
    const picture = await framePicture(frame.dataset.url.replace("/0/", `/${select.value}/`));
    if (!picture) return;
    thumbnails.set(String(picture.id), picture.thumbnail);
    show(field, picture.thumbnail);
    frame.focus();
  });
  window.django
    .jQuery(select)
    .on("select2:selecting", (event) => {
      const { id, thumbnail } = event.params.args.data;
      thumbnails.set(String(id), thumbnail);
    })
    .on("change", () => {
      show(field, thumbnails.get(select.value));
      updateButtons(field, select.value);
    });
  updateButtons(field, select.value);
};

const startAll = (root) => root.querySelectorAll(".picture-field").forEach(start);

startAll(document);
document.addEventListener("formset:added", (event) => startAll(event.target));

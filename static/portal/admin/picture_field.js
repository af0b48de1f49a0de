/* A picture field: shows the chosen picture, opens the library and updates the links next to the field. */

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

/* The stock script finds these links only directly after the select. */
const updateLinks = (field, value) => {
  const links = field.closest(".related-widget-wrapper")?.querySelectorAll("[data-href-template]") || [];
  for (const link of links) {
    link.removeAttribute("aria-disabled");
    if (value) link.href = link.dataset.hrefTemplate.replace("__fk__", value);
    else link.removeAttribute("href");
  }
};

const choose = async (field, select, thumbnails) => {
  const { choosePicture } = await import(field.dataset.dialogsModule);
  const picture = await choosePicture({ libraryUrl: field.dataset.libraryUrl, uploadUrl: field.dataset.uploadUrl });
  if (!picture) return;
  if (![...select.options].some((option) => option.value === String(picture.id))) {
    select.append(new Option(picture.title, picture.id));
  }
  thumbnails.set(String(picture.id), picture.thumbnail);
  select.value = picture.id;
  // select2 only listens to jQuery's own event.
  window.django.jQuery(select).trigger("change");
};

const start = (field) => {
  if (field.dataset.started || field.querySelector("[name*=__prefix__]")) return;
  field.dataset.started = "1";
  const select = field.querySelector("select");
  // The thumbnails that are known, by value. For another value no picture is better than the old one.
  const thumbnails = new Map([[select.value, field.querySelector(".thumbnail")?.getAttribute("src")]]);
  const button = field.querySelector(".picture-choose");
  button.hidden = false;
  button.addEventListener("click", () => choose(field, select, thumbnails));
  window.django
    .jQuery(select)
    .on("select2:selecting", (event) => {
      const { id, thumbnail } = event.params.args.data;
      thumbnails.set(String(id), thumbnail);
    })
    .on("change", () => {
      show(field, thumbnails.get(select.value));
      updateLinks(field, select.value);
    });
  // After the stock script has run.
  window.setTimeout(() => updateLinks(field, select.value), 0);
};

const startAll = (root) => root.querySelectorAll(".picture-field").forEach(start);

startAll(document);
document.addEventListener("formset:added", (event) => startAll(event.target));

/* Upload of several pictures at once: each with its own alternative text, all with the same credit and collection. */

const panel = document.getElementById("picture-upload");

if (panel) {
  // By its URL in the page: file names are hashed in production.
  const { element } = await import(panel.dataset.dialogsModule);
  const form = panel.closest("form");
  const files = panel.querySelector("[type=file]");
  const list = panel.querySelector("ol");
  const actions = panel.querySelector(".stamp-upload-actions");
  const button = actions.querySelector("button");
  const status = panel.querySelector("[role=status]");
  const words = panel.dataset;
  let counter = 0;
  let waiting = [];

  const draw = async (file, canvas) => {
    try {
      const bitmap = await createImageBitmap(file);
      canvas.width = 160;
      canvas.height = Math.max(1, Math.round((160 * bitmap.height) / bitmap.width));
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    } catch {
      // Not a picture: the upload will report it.
    }
  };

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
    draw(file, canvas);
    return upload;
  };

  const addFiles = (chosen) => {
    const sorted = [...chosen].sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
    waiting.push(...sorted.map(listFile));
    actions.hidden = !waiting.length;
    status.textContent = "";
    waiting[0]?.alt.focus();
  };

  const send = async (upload) => {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("file", upload.file);
    if (upload.decorative.checked) data.append("is_decorative", "on");
    else data.append("alt", upload.alt.value);
    data.append("credit", document.getElementById("picture-upload-credit").value);
    data.append("collection", document.getElementById("picture-upload-collection").value);
    const answer = await fetch(words.url, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const result = answer.status === 201 || answer.status === 422 ? await answer.json() : {};
    if (result.picture) return;
    const errors = Object.values(result.errors || {}).flat();
    throw new Error(errors.map((error) => error.message).join(" "));
  };

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

/* The pictures of a set, dropped at once: each is uploaded with its words and becomes a row, in the order of the
   names. */

const panel = document.getElementById("stamp-drop");
const group = document.getElementById("stamps-group");

if (panel && group) {
  const form = panel.closest("form");
  const files = panel.querySelector("[type=file]");
  const list = panel.querySelector("ol");
  const all = panel.querySelector(".stamp-drop-all");
  const value = document.getElementById("stamp-drop-value");
  const credit = document.getElementById("stamp-drop-credit");
  const button = all.querySelector("button");
  const status = panel.querySelector("[role=status]");
  let counter = 0;
  let waiting = [];

  const rows = () => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
  const numbers = (name) =>
    rows()
      .map((row) => row.querySelector(`[name$="-${name}"]`).value)
      .filter(Boolean);

  const draw = async (file, canvas) => {
    try {
      const bitmap = await createImageBitmap(file);
      canvas.width = 160;
      canvas.height = Math.max(1, Math.round((160 * bitmap.height) / bitmap.width));
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    } catch {
      // Not a picture: the upload says so.
    }
  };

  const propose = (file) => {
    const id = `stamp-drop-${(counter += 1)}`;
    const [item, canvas, label, input, fault, leave] = ["li", "canvas", "label", "input", "p", "button"].map((tag) =>
      document.createElement(tag),
    );
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", file.name);
    Object.assign(label, { htmlFor: id, textContent: panel.dataset.what });
    Object.assign(input, { id, type: "text", maxLength: 160 });
    input.setAttribute("aria-describedby", `${id}-fault`);
    Object.assign(fault, { id: `${id}-fault`, className: "dialog-error" });
    fault.setAttribute("role", "alert");
    Object.assign(leave, { type: "button", className: "button", textContent: panel.dataset.leave });
    leave.setAttribute("aria-label", `${panel.dataset.leave}: ${file.name}`);
    const each = { file, item, input, fault };
    leave.addEventListener("click", () => {
      forget(each);
      (list.querySelector("input") || files).focus();
    });
    item.append(canvas, label, input, fault, leave);
    list.append(item);
    draw(file, canvas);
    return each;
  };

  const forget = (each) => {
    each.item.remove();
    waiting = waiting.filter((other) => other !== each);
    all.hidden = !waiting.length;
  };

  const take = (chosen) => {
    const sorted = [...chosen].sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
    waiting.push(...sorted.map(propose));
    all.hidden = !waiting.length;
    status.textContent = "";
    value.value ||= numbers("denomination").pop() || "";
    waiting[0]?.input.focus();
  };

  const upload = async (each) => {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("file", each.file);
    data.append("alt", each.input.value);
    data.append("credit", credit.value);
    const answer = await fetch(panel.dataset.address, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
    });
    const said = answer.status === 201 || answer.status === 422 ? await answer.json() : {};
    if (said.picture) return said.picture;
    throw new Error(
      Object.values(said.errors || {})
        .flat()
        .map((error) => error.message)
        .join(" "),
    );
  };

  const add = (picture, name) => {
    group.querySelector(".add-row a").click();
    const row = rows().pop();
    const field = (ending) => row.querySelector(`[name$="-${ending}"]`);
    field("position").value = Math.max(0, ...numbers("position").map(Number)) + 1;
    field("name").value = name;
    field("denomination").value = value.value;
    field("image").append(new Option(picture.title, picture.id, true, true));
    // select2 listens to jQuery's own event only.
    window.django.jQuery(field("image")).trigger("change");
  };

  const addAll = async () => {
    waiting.forEach((each) => (each.fault.textContent = each.input.value.trim() ? "" : panel.dataset.none));
    const silent = waiting.find((each) => each.fault.textContent);
    if (silent) {
      silent.input.focus();
      return;
    }
    button.disabled = true;
    let added = 0;
    for (const each of [...waiting]) {
      try {
        const name = each.input.value.trim();
        add(await upload(each), name);
        forget(each);
        added += 1;
      } catch (error) {
        each.fault.textContent = error.message || panel.dataset.failed;
      }
    }
    button.disabled = false;
    status.textContent = added ? panel.dataset.done.replace("%s", added) : "";
    form.dispatchEvent(new Event("input", { bubbles: true }));
    files.value = "";
    (waiting[0]?.input || files).focus();
  };

  panel.hidden = false;
  files.addEventListener("change", () => take(files.files));
  button.addEventListener("click", addAll);
  for (const name of ["dragover", "drop"]) panel.addEventListener(name, (event) => event.preventDefault());
  panel.addEventListener("drop", (event) => take(event.dataTransfer.files));
  // Enter in one of these fields would save the form.
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input[type=text]")) event.preventDefault();
  });
}

/* The focal point of a picture, set by a click or typed, with every crop shown at once. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[data-focal-crops]");
  const inputs = { x: document.getElementById("id_focal_x"), y: document.getElementById("id_focal_y") };
  if (!box) return;
  const whole = box.querySelector(".crops-whole");
  const mark = document.createElement("span");
  mark.className = "crops-mark";
  mark.hidden = true;
  let picture = null;

  const value = (input) => {
    const number = input ? Number.parseFloat(input.value) : 0.5;
    return Number.isFinite(number) ? Math.min(Math.max(number, 0), 1) : 0.5;
  };

  /* The same calculation as crop_box in postportal/images/renditions.py. */
  const cut = (canvas, size, focal) => {
    const ratio = Number.parseFloat(canvas.dataset.ratio);
    const width = Math.min(size.width, size.height * ratio);
    const height = width / ratio;
    const left = Math.min(Math.max(focal.x * size.width - width / 2, 0), size.width - width);
    const top = Math.min(Math.max(focal.y * size.height - height / 2, 0), size.height - height);
    canvas.getContext("2d").drawImage(picture, left, top, width, height, 0, 0, canvas.width, canvas.height);
  };

  const draw = () => {
    if (!picture) return;
    const size = { width: picture.naturalWidth || picture.width, height: picture.naturalHeight || picture.height };
    const focal = { x: value(inputs.x), y: value(inputs.y) };
    box.querySelectorAll("canvas[data-ratio]").forEach((canvas) => cut(canvas, size, focal));
    const shown = whole.querySelector("img, canvas");
    mark.hidden = false;
    mark.style.left = `${focal.x * shown.clientWidth}px`;
    mark.style.top = `${focal.y * shown.clientHeight}px`;
  };

  const use = (source, shown) => {
    picture = source;
    whole.querySelectorAll("img, canvas").forEach((old) => old !== shown && old.remove());
    if (!shown.isConnected) whole.prepend(shown);
    whole.append(mark);
    if (inputs.x && !inputs.x.readOnly) {
      shown.addEventListener("click", (event) => {
        const area = shown.getBoundingClientRect();
        inputs.x.value = ((event.clientX - area.left) / area.width).toFixed(3);
        inputs.y.value = ((event.clientY - area.top) / area.height).toFixed(3);
        draw();
      });
    }
    draw();
  };

  const existing = whole.querySelector("img");
  if (existing) {
    if (existing.complete) use(existing, existing);
    else existing.addEventListener("load", () => use(existing, existing));
  }

  const file = document.getElementById("id_file");
  if (file) {
    file.addEventListener("change", async () => {
      if (!file.files.length) return;
      try {
        const bitmap = await createImageBitmap(file.files[0]);
        const canvas = document.createElement("canvas");
        const scale = Math.min(1, 1200 / bitmap.width);
        canvas.width = Math.round(bitmap.width * scale);
        canvas.height = Math.round(bitmap.height * scale);
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", file.files[0].name);
        canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
        use(bitmap, canvas);
      } catch {
        mark.hidden = true;
      }
    });
  }
  for (const input of Object.values(inputs)) if (input) input.addEventListener("input", draw);
  window.addEventListener("resize", draw);
});

/* The form of a picture: focal point and crop on the picture, with their numbers in fields, and a new file that is
   chosen in place of the current one. */

import { FRAMING, framingTool } from "./framing.js";
import { drawFile } from "./picture_files.js";

const MAX_WIDTH = 1200;
const box = document.querySelector("[data-focal-crops]");

if (box) {
  const inputs = new Map(Object.keys(FRAMING).map((name) => [name, document.getElementById(`id_${name}`)]));
  const isLocked = !inputs.get("focal_x");
  const whole = box.querySelector(".crops-whole");
  const reset = box.querySelector(".crops-reset");
  const read = () => {
    const found = [...inputs].map(([name, input]) => {
      const number = input ? Number.parseFloat(input.value) : Number.NaN;
      return [name, Number.isFinite(number) ? Math.min(Math.max(number, 0), 1) : FRAMING[name]];
    });
    return Object.fromEntries(found);
  };
  const write = (framing) => {
    for (const [name, input] of inputs) {
      if (!input || Number.parseFloat(input.value) === framing[name]) continue;
      input.value = framing[name];
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  const tool = framingTool(whole, { canvases: box.querySelectorAll(".crops-cuts canvas"), read, write, isLocked });
  const existing = whole.querySelector("img");
  if (existing) {
    if (existing.complete) tool.use(existing, existing);
    else existing.addEventListener("load", () => tool.use(existing, existing));
  }
  if (!isLocked) {
    reset.hidden = false;
    reset.addEventListener("click", () => {
      const { focal_x, focal_y } = read();
      write({ ...FRAMING, focal_x, focal_y });
      tool.draw();
    });
  }
  for (const input of inputs.values()) input?.addEventListener("input", tool.draw);

  const file = document.getElementById("id_file");
  const confirmation = document.querySelector("[type=checkbox]#id_replaces_public");
  file?.addEventListener("change", async () => {
    if (confirmation) confirmation.required = file.files.length > 0;
    if (!file.files.length) return;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", file.files[0].name);
    // A file that is no picture is refused when the form is saved.
    await drawFile(file.files[0], canvas, MAX_WIDTH).then(
      () => tool.use(canvas, canvas),
      () => {},
    );
  });
}

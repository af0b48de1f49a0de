/* A preview of a picture that is about to be uploaded, on which its focal point is set by a click or with the arrow
   keys. */

import { element } from "./dialogs.js";
import { drawFile } from "./picture_files.js";

const gettext = window.gettext || ((text) => text);
const STEP = 0.05;
const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const MAX_WIDTH = 480;

const within = (number) => Math.min(Math.max(number, 0), 1);

/** Returns the preview and a function with the focal point as fractions. */
export const focalPreview = (file) => {
  const point = { x: 0.5, y: 0.5 };
  const canvas = element("canvas", { width: 1, height: 1 });
  const mark = element("span", { class: "crops-mark", hidden: true });
  const node = element("button", { type: "button", class: "focal-preview" }, canvas, mark);
  const show = () => {
    const [across, down] = [point.x, point.y].map((value) => `${Math.round(value * 100)}%`);
    mark.style.left = across;
    mark.style.top = down;
    const name = gettext("Focal point: %(x)s from the left, %(y)s from the top. Move it with the arrow keys.");
    node.setAttribute("aria-label", name.replace("%(x)s", across).replace("%(y)s", down));
  };
  const move = (x, y) => {
    Object.assign(point, { x: within(x), y: within(y) });
    show();
  };
  node.addEventListener("click", (event) => {
    // The Enter key has no place.
    if (!event.detail) return;
    const area = canvas.getBoundingClientRect();
    move((event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height);
  });
  node.addEventListener("keydown", (event) => {
    if (!(event.key in MOVES)) return;
    event.preventDefault();
    const [x, y] = MOVES[event.key];
    move(point.x + x, point.y + y);
  });
  show();
  drawFile(file, canvas, MAX_WIDTH).then(
    () => (mark.hidden = false),
    // Not a picture: the upload says so.
    () => (node.hidden = true),
  );
  return { node, value: () => ({ x: point.x.toFixed(3), y: point.y.toFixed(3) }) };
};

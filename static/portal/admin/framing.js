/* Focal point and crop of a picture, set on the picture itself: by click, by dragging and with the arrow keys. What
   readers get is shown at once. The fields beside it hold the numbers. */

import { element } from "./dialogs.js";

const gettext = window.gettext || ((text) => text);
const STEP = 0.01;
const BIG_STEP = 0.05;
// As MIN_CROP in postportal/images/models/image.py.
const MIN_CROP = 0.05;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const CORNERS = [
  ["crop_left", "crop_top", gettext("Crop: corner at the top left")],
  ["crop_right", "crop_top", gettext("Crop: corner at the top right")],
  ["crop_left", "crop_bottom", gettext("Crop: corner at the bottom left")],
  ["crop_right", "crop_bottom", gettext("Crop: corner at the bottom right")],
];
export const FRAMING = {
  focal_x: 0.5,
  focal_y: 0.5,
  crop_left: 0,
  crop_top: 0,
  crop_right: 1,
  crop_bottom: 1,
};

const within = (number, low = 0, high = 1) => Math.min(Math.max(number, low), high);
const rounded = (number) => Math.round(number * 1000) / 1000;
const percent = (number) => `${Math.round(number * 1000) / 10}%`;

/* The same calculation as crop_box in postportal/images/renditions.py. */
const boxOf = (size, framing, ratio) => {
  const [left, top] = [framing.crop_left * size.width, framing.crop_top * size.height];
  const [right, bottom] = [framing.crop_right * size.width, framing.crop_bottom * size.height];
  if (!ratio) return { left, top, width: right - left, height: bottom - top };
  const width = Math.min(right - left, (bottom - top) * ratio);
  const height = width / ratio;
  return {
    left: within(framing.focal_x * size.width - width / 2, left, right - width),
    top: within(framing.focal_y * size.height - height / 2, top, bottom - height),
    width,
    height,
  };
};

const drawInto = (canvas, picture, framing) => {
  const size = { width: picture.naturalWidth || picture.width, height: picture.naturalHeight || picture.height };
  const box = boxOf(size, framing, Number.parseFloat(canvas.dataset.ratio));
  if (!canvas.dataset.ratio) canvas.width = Math.max(1, Math.round((canvas.height * box.width) / box.height));
  const target = [0, 0, canvas.width, canvas.height];
  const context = canvas.getContext("2d");
  context.clearRect(...target);
  context.drawImage(picture, box.left, box.top, box.width, box.height, ...target);
};

/* A button on the picture that is dragged, or moved with the arrow keys. */
const handleOf = (area, className, move) => {
  const node = element("button", { type: "button", class: className });
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    node.focus();
    node.setPointerCapture(event.pointerId);
    const follow = ({ clientX, clientY }) => {
      const { left, top, width, height } = area.getBoundingClientRect();
      move((clientX - left) / width, (clientY - top) / height);
    };
    const end = () => {
      node.removeEventListener("pointermove", follow);
      node.removeEventListener("pointerup", end);
      node.removeEventListener("pointercancel", end);
    };
    node.addEventListener("pointermove", follow);
    node.addEventListener("pointerup", end);
    node.addEventListener("pointercancel", end);
  });
  return node;
};

const onArrows = (node, move) =>
  node.addEventListener("keydown", (event) => {
    if (!(event.key in MOVES)) return;
    event.preventDefault();
    const size = event.shiftKey ? BIG_STEP : STEP;
    move(...MOVES[event.key].map((way) => way * size));
  });

/** Makes the element around a picture a tool. `read` returns the framing, `write` takes it; both are the caller's. */
export const framingTool = (whole, { canvases, read, write, isLocked }) => {
  const area = element("span", { class: "crops-area" });
  const frame = element("span", { class: "crops-frame" });
  const shade = element("span", { class: "crops-shade", "aria-hidden": "true" }, frame);
  let picture = null;

  const set = (changes) => {
    const numbers = Object.entries(changes).map(([name, value]) => [name, rounded(value)]);
    write({ ...read(), ...Object.fromEntries(numbers) });
    draw();
  };
  const moveFocus = (x, y) => set({ focal_x: within(x), focal_y: within(y) });
  const moveCorner = (across, down, x, y) => {
    const now = read();
    const isLeft = across === "crop_left";
    const isTop = down === "crop_top";
    set({
      [across]: isLeft ? within(x, 0, now.crop_right - MIN_CROP) : within(x, now.crop_left + MIN_CROP, 1),
      [down]: isTop ? within(y, 0, now.crop_bottom - MIN_CROP) : within(y, now.crop_top + MIN_CROP, 1),
    });
  };

  const mark = handleOf(area, "crops-mark", moveFocus);
  onArrows(mark, (x, y) => moveFocus(read().focal_x + x, read().focal_y + y));
  const corners = CORNERS.map(([across, down, label]) => {
    const node = handleOf(area, "crops-corner", (x, y) => moveCorner(across, down, x, y));
    node.setAttribute("aria-label", label);
    onArrows(node, (x, y) => moveCorner(across, down, read()[across] + x, read()[down] + y));
    return { node, across, down };
  });
  if (isLocked) for (const node of [mark, ...corners.map((corner) => corner.node)]) node.disabled = true;

  const draw = () => {
    if (!picture) return;
    const now = read();
    for (const canvas of canvases) drawInto(canvas, picture, now);
    mark.style.left = percent(now.focal_x);
    mark.style.top = percent(now.focal_y);
    const name = gettext("Focal point: %(x)s from the left, %(y)s from the top. Move it with the arrow keys.");
    mark.setAttribute("aria-label", name.replace("%(x)s", mark.style.left).replace("%(y)s", mark.style.top));
    for (const { node, across, down } of corners) {
      node.style.left = percent(now[across]);
      node.style.top = percent(now[down]);
    }
    frame.style.inset = [now.crop_top, 1 - now.crop_right, 1 - now.crop_bottom, now.crop_left].map(percent).join(" ");
  };

  /** Uses a picture: `source` is drawn into the crops, `shown` is the element on which the tool works. */
  const use = (source, shown) => {
    picture = source;
    whole.querySelectorAll("img, canvas").forEach((old) => old !== shown && old.remove());
    area.replaceChildren(shown, shade, mark, ...corners.map((corner) => corner.node));
    whole.prepend(area);
    if (!isLocked)
      shown.addEventListener("click", (event) => {
        const place = shown.getBoundingClientRect();
        moveFocus((event.clientX - place.left) / place.width, (event.clientY - place.top) / place.height);
      });
    draw();
  };
  return { use, draw };
};

/** The canvases that show what readers get, in a list with their names. */
export const cutsOf = () => {
  const cuts = [
    [gettext("In texts"), 320, 213, ""],
    [gettext("Lists"), 320, 213, "1.5"],
    [gettext("Portraits"), 192, 240, "0.8"],
    [gettext("Shared links"), 320, 168, "1.9048"],
  ];
  const list = element("ul", { class: "crops-cuts" });
  for (const [label, width, height, ratio] of cuts) {
    const canvas = element("canvas", { width, height, role: "img", "aria-label": label });
    if (ratio) canvas.dataset.ratio = ratio;
    list.append(element("li", {}, canvas, element("span", { text: label })));
  }
  return list;
};

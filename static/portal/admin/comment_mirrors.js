/* Marks behind the words of a text area, in which no part can be marked: the same text, unseen, in the same place. */

const COPIED = [
  ...["font", "letterSpacing", "wordSpacing", "lineHeight", "textAlign", "textIndent", "direction", "boxSizing"],
  ...["paddingTop", "paddingRight", "paddingBottom", "paddingLeft"],
  ...["borderTopWidth", "borderRightWidth", "borderBottomWidth", "borderLeftWidth"],
];
const mirrors = new WeakMap();

const lay = (area, mirror) => {
  const look = window.getComputedStyle(area);
  for (const name of COPIED) mirror.style[name] = look[name];
  mirror.style.insetBlockStart = `${area.offsetTop}px`;
  mirror.style.left = `${area.offsetLeft}px`;
  mirror.style.inlineSize = `${area.offsetWidth}px`;
  mirror.style.blockSize = `${area.offsetHeight}px`;
  mirror.scrollTop = area.scrollTop;
};

const make = (area, changed) => {
  const mirror = document.createElement("div");
  mirror.className = "comment-mirror";
  mirror.setAttribute("aria-hidden", "true");
  area.before(mirror);
  area.parentElement.classList.add("has-comment-mirror");
  const update = () => {
    // Without the mark, its text node would be another one each time.
    if (mirror.textContent !== area.value) mirror.textContent = area.value;
    lay(area, mirror);
  };
  area.addEventListener("input", () => {
    update();
    changed();
  });
  area.addEventListener("scroll", () => lay(area, mirror));
  new ResizeObserver(() => lay(area, mirror)).observe(area);
  update();
  return mirror;
};

/** Returns the element with the text of the area, whose words can be marked. `changed` is called when it changes. */
export const mirrorOf = (area, changed) => {
  if (!mirrors.has(area)) mirrors.set(area, make(area, changed));
  return mirrors.get(area);
};

/* Lists of word processors that are paragraphs with a number or bullet, or one list for each item. */

import { STYLE } from "./styles.js";

const MSO_LIST = /mso-list\s*:\s*(l\d+)\s+(level\d+)/i;
const BULLET = /^[\s\u00a0]*([•●◦▪■‣⁃·∙・\uf0b7\uf0a7\uf0d8\uf0fc○□➢✓§]|o|-|–)[\s\u00a0]*$/;
const NUMBERED = [
  [/^[\s\u00a0]*[（(]?(\d+)[.)、）．]?/, "1"],
  [/^[\s\u00a0]*[（(]?([ivx]{2,}|[iv])[.)、）]/, "i"],
  [/^[\s\u00a0]*[（(]?([IVX]{2,}|[IV])[.)、）]/, "I"],
  [/^[\s\u00a0]*[（(]?[a-z][.)、）]/, "a"],
  [/^[\s\u00a0]*[（(]?[A-Z][.)、）]/, "A"],
];
const TYPES = { "alpha-lower": "a", "alpha-upper": "A", "roman-lower": "i", "roman-upper": "I", bullet: "" };

/* The number or bullet of a paragraph, which Word marks as to be ignored. It is removed. */
const takeMarker = (paragraph) => {
  const markers = [...paragraph.querySelectorAll(`[${STYLE}]`)].filter((element) =>
    /mso-list\s*:\s*ignore/i.test(element.getAttribute(STYLE)),
  );
  const text = markers.map((marker) => marker.textContent).join("");
  markers.forEach((marker) => marker.remove());
  return text;
};

const kindOfMarker = (marker, format) => {
  const given = format["mso-level-number-format"];
  if (given in TYPES && given !== "bullet") return { tag: "ol", type: TYPES[given], start: startOf(marker) };
  if (given === "bullet" || BULLET.test(marker)) return { tag: "ul", type: "", start: 1 };
  const found = NUMBERED.find(([pattern]) => pattern.test(marker));
  if (found) return { tag: "ol", type: found[1], start: startOf(marker) };
  return { tag: /[\p{L}\p{N}]/u.test(marker) ? "ol" : "ul", type: "1", start: 1 };
};

const startOf = (marker) => Number(/\d+/.exec(marker)?.[0] ?? 1);

const itemsOf = (root, { levelOf }) =>
  [...root.querySelectorAll(`[${STYLE}*='mso-list' i]`)].flatMap((paragraph) => {
    const match = MSO_LIST.exec(paragraph.getAttribute(STYLE));
    // Numbered headings stay headings, with the number as words.
    if (!match || !/^(p|div|li)$/.test(paragraph.localName)) return [];
    const marker = takeMarker(paragraph);
    if (paragraph.localName === "li" || !marker.trim()) return [];
    const depth = Number(match[2].slice(5));
    return [{ paragraph, depth, list: match[1], ...kindOfMarker(marker, levelOf(`${match[1]}:${match[2]}`)) }];
  });

const nextElement = (node) => {
  let next = node.nextSibling;
  while (next && (next.nodeType !== Node.ELEMENT_NODE ? !next.textContent.trim() || next.nodeType === 8 : false))
    next = next.nextSibling;
  return next;
};

const newList = (doc, { tag, type, start }) => {
  const list = doc.createElement(tag);
  if (tag === "ol" && type && type !== "1") list.setAttribute("type", type);
  if (tag === "ol" && start > 1) list.setAttribute("start", start);
  return list;
};

/* Adds an item to the open lists, which are those around it: one for each depth. */
const addItem = (open, entry, before) => {
  const doc = entry.paragraph.ownerDocument;
  while (open.length && open.at(-1).depth > entry.depth) open.pop();
  const last = open.at(-1);
  if (last?.depth === entry.depth && last.tag !== entry.tag) open.pop();
  if (open.at(-1)?.depth !== entry.depth) {
    const list = newList(doc, entry);
    const item = open.at(-1)?.node.lastElementChild;
    if (item) item.append(list);
    else before(list);
    open.push({ node: list, depth: entry.depth, tag: entry.tag });
  }
  const item = doc.createElement("li");
  const paragraph = doc.createElement("p");
  paragraph.append(...entry.paragraph.childNodes);
  item.append(paragraph);
  open.at(-1).node.append(item);
  entry.paragraph.remove();
};

/* Word and Outlook on the desktop, WPS. */
const joinParagraphs = (root, styles) => {
  const items = itemsOf(root, styles);
  const following = new Set();
  items.forEach((entry, index) => {
    if (items[index + 1]?.paragraph === nextElement(entry.paragraph)) following.add(items[index + 1]);
  });
  let open = [];
  for (const entry of items) {
    if (!following.has(entry)) open = [];
    addItem(open, entry, (list) => entry.paragraph.before(list));
  }
};

/* Word on the web: each item is a list of its own in a wrapper, with its level as an attribute. */
const joinWrappers = (root) => {
  let open = [];
  let previous = null;
  for (const wrapper of [...root.querySelectorAll(".ListContainerWrapper")]) {
    const isNext = previous && nextElement(previous) === wrapper;
    if (!isNext) open = [];
    const place = root.ownerDocument.createElement("div");
    wrapper.before(place);
    for (const item of wrapper.querySelectorAll("li")) {
      const tag = item.parentElement.localName === "ol" ? "ol" : "ul";
      const start = Number(item.getAttribute("data-aria-posinset") || 1);
      const depth = Number(item.getAttribute("data-aria-level") || item.getAttribute("aria-level") || 1);
      addItem(open, { paragraph: item, depth, tag, type: "1", start }, (list) => place.append(list));
    }
    wrapper.remove();
    previous = place;
  }
};

export const buildLists = (root, styles) => {
  joinParagraphs(root, styles);
  joinWrappers(root);
};

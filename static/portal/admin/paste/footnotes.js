/* Footnotes of word processors: a link to a note and a link back. Both become those of the portal. */

import { STYLE } from "./styles.js";

const styled = (name) => `[${STYLE}*='mso-element:${name}']`;
const BODIES = `${styled("footnote")}, ${styled("endnote")}, [id^='sdfootnote'], [id^='sdendnote']`;
const LISTS = `${styled("footnote-list")}, ${styled("endnote-list")}`;

const fragment = (link) => {
  const match = /#([^#]+)$/.exec(link.getAttribute("href") || "");
  return match ? match[1] : "";
};

const namesOf = (element) => [element.id, element.getAttribute("name")].filter(Boolean);

/* A link leads to a note if something with the name it asks for contains, or is, a link back to it. */
const pairsOf = (root) => {
  const named = new Map();
  for (const element of root.querySelectorAll("[id], a[name]"))
    for (const name of namesOf(element)) if (!named.has(name)) named.set(name, element);
  const taken = new Set();
  return [...root.querySelectorAll("a[href*='#']")].flatMap((link) => {
    const place = named.get(fragment(link));
    if (taken.has(link) || !place) return [];
    const own = namesOf(link).concat(namesOf(link.parentElement));
    const links = place.matches("a[href]") ? [place] : [...place.querySelectorAll("a[href*='#']")];
    const back = links.find((other) => other !== link && own.includes(fragment(other)));
    if (!back) return [];
    taken.add(link).add(back);
    return [{ link, back, place }];
  });
};

const bodyOf = ({ back, place }) => {
  if (place.localName === "li") return place;
  const marked = back.closest(BODIES);
  return marked && !marked.matches(LISTS) ? marked : back.closest("li, p, dd, td, div");
};

const removeRule = (list) => {
  list.querySelectorAll("hr").forEach((rule) => rule.remove());
  if (!list.textContent.trim()) list.remove();
};

const outermost = (link) => {
  let element = link;
  while (
    element.parentElement.matches("sup, span") &&
    element.parentElement.textContent.trim() === link.textContent.trim()
  )
    element = element.parentElement;
  return element;
};

/* The list of all notes at the end of the text, in which the server numbers them. */
export const buildFootnotes = (root, { isTaken }) => {
  const doc = root.ownerDocument;
  const list = doc.createElement("ol");
  list.className = "notes";
  let number = 0;
  pairsOf(root).forEach((pair) => {
    const body = bodyOf(pair);
    if (!body || body.contains(pair.link)) return;
    do number += 1;
    while (isTaken(`s-fn-${number}`));
    outermost(pair.back).remove();
    const item = doc.createElement("li");
    item.id = `s-fn-${number}`;
    item.append(...body.childNodes);
    const sibling = body.previousElementSibling;
    if (sibling?.localName === "hr") sibling.remove();
    body.remove();
    list.append(item);
    const mark = doc.createElement("a");
    mark.dataset.note = item.id;
    mark.textContent = String(list.children.length);
    outermost(pair.link).replaceWith(mark);
  });
  root.querySelectorAll(LISTS).forEach(removeRule);
  if (list.children.length) root.append(list);
};

/* Pasted HTML as markup of the editor. Everything here works on a document of its own that no browser renders. */

import { levelShift, writeBlocks } from "./blocks.js";
import { discard } from "./discard.js";
import { buildFootnotes } from "./footnotes.js";
import { LeftOut } from "./left_out.js";
import { isWrapped, joinLines } from "./plain_text.js";
import { parseHtml } from "./styles.js";
import { buildLists } from "./word_lists.js";

/* What the editor itself has copied needs no cleaning. */
const OWN = /\bdata-pm-slice=/;

/* The text layer of a PDF viewer: a span for each line. */
const rebuildLines = (root) => {
  const lines = [...root.querySelectorAll("span[role=presentation]")].map((line) => line.textContent);
  if (!lines.length || !root.querySelector("br[role=presentation]")) return;
  fill(root, isWrapped(lines) ? joinLines(lines) : lines);
};

/* Paragraphs that a viewer or a mail program has broken at the margin. */
const joinBrokenLines = (root) => {
  for (const block of root.querySelectorAll("p, div")) {
    const breaks = [...block.children];
    if (breaks.length < 2 || !breaks.every((child) => child.localName === "br")) continue;
    const lines = [...block.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim());
    if (isWrapped(lines)) fill(block, joinLines(lines));
  }
};

const fill = (block, paragraphs) => {
  const nodes = paragraphs.map((text) => {
    const paragraph = block.ownerDocument.createElement("p");
    paragraph.textContent = text;
    return paragraph;
  });
  if (block.localName === "p") block.replaceWith(...nodes);
  else block.replaceChildren(...nodes);
};

/** Returns an element with clean markup, and what was left out of it. The pasted document is used up. */
export const transformDocument = ({ pasted, styles }, { origin = "", language = "", isTaken = () => false } = {}) => {
  const { body } = pasted;
  discard(body, styles);
  buildLists(body, styles);
  buildFootnotes(body, { isTaken });
  rebuildLines(body);
  joinBrokenLines(body);
  const leftOut = new LeftOut();
  const container = pasted.createElement("div");
  writeBlocks(body, { container, styles, leftOut, origin, language, shift: levelShift(body, styles) });
  return { content: container, leftOut };
};

/** Returns { html, leftOut } for the HTML of a clipboard. */
export const transformHtml = (html, options) => {
  if (OWN.test(html)) return { html, leftOut: new LeftOut() };
  const { content, leftOut } = transformDocument(parseHtml(html), options);
  return { html: content.innerHTML, leftOut };
};

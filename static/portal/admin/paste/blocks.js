/* Pasted markup written anew as blocks of the editor: headings, paragraphs, lists, quotes, tables. */

import { foreignLanguage } from "./languages.js";
import { cleanLink } from "./links.js";
import { kindOf, pictureKind } from "./left_out.js";
import { formattingIn } from "./styles.js";
import { isLayout, writeTable } from "./tables.js";
import { Writer } from "./writer.js";

const PLAIN = { bold: false, italic: false, struck: false, script: null };
const PARTS = new Set([
  ...["p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "center", "address", "form"],
  ...["details", "summary", "fieldset", "legend", "hgroup", "figure", "figcaption", "caption", "tr", "dl", "dt", "dd"],
  ...["tbody", "thead", "tfoot", "td", "th", "li"],
]);
const SILENT = new Set(["img", "area", "source", "track", "param"]);
const KEPT_INLINE = new Set(["code", "cite", "q", "abbr"]);
const CODE = new Set(["code", "tt", "kbd", "samp"]);
const QUOTE = /\b(MsoQuote|MsoIntenseQuote|MsoBlockText)\b/;
const HEADING = /^h([1-6])$/;
const LOWEST = 4;

/** Writes the content of the element. `paste` has the styles, the count of what is left out, the level of the highest
    heading and the language around. */
export const writeBlocks = (root, { container, ...paste }) => {
  const writer = new Writer(root.ownerDocument, container);
  writeChildren(root, PLAIN, { ...paste, writer });
  writer.end();
};

const writeChildren = (element, format, paste) => {
  for (const node of element.childNodes) {
    if (node.nodeType === 3) paste.writer.text(node.data, format, { isKept: paste.isKept });
    else if (node.nodeType === 1) writeElement(node, format, paste);
  }
};

const writeElement = (element, around, paste) => {
  const tag = element.localName;
  const kind = kindOf(element);
  if (kind) paste.leftOut.add(kind, element.getAttribute("title") || element.getAttribute("name") || "");
  else if (WRITERS[tag]) WRITERS[tag](element, around, paste);
  else if (headingLevel(element, paste.styles)) writeHeading(element, around, paste);
  else if (PARTS.has(tag)) writePart(element, around, paste);
  else if (!SILENT.has(tag)) writeInline(element, around, paste);
};

const headingLevel = (element, styles) => {
  const match = HEADING.exec(element.localName);
  if (match) return Number(match[1]);
  if (element.getAttribute("role") === "heading") return Number(element.getAttribute("aria-level") || 2);
  if (/\bMsoTitle\b/.test(element.className)) return 1;
  // Paragraphs of a style of one's own, which Word's outline shows.
  const outline = element.localName === "p" && styles.styleOf(element)["mso-outline-level"];
  return /^[1-9]$/.test(outline || "") ? Number(outline) : 0;
};

/* The editor begins with level 2. A text that begins with 1 keeps the order of its levels. */
export const levelShift = (root, styles) =>
  [...root.querySelectorAll("h1, [role=heading], .MsoTitle, p")].some(
    (each) => headingLevel(each, styles) === 1 && each.textContent.trim(),
  )
    ? 1
    : 0;

const writeHeading = (element, around, paste) => {
  const level = Math.min(Math.max(headingLevel(element, paste.styles) + paste.shift, 2), LOWEST);
  const lang = foreignLanguage(element, paste.language);
  paste.writer.begin(`h${level}`, { lang });
  writeChildren(
    element,
    { ...PLAIN, tags: around.tags },
    { ...paste, isHeading: true, language: lang || paste.language },
  );
  paste.writer.end();
};

const direction = (element) => (element.getAttribute("dir")?.toLowerCase() === "rtl" ? { dir: "rtl" } : {});

/* A part of the page ends the paragraph before it. */
const writePart = (element, around, paste) => {
  const style = paste.styles.styleOf(element);
  const format = formattingIn(element, { ...style, "vertical-align": "" }, around);
  if (QUOTE.test(element.className)) {
    writeQuote(element, PLAIN, paste);
    return;
  }
  paste.writer.end();
  const isParagraph = element.localName === "p";
  const lang = isParagraph ? foreignLanguage(element, paste.language) : "";
  if (isParagraph && (lang || direction(element).dir)) paste.writer.begin("p", { lang, ...direction(element) });
  writeChildren(element, format, { ...paste, language: lang || paste.language });
  paste.writer.end();
};

const writeInline = (element, around, paste) => {
  const style = paste.styles.styleOf(element);
  // Headings are bold by themselves.
  const own = formattingIn(element, style, around);
  const format = paste.isHeading ? { ...own, bold: false } : own;
  const tag = CODE.has(element.localName) ? "code" : element.localName;
  if (KEPT_INLINE.has(tag)) {
    const title = tag === "abbr" ? element.getAttribute("title") : null;
    format.tags = [...(around.tags || []), { tag, ...(title && { attributes: { title } }) }];
  }
  const lang = foreignLanguage(element, paste.language);
  if (lang) format.passage = { attributes: { lang, ...direction(element) } };
  writeChildren(element, format, { ...paste, language: lang || paste.language });
};

const writeLink = (element, around, paste) => {
  const note = element.dataset.note;
  if (note) {
    const attributes = { id: note.replace("s-fn-", "s-fnref-"), href: `#${note}` };
    paste.writer.text(element.textContent, { ...PLAIN, script: "sup", link: { attributes } });
    return;
  }
  const href = element.getAttribute("href");
  const kept = href === null ? "" : cleanLink(href, paste.origin);
  if (kept === null) paste.leftOut.add("link", element.textContent);
  const format = formattingIn(element, paste.styles.styleOf(element), around);
  writeChildren(element, kept ? { ...format, link: { attributes: { href: kept } } } : format, paste);
};

const writePicture = (element, around, paste) => {
  const url = (element.getAttribute("data-src") || element.getAttribute("src") || "").trim();
  const own = paste.origin && url.startsWith(`${paste.origin}/`) ? url.slice(paste.origin.length) : url;
  const alt = element.getAttribute("alt") || "";
  if (/^\/media\//.test(own)) {
    const figure = paste.writer.element("figure");
    const size = { width: element.getAttribute("width"), height: element.getAttribute("height") };
    figure.append(paste.writer.element("img", { src: own, alt: alt || " ", ...size }));
    paste.writer.append(figure);
  } else if (!isInvisible(element)) {
    // Emoji, which some programs send as pictures.
    if (/^\p{Extended_Pictographic}/u.test(alt)) paste.writer.text(alt, around);
    else paste.leftOut.add(pictureKind(url), isName(alt) ? alt : fileName(url));
  }
};

// Words that programs write for want of others.
const isName = (alt) => !/^(图片|图像|image|picture|img|logo|\s*)$/i.test(alt);

const isInvisible = (element) =>
  ["width", "height"].some((name) => /^[01](px)?$/.test(element.getAttribute(name) || ""));

const fileName = (url) =>
  /^(https?|file):/i.test(url) ? "" : /[^/\\]+\.(jpe?g|png|gif|webp|bmp)$/i.exec(url)?.[0] || "";

const writeList = (element, around, paste) => {
  const { writer } = paste;
  const names = element.localName === "ol" ? ["start", "type", "reversed", "class"] : [];
  const attributes = Object.fromEntries(names.map((name) => [name, element.getAttribute(name)]));
  if (attributes.class !== "notes") delete attributes.class;
  if (attributes.start === "1") delete attributes.start;
  if (!/^[aAiI]$/.test(attributes.type || "")) delete attributes.type;
  const list = writer.element(element.localName === "ol" ? "ol" : "ul", attributes);
  for (const node of element.childNodes) {
    const isText = node.nodeType === 3 && node.data.trim();
    if (!isText && node.nodeType !== 1) continue;
    const isNested = /^(ul|ol)$/.test(node.localName || "");
    // A list that stands between the items belongs to the item before it.
    const item = isNested && list.lastElementChild ? list.lastElementChild : writer.element("li");
    if (node.id && attributes.class === "notes") item.id = node.id;
    const inner = { ...paste, writer: writer.inside(item) };
    if (node.localName === "li") writeChildren(node, around, inner);
    else if (isText) inner.writer.text(node.data, around);
    else writeElement(node, around, inner);
    inner.writer.end();
    if (item.childNodes.length && item.parentNode !== list) list.append(item);
  }
  if (list.children.length) writer.append(list);
};

const writeQuote = (element, around, paste) => {
  const last = paste.writer.open ? null : paste.writer.container.lastElementChild;
  const isMore = QUOTE.test(element.className) && last?.localName === "blockquote";
  const quote = isMore ? last : paste.writer.element("blockquote");
  const inner = { ...paste, writer: paste.writer.inside(quote) };
  writeChildren(element, { ...around, italic: false }, inner);
  inner.writer.end();
  if (quote.childNodes.length && !isMore) paste.writer.append(quote);
};

const writeTerms = (element, around, paste) => {
  const list = paste.writer.element("dl");
  for (const entry of element.querySelectorAll("dt, dd")) {
    if (entry.parentElement.closest("dl") !== element) continue;
    const part = paste.writer.element(entry.localName);
    const writer = paste.writer.inside(part);
    if (entry.localName === "dt") writer.open = part;
    writeChildren(entry, around, { ...paste, writer });
    writer.open = entry.localName === "dt" ? null : writer.open;
    writer.end();
    if (part.textContent.trim()) list.append(part);
  }
  if (list.children.length) paste.writer.append(list);
};

const writeLines = (element, around, paste) => {
  paste.writer.begin("pre");
  writeChildren(element, PLAIN, { ...paste, isKept: true });
  paste.writer.end();
};

const writeBreak = (element, around, { writer }) => {
  writer.lineBreak();
  const after = element.nextSibling;
  if (after?.nodeType === 3 && /^[\s]*[\u3000\u00a0]{2}/.test(after.data) && writer.open?.localName === "p")
    writer.end();
};

const writeTables = (element, around, paste) => {
  if (isLayout(element)) writePart(element, around, paste);
  else
    writeTable(element, paste, (cell, container, isHead) => {
      const inner = { ...paste, writer: paste.writer.inside(container), isHeading: isHead };
      const format = formattingIn(cell, { ...paste.styles.styleOf(cell), "vertical-align": "" }, PLAIN);
      writeChildren(cell, isHead ? PLAIN : format, inner);
      inner.writer.end();
    });
};

const WRITERS = {
  a: writeLink,
  blockquote: writeQuote,
  br: writeBreak,
  dir: writeList,
  dl: writeTerms,
  hr: (element, around, { writer }) => writer.append(writer.element("hr")),
  img: writePicture,
  listing: writeLines,
  menu: writeList,
  ol: writeList,
  pre: writeLines,
  table: writeTables,
  ul: writeList,
};

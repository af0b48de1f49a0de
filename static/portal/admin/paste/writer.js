/* The clean markup: blocks with runs of text, in which equal formatting is one element. */

const HAN = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uffef";
const BREAK_IN_HAN = new RegExp(`(?<=[${HAN}])[ \\t]*[\\r\\n]\\s*(?=[${HAN}])`, "gu");
const INDENT = /^[\s\u00a0\u3000]+/;
const SCRIPTS = ["sub", "sup"];

/* Line breaks of the source are spaces, but none between Chinese characters. */
const collapse = (text) =>
  text
    .replace(BREAK_IN_HAN, "")
    .replace(/[ \t\r\n\f]+/g, " ")
    .replace(/ \u00a0|\u00a0 |\u00a0{2,}/g, " ");

/* A link and a passage in another language end where their own elements end. */
const wrappersOf = ({ link, passage, bold, italic, struck, script, tags }) => [
  ...(link ? [{ tag: "a", link }] : []),
  ...(passage ? [{ tag: "span", link: passage }] : []),
  ...(bold ? [{ tag: "strong" }] : []),
  ...(italic ? [{ tag: "em" }] : []),
  ...(struck ? [{ tag: "s" }] : []),
  ...(SCRIPTS.includes(script) ? [{ tag: script }] : []),
  ...(tags || []),
];

export class Writer {
  constructor(doc, container, links = new WeakMap()) {
    this.doc = doc;
    this.container = container;
    this.links = links;
    this.open = null;
  }

  /** Returns a writer for the inside of a block that has blocks itself. */
  inside(container) {
    return new Writer(this.doc, container, this.links);
  }

  element(tag, attributes = {}) {
    const element = this.doc.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
    return element;
  }

  /** Begins a block of text. A paragraph begins by itself with its first word. */
  begin(tag, attributes) {
    this.end();
    this.open = this.element(tag, attributes);
    this.container.append(this.open);
  }

  end() {
    const block = this.open;
    this.open = null;
    if (!block) return;
    if (block.localName !== "pre") trim(block);
    if (!block.textContent.trim() && !block.querySelector("img")) block.remove();
  }

  append(block) {
    this.end();
    this.container.append(block);
  }

  text(text, format, { isKept = false } = {}) {
    let words = isKept ? text : collapse(text);
    if (!words) return;
    if (!this.open) {
      if (!words.trim()) return;
      this.begin("p");
    }
    if (!isKept && words.startsWith(" ") && /(^|[ \n])$/.test(this.open.textContent)) words = words.slice(1);
    if (words) this.place(format).append(words);
  }

  /* The innermost element for text with this format: the last one, if it has the same. */
  place(format) {
    let target = this.open;
    for (const { tag, link, attributes } of wrappersOf(format)) {
      const last = target.lastChild;
      const isSame = last?.localName === tag && this.links.get(last) === link && !attributes;
      if (isSame) target = last;
      else {
        const element = this.element(tag, { ...link?.attributes, ...attributes });
        if (link) this.links.set(element, link);
        target.append(element);
        target = element;
      }
    }
    return target;
  }

  /** A line break; two of them, or one before an indent, end the paragraph. */
  lineBreak() {
    if (!this.open) return;
    if (lastTag(this.open) === "br" && this.open.localName === "p") {
      this.end();
      return;
    }
    this.open.append(this.open.localName === "pre" ? "\n" : this.element("br"));
  }
}

const lastTag = (block) => {
  let last = block.lastChild;
  while (last && last.nodeType === 3 && !last.data.trim()) last = last.previousSibling;
  return last?.localName;
};

/* Removes spaces, indents and line breaks at the start and end of a block, however deep they are. */
const trim = (block) => {
  for (const [side, pattern] of [
    ["firstChild", INDENT],
    ["lastChild", /[\s\u00a0\u3000]+$/],
  ]) {
    let node = block[side];
    while (node && node !== block) {
      if (node.nodeType === 3) {
        node.data = node.data.replace(pattern, "");
        if (node.data) break;
      } else if (node.localName === "img" || node.hasAttribute("id")) break;
      else if (node[side]) {
        node = node[side];
        continue;
      }
      const { parentNode } = node;
      if (node.nodeType === 1 && node.firstChild) break;
      node.remove();
      node = parentNode === block ? block[side] : parentNode;
    }
  }
};

/* Tables of the editor: with a caption, and with rows that know whether they are in the head or the foot. */

const INLINE_TAGS = new Set([
  ...["a", "abbr", "br", "cite", "code", "del", "em", "ins", "q", "s", "span", "strong", "sub", "sup"],
]);
const INLINE_ATTRIBUTES = ["href", "id", "lang", "dir", "title", "class"];

/* The inline content of an element as the engine renders it: built anew, so nothing else gets in. */
const inlineContent = (element) =>
  [...element.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data ? [node.data] : [];
    if (node.nodeType !== Node.ELEMENT_NODE) return [];
    const tag = node.localName;
    if (!INLINE_TAGS.has(tag)) return inlineContent(node);
    const kept = INLINE_ATTRIBUTES.filter((name) => node.hasAttribute(name));
    const attributes = Object.fromEntries(kept.map((name) => [name, node.getAttribute(name)]));
    return [tag === "br" ? [tag, attributes] : [tag, attributes, ...inlineContent(node)]];
  });

const captionOf = (table) => [...table.children].find((child) => child.localName === "caption");

export const table = ({ Table }) =>
  Table.extend({
    addAttributes() {
      return {
        ...this.parent?.(),
        caption: {
          default: null,
          parseHTML: (element) => captionOf(element)?.textContent.trim() || null,
          renderHTML: (attributes) => (attributes.caption ? { "data-caption": attributes.caption } : {}),
        },
        // The caption with its formatting and links, which the dialog does not show.
        captionContent: {
          default: null,
          parseHTML: (element) => {
            const caption = captionOf(element);
            if (!caption?.textContent.trim()) return null;
            const { lang, dir } = caption;
            return { text: caption.textContent.trim(), lang, dir, content: inlineContent(caption) };
          },
          renderHTML: () => ({}),
        },
      };
    },
    parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
    renderHTML({ node, HTMLAttributes }) {
      const { "data-caption": caption, style, ...attributes } = HTMLAttributes;
      const rows = ["tbody", 0];
      if (!node.attrs.caption) return ["table", attributes, rows];
      const { text, lang, dir, content } = node.attrs.captionContent ?? {};
      const language = { ...(lang && { lang }), ...(dir && { dir }) };
      const words = text === node.attrs.caption ? content : [node.attrs.caption];
      return ["table", attributes, ["caption", language, ...words], rows];
    },
    addKeyboardShortcuts() {
      // In the last cell Tab leaves the table: the stock key would add rows for ever.
      return {
        Tab: () => this.editor.commands.goToNextCell(),
        "Shift-Tab": () => this.editor.commands.goToPreviousCell(),
      };
    },
  });

/* A row knows whether it is in the head or the foot: the engine's tables have only a body. */
export const tableRow = ({ TableRow }) =>
  TableRow.extend({
    addAttributes() {
      return {
        ...this.parent?.(),
        part: {
          default: null,
          parseHTML: (element) =>
            ({ THEAD: "head", TFOOT: "foot" })[element.parentElement?.tagName] ?? element.getAttribute("data-part"),
          renderHTML: ({ part }) => (part ? { "data-part": part } : {}),
        },
      };
    },
  });

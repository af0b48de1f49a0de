/* The nodes and marks that texts may contain. The server (postportal/richtext) decides; this list keeps whatever it
   keeps, so that opening and saving a text loses nothing. */

const wordsOf = (element, selector) => element.querySelector(selector)?.textContent.trim() || null;

/* Enter in a one-line part of a block starts a new paragraph after the block. */
const leaveOnEnter =
  (name, depthOfBlock) =>
  ({ editor }) => {
    const { $from } = editor.state.selection;
    if ($from.parent.type.name !== name) return false;
    const after = $from.after($from.depth - depthOfBlock);
    return editor
      .chain()
      .insertContentAt(after, { type: "paragraph" })
      .setTextSelection(after + 1)
      .run();
  };

const figure = ({ Node }) =>
  Node.create({
    name: "figure",
    group: "block",
    content: "inline*",
    isolating: true,
    defining: true,
    addAttributes() {
      const fromImage = (name) => ({
        default: null,
        parseHTML: (element) => element.querySelector("img")?.getAttribute(name) ?? null,
        renderHTML: () => ({}),
      });
      return Object.fromEntries(["src", "srcset", "width", "height", "alt"].map((name) => [name, fromImage(name)]));
    },
    parseHTML() {
      return [
        {
          tag: "figure",
          getAttrs: (element) => (element.querySelector("img[src]") ? null : false),
          contentElement: (element) => element.querySelector("figcaption") || document.createElement("figcaption"),
        },
      ];
    },
    renderHTML({ node, HTMLAttributes }) {
      const image = Object.fromEntries(
        Object.entries(node.attrs).filter(([name, value]) => value !== null && !["lang", "dir"].includes(name)),
      );
      return ["figure", HTMLAttributes, ["img", { ...image, alt: node.attrs.alt ?? "" }], ["figcaption", {}, 0]];
    },
    addKeyboardShortcuts() {
      return { Enter: leaveOnEnter("figure", 0) };
    },
  });

const quoteSource = ({ Node }) =>
  Node.create({
    name: "quoteSource",
    content: "inline*",
    defining: true,
    parseHTML: () => [{ tag: "footer" }],
    renderHTML: ({ HTMLAttributes }) => ["footer", HTMLAttributes, 0],
    addKeyboardShortcuts() {
      return { Enter: leaveOnEnter("quoteSource", 1) };
    },
  });

const inset = ({ Node }) =>
  Node.create({
    name: "inset",
    group: "block",
    content: "(paragraph | bulletList | orderedList)+",
    defining: true,
    parseHTML: () => [{ tag: "div.inset" }],
    renderHTML: ({ HTMLAttributes }) => ["div", { ...HTMLAttributes, class: "inset" }, 0],
  });

const table = ({ Table }) =>
  Table.extend({
    addAttributes() {
      return {
        ...this.parent?.(),
        caption: {
          default: null,
          parseHTML: (element) => wordsOf(element, "caption"),
          renderHTML: (attributes) => (attributes.caption ? { "data-caption": attributes.caption } : {}),
        },
      };
    },
    parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
    renderHTML({ node, HTMLAttributes }) {
      const { "data-caption": caption, style, ...attributes } = HTMLAttributes;
      const rows = ["tbody", 0];
      return node.attrs.caption
        ? ["table", attributes, ["caption", {}, node.attrs.caption], rows]
        : ["table", attributes, rows];
    },
    addKeyboardShortcuts() {
      // In the last cell Tab leaves the table: the stock key would add rows for ever.
      return {
        Tab: () => this.editor.commands.goToNextCell(),
        "Shift-Tab": () => this.editor.commands.goToPreviousCell(),
      };
    },
  });

const marks = ({ Mark }) => {
  const mark = (name, tag, attributes = []) =>
    Mark.create({
      name,
      addAttributes: () => Object.fromEntries(attributes.map((attribute) => [attribute, { default: null }])),
      parseHTML: () => [{ tag }],
      renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
    });
  const credit = Mark.create({
    name: "credit",
    inclusive: false,
    parseHTML: () => [{ tag: "span.cr", priority: 60 }],
    renderHTML: () => ["span", { class: "cr" }, 0],
  });
  const foreign = Mark.create({
    name: "foreign",
    addAttributes: () => ({ lang: { default: null }, dir: { default: null } }),
    parseHTML: () => [{ tag: "span[lang]" }, { tag: "span[dir]" }],
    renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
  });
  return [credit, foreign, mark("cite", "cite"), mark("quoted", "q"), mark("abbreviation", "abbr", ["title"])];
};

const LANGUAGE_BLOCKS = [
  "paragraph",
  "heading",
  "listItem",
  "blockquote",
  "inset",
  "tableCell",
  "tableHeader",
  "quoteSource",
  "figure",
];

const carriedAttributes = ({ Extension }) =>
  Extension.create({
    name: "carriedAttributes",
    addGlobalAttributes: () => [
      { types: LANGUAGE_BLOCKS, attributes: { lang: { default: null }, dir: { default: null } } },
      {
        types: ["tableCell", "tableHeader"],
        attributes: {
          class: { default: null, parseHTML: (element) => (element.classList.contains("r") ? "r" : null) },
          scope: { default: null },
        },
      },
    ],
  });

export const extensionsOf = (editor, { editLink }) => {
  const { Blockquote, Link } = editor;
  return [
    ...["Document", "Paragraph", "Text", "Bold", "Italic", "Subscript", "Superscript", "BulletList", "OrderedList"].map(
      (name) => editor[name],
    ),
    ...[
      "ListItem",
      "HardBreak",
      "HorizontalRule",
      "TableRow",
      "TableHeader",
      "TableCell",
      "History",
      "Dropcursor",
      "Gapcursor",
    ].map((name) => editor[name]),
    editor.Heading.configure({ levels: [2, 3, 4] }),
    Blockquote.extend({ content: "(paragraph | bulletList | orderedList | heading)+ quoteSource?" }),
    Link.extend({ addKeyboardShortcuts: () => ({ "Mod-k": () => editLink() }) }).configure({
      openOnClick: false,
      enableTarget: false,
      autolink: true,
      defaultProtocol: "https",
    }),
    table(editor),
    figure(editor),
    quoteSource(editor),
    inset(editor),
    ...marks(editor),
    carriedAttributes(editor),
  ];
};

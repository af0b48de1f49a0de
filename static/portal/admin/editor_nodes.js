/* The nodes and marks that texts may contain. The server (postportal/richtext) decides; this list keeps whatever it
   keeps, so that opening and saving a text loses nothing. */

import { table, tableRow } from "./editor_tables.js";
import { isReference, isSafeLink } from "./link_urls.js";

const gettext = window.gettext || ((text) => text);

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

const figure = (engine) =>
  engine.Node.create({
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
      const link = {
        default: null,
        parseHTML: (element) => element.querySelector("img")?.closest("a[href]")?.getAttribute("href") ?? null,
        renderHTML: () => ({}),
      };
      const names = ["src", "srcset", "width", "height", "alt"];
      return { ...Object.fromEntries(names.map((name) => [name, fromImage(name)])), href: link };
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
      const others = ["lang", "dir", "id", "href"];
      const attributes = Object.fromEntries(
        Object.entries(node.attrs).filter(([name, value]) => value !== null && !others.includes(name)),
      );
      const image = ["img", { ...attributes, alt: node.attrs.alt ?? "" }];
      const picture = node.attrs.href && isSafeLink(node.attrs.href) ? ["a", { href: node.attrs.href }, image] : image;
      return ["figure", HTMLAttributes, picture, ["figcaption", {}, 0]];
    },
    addKeyboardShortcuts() {
      return { Enter: leaveOnEnter("figure", 0) };
    },
  });

/* A text that is kept elsewhere: a card with its title. */
const snippet = (engine) =>
  engine.Node.create({
    name: "snippet",
    group: "block",
    atom: true,
    addAttributes: () => ({ href: { default: null }, title: { default: "" } }),
    parseHTML: () => [
      {
        tag: "p",
        priority: 60,
        getAttrs: (element) => {
          const link = element.querySelector(":scope > a[href^='snippet:']");
          const isAlone = link && element.textContent.trim() === link.textContent.trim();
          return isAlone ? { href: link.getAttribute("href"), title: link.textContent } : false;
        },
      },
    ],
    renderHTML: ({ node }) => ["p", {}, ["a", { href: node.attrs.href }, node.attrs.title]],
    addNodeView() {
      return ({ node }) => {
        const dom = document.createElement("div");
        dom.className = "snippet-card";
        const kind = document.createElement("span");
        kind.textContent = gettext("Snippet");
        const title = document.createElement("strong");
        title.textContent = node.attrs.title;
        dom.append(kind, title);
        return { dom };
      };
    },
  });

const quoteSource = (engine) =>
  engine.Node.create({
    name: "quoteSource",
    content: "inline*",
    defining: true,
    parseHTML: () => [{ tag: "footer" }],
    renderHTML: ({ HTMLAttributes }) => ["footer", HTMLAttributes, 0],
    addKeyboardShortcuts() {
      return { Enter: leaveOnEnter("quoteSource", 1) };
    },
  });

const inset = (engine) =>
  engine.Node.create({
    name: "inset",
    group: "block",
    content: "block+",
    defining: true,
    parseHTML: () => [{ tag: "div.inset" }],
    renderHTML: ({ HTMLAttributes }) => ["div", { ...HTMLAttributes, class: "inset" }, 0],
  });

/* Pictures side by side. A picture alone becomes a figure of its own when the text is saved. */
const gallery = (engine) =>
  engine.Node.create({
    name: "gallery",
    group: "block",
    content: "figure+ paragraph?",
    defining: true,
    isolating: true,
    parseHTML: () => [{ tag: "div.gallery" }],
    renderHTML: ({ HTMLAttributes }) => ["div", { ...HTMLAttributes, class: "gallery" }, 0],
  });

const preformatted = (engine) =>
  engine.Node.create({
    name: "preformatted",
    group: "block",
    content: "inline*",
    code: true,
    defining: true,
    parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
    renderHTML: ({ HTMLAttributes }) => ["pre", HTMLAttributes, 0],
    addKeyboardShortcuts() {
      return { "Mod-Enter": leaveOnEnter("preformatted", 0) };
    },
  });

const definitions = (engine) => {
  const part = (name, tag, content, shortcuts = {}) =>
    engine.Node.create({
      name,
      content,
      defining: true,
      parseHTML: () => [{ tag }],
      renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
      addKeyboardShortcuts: () => shortcuts,
    });
  return [
    part("definitionList", "dl", "(definitionTerm | definition)+").extend({ group: "block" }),
    part("definitionTerm", "dt", "inline*"),
    part("definition", "dd", "paragraph block*"),
  ];
};

/* A place in the text to which links lead. */
const anchor = (engine) =>
  engine.Node.create({
    name: "anchor",
    group: "inline",
    inline: true,
    atom: true,
    selectable: false,
    parseHTML: () => [{ tag: "a[id]:not([href])", priority: 70 }],
    renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes],
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
    // Around bold words, so that a passage stays one element; inside links.
    priority: 900,
    addAttributes: () => ({ lang: { default: null }, dir: { default: null } }),
    parseHTML: () => [{ tag: "span[lang]" }, { tag: "span[dir]" }],
    renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
  });
  return [
    credit,
    foreign,
    mark("cite", "cite"),
    mark("quoted", "q"),
    mark("abbreviation", "abbr", ["title"]),
    mark("struck", "s"),
    mark("deleted", "del"),
    mark("inserted", "ins"),
    mark("code", "code"),
  ];
};

const ID_BLOCKS = [
  ...["paragraph", "heading", "listItem", "blockquote", "tableCell", "tableHeader", "figure", "preformatted"],
  ...["definitionTerm", "definition"],
];
const LANGUAGE_TYPES = [
  ...ID_BLOCKS,
  ...["inset", "gallery", "quoteSource", "bulletList", "orderedList", "table", "tableRow", "definitionList"],
  ...["bold", "italic", "subscript", "superscript", "cite", "quoted", "abbreviation", "struck", "deleted", "inserted"],
  ...["code", "link"],
];

/* An attribute that is a class in the markup. */
const marked = (name) => ({
  default: null,
  parseHTML: (element) => element.classList.contains(name) || null,
  renderHTML: (attributes) => (attributes[name] ? { class: name } : {}),
});

const carriedAttributes = ({ Extension }) =>
  Extension.create({
    name: "carriedAttributes",
    addGlobalAttributes: () => [
      { types: LANGUAGE_TYPES, attributes: { lang: { default: null }, dir: { default: null } } },
      // The second half of a paragraph that is split is a new one.
      { types: [...ID_BLOCKS, "anchor", "link"], attributes: { id: { default: null, keepOnSplit: false } } },
      { types: ["listItem"], attributes: { value: { default: null, keepOnSplit: false } } },
      { types: ["orderedList"], attributes: { reversed: { default: null }, notes: marked("notes") } },
      { types: ["blockquote"], attributes: { pull: marked("pull") } },
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
      "TableHeader",
      "TableCell",
      "History",
      "Dropcursor",
      "Gapcursor",
    ].map((name) => editor[name]),
    editor.Heading.configure({ levels: [2, 3, 4] }),
    Blockquote.extend({ content: "block+ quoteSource?" }),
    Link.extend({ addKeyboardShortcuts: () => ({ "Mod-k": () => editLink() }) }).configure({
      openOnClick: false,
      enableTarget: false,
      autolink: true,
      defaultProtocol: "https",
      isAllowedUri: (url, { defaultValidate }) => defaultValidate(url) || isReference(url),
    }),
    table(editor),
    tableRow(editor),
    preformatted(editor),
    ...definitions(editor),
    anchor(editor),
    figure(editor),
    snippet(editor),
    quoteSource(editor),
    inset(editor),
    gallery(editor),
    ...marks(editor),
    carriedAttributes(editor),
  ];
};

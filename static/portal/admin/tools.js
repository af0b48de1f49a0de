/* The tools of the text editor: one entry each. `name` is its class, `isActive` makes it a switch, `isShown` says where
   it applies. Words without an icon are shown as they are. */

const gettext = window.gettext || ((text) => text);

const cellClass = (editor) => editor.getAttributes("tableCell").class || editor.getAttributes("tableHeader").class;

/** Tools that stand in the toolbar, in groups. Those with a low `rank` move to “More” first if there is no room. */
export const barTools = (editor, { chain, ...actions }) => {
  const is = (name) => () => editor.isActive(name);
  return [
    [
      {
        name: "bold",
        label: gettext("Bold"),
        keys: "Ctrl B",
        icon: "bold",
        run: () => chain().toggleBold().run(),
        isActive: is("bold"),
        rank: 9,
      },
      {
        name: "italic",
        label: gettext("Italic"),
        keys: "Ctrl I",
        icon: "italic",
        run: () => chain().toggleItalic().run(),
        isActive: is("italic"),
        rank: 8,
      },
    ],
    [
      {
        name: "link",
        label: gettext("Link"),
        keys: "Ctrl K",
        icon: "link",
        run: actions.editLink,
        isActive: is("link"),
        rank: 7,
      },
    ],
    [
      {
        name: "bullets",
        label: gettext("Bulleted list"),
        icon: "bullets",
        run: () => chain().toggleBulletList().run(),
        isActive: is("bulletList"),
        rank: 6,
      },
      {
        name: "numbers",
        label: gettext("Numbered list"),
        icon: "numbers",
        run: () => chain().toggleOrderedList().run(),
        isActive: is("orderedList"),
        rank: 4,
      },
      {
        name: "quote",
        label: gettext("Quote"),
        icon: "quote",
        run: () => chain().toggleBlockquote().run(),
        isActive: is("blockquote"),
        rank: 3,
      },
    ],
    [
      { name: "undo", label: gettext("Undo"), keys: "Ctrl Z", icon: "undo", run: () => chain().undo().run(), rank: 10 },
      { name: "redo", label: gettext("Redo"), keys: "Ctrl Y", icon: "redo", run: () => chain().redo().run(), rank: 1 },
    ],
  ];
};

/** Blocks that the menu “Insert” adds. */
export const insertTools = (editor, actions) => [
  { name: "picture", label: gettext("Picture"), icon: "picture", run: actions.addPicture },
  { name: "gallery", label: gettext("Gallery"), icon: "gallery", run: actions.editGallery },
  { name: "recording", label: gettext("Video or audio"), icon: "play", run: actions.addRecording },
  { name: "video-link", label: gettext("Video on another site"), icon: "play", run: actions.addVideoLink },
  { name: "hotline", label: gettext("Hotline"), icon: "phone", run: actions.addHotline },
  { name: "document", label: gettext("Document"), icon: "document", run: actions.addDocument },
  { name: "snippet", label: gettext("Snippet"), icon: "snippet", run: actions.addSnippet },
  {
    name: "table",
    label: gettext("Table"),
    icon: "table",
    run: actions.addTable,
    isShown: () => !editor.isActive("table"),
  },
  { name: "footnote", label: gettext("Footnote"), icon: "footnote", run: actions.addFootnote },
  {
    name: "pullquote",
    label: gettext("Pull quote"),
    icon: "pullquote",
    run: actions.togglePullQuote,
    isActive: () => editor.isActive("blockquote", { pull: true }),
  },
  {
    name: "inset",
    label: gettext("Notice"),
    icon: "notice",
    run: actions.toggleInset,
    isActive: () => editor.isActive("inset"),
  },
  { name: "line", label: gettext("Dividing line"), icon: "line", run: () => actions.chain().setHorizontalRule().run() },
];

/** Tools that the menu “More” always has. */
export const moreTools = (editor, { chain, ...actions }) => {
  const is = (name) => () => editor.isActive(name);
  return [
    {
      name: "strike",
      label: gettext("Strikethrough"),
      icon: "strike",
      run: () => chain().toggleMark("struck").run(),
      isActive: is("struck"),
    },
    {
      name: "sub",
      label: gettext("Subscript"),
      icon: "sub",
      run: () => chain().toggleSubscript().run(),
      isActive: is("subscript"),
    },
    {
      name: "sup",
      label: gettext("Superscript"),
      icon: "sup",
      run: () => chain().toggleSuperscript().run(),
      isActive: is("superscript"),
    },
    {
      name: "language",
      label: gettext("Language of the text"),
      icon: "globe",
      run: actions.setLanguage,
      isActive: is("foreign"),
    },
    { name: "clear", label: gettext("Clear formatting"), icon: "clear", run: () => chain().unsetAllMarks().run() },
    { name: "html", label: gettext("Edit HTML"), icon: "html", run: actions.editHtml },
  ];
};

/** Tools of the block with the cursor. */
export const blockTools = (editor, { chain, ...actions }) => {
  const inFigure = () => editor.isActive("figure");
  return [
    {
      name: "source",
      label: gettext("Attribution"),
      run: actions.addQuoteSource,
      isShown: () => editor.isActive("blockquote"),
    },
    {
      name: "order",
      label: gettext("Pictures and order"),
      run: actions.editGallery,
      isShown: () => editor.isActive("gallery"),
    },
    { name: "alt", label: gettext("Alternative text"), run: actions.editAlt, isShown: inFigure },
    {
      name: "credit",
      label: gettext("Credit"),
      run: () => chain().toggleMark("credit").run(),
      isActive: () => editor.isActive("credit"),
      isShown: inFigure,
    },
  ];
};

/** Tools of the menu “Table”, which is there in tables. */
export const tableTools = (editor, { chain, ...actions }) => [
  { name: "caption", label: gettext("Caption"), run: actions.editCaption },
  { name: "head-row", label: gettext("Header row"), run: actions.toggleHeaderRow, isActive: actions.hasHeaderRow },
  {
    name: "head-column",
    label: gettext("Header column"),
    run: actions.toggleHeaderColumn,
    isActive: actions.hasHeaderColumn,
  },
  {
    name: "head",
    label: gettext("Header cell"),
    run: () => chain().toggleHeaderCell().run(),
    isActive: () => editor.isActive("tableHeader"),
  },
  {
    name: "right",
    label: gettext("Align numbers right"),
    run: () =>
      chain()
        .setCellAttribute("class", cellClass(editor) ? null : "r")
        .run(),
    isActive: () => Boolean(cellClass(editor)),
  },
  { name: "row", label: gettext("Add row below"), run: () => chain().addRowAfter().run() },
  { name: "column", label: gettext("Add column to the right"), run: () => chain().addColumnAfter().run() },
  { name: "no-row", label: gettext("Delete row"), run: () => chain().deleteRow().run() },
  { name: "no-column", label: gettext("Delete column"), run: () => chain().deleteColumn().run() },
  { name: "no-table", label: gettext("Delete table"), run: () => chain().deleteTable().run() },
];

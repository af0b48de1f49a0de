/* The text editor: a toolbar for django-prose-editor's engine. Modules are loaded by URL, without an import map, and no
   styles are injected, so the content security policy needs no exception. Without scripts the text area shows HTML. */

const gettext = window.gettext || ((text) => text);
const SAFE_LINK = /^(https?:\/\/(?!\/)\S|mailto:|tel:|sms:|(?:hotline|document):\d|\/(?!\/|\\)|#)\S*$/i;
const LANGUAGES = [
  ["", gettext("same as the page")],
  ["zh-Hans", "简体中文"],
  ["zh-Hant", "繁體中文"],
  ["en", "English"],
  ["fr", "Français"],
  ["pt", "Português"],
  ["es", "Español"],
  ["ru", "Русский"],
  ["ar", "العربية"],
  ["ug", "ئۇيغۇرچە"],
  ["ja", "日本語"],
];
const RIGHT_TO_LEFT = new Set(["ar", "ug"]);

const actionsOf = (editor, dialogs, addresses) => {
  // Synchronous, unlike the engine's own focus command, so that the next key goes into the text.
  const chain = () => {
    editor.view.focus();
    return editor.chain();
  };
  const { ask, choosePicture } = dialogs;

  const editLink = () => {
    const current = editor.getAttributes("link").href || "";
    const empty = editor.state.selection.empty && !editor.isActive("link");
    const fields = [
      {
        name: "href",
        label: gettext("URL"),
        value: current,
        help: gettext("https://…, a page on this site (/about/), mailto: or tel:"),
      },
    ];
    if (empty) fields.push({ name: "text", label: gettext("Link text") });
    ask(current ? gettext("Edit link") : gettext("Add link"), fields, {
      check: ({ href, text }) => ({
        ...(href &&
          !SAFE_LINK.test(href.trim()) && {
            href: gettext("Enter a URL that starts with https://, /, mailto: or tel:."),
          }),
        ...(empty && href && !text.trim() && { text: gettext("Enter a link text.") }),
      }),
    }).then((answer) => {
      if (!answer) return;
      const href = answer.href.trim();
      if (!href) chain().extendMarkRange("link").unsetLink().run();
      else if (empty)
        chain()
          .insertContent({ type: "text", text: answer.text.trim(), marks: [{ type: "link", attrs: { href } }] })
          .run();
      else chain().extendMarkRange("link").setLink({ href }).run();
    });
    return true;
  };

  /* The words are those of now. Readers get the number of the day. */
  const addHotline = async () => {
    const response = await fetch(addresses.referencesUrl, { headers: { Accept: "application/json" } });
    const { choices } = response.ok ? await response.json() : { choices: [] };
    const help = choices.length
      ? gettext("Readers see its current number, also after it has changed.")
      : gettext("There are no hotlines with a number.");
    const options = choices.map(({ url, label }) => [url, label]);
    const answer = await ask(gettext("Add hotline"), [{ name: "url", label: gettext("Hotline"), options, help }]);
    const chosen = answer && choices.find(({ url }) => url === answer.url);
    if (!chosen) return;
    chain()
      .insertContent({ type: "text", text: chosen.words, marks: [{ type: "link", attrs: { href: chosen.url } }] })
      .run();
  };

  /* The words are those of now. Readers get title, type and size of the current file. */
  const addDocument = async () => {
    const { chooseDocument } = await import(addresses.documentsModule);
    const chosen = await chooseDocument(addresses.documentsUrl, dialogs);
    if (!chosen) return;
    chain()
      .insertContent({ type: "text", text: chosen.words, marks: [{ type: "link", attrs: { href: chosen.url } }] })
      .run();
  };

  const addPicture = async () => {
    const picture = await choosePicture(addresses);
    if (!picture) return;
    const content = [];
    if (picture.caption) content.push({ type: "text", text: `${picture.caption} ` });
    if (picture.credit) content.push({ type: "text", text: picture.credit, marks: [{ type: "credit" }] });
    const { src, srcset, width, height, alt } = picture;
    chain()
      .insertContent([{ type: "figure", attrs: { src, srcset, width, height, alt }, content }, { type: "paragraph" }])
      .run();
  };

  const editAlt = async () => {
    const answer = await ask(gettext("Alternative text"), [
      {
        name: "alt",
        label: gettext("Description"),
        value: editor.getAttributes("figure").alt,
        maxlength: 300,
        help: gettext("Leave blank if the picture is decorative."),
      },
    ]);
    if (answer) chain().updateAttributes("figure", { alt: answer.alt.trim() }).run();
  };

  const addTable = async () => {
    const number = (name, label, value) => ({ name, label, type: "number", value, min: 1, max: 50, required: true });
    const answer = await ask(gettext("Add table"), [
      {
        name: "caption",
        label: gettext("Caption"),
        help: gettext("Describe what the table shows. Screen readers read it aloud."),
      },
      number("rows", gettext("Rows"), 3),
      number("cols", gettext("Columns"), 3),
    ]);
    if (!answer) return;
    chain()
      .insertTable({ rows: Number(answer.rows), cols: Number(answer.cols), withHeaderRow: true })
      .run();
    if (answer.caption.trim()) chain().updateAttributes("table", { caption: answer.caption.trim() }).run();
  };

  const editCaption = async () => {
    const answer = await ask(gettext("Table caption"), [
      { name: "caption", label: gettext("Caption"), value: editor.getAttributes("table").caption },
    ]);
    if (answer)
      chain()
        .updateAttributes("table", { caption: answer.caption.trim() || null })
        .run();
  };

  const setLanguage = async () => {
    const block = editor.isActive("heading") ? "heading" : "paragraph";
    const part = !editor.state.selection.empty;
    const current = (part ? editor.getAttributes("foreign").lang : editor.getAttributes(block).lang) || "";
    const label = part ? gettext("Language of the selected text") : gettext("Language of this paragraph");
    const answer = await ask(gettext("Language"), [{ name: "lang", label, value: current, options: LANGUAGES }]);
    if (!answer) return;
    const attributes = { lang: answer.lang || null, dir: RIGHT_TO_LEFT.has(answer.lang) ? "rtl" : null };
    if (!part) chain().updateAttributes(block, attributes).run();
    else if (answer.lang) chain().setMark("foreign", attributes).run();
    else chain().unsetMark("foreign").run();
  };

  const addQuoteSource = () => {
    const { $from } = editor.state.selection;
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      const node = $from.node(depth);
      if (node.type.name === "blockquote") {
        if (node.lastChild.type.name === "quoteSource") return;
        const end = $from.end(depth);
        chain()
          .insertContentAt(end, { type: "quoteSource" })
          .setTextSelection(end + 1)
          .run();
        return;
      }
    }
  };

  return {
    chain,
    editLink,
    addHotline,
    addDocument,
    addPicture,
    editAlt,
    addTable,
    editCaption,
    setLanguage,
    addQuoteSource,
  };
};

/* [name, text, title, run, active, only shown when] */
const buttonsOf = (editor, actions) => {
  const { chain } = actions;
  const inTable = () => editor.isActive("table");
  return [
    [
      ["bold", gettext("Bold"), gettext("Bold"), () => chain().toggleBold().run(), () => editor.isActive("bold")],
      [
        "italic",
        gettext("Italic"),
        gettext("Italic"),
        () => chain().toggleItalic().run(),
        () => editor.isActive("italic"),
      ],
      [
        "sub",
        gettext("Sub"),
        gettext("Subscript"),
        () => chain().toggleSubscript().run(),
        () => editor.isActive("subscript"),
      ],
      [
        "sup",
        gettext("Super"),
        gettext("Superscript"),
        () => chain().toggleSuperscript().run(),
        () => editor.isActive("superscript"),
      ],
      ["link", gettext("Link"), gettext("Link"), actions.editLink, () => editor.isActive("link")],
      ["hotline", gettext("Hotline"), gettext("Add number of a hotline"), actions.addHotline],
      ["document", gettext("Document"), gettext("Add link to a document"), actions.addDocument],
      [
        "language",
        gettext("Language"),
        gettext("Language of the text"),
        actions.setLanguage,
        () => editor.isActive("foreign"),
      ],
    ],
    [
      [
        "bullets",
        gettext("Bullets"),
        gettext("Bulleted list"),
        () => chain().toggleBulletList().run(),
        () => editor.isActive("bulletList"),
      ],
      [
        "numbers",
        gettext("Numbered"),
        gettext("Numbered list"),
        () => chain().toggleOrderedList().run(),
        () => editor.isActive("orderedList"),
      ],
      [
        "quote",
        gettext("Quote"),
        gettext("Quote"),
        () => chain().toggleBlockquote().run(),
        () => editor.isActive("blockquote"),
      ],
      [
        "source",
        gettext("Attribution"),
        gettext("Attribution of the quote"),
        actions.addQuoteSource,
        null,
        () => editor.isActive("blockquote"),
      ],
      [
        "inset",
        gettext("Notice"),
        gettext("Notice box"),
        () => (editor.isActive("inset") ? chain().lift("inset").run() : chain().wrapIn("inset").run()),
        () => editor.isActive("inset"),
      ],
      ["line", gettext("Line"), gettext("Dividing line"), () => chain().setHorizontalRule().run()],
    ],
    [
      ["picture", gettext("Picture"), gettext("Add picture"), actions.addPicture],
      [
        "alt",
        gettext("Alternative text"),
        gettext("Edit alternative text"),
        actions.editAlt,
        null,
        () => editor.isActive("figure"),
      ],
      [
        "credit",
        gettext("Credit"),
        gettext("Mark selected text as credit"),
        () => chain().toggleMark("credit").run(),
        () => editor.isActive("credit"),
        () => editor.isActive("figure"),
      ],
      ["table", gettext("Table"), gettext("Table"), actions.addTable, null, () => !inTable()],
    ],
    [
      ["caption", gettext("Caption"), gettext("Table caption"), actions.editCaption, null, inTable],
      ["row", gettext("+ Row"), gettext("Add row below"), () => chain().addRowAfter().run(), null, inTable],
      [
        "column",
        gettext("+ Column"),
        gettext("Add column to the right"),
        () => chain().addColumnAfter().run(),
        null,
        inTable,
      ],
      ["no-row", gettext("− Row"), gettext("Delete row"), () => chain().deleteRow().run(), null, inTable],
      ["no-column", gettext("− Column"), gettext("Delete column"), () => chain().deleteColumn().run(), null, inTable],
      [
        "head",
        gettext("Header cell"),
        gettext("Header cell"),
        () => chain().toggleHeaderCell().run(),
        () => editor.isActive("tableHeader"),
        inTable,
      ],
      [
        "right",
        gettext("Align right"),
        gettext("Align numbers right"),
        () =>
          chain()
            .setCellAttribute("class", cellClass(editor) ? null : "r")
            .run(),
        () => Boolean(cellClass(editor)),
        inTable,
      ],
      ["no-table", gettext("− Table"), gettext("Delete table"), () => chain().deleteTable().run(), null, inTable],
    ],
    [
      ["undo", gettext("Undo"), gettext("Undo"), () => chain().undo().run()],
      ["redo", gettext("Redo"), gettext("Redo"), () => chain().redo().run()],
    ],
  ];
};

const cellClass = (editor) => editor.getAttributes("tableCell").class || editor.getAttributes("tableHeader").class;

const BLOCKS = [
  ["paragraph", gettext("Paragraph")],
  ["2", gettext("Heading 2")],
  ["3", gettext("Heading 3")],
  ["4", gettext("Heading 4")],
];

const blockSelect = (editor, chain, element) => {
  const select = element("select", { "aria-label": gettext("Paragraph style"), class: "rich-block" });
  for (const [value, text] of BLOCKS) select.append(element("option", { value, text }));
  select.addEventListener("change", () => {
    if (select.value === "paragraph") chain().setParagraph().run();
    else
      chain()
        .setHeading({ level: Number(select.value) })
        .run();
  });
  const update = () => {
    select.value = editor.isActive("heading") ? String(editor.getAttributes("heading").level) : "paragraph";
  };
  return { node: select, update };
};

const toolbarOf = (editor, actions, element, label) => {
  const toolbar = element("div", {
    class: "rich-toolbar",
    role: "group",
    "aria-label": `${label}: ${gettext("formatting")}`,
  });
  const block = blockSelect(editor, actions.chain, element);
  toolbar.append(element("div", { class: "rich-group" }, block.node));
  const updates = [block.update];
  for (const group of buttonsOf(editor, actions)) {
    const box = element("div", { class: "rich-group" });
    for (const [name, text, title, run, active, shown] of group) {
      const button = element("button", {
        type: "button",
        class: `rich-button rich-${name}`,
        title: title === text ? false : title,
        text,
      });
      button.addEventListener("click", run);
      updates.push(() => {
        if (active) button.setAttribute("aria-pressed", active() ? "true" : "false");
        if (shown) button.hidden = !shown();
      });
      box.append(button);
    }
    updates.push(() => {
      box.hidden = [...box.children].every((button) => button.hidden);
    });
    toolbar.append(box);
  }
  return { toolbar, update: () => updates.forEach((update) => update()) };
};

const sourceToggle = (editor, textarea, surface, toolbar, element) => {
  const button = element("button", {
    type: "button",
    class: "rich-button",
    "aria-pressed": "false",
    text: "HTML",
    title: gettext("Edit HTML"),
  });
  button.addEventListener("click", () => {
    const toSource = textarea.hidden;
    if (!toSource) editor.commands.setContent(textarea.value, { emitUpdate: false });
    textarea.hidden = !toSource;
    surface.hidden = toSource;
    button.setAttribute("aria-pressed", String(toSource));
    toolbar
      .querySelectorAll(".rich-group:not(:last-child)")
      .forEach((group) => group.toggleAttribute("inert", toSource));
    (toSource ? textarea : editor.view.dom).focus();
  });
  return element("div", { class: "rich-group" }, button);
};

const start = async (textarea) => {
  if (textarea.dataset.started || textarea.name.includes("__prefix__")) return;
  textarea.dataset.started = "1";
  const { dialogsModule, editorModule, nodesModule, libraryUrl, uploadUrl, referencesUrl } = textarea.dataset;
  const { documentsModule, documentsUrl } = textarea.dataset;
  const [engine, nodes, dialogs] = await Promise.all([
    import(editorModule),
    import(nodesModule),
    import(dialogsModule),
  ]);
  const { element } = dialogs;
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  const name = label ? label.textContent.replace(/[:：]\s*$/, "").trim() : gettext("Text");
  const surface = element("div", { class: "rich-surface" });
  const box = element("div", { class: "rich" });
  textarea.before(box);

  let actions = null;
  const editor = new engine.Editor({
    element: surface,
    injectCSS: false,
    editable: !textarea.disabled && !textarea.readOnly,
    content: textarea.value,
    extensions: nodes.extensionsOf(engine, { editLink: () => actions.editLink() }),
    editorProps: {
      attributes: {
        class: "rich-text prose",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": name,
        ...(textarea.getAttribute("aria-describedby") && {
          "aria-describedby": textarea.getAttribute("aria-describedby"),
        }),
        ...(textarea.getAttribute("aria-invalid") && { "aria-invalid": textarea.getAttribute("aria-invalid") }),
      },
    },
    // Only typing changes the field: a text that is opened and saved keeps every character.
    onUpdate: () => {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
    },
  });
  actions = actionsOf(editor, dialogs, { libraryUrl, uploadUrl, referencesUrl, documentsModule, documentsUrl });
  const { toolbar, update } = toolbarOf(editor, actions, element, name);
  toolbar.append(sourceToggle(editor, textarea, surface, toolbar, element));
  box.append(toolbar, surface, textarea);
  textarea.hidden = true;
  editor.on("transaction", update);
  update();
  if (label) label.addEventListener("click", () => textarea.hidden && editor.commands.focus());
};

const startAll = (root) => root.querySelectorAll("textarea[data-rich-text]").forEach(start);

startAll(document);
document.addEventListener("formset:added", (event) => startAll(event.target));

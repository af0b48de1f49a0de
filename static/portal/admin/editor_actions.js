/* What the tools of the text editor do. */

import { chooseDocument } from "./document_dialog.js";
import { figuresOf } from "./figures.js";
import { footnotesOf } from "./footnote_tool.js";
import { galleriesOf } from "./gallery_tool.js";
import { askForLink } from "./link_dialog.js";
import { recordingsOf } from "./recording_tool.js";
import { headersOf } from "./table_headers.js";

const gettext = window.gettext || ((text) => text);
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

export const actionsOf = (editor, dialogs, addresses) => {
  // Synchronous, unlike the engine's own focus command, so that the next key goes into the text.
  const chain = () => {
    editor.view.focus();
    return editor.chain();
  };
  const { ask, choosePicture } = dialogs;

  const editLink = () => {
    const current = editor.getAttributes("link").href || "";
    const empty = editor.state.selection.empty && !editor.isActive("link");
    askForLink({ linksUrl: addresses.linksUrl, current, needsText: empty }).then((answer) => {
      if (!answer) return;
      const { href, text } = answer;
      if (!href) chain().extendMarkRange("link").unsetLink().run();
      else if (empty)
        chain()
          .insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] })
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
    const chosen = await chooseDocument(addresses.documentsUrl);
    if (!chosen) return;
    chain()
      .insertContent({ type: "text", text: chosen.words, marks: [{ type: "link", attrs: { href: chosen.url } }] })
      .run();
  };

  const addSnippet = async () => {
    const response = await fetch(addresses.snippetsUrl, { headers: { Accept: "application/json" } });
    const { choices } = response.ok ? await response.json() : { choices: [] };
    const help = choices.length
      ? gettext("Readers see its current text, also after it has changed.")
      : gettext("There are no snippets.");
    const options = choices.map(({ url, label }) => [url, label]);
    const field = { name: "url", label: gettext("Snippet"), options, value: choices[0]?.url, help };
    const answer = await ask(gettext("Add snippet"), [field]);
    const chosen = answer && choices.find(({ url }) => url === answer.url);
    if (!chosen) return;
    // After the block with the cursor, with a paragraph in which the text goes on.
    const { $to } = editor.state.selection;
    const after = $to.depth ? $to.after(1) : $to.pos;
    const snippet = { type: "snippet", attrs: { href: chosen.url, title: chosen.words } };
    chain()
      .insertContentAt(after, [snippet, { type: "paragraph" }])
      .setTextSelection(after + 2)
      .run();
  };

  const addPicture = async () => {
    const picture = await choosePicture(addresses);
    if (picture)
      chain()
        .insertContent(figuresOf([picture]))
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

  const toggleInset = () => (editor.isActive("inset") ? chain().lift("inset").run() : chain().wrapIn("inset").run());

  const togglePullQuote = () => {
    if (!editor.isActive("blockquote")) chain().toggleBlockquote().updateAttributes("blockquote", { pull: true }).run();
    else
      chain()
        .updateAttributes("blockquote", { pull: editor.getAttributes("blockquote").pull ? null : true })
        .run();
  };

  return {
    ...{
      chain,
      editLink,
      addHotline,
      addDocument,
      addSnippet,
      addPicture,
      editAlt,
      addTable,
      editCaption,
      setLanguage,
      addQuoteSource,
    },
    ...{ toggleInset, togglePullQuote, ...headersOf(editor), ...footnotesOf(editor, ask) },
    ...galleriesOf(editor, { chain, addresses }),
    ...recordingsOf(editor, { chain, addresses, dialogs }),
  };
};

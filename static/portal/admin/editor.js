/* The text editor: a toolbar for django-prose-editor's engine. Modules are loaded by URL, without an import map, and no
   styles are injected, so the content security policy needs no exception. Without scripts the text area shows HTML. */

import { element } from "./dialogs.js";
import * as dialogs from "./dialogs.js";
import { actionsOf } from "./editor_actions.js";
import { intakeOf } from "./editor_intake.js";
import { extensionsOf } from "./editor_nodes.js";
import { noticePlace } from "./editor_notice.js";
import { toolbarOf } from "./toolbar.js";

const gettext = window.gettext || ((text) => text);

// Twice what forms accept. More would keep the engine busy for minutes: it is shortened as HTML.
const MAX_LENGTH = 1_000_000;

/* Markup of other programs, which no stored text has. */
const FOREIGN = /<[^<>]*\sstyle\s*=|<o:p|class="?Mso|data-(src|aria-level)=|<html/i;

/* Switches between the editor and the HTML in the text area. */
const sourceToggle = (editor, textarea, { surface, toolbar, box, clean, tell }) => {
  const back = element("button", { type: "button", class: "button rich-back", text: gettext("Back to the editor") });
  const bar = element("div", { class: "rich-source-bar", hidden: true }, back);
  const leave = () => {
    const isForeign = FOREIGN.test(textarea.value);
    // Only what came from elsewhere changes the field.
    editor.commands.setContent(isForeign ? clean(textarea.value) : textarea.value, { emitUpdate: isForeign });
  };
  const show = (isSource) => {
    if (!isSource && isTooLong(textarea)) {
      tell(gettext("This text is too long for the editor. Shorten it, or split it."));
      return;
    }
    if (!isSource) leave();
    textarea.hidden = !isSource;
    surface.hidden = isSource;
    toolbar.hidden = isSource;
    bar.hidden = !isSource;
    (isSource ? textarea : editor.view.dom).focus();
  };
  back.addEventListener("click", () => show(false));
  box.prepend(bar);
  return () => show(true);
};

const editorProps = (textarea, name, intake) => ({
  attributes: {
    class: "rich-text prose",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": name,
    ...["aria-describedby", "aria-invalid"].reduce((found, attribute) => {
      const value = textarea.getAttribute(attribute);
      return value ? { ...found, [attribute]: value } : found;
    }, {}),
  },
  ...intake,
});

/* The engine's own check takes a picture without words for nothing. */
const isBlank = (doc) =>
  doc.childCount === 1 && doc.firstChild.type.name === "paragraph" && doc.firstChild.content.size === 0;

/* There a slash opens the menu of blocks. */
const isEmptyLine = ({ state: { selection } }) =>
  selection.empty && selection.$from.parent.type.name === "paragraph" && selection.$from.parent.content.size === 0;

const isTooLong = (textarea) => textarea.value.length > MAX_LENGTH;

const start = async (textarea) => {
  if (textarea.dataset.started || textarea.name.includes("__prefix__") || isTooLong(textarea)) return;
  textarea.dataset.started = "1";
  const { editorModule, leftOut, ...addresses } = textarea.dataset;
  const { uploadUrl } = addresses;
  const engine = await import(editorModule);
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  const name = label ? label.textContent.replace(/[:：]\s*$/, "").trim() : gettext("Text");
  const surface = element("div", { class: "rich-surface" });
  const box = element("div", { class: "rich" });
  textarea.before(box);

  let actions = null;
  let editor = null;
  const notice = noticePlace(() => editor.view.focus());
  const { clean, ...intake } = intakeOf(() => editor, {
    ...{ notice, uploadUrl, words: JSON.parse(leftOut) },
    // Of the item, which some forms ask for. Others have the language of the site.
    languageOf: () => textarea.form?.elements.language?.value || addresses.language,
  });
  editor = new engine.Editor({
    element: surface,
    injectCSS: false,
    // Asterisks in a pasted text are asterisks.
    enablePasteRules: ["link"],
    editable: !textarea.disabled && !textarea.readOnly,
    content: textarea.value,
    extensions: extensionsOf(engine, { editLink: () => actions.editLink() }),
    editorProps: editorProps(textarea, name, intake),
    // Only typing changes the field: a text that is opened and saved keeps every character.
    onUpdate: () => {
      textarea.value = isBlank(editor.state.doc) ? "" : editor.getHTML();
    },
  });
  actions = actionsOf(editor, dialogs, addresses);
  let editHtml = () => {};
  const { toolbar, update, attach, openInsert } = toolbarOf(editor, { ...actions, editHtml: () => editHtml() }, name);
  box.append(toolbar, notice.place, surface, textarea);
  editHtml = sourceToggle(editor, textarea, {
    ...{ surface, toolbar, box, clean },
    tell: (text) => notice.show([text]),
  });
  textarea.hidden = true;
  editor.on("transaction", update);
  surface.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.isComposing || !isEmptyLine(editor)) return;
    event.preventDefault();
    openInsert(() => actions.chain().insertContent("/").run());
  });
  attach();
  surface.dispatchEvent(new CustomEvent("editor-ready", { bubbles: true }));
  if (label) label.addEventListener("click", () => textarea.hidden && editor.commands.focus());
};

const startAll = (root) => root.querySelectorAll("textarea[data-rich-text]").forEach(start);

startAll(document);
document.addEventListener("formset:added", (event) => startAll(event.target));

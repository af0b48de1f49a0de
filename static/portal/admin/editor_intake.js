/* What the text editor does with a paste or a drop: HTML and plain text are cleaned, pictures uploaded. */

import { figuresOf } from "./figures.js";
import { filesOf, isPicture } from "./file_drops.js";
import { hasId } from "./footnote_tool.js";
import { MAX_PICTURES, joinFigures } from "./gallery_tool.js";
import { LeftOut } from "./paste/left_out.js";
import { joinPlainText } from "./paste/plain_text.js";
import { transformHtml } from "./paste/transform.js";
import { uploadPictures } from "./picture_uploads.js";
import { addHeaderRows, countWithoutHeaders } from "./table_headers.js";

const gettext = window.gettext || ((text) => text);

/* Office programs send a picture of the text beside the text; only a picture alone is meant as one. */
const picturesIn = (data) => {
  const files = filesOf(data);
  if (!files.length) return [];
  const html = data.getData("text/html");
  const words = new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
  return html && words ? [] : files;
};

/** Returns the editor's properties for pastes and drops, and a function that cleans HTML. */
export const intakeOf = (editorOf, { notice, uploadUrl, words, languageOf }) => {
  let tablesBefore = 0;

  const tell = (leftOut) => {
    const editor = editorOf();
    const sentence = leftOut.sentence(words);
    const hasNewTable = countWithoutHeaders(editor) > tablesBefore;
    const offer = {
      label: gettext("Use first row as header"),
      run: () => addHeaderRows(editor),
    };
    const lines = [sentence, hasNewTable && gettext("The table has no header row.")].filter(Boolean);
    if (lines.length) notice.show(lines, hasNewTable ? offer : null);
    else notice.hide();
  };

  const takeHtml = (html) => {
    const editor = editorOf();
    const isTaken = (id) => hasId(editor.state.doc, id);
    const result = transformHtml(html, { origin: window.location.origin, language: languageOf(), isTaken });
    tablesBefore = countWithoutHeaders(editor);
    // Once the text is in its place.
    window.setTimeout(() => tell(result.leftOut || new LeftOut()), 0);
    return result.html;
  };

  const addPictures = async (files, place) => {
    const refused = files
      .filter((file) => !isPicture(file))
      .map((file) => gettext("“%s” was left out: it is no picture.").replace("%s", () => file.name));
    if (refused.length) notice.show(refused);
    const pictures = files.filter(isPicture);
    if (!pictures.length) return;
    const added = await uploadPictures(pictures, { uploadUrl });
    if (!added.length) return;
    editorOf().chain().focus().insertContentAt(place, figuresOf(added)).run();
    if (added.length === 1 || added.length > MAX_PICTURES) return;
    notice.show([...refused, gettext("The pictures are one below the other.")], {
      label: gettext("Show them side by side"),
      run: () => joinFigures(editorOf(), new Set(added.map(({ src }) => src))),
    });
  };

  return {
    clean: takeHtml,
    transformPastedHTML: takeHtml,
    transformPastedText: (text, isPlain) => (isPlain ? text : joinPlainText(text)),
    handlePaste: (view, event) => {
      const files = picturesIn(event.clipboardData);
      if (!files.length) return false;
      addPictures(files, view.state.selection.to);
      return true;
    },
    handleDrop: (view, event) => {
      const files = picturesIn(event.dataTransfer);
      if (!files.length) return false;
      event.preventDefault();
      const place = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.doc.content.size;
      addPictures(files, place);
      return true;
    },
  };
};

/* Comments at a place: marks the words of open comments in the text, and takes the selected words into the form. The
   words are looked for as in postportal/publishing/workflow/comment_places.py, without white space and formatting. */
import { mirrorOf } from "./comment_mirrors.js";

const panel = document.getElementById("comments");
const CONTEXT = 60;
let selected = null;

const squash = (text) => text.replace(/\s+/g, "");

/* The field whose text holds the node: its name, and its editor. */
const placeOf = (node) => {
  const element = node instanceof Element ? node : node?.parentElement;
  const editor = element?.closest("[contenteditable=true]");
  const row = element?.closest("[class*='field-']");
  const name = row && [...row.classList].find((word) => word.startsWith("field-"));
  return editor && name ? { editor, field: name.slice("field-".length) } : null;
};

/* The characters of the editor that are no white space, each with its node and its position there. */
const charactersOf = (editor) => {
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    [...node.data].reduce((at, character) => {
      if (character.trim()) found.push({ node, at, character });
      return at + character.length;
    }, 0);
  }
  return found;
};

const common = (one, other) => {
  let count = 0;
  while (count < Math.min(one.length, other.length) && one[count] === other[count]) count += 1;
  return count;
};

const rangeOf = (characters, { quote, before, after }) => {
  const words = [...squash(quote)];
  const [left, right] = [[...squash(before)].reverse(), [...squash(after)]];
  const text = characters.map(({ character }) => character);
  let best = null;
  for (let start = 0; words.length && start <= text.length - words.length; start += 1) {
    if (words.some((character, number) => text[start + number] !== character)) continue;
    const end = start + words.length;
    const likeness =
      common(text.slice(Math.max(0, start - CONTEXT), start).reverse(), left) +
      common(text.slice(end, end + CONTEXT), right);
    if (!best || likeness > best.likeness) best = { start, end, likeness };
  }
  if (!best) return null;
  const [first, last] = [characters[best.start], characters[best.end - 1]];
  const range = document.createRange();
  range.setStart(first.node, first.at);
  range.setEnd(last.node, last.at + last.character.length);
  return range;
};

/* Rich texts show the words themselves, title and standfirst the words behind theirs. */
const shownText = (field) => {
  const row = document.querySelector(`.field-${window.CSS.escape(field)}`);
  const editor = row?.querySelector("[contenteditable=true]");
  if (editor) return { name: "comment", element: editor };
  const area = row?.querySelector("textarea:not([data-rich-text])");
  return area ? { name: "comment-behind", element: mirrorOf(area, mark) } : null;
};

const mark = () => {
  const ranges = { comment: [], "comment-behind": [] };
  for (const quote of panel.querySelectorAll("[data-comment-place]")) {
    const text = shownText(quote.dataset.commentPlace);
    const range = text && rangeOf(charactersOf(text.element), quote.dataset);
    if (range) ranges[text.name].push(range);
  }
  for (const [name, found] of Object.entries(ranges)) {
    window.CSS.highlights.set(name, new window.Highlight(...found));
  }
};

const keep = ({ field, quote, before, after }) => {
  selected = {
    field,
    quote: quote.replace(/\s+/g, " ").trim(),
    before: squash(before).slice(-CONTEXT),
    after: squash(after).slice(0, CONTEXT),
  };
};

/* What is selected in a text area is no part of the selection of the page. */
const rememberArea = (area) => {
  const row = area.closest(".field-title, .field-standfirst");
  const { selectionStart: start, selectionEnd: end, value } = area;
  if (!row || start === end) return;
  const field = row.classList.contains("field-title") ? "title" : "standfirst";
  keep({ field, quote: value.slice(start, end), before: value.slice(0, start), after: value.slice(end) });
};

const remember = () => {
  if (document.activeElement?.localName === "textarea") {
    rememberArea(document.activeElement);
    return;
  }
  const selection = document.getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  const place = range && !range.collapsed && placeOf(range.commonAncestorContainer);
  if (!place) return;
  const [before, after] = [document.createRange(), document.createRange()];
  before.selectNodeContents(place.editor);
  before.setEnd(range.startContainer, range.startOffset);
  after.selectNodeContents(place.editor);
  after.setStart(range.endContainer, range.endOffset);
  keep({ field: place.field, quote: selection.toString(), before: before.toString(), after: after.toString() });
};

const take = (form) => {
  const quote = form.elements.namedItem("quote");
  if (!selected || selected.quote.length > quote.maxLength) {
    quote.focus();
    return;
  }
  for (const [name, value] of Object.entries(selected)) form.elements.namedItem(name).value = value;
  form.elements.namedItem("text").focus();
};

/* The editor redraws paragraphs, not only where somebody types. */
const texts = new MutationObserver(mark);

const prepare = () => {
  for (const part of panel.querySelectorAll("[data-needs-script]")) part.hidden = false;
  if (!window.CSS?.highlights) return;
  for (const editor of document.querySelectorAll("[class*='field-'] [contenteditable=true]")) {
    texts.observe(editor, { childList: true, characterData: true, subtree: true });
  }
  mark();
};

if (panel) {
  document.addEventListener("selectionchange", remember);
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-use-selection]");
    if (button) take(button.form);
  });
  panel.addEventListener("input", (event) => {
    // Typed words are looked for again, wherever they are.
    if (event.target.name !== "quote") return;
    for (const name of ["field", "before", "after"]) event.target.form.elements.namedItem(name).value = "";
  });
  new MutationObserver(prepare).observe(panel, { childList: true });
  // The editors start in their own time.
  document.addEventListener("editor-ready", prepare);
  prepare();
}

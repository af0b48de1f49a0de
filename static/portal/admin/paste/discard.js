/* Removal of what is no part of a pasted text: comments, deletions that are only tracked, hidden parts. */

import { STYLE } from "./styles.js";

const TECHNICAL = "style, script, meta, link, title, template, noscript, head, xml, base, colgroup, col, wbr:empty";
const NOTES_OF_REVIEWERS = [
  `[${STYLE}*='mso-element:comment-list']`,
  `[${STYLE}*='mso-special-character:comment']`,
  ".MsoCommentReference",
  ".MsoCommentText",
  "[id^='_com_']",
  "a[href^='#cmnt']",
  ".CommentStart, .CommentHighlightPipeRest, .comment-anchor",
].join(", ");

const isTrackedDeletion = (element) =>
  element.matches(".msoDel, .MsoDel, .TrackChangeTextDeletion, .TrackedChangeDeletion") ||
  (element.localName === "del" && (element.hasAttribute("datetime") || element.hasAttribute("cite"))) ||
  (element.localName === "del" && element.hasAttribute("sdatetime"));

const isHidden = (element, style) =>
  element.hasAttribute("hidden") ||
  style.display === "none" ||
  style["mso-hide"] === "all" ||
  (style.visibility === "hidden" && !element.querySelector("img, iframe, video"));

/* Words that Word only places: <o:p> is unwrapped, empty ones go. Elements of Word's drawings go whole. */
const OFFICE = /^(v|w|m|x|st\d):/;

const discardComments = (root) => {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  comments.forEach((comment) => comment.remove());
};

export const discard = (root, { styleOf }) => {
  root.querySelectorAll(NOTES_OF_REVIEWERS).forEach((element) => element.remove());
  for (const element of [...root.querySelectorAll("*")]) {
    if (!root.contains(element)) continue;
    if (isTrackedDeletion(element) || isHidden(element, styleOf(element))) element.remove();
    else if (element.localName === "v:shapetype" || /^m:/.test(element.localName)) element.remove();
    else if (OFFICE.test(element.localName) || element.localName === "o:p") element.replaceWith(...element.childNodes);
  }
  root.querySelectorAll(TECHNICAL).forEach((element) => element.remove());
  discardComments(root);
};

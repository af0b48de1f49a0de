/* Plain text of PDF viewers and mail programs, whose lines end at the margin: the lines of a paragraph are joined. */

const HAN_END = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]$/u;
const HAN_START = /^[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
const SENTENCE_END = /[.!?:。！？：…”"’)）]$/u;
const ITEM = /^\s*([•●◦▪■‣⁃]|[-–*]\s|[（(]?\d{1,3}[.)、）]\s*\S|[一二三四五六七八九十]+、)/u;
const MIN_LINES = 3;
const MIN_WIDTH = 30;
const MAX_WIDTH = 130;
const FULL = 0.72;

/* The width of a line in letters; a Chinese character is as wide as two. */
const widthOf = (line) => line.length + (line.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu)?.length || 0);

const isWrappedBlock = (lines) => {
  if (lines.length < MIN_LINES) return false;
  const widest = Math.max(...lines.map(widthOf));
  if (widest < MIN_WIDTH || widest > MAX_WIDTH) return false;
  const inner = lines.slice(0, -1);
  const full = inner.filter((line) => widthOf(line) >= FULL * widest);
  const open = inner.filter((line) => !SENTENCE_END.test(line.trim()));
  return full.length >= 0.6 * inner.length && open.length >= 0.5 * inner.length;
};

/** Returns true if in one block most lines end near the same margin, and in the middle of a sentence. */
export const isWrapped = (lines) => {
  let block = [];
  for (const line of [...lines, ""]) {
    if (line.trim()) block.push(line);
    else if (isWrappedBlock(block)) return true;
    else block = [];
  }
  return false;
};

const join = (text, line) => {
  if (!text) return line;
  if (/\p{L}[-\u00ad\u2010]$/u.test(text) && /^\p{Ll}/u.test(line)) return text.replace(/[-\u00ad\u2010]$/u, "") + line;
  return HAN_END.test(text) && HAN_START.test(line) ? text + line : `${text} ${line}`;
};

/** Returns the paragraphs of lines that end at the margin. */
export const joinLines = (lines) => {
  const widest = Math.max(...lines.map(widthOf));
  const paragraphs = [];
  let text = "";
  let isFull = false;
  const finish = () => {
    if (text) paragraphs.push(text);
    text = "";
  };
  for (const raw of lines) {
    const line = raw.trim();
    // After a line that is much too short only one that goes on with a small letter belongs to the same paragraph.
    if (!line || ITEM.test(raw) || (!isFull && !/^\p{Ll}/u.test(line))) finish();
    if (!line) continue;
    text = join(text, line);
    isFull = widthOf(line) >= FULL * widest;
  }
  finish();
  return paragraphs;
};

/** Returns plain text with one line for each paragraph. */
export const joinPlainText = (text) => {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\f/g, "\n\n").split("\n");
  return isWrapped(lines) ? joinLines(lines).join("\n\n") : text;
};

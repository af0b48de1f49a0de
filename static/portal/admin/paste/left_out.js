/* Count of what a paste leaves out, by the kinds of postportal/richtext/left_out.py, whose words it uses. */

const KINDS = {
  video: "video",
  audio: "audio",
  iframe: "embedded",
  object: "embedded",
  embed: "embedded",
  frame: "embedded",
  svg: "drawing",
  canvas: "drawing",
  math: "formula",
  select: "form_field",
  textarea: "form_field",
  button: "form_field",
  input: "form_field",
  // Of WeChat articles.
  mpvoice: "audio",
  "mp-common-mpaudio": "audio",
  qqmusic: "audio",
  mpvideo: "video",
  "mp-common-videosnap": "video",
};
const MAX_NAMES = 3;
const MAX_NAME = 40;

export class LeftOut {
  constructor() {
    this.kinds = new Map();
  }

  /** Counts one thing of a kind. A name helps to find it again. */
  add(kind, name = "") {
    if (!this.kinds.has(kind)) this.kinds.set(kind, { count: 0, names: [] });
    const entry = this.kinds.get(kind);
    entry.count += 1;
    const short = name.replace(/\s+/g, " ").trim();
    if (short && !entry.names.includes(short))
      entry.names.push(short.length > MAX_NAME ? `${short.slice(0, MAX_NAME - 1)}…` : short);
  }

  plus(other) {
    const total = new LeftOut();
    for (const { kinds } of [this, other])
      for (const [kind, { count, names }] of kinds)
        for (let number = 0; number < count; number += 1) total.add(kind, names[number] || "");
    return total;
  }

  get total() {
    return [...this.kinds.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** Returns “Left out: 1 video, 2 pictures from other sites.”, and "" if nothing was left out. */
  sentence({ labels, separator, sentence }) {
    if (!this.total) return "";
    const parts = Object.keys(labels).flatMap((kind) => {
      const entry = this.kinds.get(kind);
      if (!entry) return [];
      const [one, many] = labels[kind];
      const words = (entry.count === 1 ? one : many).replace("%(count)d", entry.count);
      const names = entry.names.slice(0, MAX_NAMES).map((name) => `“${name}”`);
      return [names.length ? `${words} (${names.join(separator)})` : words];
    });
    return sentence.replace("%(parts)s", () => parts.join(separator));
  }
}

export const kindOf = (element) => {
  const tag = element.localName;
  if (tag === "input" && element.getAttribute("type") === "hidden") return "";
  return KINDS[tag] || "";
};

export const pictureKind = (url) => {
  if (/^(https?:)?[/\\]{2}/i.test(url)) return "foreign_picture";
  return /^(data|blob|cid|file):/i.test(url) ? "pasted_picture" : "broken_picture";
};

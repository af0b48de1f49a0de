/* Styles of pasted markup, read as text: the content security policy keeps the browser from applying them, so the style
   of an element, which the engine asks, is always empty. */

/** The attribute that holds the style of an element. Under its own name the browser reports each one as forbidden. */
export const STYLE = "data-pasted-style";

const TAG = /<[a-z][^<>]*>/gi;
const SHEET = /<style\b[^>]*>([^]*?)<\/style\s*>/gi;

const DECLARATION = /([\w-]+)\s*:\s*((?:"[^"]*"|'[^']*'|[^;"'])*)/g;
const CLASS_RULE = /([^{}]*)\{([^{}]*)\}/g;
const LIST_RULE = /@list\s+(l\d+:level\d+)[^{]*\{([^{}]*)\}/g;

const declarations = (text) => {
  const found = {};
  for (const [, name, value] of text.matchAll(DECLARATION)) found[name.toLowerCase()] = value.trim().toLowerCase();
  return found;
};

/* The rules for classes, such as .xl65 of spreadsheets, and the number formats of Word's lists. */
const rulesOf = (sheets) => {
  const text = sheets.replace(/<!--|-->|\/\*[^]*?\*\//g, "");
  const classes = new Map();
  for (const [, selectors, body] of text.matchAll(CLASS_RULE))
    for (const selector of selectors.split(",")) {
      const match = /^\s*(?:[a-z]\w*)?\.([\w-]+)\s*$/i.exec(selector);
      if (match) classes.set(match[1], { ...classes.get(match[1]), ...declarations(body) });
    }
  const lists = new Map([...text.matchAll(LIST_RULE)].map(([, name, body]) => [name, declarations(body)]));
  return { classes, lists };
};

/** Returns the parsed document, and { styleOf(element), levelOf("l0:level1") }: the style of an element with those of
    its classes, and the number format of a list. */
export const parseHtml = (html) => {
  const sheets = [...html.matchAll(SHEET)].map(([, text]) => text).join("\n");
  const renamed = html.replace(SHEET, "").replace(TAG, (tag) => tag.replace(/(\s)style(?=\s*=)/gi, `$1${STYLE}`));
  const pasted = new DOMParser().parseFromString(renamed, "text/html");
  // Tags with a “>” in an attribute.
  for (const element of pasted.querySelectorAll("[style]")) element.setAttribute(STYLE, element.getAttribute("style"));
  return { pasted, styles: stylesFrom(rulesOf(sheets)) };
};

const stylesFrom = ({ classes, lists }) => {
  const known = new WeakMap();
  const styleOf = (element) => {
    if (known.has(element)) return known.get(element);
    const names = (element.getAttribute("class") || "").split(/\s+/);
    const style = Object.assign({}, ...names.map((name) => classes.get(name)));
    Object.assign(style, declarations(element.getAttribute(STYLE) || ""));
    known.set(element, style);
    return style;
  };
  return { styleOf, levelOf: (name) => lists.get(name) || {} };
};

const DECORATION = (style) => `${style["text-decoration"] || ""} ${style["text-decoration-line"] || ""}`;
const TAGS = {
  bold: new Set(["b", "strong"]),
  italic: new Set(["i", "em", "dfn", "var"]),
  struck: new Set(["s", "strike", "del"]),
};

/** Returns the formatting inside the element, given that around it. */
export const formattingIn = (element, style, around) => {
  const tag = element.localName;
  const inside = { ...around };
  for (const [name, tags] of Object.entries(TAGS)) if (tags.has(tag)) inside[name] = true;
  if (tag === "sub" || tag === "sup") inside.script = tag;
  const weight = style["font-weight"];
  if (weight) inside.bold = /^(bold|bolder|[6-9]\d\d)/.test(weight);
  const slant = style["font-style"];
  if (slant) inside.italic = /^(italic|oblique)/.test(slant);
  const place = style["vertical-align"];
  if (/^(sub|super)/.test(place || "")) inside.script = place.startsWith("super") ? "sup" : "sub";
  else if (place === "baseline" && tag !== "sub" && tag !== "sup") inside.script = null;
  if (/line-through/.test(DECORATION(style))) inside.struck = true;
  return inside;
};

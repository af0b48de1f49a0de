/* Links of pasted markup: the page behind a tracker, without the parameters that tell who clicked. */

const SAFE = /^(https?:\/\/[^\s/]|mailto:|tel:|sms:)[^\s]*$/i;
const TRACKING =
  /^(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok)$/i;
const MAX_WRAPPERS = 4;

/* Hosts whose links only lead on, with the parameter that says where to. */
const WRAPPERS = [
  [/(^|\.)google\.[a-z.]{2,6}$/, /^\/url$/, ["q", "url"]],
  [/\.safelinks\.protection\.(outlook|office365)\.com$|safelinks\.protection\.outlook\./, /./, ["url"]],
  [/^statics\.teams\.cdn\.office\.net$/, /safelinks/, ["url"]],
  [/^lm?\.(facebook|instagram)\.com$/, /./, ["u"]],
  [/^link\.zhihu\.com$|^link\.juejin\.cn$|^link\.csdn\.net$/, /./, ["target"]],
  [/^(www\.)?linkedin\.com$/, /^\/(safety|redir)/, ["url"]],
  [/^slack-redir\.net$/, /./, ["url"]],
  [/^weixin110\.qq\.com$|^c\.pc\.qq\.com$/, /./, ["pfurl", "url"]],
];
const URL_DEFENSE = /^https:\/\/urldefense\.(?:proofpoint\.)?com\/v3\/__(.+?)__;/;

const target = (url) => {
  const defended = URL_DEFENSE.exec(url.href);
  if (defended) return defended[1];
  for (const [host, path, names] of WRAPPERS)
    if (host.test(url.hostname) && path.test(url.pathname))
      for (const name of names) {
        const value = url.searchParams.get(name);
        if (value && /^(https?:|mailto:)/i.test(value)) return value;
      }
  return null;
};

const parse = (href) => {
  try {
    return new URL(href);
  } catch {
    return null;
  }
};

/* Without touching the rest: a URL that is parsed and written again may have other escapes. */
const withoutTracking = (href) => {
  const [, page, query = "", fragment = ""] = /^([^?#]*)(\?[^#]*)?(#[^]*)?$/.exec(href);
  const kept = query
    .slice(1)
    .split("&")
    .filter((pair) => pair && !TRACKING.test(pair.split("=")[0]));
  const isMarked = /^#:~:text=/.test(fragment);
  return `${page}${kept.length ? `?${kept.join("&")}` : ""}${isMarked ? "" : fragment}`;
};

/** Returns the URL to keep, "" for a link within the pasted text, or null if the link cannot be kept. */
export const cleanLink = (href, origin = "") => {
  let found = href.replace(/[\t\r\n]/g, "").trim();
  if (!found || found.startsWith("#")) return "";
  for (let turn = 0; turn < MAX_WRAPPERS; turn += 1) {
    const url = parse(found);
    const inner = url && /^https?:$/.test(url.protocol) && target(url);
    if (!inner) break;
    found = inner.trim();
  }
  if (/^\/(?![/\\])\S*$/.test(found)) return found;
  found = found.replace(/ /g, "%20");
  if (!SAFE.test(found)) return null;
  if (!/^https?:/i.test(found)) return found;
  if (!parse(found)) return null;
  found = withoutTracking(found);
  return origin && found.startsWith(`${origin}/`) ? found.slice(origin.length) : found;
};

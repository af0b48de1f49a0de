/* Passages in another language than the item, which word processors mark. Word marks every run of Latin letters in a
   Chinese text, and some Chinese ones as English: only a mark that fits the characters is kept. */

const WITH_HAN = new Set(["zh", "yue", "ja", "ko"]);
const main = (tag) => tag.split("-")[0].toLowerCase();

/* In its usual spelling, "" if it is no tag of a language. */
const canonical = (tag) => {
  try {
    return /^[a-z]{2,3}(-|$)/i.test(tag) ? Intl.getCanonicalLocales(tag)[0] : "";
  } catch {
    return "";
  }
};

/** Returns the language of the element if it differs from that around it, "" otherwise. */
export const foreignLanguage = (element, around) => {
  const tag = canonical(element.getAttribute("lang") || "");
  if (!tag || main(tag) === main(around)) return "";
  const text = element.textContent;
  const hasHan = /\p{Script=Han}/u.test(text);
  if (WITH_HAN.has(main(tag))) return hasHan || /^(ja|ko)$/.test(main(tag)) ? tag : "";
  return /\p{L}{2}/u.test(text) && !hasHan ? tag : "";
};

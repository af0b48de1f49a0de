/* URLs that links may have. The server decides (postportal/richtext/references.py and safe_links.py). */

const REFERENCE = /^(?:hotline|document|snippet|article|page|person|organization|stampissue):[1-9]\d*$/;
const LINK = /^(?:https?:\/\/(?!\/)\S|mailto:|tel:|sms:|\/(?!\/|\\)|#)\S*$/i;

/** True for links to rows of this site, which follow them when they are renamed. */
export const isReference = (url) => REFERENCE.test(url);

export const isSafeLink = (url) => LINK.test(url) || isReference(url);

/* A notice under the toolbar: what was left out of a paste, which files were refused, and what could be done next. */

import { element } from "./dialogs.js";

const gettext = window.gettext || ((text) => text);

/** Returns the place of the notice, and functions that show and hide it. `offer` is { text, label, run }. */
export const noticePlace = (toText) => {
  const place = element("div", { class: "rich-notice", role: "status" });
  const hide = () => place.replaceChildren();
  const show = (lines, offer = null) => {
    const close = element("button", { type: "button", class: "button rich-notice-close", text: gettext("Close") });
    close.addEventListener("click", () => {
      hide();
      toText();
    });
    const buttons = element("div", { class: "rich-notice-buttons" }, close);
    if (offer) {
      const accept = element("button", { type: "button", class: "button default", text: offer.label });
      accept.addEventListener("click", () => {
        hide();
        offer.run();
      });
      buttons.prepend(accept);
    }
    place.replaceChildren(...lines.map((text) => element("p", { text })), buttons);
  };
  return { place, show, hide };
};

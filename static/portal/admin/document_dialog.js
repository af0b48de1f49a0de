/* Dialog that finds a document by the words of its title. Native: Escape closes it, and the focus stays inside. */

import { element } from "./dialogs.js";

const gettext = window.gettext || ((text) => text);

/** Resolves with the chosen document as {url, label, words}, or with null if the dialog is cancelled. */
export const chooseDocument = (documentsUrl, { title = gettext("Add document"), filter = {} } = {}) =>
  new Promise((resolve) => {
    const heading = element("h2", { id: "document-dialog", text: title });
    const input = element("input", { id: "document-words", type: "search", maxlength: 200, autocomplete: "off" });
    const label = element("label", { for: "document-words", text: gettext("Search documents") });
    const help = element("p", {
      class: "help",
      text: gettext("Readers always get the current file. A private document becomes public with this text."),
    });
    const status = element("p", { class: "help", role: "status" });
    const list = element("ul", { class: "dialog-documents" });
    const cancel = element("button", { type: "button", class: "button", text: gettext("Cancel") });
    const form = element("form", {}, element("div", { class: "dialog-row" }, label, input));
    const buttons = element("div", { class: "dialog-buttons" }, cancel);
    const dialog = element("dialog", { class: "dialog", "aria-labelledby": heading.id });
    dialog.append(heading, help, form, status, list, buttons);
    let chosen = null;
    let latest = 0;

    const choiceOf = (choice) => {
      const node = element("button", { type: "button", class: "button", text: choice.label });
      node.addEventListener("click", () => {
        chosen = choice;
        dialog.close();
      });
      return element("li", {}, node);
    };

    const load = async () => {
      const turn = (latest += 1);
      const query = new URLSearchParams({ q: input.value, ...filter });
      const response = await fetch(`${documentsUrl}?${query}`, { headers: { Accept: "application/json" } });
      if (turn !== latest) return;
      if (!response.ok) {
        status.textContent = gettext("The documents could not be loaded. Try again later.");
        return;
      }
      const { choices } = await response.json();
      list.replaceChildren(...choices.map(choiceOf));
      status.textContent = choices.length ? "" : gettext("No documents found.");
    };

    let timer;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(load, 250);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      load();
    });
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(chosen);
    });
    document.body.append(dialog);
    dialog.showModal();
    load();
  });

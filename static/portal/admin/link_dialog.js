/* Dialog for a link: to something on this site, found by its name, or to a URL. The search field is a combobox
   (WAI-ARIA): the arrow keys choose and Enter takes the option. */

import { button, dialogFor, element, fieldFor } from "./dialogs.js";
import { isReference, isSafeLink } from "./link_urls.js";

const gettext = window.gettext || ((text) => text);
const DELAY = 150;
const NOT_PUBLIC = gettext("Not public yet. Until then, readers see the words without a link.");

const factsOf = ({ kind, detail, is_public: isPublic }) =>
  [kind, detail, isPublic ? "" : gettext("not public yet")].filter(Boolean).join(" · ");

const load = async (url, query, signal) => {
  const response = await fetch(`${url}?${new URLSearchParams(query)}`, {
    signal,
    headers: { Accept: "application/json" },
  });
  if (!response.ok || response.redirected) throw new Error(response.statusText);
  return (await response.json()).choices;
};

/* The field that finds by name. `take` is called with the choice. */
const finder = (linksUrl, take) => {
  const field = fieldFor({
    name: "find",
    label: gettext("Find a page, article, person, organization, stamp issue, hotline or document"),
    type: "search",
    maxlength: 200,
    help: gettext("The link follows when it is renamed."),
  });
  const { input } = field;
  const list = element("ul", { id: `${input.id}-list`, role: "listbox", class: "dialog-choices", hidden: true });
  list.setAttribute("aria-label", gettext("Results"));
  const status = element("p", { class: "help", role: "status" });
  for (const [name, value] of Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
  }))
    input.setAttribute(name, value);
  let choices = [];
  let chosen = -1;
  let asked = null;
  let timer = 0;

  const choose = (index) => {
    chosen = choices.length ? (index + choices.length) % choices.length : -1;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[chosen].id);
      list.children[chosen].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (found) => {
    choices = found;
    list.replaceChildren(
      ...found.map((choice, place) => {
        const option = element("li", { id: `${list.id}-${place}`, role: "option", "aria-selected": "false" });
        option.append(element("strong", { text: choice.label }), " ", element("span", { text: factsOf(choice) }));
        option.addEventListener("click", () => take(choice));
        return option;
      }),
    );
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
    choose(0);
  };

  const ask = async () => {
    if (asked) asked.abort();
    const text = input.value.trim();
    status.textContent = "";
    if (!text) {
      show([]);
      return;
    }
    asked = new AbortController();
    try {
      show(await load(linksUrl, { q: text }, asked.signal));
      status.textContent = choices.length ? "" : gettext("Nothing found.");
    } catch (error) {
      if (error.name === "AbortError") return;
      show([]);
      status.textContent = gettext("The search failed. Try again later.");
    }
  };

  const close = () => {
    window.clearTimeout(timer);
    if (asked) asked.abort();
    show([]);
    status.textContent = "";
  };

  input.addEventListener("input", () => {
    // What is shown belongs to other words.
    close();
    timer = window.setTimeout(ask, DELAY);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && choices.length) {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && (chosen >= 0 || input.value.trim())) {
      event.preventDefault();
      if (chosen >= 0) take(choices[chosen]);
    } else if (event.key === "Escape" && choices.length) {
      event.preventDefault();
      close();
    }
  });
  // Escape closes the list only, and a click leaves the focus in the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  field.row.append(list, status);
  return { ...field, close };
};

const urlField = (current) =>
  fieldFor({
    name: "href",
    label: gettext("URL"),
    value: isReference(current) ? "" : current,
    help: gettext("https://…, a page on this site (/about/), mailto: or tel:"),
  });

/** Resolves with what is at a reference, in words; blank for other URLs and for what the user may not view. */
export const describeLink = async ({ linksUrl, url }) => {
  if (!isReference(url)) return "";
  const [choice] = await load(linksUrl, { url }).catch(() => []);
  return choice ? [choice.label, factsOf(choice)].join(" · ") : "";
};

/** Resolves with {href, text}, with a blank href to remove the link, or with null if the dialog is cancelled.
    `needsText`: nothing is selected that could become the link. */
export const askForLink = ({ linksUrl, current, needsText }) =>
  new Promise((resolve) => {
    const dialog = dialogFor(current ? gettext("Edit link") : gettext("Add link"));
    const href = urlField(current);
    const text = fieldFor({ name: "text", label: gettext("Link text") });
    const target = element("p", { class: "dialog-target", role: "status", hidden: true });
    let reference = isReference(current) ? current : "";
    let answer = null;

    const finish = () => {
      const url = href.input.value.trim() || reference;
      const isMissing = needsText && url && !text.input.value.trim();
      const isUnsafe = url && !isSafeLink(url);
      href.show(isUnsafe ? gettext("Enter a URL that starts with https://, /, mailto: or tel:.") : "");
      text.show(isMissing ? gettext("Enter a link text.") : "");
      if (isUnsafe || isMissing) {
        (isUnsafe ? href : text).input.focus();
        return;
      }
      answer = { href: url, text: text.input.value.trim() };
      dialog.close();
    };

    const describe = (choice) => {
      const parts = [element("strong", { text: choice.label }), element("span", { text: factsOf(choice) })];
      if (!choice.is_public) parts.push(element("em", { text: NOT_PUBLIC }));
      target.replaceChildren(...parts);
      target.hidden = false;
    };

    const take = (choice) => {
      reference = choice.url;
      href.input.value = "";
      if (!text.input.value.trim()) text.input.value = choice.words;
      if (choice.is_public) {
        finish();
        return;
      }
      find.input.value = "";
      find.close();
      describe(choice);
      (needsText ? text.input : submit).focus();
    };

    const find = finder(linksUrl, take);
    const submit = element("button", { class: "button default", text: gettext("Apply") });
    const cancel = button(gettext("Cancel"));
    const remove = button(gettext("Remove link"));
    const buttons = element("div", { class: "dialog-buttons" }, submit, ...(current ? [remove] : []), cancel);
    const form = element("form", { method: "dialog" }, find.row, target, href.row);
    if (needsText) form.append(text.row);
    form.append(buttons);
    dialog.append(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      finish();
    });
    // A URL that is typed replaces what was chosen.
    href.input.addEventListener("input", () => {
      reference = "";
      target.hidden = true;
    });
    cancel.addEventListener("click", () => dialog.close());
    remove.addEventListener("click", () => {
      answer = { href: "", text: "" };
      dialog.close();
    });
    dialog.addEventListener("close", () => resolve(answer));
    dialog.showModal();
    if (!reference) return;
    load(linksUrl, { url: reference }).then(
      ([choice]) => choice && reference === choice.url && describe(choice),
      () => {},
    );
  });

/* Accessible names for the select2 fields of the admin, which it leaves without. */
"use strict";
{
  let counter = 0;

  const idOf = (element, stem) => {
    if (!element.id) element.id = `${stem}-${(counter += 1)}`;
    return element.id;
  };

  /* select2 replaces a labelled select with elements that have no name. */
  const nameCombobox = (select) => {
    const box = select.nextElementSibling;
    if (!box || !box.classList.contains("select2")) return;
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const text = label ? label.textContent.replace(/[:：]\s*$/, "").trim() : select.getAttribute("aria-label") || "";
    const combobox = box.querySelector('[role="combobox"]');
    if (combobox && label) {
      const shown = box.querySelector(".select2-selection__rendered");
      combobox.setAttribute("aria-labelledby", [idOf(label, "label"), shown ? shown.id : ""].join(" ").trim());
      if (shown && shown.getAttribute("role") === "textbox") shown.setAttribute("aria-label", shown.title || text);
    } else if (combobox) {
      combobox.setAttribute("aria-label", text);
    }
    for (const search of box.querySelectorAll(".select2-search__field")) search.setAttribute("aria-label", text);
    for (const list of box.querySelectorAll("ul.select2-selection__rendered")) list.setAttribute("aria-label", text);
    if (label && !label.dataset.opens) {
      label.dataset.opens = "1";
      label.addEventListener("click", (event) => {
        event.preventDefault();
        (combobox || box).focus();
      });
    }
  };

  const nameAll = (root) => root.querySelectorAll("select.select2-hidden-accessible").forEach(nameCombobox);

  document.addEventListener("DOMContentLoaded", () => {
    // select2 starts when jQuery is ready, which is after this event.
    window.setTimeout(() => nameAll(document), 0);
    document.addEventListener("formset:added", (event) => window.setTimeout(() => nameAll(event.target), 0));
    document.addEventListener("change", (event) => {
      if (event.target.matches && event.target.matches("select.select2-hidden-accessible")) nameCombobox(event.target);
    });
    if (window.django && window.django.jQuery) {
      window.django.jQuery(document).on("select2:open", (event) => {
        const label = document.querySelector(`label[for="${CSS.escape(event.target.id)}"]`);
        const text = label ? label.textContent.replace(/[:：]\s*$/, "").trim() : "";
        for (const search of document.querySelectorAll(".select2-container--open .select2-search__field")) {
          search.setAttribute("aria-label", text);
          search.focus();
        }
        for (const list of document.querySelectorAll(".select2-results__options"))
          list.setAttribute("aria-label", text);
      });
    }
  });
}

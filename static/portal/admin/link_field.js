/* A field for one link. The button opens the dialog that finds pages, people and the like by name, and the line below
   says where a reference leads. Without this script, a URL is typed. */

import { askForLink, describeLink } from "./link_dialog.js";

document.querySelectorAll(".link-field").forEach((field) => {
  const input = field.querySelector("input");
  const button = field.querySelector("button");
  const target = field.querySelector("[role=status]");
  const { linksUrl } = field.dataset;

  const describe = async () => {
    target.textContent = await describeLink({ linksUrl, url: input.value.trim() });
  };

  button.addEventListener("click", async () => {
    const answer = await askForLink({ linksUrl, current: input.value.trim(), needsText: false });
    button.focus();
    if (!answer) return;
    input.value = answer.href;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    describe();
  });
  input.addEventListener("change", describe);
  button.hidden = input.disabled;
  describe();
});

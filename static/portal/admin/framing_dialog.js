/* A dialog with the focal point and the crop of a picture in the library, for forms that use the picture. */

import { button, csrfToken, dialogFor, element } from "./dialogs.js";
import { FRAMING, cutsOf, framingTool } from "./framing.js";

const gettext = window.gettext || ((text) => text);

/** Resolves with the picture as it is now, or with null if nothing was changed. */
export const framePicture = async (url) => {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  const data = response.ok ? await response.json() : null;
  return new Promise((resolve) => {
    const dialog = dialogFor(gettext("Crop and focal point"));
    dialog.classList.add("dialog-wide", "dialog-framing");
    const failed = element("p", { class: "dialog-error", role: "alert" });
    const save = element("button", { class: "button default", text: gettext("Save for all uses") });
    const reset = button(gettext("Remove crop"));
    const cancel = button(gettext("Cancel"));
    const whole = element("div", { class: "crops-whole" });
    const cuts = cutsOf();
    const help = element("p", {
      class: "help",
      text: gettext("Click the part that must stay in view. Drag the corners to crop. The whole file is kept."),
    });
    const form = element(
      "form",
      { method: "dialog", class: "crops" },
      whole,
      help,
      cuts,
      failed,
      element("div", { class: "dialog-buttons" }, save, reset, cancel),
    );
    dialog.append(form);
    let framing = { ...FRAMING, ...data?.framing };
    let answer = null;
    const tool = framingTool(whole, {
      canvases: cuts.querySelectorAll("canvas"),
      read: () => framing,
      write: (changed) => (framing = changed),
    });
    if (data) {
      const image = element("img", { src: data.src, width: data.width, height: data.height, alt: data.alt });
      whole.prepend(image);
      image.addEventListener("load", () => tool.use(image, image));
    } else {
      failed.textContent = gettext("The picture could not be loaded.");
      save.disabled = true;
    }
    reset.addEventListener("click", () => {
      framing = { ...FRAMING, focal_x: framing.focal_x, focal_y: framing.focal_y };
      tool.draw();
    });
    cancel.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      save.disabled = true;
      const body = new URLSearchParams({ ...framing, _version: data.version });
      const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json" };
      const result = await fetch(url, { method: "POST", body, headers }).then(
        async (sent) => (sent.ok || sent.status === 409 || sent.status === 422 ? await sent.json() : {}),
        () => ({}),
      );
      save.disabled = false;
      answer = result.picture || null;
      if (answer) dialog.close();
      else failed.textContent = result.error || gettext("The picture could not be saved.");
    });
    dialog.addEventListener("close", () => resolve(answer));
    dialog.showModal();
  });
};

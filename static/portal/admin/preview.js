/* Shows the page next to the form while its tab is chosen, and updates it while somebody types. Nothing is saved. */

const PAUSE = 600;
const panel = document.getElementById("preview");
const form = panel && document.getElementById(panel.dataset.form);
const sidePanel = panel && panel.closest("[data-side-panel]");

if (form && sidePanel) {
  const live = panel.querySelector(".preview-live");
  const box = panel.querySelector(".preview-box");
  const frame = panel.querySelector("iframe");
  const error = panel.querySelector(".preview-error");
  const widths = [...panel.querySelectorAll("[data-width]")];
  const close = panel.querySelector(".preview-close");
  let drawn = null;
  let isDrawing = false;
  let timer = 0;

  const written = (data) => JSON.stringify([...data].map(([name, value]) => [name, value.name ?? value]));

  const chosenWidth = () =>
    Number(widths.find((button) => button.getAttribute("aria-pressed") === "true").dataset.width);

  const fit = () => {
    // Never scaled down: what does not fit beside the form covers it, and the bar stays.
    const isCovering = sidePanel.classList.contains("is-beside") && chosenWidth() > panel.clientWidth;
    panel.classList.toggle("covers-form", isCovering && !live.hidden);
    close.hidden = !isCovering;
    const bar = document.querySelector(".finish");
    panel.style.setProperty("--bar-height", `${bar ? bar.offsetHeight : 0}px`);
    frame.style.width = `${chosenWidth()}px`;
    frame.style.height = `${box.clientHeight}px`;
  };

  const show = (address) => {
    const top = frame.contentWindow.scrollY;
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, top), { once: true });
    // No entry in the browser's history: “back” leaves the form instead of undoing the last preview.
    frame.contentWindow.location.replace(address);
  };

  const draw = async () => {
    if (isDrawing || live.hidden) return;
    const data = new FormData(form);
    const text = written(data);
    if (text === drawn) return;
    isDrawing = true;
    try {
      // Without permission to change the item, the preview shows the saved version.
      const sent = panel.dataset.postsForm ? { method: "POST", body: data } : {};
      const answer = await fetch(panel.dataset.url, { ...sent, headers: { Accept: "application/json" } });
      show((await answer.json()).address);
      drawn = text;
      error.textContent = "";
    } catch {
      // Logged out or offline. The text stays in the form.
      drawn = text;
      error.textContent = panel.dataset.failedMessage;
    }
    isDrawing = false;
    soon();
  };

  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(draw, PAUSE);
  };

  const update = () => {
    live.hidden = panel.offsetParent === null || sidePanel.classList.contains("is-folded");
    sidePanel.classList.toggle("is-beside", window.matchMedia("(width >= 76rem)").matches);
    panel.classList.remove("covers-form");
    fit();
    draw();
  };

  const choose = (chosen) => {
    widths.forEach((other) => other.setAttribute("aria-pressed", String(other === chosen)));
    panel.classList.remove("covers-form");
    fit();
  };

  close.addEventListener("click", () => {
    choose(widths[0]);
    widths[0].focus();
  });
  for (const button of widths) {
    button.addEventListener("click", () => choose(button));
  }
  window.addEventListener("resize", update);
  sidePanel.addEventListener("panel-change", update);
  // Buttons of the editor and of rows change the form without a change event.
  for (const name of ["input", "change", "keyup", "click"]) document.addEventListener(name, soon);
  update();
}

/* Shows the page next to the form and updates it while somebody types. Nothing is saved. */

const PAUSE = 600;
const panel = document.getElementById("preview");
const form = panel && document.getElementById(panel.dataset.form);
const toggle = panel && panel.querySelector(".preview-toggle");

if (form && toggle) {
  const live = panel.querySelector(".preview-live");
  const box = panel.querySelector(".preview-box");
  const frame = panel.querySelector("iframe");
  const error = panel.querySelector(".preview-error");
  const widths = [...panel.querySelectorAll("[data-width]")];
  const openLabel = toggle.textContent;
  let drawn = null;
  let isDrawing = false;
  let timer = 0;

  const written = (data) => JSON.stringify([...data].map(([name, value]) => [name, value.name ?? value]));

  const fit = () => {
    const width = Number(widths.find((button) => button.getAttribute("aria-pressed") === "true").dataset.width);
    const scale = Math.min(1, box.clientWidth / width) || 1;
    frame.style.width = `${width}px`;
    frame.style.height = `${box.clientHeight / scale}px`;
    frame.style.transform = `scale(${scale})`;
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

  const open = (isOpen) => {
    live.hidden = !isOpen;
    panel.classList.toggle("is-open", isOpen);
    toggle.setAttribute("aria-expanded", String(isOpen));
    toggle.textContent = isOpen ? toggle.dataset.closeLabel : openLabel;
    sessionStorage.setItem("preview", isOpen ? "open" : "");
    fit();
    draw();
  };

  toggle.hidden = false;
  toggle.addEventListener("click", () => open(live.hidden));
  for (const button of widths) {
    button.addEventListener("click", () => {
      widths.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
      fit();
    });
  }
  new ResizeObserver(fit).observe(box);
  // Buttons of the editor and of rows change the form without a change event.
  for (const name of ["input", "change", "keyup", "click"]) document.addEventListener(name, soon);
  if (sessionStorage.getItem("preview")) open(true);
}

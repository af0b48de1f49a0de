/* Panels under a form send their own small forms and are redrawn in place: the form above may hold unsaved text. */
for (const panel of document.querySelectorAll("[data-panel]")) {
  panel.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sent = event.target;
    try {
      const headers = { Accept: "application/x-panel" };
      const answer = await fetch(sent.action, { method: "POST", body: new FormData(sent), headers });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      panel.innerHTML = await answer.text();
      panel.querySelector("[role=status]").focus();
    } catch {
      panel.querySelector("[role=alert]")?.remove();
      const message = document.createElement("p");
      message.className = "errornote";
      message.setAttribute("role", "alert");
      message.textContent = panel.dataset.failedMessage;
      panel.prepend(message);
    }
  });
}

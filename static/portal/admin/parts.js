// Parts of the page under a form send their own small forms and are drawn anew in place: the form above may hold text
// that nobody has saved.
for (const part of document.querySelectorAll("[data-part]")) {
  part.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sent = event.target;
    try {
      const headers = { Accept: "application/x-part" };
      const answer = await fetch(sent.action, { method: "POST", body: new FormData(sent), headers });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      part.innerHTML = await answer.text();
      part.querySelector("[role=status]").focus();
    } catch {
      part.querySelector("[role=alert]")?.remove();
      const told = document.createElement("p");
      told.className = "errornote";
      told.setAttribute("role", "alert");
      told.textContent = part.dataset.failed;
      part.prepend(told);
    }
  });
}

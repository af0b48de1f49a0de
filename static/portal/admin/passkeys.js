/* Forms with [data-passkey] ask an authenticator before they are sent: "get" logs in, "create" adds a passkey. */

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withIds = (rows) => (rows ?? []).map((row) => ({ ...row, id: toBytes(row.id) }));

/* What the server sent, with bytes where browsers want them. */
const readOptions = (options) => {
  const read = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.allowCredentials) read.allowCredentials = withIds(options.allowCredentials);
  if (options.excludeCredentials) read.excludeCredentials = withIds(options.excludeCredentials);
  return read;
};

const writeAnswer = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });
};

const fetchQuestion = async (form) => {
  const answer = await fetch(form.dataset.url, { method: "POST", body: new FormData(form), redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const setUp = (form) => {
  const place = form.querySelector("[role=alert]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.isAsking) return;
    form.dataset.isAsking = "1";
    place.textContent = "";
    try {
      const { options, note } = await fetchQuestion(form);
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: readOptions(options) });
      form.elements.passkey.value = writeAnswer(credential);
      form.elements.passkey_note.value = note;
      form.submit();
    } catch (error) {
      place.textContent = error.name === "InvalidStateError" ? form.dataset.known : form.dataset.failed;
      delete form.dataset.isAsking;
    }
  });
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) setUp(form);
  for (const notice of document.querySelectorAll("[data-no-passkeys]")) notice.hidden = true;
}

// Drafts: what is typed in a form with data-drafts stays on this device until the server has it.
const prefix = "rapport-draft:";

for (const form of document.querySelectorAll("form[data-drafts]")) {
  const key = prefix + form.dataset.drafts;
  const field = form.querySelector("[data-draft]");
  const note = form.querySelector("[data-draft-note]");
  if (!field) continue;
  const kept = localStorage.getItem(key);
  if (kept && !field.value) {
    field.value = kept;
    if (note) note.textContent = "kept on this device";
  }
  field.addEventListener("input", () => {
    if (field.value) localStorage.setItem(key, field.value);
    else localStorage.removeItem(key);
    if (note) note.textContent = field.value ? "kept on this device" : "";
  });
  // Forgotten only when the next page shows that the server took it: an expired session or a dead network keeps it.
  form.addEventListener("submit", () => sessionStorage.setItem(prefix + "sent", key));
}

const sent = sessionStorage.getItem(prefix + "sent");
if (sent && document.querySelector(".messages .success")) {
  localStorage.removeItem(sent);
  sessionStorage.removeItem(prefix + "sent");
}

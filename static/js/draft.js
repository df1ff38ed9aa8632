// Drafts: what is typed in a form with data-drafts stays on this device, for this person, until the server has it.
const prefix = "rapport-draft:";
const keyOf = (form) => `${prefix}${form.dataset.draftOf}:${form.dataset.drafts}`;

// A recorded secret is announced with its undo. Only that says that the server took what was sent: an expired session
// (whose sign-in has a message of its own), a warning or a dead network keep the draft.
const sent = sessionStorage.getItem(prefix + "sent");
const recorded = document.querySelector('.messages .success form[action^="/secrets/"][action$="/remove/"]');
if (sent && recorded) {
  localStorage.removeItem(sent);
  sessionStorage.removeItem(prefix + "sent");
}

for (const form of document.querySelectorAll("form[data-drafts]")) {
  const key = keyOf(form);
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
  form.addEventListener("submit", () => sessionStorage.setItem(prefix + "sent", key));
}

// Drafts: what is typed in a form with data-drafts stays on this device, for this person, until the server has it.
import { forgetMe, me, unsent } from "./outbox.js";

const keyOf = (form) => `rapport-draft:${me?.id}:${form.dataset.drafts}`;
const fieldOf = (form) => form.querySelector("[data-draft]");
const note = (form, words) => {
  const place = form.querySelector("[data-draft-note]");
  if (place) place.textContent = words;
};

export const drafts = () =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(`rapport-draft:${me?.id}:`))
    .map((key) => ({ key, form: key.split(":")[2], ...JSON.parse(localStorage.getItem(key)) }));

export function keep(form) {
  if (!me) return;
  const text = fieldOf(form).value;
  const whose = form.querySelector('[name="customer"]');
  const who = whose?.dataset.name ?? (whose?.value && whose.selectedOptions?.[0]?.text) ?? "";
  const draft = { text, customer: whose?.value ?? "", who, at: new Date().toISOString() };
  if (text.trim()) localStorage.setItem(keyOf(form), JSON.stringify(draft));
  else localStorage.removeItem(keyOf(form));
  note(form, text.trim() ? "kept on this device" : "");
}

export function forget(form) {
  localStorage.removeItem(keyOf(form));
  note(form, "");
}

// The draft a form had, put back into it unless something else stands there.
export function restore(form) {
  const draft = JSON.parse(localStorage.getItem(keyOf(form)) ?? "null");
  const field = fieldOf(form);
  if (!draft || !field || field.value) return null;
  field.value = draft.text;
  note(form, "kept on this device");
  return draft;
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-drafts]");
  if (form && event.target === fieldOf(form)) keep(form);
});

// Signing out clears what is this person's from the device; it asks first when something was not sent yet.
const asking = document.getElementById("unsent");
let leaving;

document.addEventListener("submit", (event) => {
  if (!me || !event.target.action?.endsWith("/accounts/logout/")) return;
  const count = unsent();
  if (count && asking) {
    event.preventDefault();
    leaving = event.target;
    const things = count === 1 ? "One thing you wrote is" : `${count} things you wrote are`;
    asking.querySelector("[data-unsent]").textContent =
      `${things} only on this device, and signing out clears it. Send first what you want to keep.`;
    asking.showModal();
  } else forgetMe();
});

asking?.querySelector("[data-leave]").addEventListener("click", () => {
  forgetMe();
  leaving.submit();
});
asking?.querySelector("[data-stay-here]").addEventListener("click", () => {
  asking.close();
  document.dispatchEvent(new Event("send-now"));
});

// What is sent after the session has ended is not lost: this tab keeps it until the next page, where the same person finds it again.
import { tell } from "./failed.js";

const NAME = "rapport-sent";
const BACK = "#typed";
const user = document.body.dataset.user;
const keptElsewhere = (form) => ["held", "capture", "drafts"].some((name) => name in form.dataset);
const nameOf = (form) => `${form.id} ${form.getAttribute("action") ?? ""}`;
const isTicked = (one) => one.matches("[type=checkbox], [type=radio]");
const fields = (form) =>
  [...form.elements].filter((one) => one.name && one.matches("select, textarea, input:not([type=hidden], [type=password], [type=file])"));

document.addEventListener("submit", ({ target: form }) => {
  if (form.getAttribute("action")?.endsWith("/accounts/logout/")) sessionStorage.removeItem(NAME);
  else if (form.getAttribute("method")?.toLowerCase() === "post" && !keptElsewhere(form)) keep(form);
});

function keep(form) {
  const typed = fields(form).map((one) => [one.name, isTicked(one) ? one.checked : one.value]);
  sessionStorage.setItem(NAME, JSON.stringify({ user, path: location.pathname, form: nameOf(form), typed }));
}

function restore({ path, form: name, typed }) {
  const form = path === location.pathname && [...document.forms].find((one) => nameOf(one) === name);
  if (!form) return false;
  let first;
  for (const one of fields(form)) {
    const at = typed.findIndex(([field]) => field === one.name);
    if (at < 0) continue;
    const [[, value]] = typed.splice(at, 1);
    if ((isTicked(one) ? one.checked : one.value) === value) continue;
    if (isTicked(one)) one.checked = value;
    else one.value = value;
    one.closest("details")?.setAttribute("open", "");
    one.dispatchEvent(new Event("input", { bubbles: true }));
    first ??= one;
  }
  first?.focus();
  return Boolean(first);
}

const sent = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
sessionStorage.removeItem(NAME);
if (location.hash === BACK) {
  history.replaceState(history.state, "", location.pathname + location.search);
  const isBack = sent?.user === user && restore(sent);
  tell(`Your session had ended, so nothing was recorded. ${isBack ? "What you typed is here again: look it over and send it." : "Do it again, please."}`);
}

// What waits from the field is sent from whatever page comes first; the pages of a case load this themselves.
if (Object.keys(localStorage).some((name) => name.startsWith("rapport-oops:"))) import("./held.js");

// From the field: a form or button with data-held: what it sends stays on this device until the server has it, and is sent once, oldest first.
import { me, uuid } from "./outbox.js";

const own = `rapport-oops:${me?.id}:`;
const words = (name) => JSON.parse(localStorage.getItem(name) ?? "null");
const entries = () =>
  Object.keys(localStorage)
    .filter((name) => name.startsWith(own))
    .sort()
    .map((name) => ({ name, ...words(name) }));
const cookie = (name) => document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1] ?? "";
const part = (name, text, classes = "") => Object.assign(document.createElement(name), { textContent: text, className: classes });
const WHY = {
  offline: "No network. It is kept on this device and sent by itself when the network is back.",
  "signed-out": "Your session has ended. It is kept on this device and sent once you have signed in again.",
  "other-person": "Somebody else is signed in here now. It waits until you are the one signed in.",
};
let state = "";

// ---- what is typed and not sent yet

const typedName = (form) => `rapport-typed:${me.id}:${location.pathname}#${form.id || form.getAttribute("action")?.split("?")[0]}`;
const texts = (form) => [...form.elements].filter((one) => one.name && one.matches('textarea, input[type="text"], input:not([type])'));

function keepTyped(form) {
  const typed = {};
  for (const one of texts(form)) if (one.value !== one.defaultValue) typed[one.name] = { was: one.defaultValue, now: one.value };
  if (Object.keys(typed).length) localStorage.setItem(typedName(form), JSON.stringify(typed));
  else localStorage.removeItem(typedName(form));
}

function restoreTyped(form) {
  const typed = words(typedName(form)) ?? {};
  const back = texts(form).filter((one) => typed[one.name]?.was === one.defaultValue && one.value === one.defaultValue);
  for (const one of back) {
    one.value = typed[one.name].now;
    const pull = one.closest("details");
    if (pull) pull.open = true;
  }
  const note = form.querySelector("[data-typed-note]");
  if (!back.length || !note) return;
  const clear = part("button", "Clear it", "btn btn-sm btn-link");
  clear.type = "button";
  clear.addEventListener("click", () => {
    for (const one of back) one.value = one.defaultValue;
    keepTyped(form);
    note.hidden = true;
    back[0].focus();
  });
  note.replaceChildren("Kept from before: what you typed here. ", clear);
  note.hidden = false;
}

// ---- what waits

function show() {
  const waiting = entries();
  let place = document.getElementById("held");
  if (!place) {
    place = Object.assign(part("section", "", "held"), { id: "held" });
    place.setAttribute("role", "status");
    document.getElementById("main")?.prepend(place);
  }
  if (!waiting.length || (!state && !waiting.some((entry) => entry.problem))) return place.replaceChildren();
  const list = part("ul", "", "rows");
  list.append(...waiting.map(line));
  return place.replaceChildren(...(state ? [part("p", WHY[state], "mb-1")] : []), list);
}

function line(entry) {
  const row = part("li", "", "row-line");
  const about = part("div", "", "grow");
  about.append(part("b", entry.words), part("span", ` ${entry.said}`));
  if (entry.problem) about.append(part("div", entry.problem, "errorlist"));
  const away = part("button", "Throw away", "btn btn-sm btn-link");
  away.type = "button";
  away.addEventListener("click", () => {
    localStorage.removeItem(entry.name);
    show();
  });
  row.append(about, away);
  return row;
}

// ---- sending

async function send(entry) {
  const body = new URLSearchParams([...entry.fields, ["key", entry.key], ["by", me.id]]);
  let answer;
  let page;
  try {
    const headers = { "Rapport-Held": "1", "X-CSRFToken": cookie("csrftoken") };
    answer = await fetch(entry.url, { method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout(15000) });
    page = await answer.text();
  } catch {
    return { stop: "offline" };
  }
  if (answer.status === 204) return { to: answer.headers.get("Rapport-Go") };
  if (answer.type === "opaqueredirect") return { stop: "signed-out" };
  if (answer.status === 409) return { stop: "other-person" };
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return { stop: "offline" };
  const faults = new DOMParser().parseFromString(page, "text/html").querySelectorAll(".errorlist, .invalid-feedback, .messages .error");
  return { problem: [...faults].map((fault) => fault.textContent.trim()).join(" ") || `The server refused it (${answer.status}).` };
}

async function run(landing) {
  let [to, isHere] = ["", false];
  state = "";
  for (const entry of entries()) {
    if (localStorage.getItem(entry.name) === null || (entry.problem && entry.name !== landing?.name)) continue;
    const ended = await send(entry);
    if (ended.stop) {
      state = ended.stop;
      break;
    }
    if (ended.problem && entry.name === landing?.name) {
      // Refused at once: the browser sends it as it would have, and shows the page that says why.
      localStorage.removeItem(entry.name);
      landing.plainly();
      return;
    }
    if (ended.problem) {
      const { name, ...kept } = entry;
      localStorage.setItem(name, JSON.stringify({ ...kept, problem: ended.problem }));
      continue;
    }
    localStorage.removeItem(entry.name);
    if (entry.typed) localStorage.removeItem(entry.typed);
    if (entry.from === location.pathname) [to, isHere] = [ended.to, true];
  }
  if (isHere && !(state && landing)) location.assign(to);
  else show();
}

const flush = (landing) => (navigator.locks ? navigator.locks.request("rapport-oops", () => run(landing)) : run(landing));

function hold(form, button) {
  const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const fields = [...new FormData(form, button)].filter(([name]) => !["csrfmiddlewaretoken", "key", "by"].includes(name));
  const key = form.elements.key?.value || uuid();
  const said = fields.filter(([name, value]) => ["note", "what_happened"].includes(name) && value).map(([, value]) => value).join(" ");
  // Pressed again while it waits: the last words count, except for notes, of which each is one more.
  if (form.dataset.typed !== "each") entries().filter((one) => one.url === url).forEach((one) => localStorage.removeItem(one.name));
  const name = `${own}${new Date().toISOString()}-${key}`;
  const typed = "typed" in form.dataset && form.id !== "work" ? typedName(form) : "";
  const entry = { url, fields, key, said, typed, words: button?.dataset.held || form.dataset.held, from: location.pathname };
  localStorage.setItem(name, JSON.stringify(entry));
  const plainly = () => {
    form.dataset.plain = "1";
    form.requestSubmit(button);
  };
  return { name, plainly };
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!me || event.defaultPrevented || !(form.dataset.held || event.submitter?.dataset.held) || "plain" in form.dataset) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const landing = hold(form, event.submitter);
  await flush(landing);
  delete form.dataset.busy;
  if (state && form.dataset.typed === "each") {
    form.reset();
    keepTyped(form);
  }
});
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (me && form?.matches("form[data-typed]")) keepTyped(form);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.form;
  if (!form?.matches("form[data-held]") || form.id === "work") return;
  event.preventDefault();
  form.requestSubmit();
});

if (me) {
  document.querySelectorAll("form[data-typed]").forEach(restoreTyped);
  if (entries().length) flush();
  addEventListener("online", () => entries().length && flush());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && entries().length && flush());
  setInterval(() => state && entries().length && flush(), 5000);
}

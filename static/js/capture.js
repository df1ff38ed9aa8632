// “Log a secret” from anywhere: one field in a dialog, the rest proposed around it. What is recorded first goes into the
// outbox of this device and leaves it when the server says that it has it.
import { forget, keep, restore } from "./draft.js";
import { add, checkWith, entryOf, flush, me, recent, remove, replies, seen, state, uuid } from "./outbox.js";
import { say as sayRoom, tooLong } from "./room.js";
import { show } from "./waiting.js";
import { load, warn } from "./words.js";

const dialog = document.getElementById("log-secret");
const offline = document.getElementById("log-offline");
const told = (dialog ?? offline)?.dataset ?? {};
const form = (dialog ?? offline)?.querySelector("form");
const url = form?.getAttribute("action").split("?")[0];
const own = "form[data-capture]";
let opener;
let following;
// Nothing moves under a finger that presses: what comes meanwhile waits until it is lifted.
let lifted = Promise.resolve();
document.addEventListener("pointerdown", () => {
  lifted = new Promise((lift) => {
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => setTimeout(lift), { once: true });
  });
});

const textOf = (one) => one.querySelector("[data-draft]");
const aboutOf = (one) => one.querySelector("[data-about]");

// ---- around the field: whose it is, its category, whether it looks special

async function fillAbout(one, query) {
  const about = aboutOf(one);
  const asked = (about.asked = `${url}?${new URLSearchParams(query)}`);
  try {
    const answer = await fetch(asked, { headers: { "HX-Request": "true" }, redirect: "manual" });
    const page = await answer.text();
    await lifted;
    if (!answer.ok || about.asked !== asked) return;
    setAbout(one, page);
  } catch {
    // No network: what stands there already is enough to keep the secret.
  }
}

function setAbout(one, page) {
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-about]");
  if (!fresh) return;
  if (one === form && dialog) fresh.querySelectorAll("[id]").forEach(renamed(fresh));
  const searching = one.querySelector("[data-whose]");
  const typing = searching?.contains(document.activeElement) && document.activeElement;
  aboutOf(one).replaceChildren(...fresh.childNodes);
  if (searching) aboutOf(one).prepend(searching);
  if (typing) typing.focus();
  const category = one.querySelector('select[name="category"]');
  if (category) localStorage.setItem("rapport-kinds", JSON.stringify([...category.options].slice(1).map((option) => [option.value, option.text])));
  dress(one);
}

// The page's own form may stand beneath the dialog: no two elements of one name.
const renamed = (fresh) => (part) => {
  fresh.querySelectorAll(`[for="${part.id}"]`).forEach((label) => (label.htmlFor = `log-${part.id}`));
  fresh.querySelectorAll(`[aria-describedby="${part.id}"]`).forEach((field) => field.setAttribute("aria-describedby", `log-${part.id}`));
  part.id = `log-${part.id}`;
};

// Kept and then called at once: importing again takes a moment, and what is typed in it is lost.
let choose;
const searchReady = async () => {
  ({ choose } = await import("./whose.js").catch(() => ({})));
};

function dress(one) {
  const whose = one.querySelector('[name="customer"]');
  const change = one.querySelector("[data-change]");
  if (change) searchReady().finally(() => { change.hidden = false; });
  if (whose?.value) seen(whose.value, whose.dataset.name);
  look(one);
}

function nameCustomer(one, id, name) {
  aboutOf(one).innerHTML = '<input type="hidden" name="customer"><p class="line"><span class="chip on">about <b></b></span></p>';
  Object.assign(one.querySelector('[name="customer"]'), { value: id }).dataset.name = name;
  aboutOf(one).querySelector("b").textContent = name || "…";
}

function setCustomer(one, id, name) {
  const category = one.querySelector('[name="category"]')?.value ?? "";
  const text = textOf(one).value;
  forget(one);
  if (one.dataset.drafts !== "learned") one.dataset.drafts = id ? `customer-${id}` : "anywhere";
  nameCustomer(one, id, name);
  textOf(one).value = text;
  keep(one);
  return fillAbout(one, { customer: id, ...(category ? { category } : {}) });
}

// A guess gives way to the customer the words name; what the person chose stays.
async function followWords(one) {
  if (!("guessed" in one.dataset)) return;
  const { named } = await import("./named.js").catch(() => ({}));
  const found = await named?.(textOf(one).value, told);
  await lifted;
  if (!found || !("guessed" in one.dataset) || one.querySelector('[name="customer"]')?.value === found.id) return;
  await setCustomer(one, found.id, found.name);
  const why = Object.assign(document.createElement("span"), { className: "small muted", textContent: "named in your words" });
  one.querySelector("[data-whose-chip]")?.after(why);
}

async function look(one) {
  const rules = await load(told.words);
  if (!rules) return;
  const text = textOf(one).value;
  const category = one.querySelector('select[name="category"]');
  const key = rules.category(text);
  if (category) {
    const named = key && [...category.options].find((option) => option.value === key)?.text;
    category.options[0].text = named ? `${named} · proposed` : text.trim() ? "choose one" : "from the words";
    category.dataset.proposed = named ? key : "";
    const kept = one.querySelector('select[name="sensitivity"]');
    const quiet = (category.dataset.quiet ?? "").split(" ").includes(category.value || key);
    if (kept) kept.options[0].text = quiet ? "confidential · by its kind" : "for the account team";
  }
  warn(one, text.trim() ? rules.special(text) : []);
}

// ---- recording

const fault = (one, words, focus) => {
  let place = one.querySelector("[data-fault]");
  if (!place) {
    place = Object.assign(document.createElement("p"), { className: "errorlist" });
    place.dataset.fault = "";
    place.setAttribute("role", "alert");
    textOf(one).after(place);
  }
  place.textContent = words;
  place.hidden = !words;
  focus?.focus();
  return words;
};

async function lacking(one) {
  const text = textOf(one);
  const rules = await load(told.words);
  await look(one);
  if (!text.value.trim()) return fault(one, "Write down what you learned, in one sentence.", text);
  if (tooLong(text)) return fault(one, tooLong(text), text);
  const confirmed = one.querySelector('[name="not_special"]');
  const isSpecial = one.querySelector('[name="sensitivity"]')?.value === "special";
  if (one.querySelector("[data-warning] .alert") && !confirmed.checked && !isSpecial) {
    return fault(one, "Read the warning first: nothing is sent before you confirm.", confirmed);
  }
  if (!offline && !one.querySelector('[name="customer"]')?.value) {
    change(one);
    return fault(one, "Choose whose secret it is.");
  }
  const category = one.querySelector('select[name="category"]');
  if (rules && category && !category.value && !category.dataset.proposed && !offline) {
    return fault(one, "The words do not give the category away. Choose one.", category);
  }
  return fault(one, "");
}

function entryFrom(one) {
  const fields = {};
  for (const [name, value] of new FormData(one)) {
    if (["csrfmiddlewaretoken", "text", "capture_key", "stay", "somebody", "customer"].includes(name) || value === "") continue;
    fields[name] = name === "audiences" ? [...(fields.audiences ?? []), value] : value;
  }
  const whose = one.querySelector('[name="customer"]');
  const category = one.querySelector('select[name="category"]');
  if (!fields.category && category?.dataset.proposed) fields.category = category.dataset.proposed;
  return {
    key: one.dataset.key || uuid(),
    text: textOf(one).value.trim(),
    who: whose?.dataset.name ?? whose?.selectedOptions?.[0]?.text ?? "",
    somebody: whose?.value ? "" : one.querySelector('[name="somebody"]')?.value ?? "",
    fields: { ...fields, customer: whose?.value ?? "" },
  };
}

// What was written before the rules were at hand is looked at before it leaves the device.
checkWith(async (entry) => {
  if (entry.fields.not_special || entry.fields.sensitivity === "special") return "";
  const [found] = (await load(told.words))?.special(entry.text) ?? [];
  return found ? `This looks special: “${found.word}” (${found.ground}). Nothing is sent yet.` : "";
});

async function record(one) {
  if (one.dataset.busy) return;
  one.dataset.busy = "1";
  try {
    await one.filling;
    await followWords(one);
    if (await lacking(one)) return;
    const entry = entryFrom(one);
    add(entry);
    forget(one);
    await flush(url, "stay" in one.dataset ? "" : entry.key);
    ended(one, entry.key);
  } finally {
    delete one.dataset.busy;
  }
}

// The server has it, or it waits, or it comes back with what is wrong.
function ended(one, key) {
  const left = entryOf(key);
  const reply = replies.get(key);
  if (left?.problem) {
    remove(left);
    if (reply?.refused === 200) setAbout(one, reply.page);
    else fault(one, left.problem);
    keep(one);
    return;
  }
  if (!left && reply?.to) {
    location.assign(reply.to);
    return;
  }
  if (left && state === "signed-out" && !("stay" in one.dataset)) {
    location.assign(`${told.login}?next=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  textOf(one).value = "";
  sayRoom(textOf(one));
  delete one.dataset.key;
  warn(one, []);
  look(one);
  if (one.closest("dialog")) one.closest("dialog").close();
  if (left) kept();
}

function kept() {
  const words = {
    "signed-out": "Your session has ended. What you wrote is kept on this device and sent when you sign in again.",
    "other-person": "Somebody else is signed in here now. What you wrote is kept on this device for you.",
  }[state] ?? "No network. Kept on this device; it is sent by itself when the network is back.";
  const link = state === "signed-out" ? `<a class="btn btn-sm btn-outline-secondary" href="${told.login}?next=${encodeURIComponent(location.pathname)}">Sign in</a>` : "";
  message(`<div class="messages" role="status"><div class="info"><span>${words}</span>${link}</div></div>`);
}

function message(page) {
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("div.messages");
  const main = document.getElementById("main");
  if (!fresh || !main) return;
  const before = main.querySelector(":scope > div.messages");
  const together = before && Date.now() - (before.spoken ?? 0) < 4000;
  const lines = [...(together ? before.lines : []), ...fresh.children];
  before?.remove();
  Object.assign(fresh, { spoken: Date.now(), lines });
  fresh.replaceChildren();
  main.prepend(fresh);
  // A screen reader speaks what comes into a region that is there already.
  setTimeout(() => fresh.replaceChildren(...lines), 50);
}

document.addEventListener("secret-recorded", (event) => {
  const reply = replies.get(event.detail.key);
  if (reply && !reply.to) message(reply.page);
});

// A part of the page that shows secrets was fetched again; what opened the dialog may be gone with it.
document.addEventListener("htmx:afterSwap", () => {
  if (opener && !opener.isConnected && document.activeElement === document.body) {
    document.getElementById("main")?.focus({ preventScroll: true });
  }
});

// ---- the dialog

async function change(one) {
  if (!choose) await searchReady();
  if (!choose) return fault(one, "No network: another customer cannot be looked up now.");
  return choose(one, told.whose, (id, name) => {
    delete one.dataset.guessed;
    one.filling = setCustomer(one, id, name);
  });
}

export function open(query = {}, from = null) {
  opener = from ?? document.activeElement;
  const id = query.customer ?? told.here ?? recent()[0]?.id ?? "";
  const name = id === told.here ? told.hereName : recent().find((one) => one.id === String(id))?.name;
  dialog.querySelector("[data-title]").textContent = query.question || "What did you learn?";
  form.dataset.drafts = id ? `customer-${id}` : "anywhere";
  textOf(form).value = query.text ?? "";
  fault(form, "");
  const draft = restore(form);
  sayRoom(textOf(form));
  aboutOf(form).replaceChildren();
  const whose = draft?.customer || id;
  if (query.customer || told.here || draft?.customer) delete form.dataset.guessed;
  else form.dataset.guessed = "";
  if (whose) nameCustomer(form, whose, draft?.who || name || "");
  show(fix, again, draftNow);
  if (!dialog.open) dialog.showModal();
  textOf(form).focus();
  searchReady();
  form.filling = fillAbout(form, { ...query, text: "", ...(whose ? { customer: whose } : {}) });
  look(form);
}

function fix(entry) {
  if (entry.name) remove(entry);
  if (entry.name) form.dataset.key = entry.key;
  if (dialog) open({ ...entry.fields, text: entry.text }, opener);
  else {
    textOf(form).value = entry.text;
    textOf(form).focus();
  }
  if (entry.problem) fault(form, entry.problem);
  keep(form);
}

const again = () => url && flush(url);
const draftNow = (place, draft) => place.parentElement.querySelector(own)?.dataset.drafts === draft.form || (offline && form.dataset.drafts === draft.form);

if (dialog) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target) return;
    if (link.origin !== location.origin || link.pathname !== url || "plain" in link.dataset || location.pathname === url) return;
    event.preventDefault();
    open(Object.fromEntries(new URLSearchParams(link.search)), link);
  });
  dialog.addEventListener("close", () => {
    if (dialog.open) return; // opened again before this was told
    dialog.querySelector("[data-title]").textContent = "";
    opener?.isConnected && opener !== document.body ? opener.focus() : document.getElementById("main")?.focus();
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  if (told.here) seen(told.here, told.hereName);
}

document.addEventListener("submit", (event) => {
  if (!me || !event.target.matches(own)) return;
  event.preventDefault();
  record(event.target);
});
document.addEventListener("input", (event) => {
  const one = event.target.closest(own);
  if (!one || event.target !== textOf(one)) return;
  look(one);
  clearTimeout(following);
  following = setTimeout(() => (one.filling = followWords(one)), 300);
  if (one.querySelector("[data-fault]") && !tooLong(event.target)) fault(one, "");
});
document.addEventListener("change", (event) => {
  const one = event.target.closest(own);
  if (one && event.target.closest("[data-about]")) delete one.dataset.guessed;
  if (one && event.target.matches('select[name="category"]')) look(one);
});
document.addEventListener("keydown", (event) => {
  const one = event.target.closest?.(own);
  if (!one || event.key !== "Enter" || event.target !== textOf(one) || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  one.requestSubmit();
});
document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-change]");
  if (pressed?.closest(own)) change(pressed.closest(own));
});

// ---- beginning

const tell = () => show(fix, again, draftNow);
document.querySelectorAll(own).forEach((one) => {
  if (one.closest("dialog")) return;
  restore(one);
  if (me) dress(one);
});
document.addEventListener("outbox", tell);
document.addEventListener("send-now", again);
addEventListener("online", again);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
setInterval(() => document.querySelector("[data-waiting]:not([hidden])") && again(), 30000);
if (me) {
  tell();
  again();
}
if (told.worker && navigator.serviceWorker) navigator.serviceWorker.register(told.worker).catch(() => {});
